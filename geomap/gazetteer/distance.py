"""Distance on the globe."""

from __future__ import annotations

import math

from geomap.model import LonLat

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def distance_km(a: LonLat, b: LonLat) -> float:
    """Return the great-circle distance by the haversine formula on a sphere."""
    phi_a, phi_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
