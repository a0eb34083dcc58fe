"""What makes a SQLite file a GeoPackage (OGC 12-128r19): its registers, the spatial index, the styles of QGIS.

The triggers of the spatial index are the standard's own, so that other programs may edit the file. They call functions
that SQLite has not; ``add_functions`` gives them to a connection.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from typing import Any

APPLICATION_ID = 0x47504B47  # "GPKG"
VERSION = 10300
_PAIR = struct.Struct("<dd")
_SRS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
    (
        "WGS 84", 4326, "EPSG", 4326,
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
        'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]',
    ),
)  # fmt: skip
_REGISTERS = (
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,"
    " organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)",
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,"
    " description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
    " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,"
    " srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id))",
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),"
    " column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,"
    " srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL,"
    " PRIMARY KEY (table_name, column_name))",
    "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,"
    " definition TEXT NOT NULL, scope TEXT NOT NULL, UNIQUE (table_name, column_name, extension_name))",
)


def registers() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the statements, with their values, that make an empty SQLite file an empty GeoPackage."""
    yield f"PRAGMA application_id = {APPLICATION_ID}", ()
    yield f"PRAGMA user_version = {VERSION}", ()
    for statement in _REGISTERS:
        yield statement, ()
    for row in _SRS:
        yield (
            "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition)"
            " VALUES (?,?,?,?,?)",
            row,
        )


def attributes(table: str, description: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the statements that register a table without geometry."""
    yield (
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
        (table, table, description),
    )


def layer(table: str, description: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the statements that register a layer of points in ``geom`` and give it a spatial index."""
    index = f"rtree_{table}_geom"
    yield (
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        " VALUES (?, 'features', ?, ?, 4326)",
        (table, table, description),
    )
    yield "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', 4326, 0, 0)", (table,)
    yield (
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',"
        " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        (table,),
    )
    yield f"CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)", ()
    for name, when in _triggers(table, index).items():
        yield f"CREATE TRIGGER {index}_{name} AFTER {when} END", ()


def _triggers(table: str, index: str) -> dict[str, str]:
    """Return the triggers of the spatial index by their names (GeoPackage 1.4, annex F.3)."""
    new = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))"
    none = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
    old = "(OLD.geom NOTNULL AND NOT ST_IsEmpty(OLD.geom))"
    gone = "(OLD.geom ISNULL OR ST_IsEmpty(OLD.geom))"
    box = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
    put = f"INSERT OR REPLACE INTO {index} VALUES (NEW.fid, {box});"
    move = (
        f"UPDATE {index} SET minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom),"
        " miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom) WHERE id = NEW.fid;"
    )
    drop = f"DELETE FROM {index} WHERE id = OLD.fid;"
    same, other = "OLD.fid = NEW.fid", "OLD.fid != NEW.fid"
    return {
        "insert": f"INSERT ON {table} WHEN {new} BEGIN {put}",
        "update6": f"UPDATE OF geom ON {table} WHEN {same} AND {new} AND {old} BEGIN {move}",
        "update7": f"UPDATE OF geom ON {table} WHEN {same} AND {new} AND {gone} BEGIN {put}",
        "update2": f"UPDATE OF geom ON {table} WHEN {same} AND {none} BEGIN {drop}",
        "update5": f"UPDATE ON {table} WHEN {other} AND {new} BEGIN {drop} {put}",
        "update4": f"UPDATE ON {table} WHEN {other} AND {none} BEGIN"
        f" DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);",
        "delete": f"DELETE ON {table} WHEN OLD.geom NOTNULL BEGIN {drop}",
    }


def place_and_time() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the statements that give events one index over space and time: boxes of three dimensions, days as numbers.

    The standard's index knows no time: for a week of a whole country it would give every event of that country.
    """
    index = "event_place_time"
    known = "NEW.geom NOTNULL AND NEW.first_day NOTNULL"
    put = (
        f"INSERT INTO {index} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom),"
        " ST_MaxY(NEW.geom), julianday(NEW.first_day), julianday(NEW.last_day));"
    )
    drop = f"DELETE FROM {index} WHERE id = OLD.fid;"
    yield f"CREATE VIRTUAL TABLE {index} USING rtree(id, west, east, south, north, first, last)", ()
    yield f"CREATE TRIGGER {index}_insert AFTER INSERT ON event WHEN {known} BEGIN {put} END", ()
    changed = "UPDATE OF geom, first_day, last_day ON event"
    yield f"CREATE TRIGGER {index}_gone AFTER {changed} WHEN NOT ({known}) BEGIN {drop} END", ()
    yield f"CREATE TRIGGER {index}_update AFTER {changed} WHEN {known} BEGIN {drop} {put} END", ()
    yield f"CREATE TRIGGER {index}_delete AFTER DELETE ON event BEGIN {drop} END", ()
    yield (
        f"INSERT INTO {index} SELECT fid, ST_MinX(geom), ST_MaxX(geom), ST_MinY(geom), ST_MaxY(geom),"
        " julianday(first_day), julianday(last_day) FROM event WHERE geom NOTNULL AND first_day NOTNULL",
        (),
    )


def add_functions(database: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers call; every geometry of a store is a point."""

    def lon(blob: bytes) -> Any:
        return _PAIR.unpack(blob[-16:])[0]

    def lat(blob: bytes) -> Any:
        return _PAIR.unpack(blob[-16:])[1]

    functions = {"ST_MinX": lon, "ST_MaxX": lon, "ST_MinY": lat, "ST_MaxY": lat, "ST_IsEmpty": lambda _: 0}
    for name, function in functions.items():
        database.create_function(name, 1, function, deterministic=True)
