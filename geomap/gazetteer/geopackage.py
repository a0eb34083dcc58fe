"""Reads the GeoPackage of a store: the polygons of units, the towns of a box."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from geomap.model import BBox, Place


def read_areas(path: Path, place_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the polygons of first-level units as GeoJSON geometries, by place id; units without one are left out."""
    wanted = sorted(set(place_ids))
    if not wanted:
        return {}
    marks = ",".join("?" * len(wanted))
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        found = database.execute(f"SELECT place_id, geom FROM admin1 WHERE place_id IN ({marks})", wanted).fetchall()  # noqa: S608  # marks only
    import shapely

    return {name: json.loads(shapely.to_geojson(shapely.from_wkb(_wkb(blob)))) for name, blob in found}


def towns_in(path: Path, box: BBox, *, most: int = 150) -> list[Place]:
    """Return the most populous settlements of a box, for the labels of a map.

    Parameters
    ----------
    path
        The store's GeoPackage.
    box
        Degrees; must not cross the antimeridian.
    most
        How many at most.
    """
    return _in_box(path, box, _TOWNS, most)


def units_in(path: Path, box: BBox) -> list[Place]:
    """Return the countries and first-level units whose points lie in a box, for the labels of a map."""
    return _in_box(path, box, _UNITS, 500)


_TOWNS = """
    SELECT p.place_id, p.name, p.kind, p.country_code, p.population, p.radius_km, r.minx, r.miny
    FROM rtree_place_geom r JOIN place p ON p.fid = r.id
    WHERE r.minx >= ? AND r.maxx <= ? AND r.miny >= ? AND r.maxy <= ? AND p.kind LIKE 'PPL%' AND p.population > 0
    ORDER BY p.population DESC, p.place_id LIMIT ?
"""
_UNITS = """
    SELECT p.place_id, p.name, p.kind, p.country_code, p.population, p.radius_km, r.minx, r.miny
    FROM rtree_place_geom r JOIN place p ON p.fid = r.id
    WHERE r.minx >= ? AND r.maxx <= ? AND r.miny >= ? AND r.maxy <= ?
    AND p.kind IN ('ADM1', 'PCLI', 'PCLD', 'PCLS', 'TERR')
    ORDER BY p.kind = 'ADM1', p.kind <> 'PCLI', p.radius_km DESC, p.place_id LIMIT ?
"""


def _in_box(path: Path, box: BBox, query: str, most: int) -> list[Place]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute(query, (box.west, box.east, box.south, box.north, most)).fetchall()
    return [
        Place(
            id=row[0],
            name=row[1],
            feature_code=row[2],
            country_code=row[3],
            population=row[4],
            radius_km=row[5],
            lon=row[6],
            lat=row[7],
            source="geonames",
        )
        for row in rows
    ]


def _wkb(blob: bytes) -> bytes:
    """Take the GeoPackage header off a geometry: 8 bytes and an envelope whose kind stands in the flags."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    return blob[8 + envelope :]
