"""The circle around a point as a GeoJSON polygon: kilometres on the sphere, cut where RFC 7946 wants it cut."""

from __future__ import annotations

import math
from typing import Any

from geomap.model import LonLat

EARTH_RADIUS_KM = 6371.0088  # mean radius of the sphere with the volume of WGS 84
CORNERS = 64
Ring = list[list[float]]


def circle(centre: LonLat, radius_km: float) -> dict[str, Any]:
    """Return the area within a radius as a Polygon, or as a MultiPolygon where it crosses the antimeridian.

    Rings are closed and run counter-clockwise (RFC 7946, 3.1.6). A circle around a pole becomes the cap's box.
    """
    reach = radius_km / EARTH_RADIUS_KM
    if math.degrees(reach) + abs(centre.lat) >= 90:
        return {"type": "Polygon", "coordinates": [_cap(centre.lat, math.degrees(reach))]}
    ring = [_towards(centre, reach, -2 * math.pi * number / CORNERS) for number in range(CORNERS)]
    ring.append(ring[0])
    parts = [part for part in (_between(ring, west) for west in (-540.0, -180.0, 180.0)) if part]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": [parts[0]]}
    return {"type": "MultiPolygon", "coordinates": [[part] for part in parts]}


def _towards(centre: LonLat, reach: float, bearing: float) -> LonLat:
    """Return the point at an angular distance in a direction (radians); its longitude may lie beyond 180 degrees."""
    lat = math.radians(centre.lat)
    there = math.asin(math.sin(lat) * math.cos(reach) + math.cos(lat) * math.sin(reach) * math.cos(bearing))
    aside = math.atan2(
        math.sin(bearing) * math.sin(reach) * math.cos(lat), math.cos(reach) - math.sin(lat) * math.sin(there)
    )
    return LonLat(centre.lon + math.degrees(aside), math.degrees(there))


def _between(ring: list[LonLat], west: float) -> Ring:
    """Return the part of a ring in the 360 degrees east of a meridian, moved to -180 to 180; empty where none is."""
    east = west + 360
    kept = _cut(_cut(ring, west, keep_east=True), east, keep_east=False)
    if len({(p.lon, p.lat) for p in kept}) < 3 or max(p.lon for p in kept) - min(p.lon for p in kept) < 1e-9:
        return []
    moved = [[round(p.lon - west - 180, 6), round(p.lat, 6)] for p in kept]
    plain = [point for number, point in enumerate(moved) if not number or point != moved[number - 1]]
    return plain if plain[0] == plain[-1] else [*plain, plain[0]]


def _cut(ring: list[LonLat], meridian: float, *, keep_east: bool) -> list[LonLat]:
    """Cut a convex ring at a meridian (Sutherland and Hodgman)."""
    kept: list[LonLat] = []
    for number, point in enumerate(ring):
        before = ring[number - 1]
        inside, was_inside = ((p.lon >= meridian) == keep_east for p in (point, before))
        if inside != was_inside:
            share = (meridian - before.lon) / (point.lon - before.lon)
            kept.append(LonLat(meridian, before.lat + share * (point.lat - before.lat)))
        if inside:
            kept.append(point)
    return kept


def _cap(lat: float, reach_deg: float) -> Ring:
    south, north = max(-90.0, lat - reach_deg), min(90.0, lat + reach_deg)
    south, north = round(south, 6), round(north, 6)
    return [[-180.0, south], [180.0, south], [180.0, north], [-180.0, north], [-180.0, south]]
