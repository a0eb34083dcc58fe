"""What lies beside what: neighbours of a first-level unit, and how far a place is from its border."""

from __future__ import annotations

import json

from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.geopackage import read_areas
from geomap.gazetteer.store import Store
from geomap.model import LonLat


def neighbours(store: Store, row: int) -> list[int]:
    """Return the rows of the first-level units that touch the one given, those of other countries among them.

    Empty where the unit has no polygon.
    """
    noted: dict[str, list[int]] = json.loads((store.folder / "neighbours.json").read_text(encoding="utf-8"))
    return noted.get(str(row), [])


def is_approximate(store: Store, row: int) -> bool:
    """Tell whether a unit's point and radius were derived from the places that lie in it."""
    return row in store.meta["approximate_units"]


def border_distance_km(store: Store, row: int, unit: int | None = None) -> float | None:
    """Return how far a place lies from the border of a first-level unit.

    Parameters
    ----------
    store
        The gazetteer.
    row
        The place.
    unit
        The unit's row; the one that the place lies in where it is not given.

    Returns
    -------
    Kilometres to the nearest point of the border, negative where the place lies outside; None where the unit or its
    polygon is unknown.
    """
    number = store.admin1[row] - 1 if unit is None else unit
    if number < 0:
        return None
    name = store.id(number)
    area = read_areas(store.folder / "places.gpkg", [name]).get(name)
    if area is None:
        return None
    import shapely
    from shapely.ops import nearest_points

    shape, spot = shapely.from_geojson(json.dumps(area)), shapely.Point(store.lon[row], store.lat[row])
    near = nearest_points(shape.boundary, spot)[0]
    apart = distance_km(LonLat(spot.x, spot.y), LonLat(near.x, near.y))
    return apart if shape.covers(spot) else -apart
