"""Distances on the globe."""

from __future__ import annotations

import math

from geomap.model import Place

EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = 111.0  # of latitude, a little less than there are


def distance_km(a: Place, b: Place) -> float:
    """Return the great-circle distance of two places in kilometres."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def is_within(a: Place, b: Place, km: float) -> bool:
    """Tell whether two places are at most some kilometres apart; most are too far apart in latitude alone."""
    return abs(a.lat - b.lat) * KM_PER_DEGREE <= km and distance_km(a, b) <= km
