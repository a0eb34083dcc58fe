"""Mentions that need no choice among candidates: written coordinates, and "the base" for a site named before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geomap.coordinates import coordinates_in
from geomap.model import Mention, Place, Resolution


def at_coordinates(mention: Mention) -> Resolution:
    """Resolve written coordinates to the point itself."""
    read = coordinates_in(mention.text)
    if not read:
        return Resolution(mention=mention, status="unresolved", why_not="no coordinates on this globe")
    point = read[0].point
    place = Place(
        id=f"coordinates:{point.lat:.5f},{point.lon:.5f}",
        name=mention.text,
        lon=point.lon,
        lat=point.lat,
        feature_code="LCTY",
        source="coordinates in the text",
        radius_km=read[0].radius_km,
    )
    return Resolution(mention=mention, status="resolved", place=place, score=1.0, reasons={"coordinates": 1.0})


def like_antecedent(mention: Mention, found: Mapping[int, Resolution]) -> Resolution:
    """Give a mention the place of the one it refers to, less surely."""
    before = found.get(mention.antecedent) if mention.antecedent is not None else None
    if before is None or before.place is None:
        return Resolution(mention=mention, status="unresolved", why_not="what it refers to is not placed")
    score = round(before.score * mention.score, 3)
    return replace(before, mention=mention, score=score, reasons=dict(mention.reasons))
