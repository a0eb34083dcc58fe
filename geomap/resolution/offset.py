"""Points said by their distance from a place: "40 km west of X"."""

from __future__ import annotations

import math

from geomap.gazetteer.distance import EARTH_RADIUS_KM
from geomap.model import LonLat

BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip


def offset(point: LonLat, km: float, bearing: float) -> LonLat:
    """Return the point a distance away along a great circle on a sphere.

    Parameters
    ----------
    point
        Where to start.
    km
        How far.
    bearing
        Degrees clockwise from north; ``BEARINGS`` has those of the compass points.
    """
    angle, turn = km / EARTH_RADIUS_KM, math.radians(bearing)
    lat = math.radians(point.lat)
    sine = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(turn)
    east = math.sin(turn) * math.sin(angle) * math.cos(lat)
    lon = math.radians(point.lon) + math.atan2(east, math.cos(angle) - math.sin(lat) * sine)
    return LonLat(round((math.degrees(lon) + 540) % 360 - 180, 6), round(math.degrees(math.asin(sine)), 6))
