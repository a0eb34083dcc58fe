"""Distances on the globe."""

from __future__ import annotations

import math

from geomap.model import LonLat

EARTH_RADIUS_KM = 6371.0088


def distance_km(a: LonLat, b: LonLat) -> float:
    """Return the great-circle distance of two points in kilometres."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
