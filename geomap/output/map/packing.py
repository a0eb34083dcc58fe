"""Lines and outlines as short text that the page unpacks: what the basemap and the areas are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SCALE = 100  # units a degree: about a kilometre, finer than the gazetteer's own outlines
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def pack_area(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON Polygon or MultiPolygon as packed rings.

    Raises
    ------
    ValueError
        The geometry is of another type.
    """
    rings = (_pack(ring) for ring in _rings(geometry))
    return {"scale": SCALE, "rings": [ring for ring in rings if ring]}


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    if geometry["type"] == "Polygon":
        yield from geometry["coordinates"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon
    else:
        raise ValueError(f"an area must be a polygon, not a {geometry['type']}")


def _pack(ring: Sequence[Sequence[float]]) -> str:
    """Return a ring as digits of differences, or nothing where it is smaller than a unit."""
    corners: list[tuple[int, int]] = []
    for lon, lat, *_ in ring:
        corner = (round(lon * SCALE), round(lat * SCALE))
        if not corners or corners[-1] != corner:
            corners.append(corner)
    if len(corners) < 4:  # a closed ring of three corners
        return ""
    return pack_line(corners)


def pack_line(corners: Sequence[tuple[int, int]]) -> str:
    """Return whole coordinates as text: five bits a digit, least significant first, zigzag differences of x and y."""
    digits: list[str] = []
    before = (0, 0)
    for corner in corners:
        for now, was in zip(corner, before, strict=True):
            value = (now - was) * 2 if now >= was else (was - now) * 2 - 1
            while value > 31:  # five bits
                digits.append(_DIGITS[32 | (value & 31)])
                value >>= 5
            digits.append(_DIGITS[value])
        before = corner
    return "".join(digits)
