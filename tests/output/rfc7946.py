"""RFC 7946 checked by a second reading of it, which shares nothing with the writer."""

from __future__ import annotations

import itertools
import math
from typing import Any

_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_GEOMETRY_MEMBERS = {"coordinates", "geometries"}


def faults(data: Any) -> list[str]:
    """Return everything in which a FeatureCollection breaks the RFC or its recommendations."""
    found = []
    if data.get("type") != "FeatureCollection" or not isinstance(data.get("features"), list):
        return ["7: not a FeatureCollection"]
    if data.keys() & ({"geometry", "properties", "crs"} | _GEOMETRY_MEMBERS):
        found.append("7.1: a member with the meaning of another type")
    for number, feature in enumerate(data["features"]):
        found += [f"feature {number}: {fault}" for fault in _feature(feature)]
    if "bbox" in data:
        found += _box(data)
    return found


def _feature(one: Any) -> list[str]:
    found = []
    if one.get("type") != "Feature":
        found.append("3.2: not a Feature")
    if "geometry" not in one or not (one["geometry"] is None or isinstance(one["geometry"], dict)):
        found.append("3.2: no geometry member")
    if not isinstance(one.get("properties", 0), dict | None):
        found.append("3.2: properties are no object")
    if not isinstance(one.get("id", ""), str | int | float) or isinstance(one.get("id"), bool):
        found.append("3.2: the id is neither string nor number")
    if one.keys() & ({"features", "crs"} | _GEOMETRY_MEMBERS):
        found.append("7.1: a member with the meaning of another type")
    return found + (_geometry(one["geometry"]) if one.get("geometry") else [])


def _geometry(shape: dict[str, Any]) -> list[str]:
    depth = _DEPTH.get(shape.get("type", ""))
    if depth is None:
        return [f"3.1: type {shape.get('type')!r}"]
    positions = _positions(shape["coordinates"], depth)
    if positions is None:
        return ["3.1.1: coordinates are not nested as the type wants them"]
    found = [] if all(_is_position(p) for p in positions) else ["3.1.1: a position is not two numbers in range"]
    parts = {"Polygon": [shape["coordinates"]], "MultiPolygon": shape["coordinates"]}.get(shape["type"], [])
    for rings in parts:
        for number, ring in enumerate(rings):
            found += _ring(ring, outer=number == 0)
    return found


def _positions(coordinates: Any, depth: int) -> list[Any] | None:
    if depth == 0:
        return [coordinates]
    if not isinstance(coordinates, list):
        return None
    inner = [_positions(part, depth - 1) for part in coordinates]
    return None if None in inner else [p for part in inner for p in part or []]


def _is_position(p: Any) -> bool:
    numbers = isinstance(p, list) and len(p) in {2, 3} and all(type(x) in {int, float} and math.isfinite(x) for x in p)
    return numbers and -180 <= p[0] <= 180 and -90 <= p[1] <= 90


def _ring(ring: list[list[float]], *, outer: bool) -> list[str]:
    if len(ring) < 4 or ring[0] != ring[-1]:
        return ["3.1.6: a ring is not closed"]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    found = [] if (twice > 0) == outer else ["3.1.6: the right-hand rule"]
    if max(p[0] for p in ring) - min(p[0] for p in ring) > 180 and not any(abs(p[1]) == 90 for p in ring):
        found.append("3.1.9: crosses the antimeridian and is not cut")
    return found


def _box(data: dict[str, Any]) -> list[str]:
    box = data["bbox"]
    if len(box) != 4 or box[1] > box[3]:
        return ["5: not west, south, east, north"]
    found = []
    for one in data["features"]:
        shape = one["geometry"]
        for lon, lat in _positions(shape["coordinates"], _DEPTH[shape["type"]]) or [] if shape else []:
            across = lon >= box[0] or lon <= box[2] if box[0] > box[2] else box[0] <= lon <= box[2]
            if not across or not box[1] <= lat <= box[3]:
                found.append(f"5: {lon}, {lat} lies outside the box")
    return found
