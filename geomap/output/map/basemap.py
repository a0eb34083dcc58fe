"""The vector basemap of one page: the coarse world, and the fine cells that lie nearest to the pins."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from geomap.model import LonLat, Place

FILE = Path(__file__).parent / "basemap.zip"
CELL = 5
REACH = 2  # cells around a pin's own, at most
FINE_BYTES = 46_000
MOST_LABELS = 220

# Zoom from which a place of at least so many people is named.
_LEAST_ZOOM = ((3_000_000, 3), (1_000_000, 4), (300_000, 5), (100_000, 6), (30_000, 7), (8_000, 8))
_CAPITALS = {"PPLC"}


def basemap(points: Sequence[LonLat], labels: Iterable[Place]) -> dict[str, Any]:
    """Return the page's basemap: world, cells around the points, labels with the zoom they appear at."""
    return {"world": _world(), "cells": _cells(points), "labels": _labels(points, labels)}


@cache
def _world() -> dict[str, Any]:
    with zipfile.ZipFile(FILE) as archive:
        found: dict[str, Any] = json.loads(archive.read("world.json"))
    return found


def _cells(points: Sequence[LonLat]) -> list[dict[str, Any]]:
    """Return the cells nearest to the points, as many as fit."""
    wanted = [f"cells/{west}_{south}.json" for west, south in _by_distance(points)]
    with zipfile.ZipFile(FILE) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
        chosen = []
        room = FINE_BYTES
        for name in filter(sizes.__contains__, wanted):
            room -= sizes[name]
            if room < 0:
                break
            chosen.append(name)
        return [json.loads(archive.read(name)) for name in sorted(chosen)]


def _by_distance(points: Sequence[LonLat]) -> list[tuple[int, int]]:
    """Return the corners of the cells around the points, those near a point first."""
    best: dict[tuple[int, int], float] = {}
    for lon, lat in {LonLat(round(p.lon, 1), round(p.lat, 1)) for p in points}:
        for dx in range(-REACH, REACH + 1):
            for dy in range(-REACH, REACH + 1):
                west = int((lon // CELL + dx) * CELL)
                south = int((lat // CELL + dy) * CELL)
                far = (lon - west - CELL / 2) ** 2 + (lat - south - CELL / 2) ** 2
                corner = ((west + 180) % 360 - 180, south)
                best[corner] = min(far, best.get(corner, far))
    return sorted(best, key=lambda corner: (round(best[corner], 6), corner))


def _labels(points: Sequence[LonLat], places: Iterable[Place]) -> list[list[Any]]:
    """Return names as [text, lon, lat, kind, least zoom], the most important first."""
    ranked = sorted(places, key=lambda place: (_rank(place), -_weight(place), place.name, place.id))
    near = [place for place in ranked if _kind(place) == "country" or not points or _near(place, points)]
    chosen = near[:MOST_LABELS]
    return [[p.name, round(p.lon, 3), round(p.lat, 3), _kind(p), _least_zoom(p)] for p in chosen]


def _near(place: Place, points: Sequence[LonLat]) -> bool:
    reach = CELL * (REACH + 1)
    return any(abs(place.lon - lon) < reach and abs(place.lat - lat) < reach for lon, lat in points)


def _kind(place: Place) -> str:
    if place.feature_code.startswith("PCL"):
        return "country"
    return "province" if place.feature_code.startswith("ADM") else "town"


def _rank(place: Place) -> int:
    kind = _kind(place)
    if kind == "town":
        return 1 if place.feature_code in _CAPITALS or place.population > _LEAST_ZOOM[0][0] else 2
    return 0 if kind == "country" else 2


def _weight(place: Place) -> int:
    """Return what decides between names: a country's size, a town's population; a province is a middling one."""
    if _kind(place) == "country":
        return round(place.radius_km) if place.feature_code == "PCLI" else 0
    return 200_000 if _kind(place) == "province" else place.population


def _least_zoom(place: Place) -> int:
    kind = _kind(place)
    if kind == "country":
        return 2 if place.feature_code == "PCLI" else 5
    if kind == "province":
        return 6
    found = next((zoom for people, zoom in _LEAST_ZOOM if place.population >= people), 9)
    return min(found, 4) if place.feature_code in _CAPITALS else found
