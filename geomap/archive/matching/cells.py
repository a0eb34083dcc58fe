"""A grid over the globe whose cells have about one size on every latitude."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from geomap.model import LonLat

CELL_DEG = 0.5
KM_PER_DEG = 111.19493  # of a great circle, on a sphere of 6371.0088 km
SLACK = 1.000001  # what rounding may cost


@lru_cache(maxsize=1 << 14)
def cells_of(point: LonLat, radius_km: float) -> tuple[str, ...]:
    """Return the cells that a circle touches, and perhaps some beside it.

    Two circles that touch share a cell, since both have the cell of the point where they do.
    """
    return tuple(_cells(point, radius_km))


def _cells(point: LonLat, radius_km: float) -> Iterator[str]:
    reach = radius_km / KM_PER_DEG * SLACK
    for row in range(_row(point.lat - reach), _row(point.lat + reach) + 1):
        columns = _columns(row)
        half = _half_width(point.lat, reach)
        first = math.floor((point.lon - half + 180.0) / 360.0 * columns)
        last = math.floor((point.lon + half + 180.0) / 360.0 * columns)
        for column in range(first, min(last, first + columns - 1) + 1):
            yield f"{row}.{column % columns}"


def _row(lat: float) -> int:
    return math.floor((max(-90.0, min(89.999, lat)) + 90.0) / CELL_DEG)


def _columns(row: int) -> int:
    """Return how many cells a row has: as many as its wider edge has room for."""
    south = row * CELL_DEG - 90.0
    nearest = 0.0 if south < 0.0 <= south + CELL_DEG else min(abs(south), abs(south + CELL_DEG))
    return max(1, math.floor(360.0 / CELL_DEG * math.cos(math.radians(nearest))))


def _half_width(lat: float, reach: float) -> float:
    """Return how many degrees of longitude a circle stretches to each side."""
    if abs(lat) + reach >= 90.0:
        return 180.0
    return math.degrees(math.asin(min(1.0, math.sin(math.radians(reach)) / math.cos(math.radians(lat))))) * SLACK
