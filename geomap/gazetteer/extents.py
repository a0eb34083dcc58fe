"""What is derived from all places together: which units touch, and how large the units without a polygon are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geomap.gazetteer.containment import Polygons
from geomap.gazetteer.store import COLUMNS
from geomap.gazetteer.tables import Row

TOUCH_DEG = 0.015  # units this near share a border: the lines were simplified to 0.01 degree
KM_PER_DEGREE = 111.195
LEAST_MEMBERS = 3
MARGIN = 1.1  # a unit reaches a little beyond its outermost places


class Extent(NamedTuple):
    """Where the member places of a unit lie: a middle, and the radius around most of them."""

    lon: float
    lat: float
    radius_km: float


def touching(head: Sequence[Row], polygons: Polygons) -> dict[int, list[int]]:
    """Return, by the number of a first-level unit's row, the rows of the units that its polygon touches."""
    import shapely

    drawn = [number for number, row in enumerate(head) if row.kind == "ADM1" and row.id in polygons]
    shapes = [polygons[head[number].id] for number in drawn]
    found: dict[int, list[int]] = {}
    if not shapes:
        return found
    for one, two in zip(*shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=TOUCH_DEG), strict=True):
        if one != two:
            found.setdefault(drawn[one], []).append(drawn[two])
    return {number: sorted(others) for number, others in sorted(found.items())}


def derive_extents(folder: Path, head: Sequence[Row], polygons: Polygons) -> dict[int, Extent]:
    """Give every first-level unit without a polygon the extent of its member places, in the columns just written.

    The radius holds nine of ten members, so that a stray one does not blow it up. Units with fewer than
    ``LEAST_MEMBERS`` members keep what their table says.

    Returns
    -------
    The extents by number of row.
    """
    import numpy as np

    wanted = [number for number, row in enumerate(head) if row.kind == "ADM1" and row.id not in polygons]
    if not wanted:
        return {}
    unit: Any = np.memmap(folder / "admin1.bin", dtype="I", mode="r")
    columns: list[Any] = [
        np.memmap(folder / f"{name}.bin", dtype=COLUMNS[name], mode="r+") for name in ("lon", "lat", "radius")
    ]
    lon, lat, radius = columns
    is_wanted: Any = np.zeros(len(head) + 1, dtype=bool)
    is_wanted[np.array(wanted) + 1] = True
    members = np.flatnonzero(is_wanted[unit])
    found: dict[int, Extent] = {}
    for number in wanted:
        own = members[unit[members] == number + 1]
        if len(own) >= LEAST_MEMBERS:
            found[number] = extent = _extent(lon[own], lat[own])
            lon[number], lat[number], radius[number] = extent
    for column in columns:
        column.flush()
    return found


def _extent(lon: Any, lat: Any) -> Extent:
    import numpy as np

    middle_lon, middle_lat = float(np.median(lon)), float(np.median(lat))
    east = (lon - middle_lon) * math.cos(math.radians(middle_lat))
    reach = float(np.quantile(np.hypot(east, lat - middle_lat), 0.9)) * KM_PER_DEGREE
    return Extent(round(middle_lon, 4), round(middle_lat, 4), round(max(5.0, MARGIN * reach), 1))
