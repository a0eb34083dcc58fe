"""The readable truth of a store: a GeoPackage with the layers ``place`` and ``admin1``, for QGIS and for polygons."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from geomap.gazetteer.tables import Row
from geomap.model import BBox, Place


def write_geopackage(path: Path, rows: Sequence[Row], admin1: Sequence[int], polygons: dict[str, Any]) -> None:
    """Write both layers. GDAL writes them, so that QGIS can edit the file and its spatial index stays right."""
    import geopandas
    import shapely

    places = geopandas.GeoDataFrame(
        {
            "place_id": [r.id for r in rows],
            "name": [r.name for r in rows],
            "kind": [r.kind for r in rows],
            "radius_km": [r.radius_km for r in rows],
            "country_code": [r.country_code for r in rows],
            "admin1": [rows[unit - 1].name if unit else "" for unit in admin1],
            "admin2": [r.admin2 for r in rows],
            "population": [r.population for r in rows],
            "aliases": ["|".join(r.aliases) for r in rows],
            "former_names": ["|".join(r.former_names) for r in rows],
        },
        geometry=shapely.points([r.lon for r in rows], [r.lat for r in rows]),
        crs="EPSG:4326",
    )
    places.to_file(path, layer="place", driver="GPKG", engine="pyogrio")
    units = [r for r in rows if r.id in polygons]
    shapes = geopandas.GeoDataFrame(
        {"place_id": [r.id for r in units], "name": [r.name for r in units]},
        geometry=[
            shapely.multipolygons([polygons[r.id]]) if polygons[r.id].geom_type == "Polygon" else polygons[r.id]
            for r in units
        ],
        crs="EPSG:4326",
    )
    shapes.to_file(path, layer="admin1", driver="GPKG", engine="pyogrio", mode="a")


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
    query = (
        "SELECT p.place_id, p.name, p.kind, p.country_code, p.population, r.minx, r.miny FROM rtree_place_geom r"
        " JOIN place p ON p.fid = r.id WHERE r.minx >= ? AND r.maxx <= ? AND r.miny >= ? AND r.maxy <= ?"
        " AND p.kind LIKE 'PPL%' AND p.population > 0 ORDER BY p.population DESC, p.place_id LIMIT ?"
    )
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute(query, (box.west, box.east, box.south, box.north, most)).fetchall()
    return [
        Place(id=r[0], name=r[1], feature_code=r[2], country_code=r[3], population=r[4], lon=r[5], lat=r[6])
        for r in rows
    ]


def _wkb(blob: bytes) -> bytes:
    """Take the GeoPackage header off a geometry: 8 bytes and an envelope whose kind stands in the flags."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    return blob[8 + envelope :]
