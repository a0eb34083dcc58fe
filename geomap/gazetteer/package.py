"""Writes the GeoPackage of a store, row by row, as the standard has it: QGIS and GDAL read and edit it.

Written with SQLite itself, so that twelve million places stream through; the triggers that keep the spatial index right
while somebody edits are those of the standard (OGC 12-128r17, annex F.3).
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.gazetteer import rtree
from geomap.gazetteer.containment import Polygons
from geomap.gazetteer.extents import Extent
from geomap.gazetteer.tables import Row

_PLACE = "place_id name kind radius_km country_code admin1 admin2 population aliases former_names".split()
_TYPES = {"radius_km": "REAL", "population": "INTEGER"}
_UNIT = ("place_id", "name", "country_code")
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA = """
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10201;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
 organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
 description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
 min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
 CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
 geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
 CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
 CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
 CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
 definition TEXT NOT NULL, scope TEXT NOT NULL,
 CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""
_RTREE = (
    "INSERT OR REPLACE INTO rtree_{t}_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom),"
    " ST_MinY(NEW.geom), ST_MaxY(NEW.geom))"
)
_FILLED = "NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)"
_BARE = "(NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))"
_TRIGGERS = (
    ("insert", f"AFTER INSERT ON {{t}} WHEN ({_FILLED})", _RTREE),
    ("update1", f"AFTER UPDATE OF geom ON {{t}} WHEN OLD.fid = NEW.fid AND ({_FILLED})", _RTREE),
    ("update2", f"AFTER UPDATE OF geom ON {{t}} WHEN OLD.fid = NEW.fid AND {_BARE}",
     "DELETE FROM rtree_{t}_geom WHERE id = OLD.fid"),
    ("update3", f"AFTER UPDATE ON {{t}} WHEN OLD.fid != NEW.fid AND ({_FILLED})",
     "DELETE FROM rtree_{t}_geom WHERE id = OLD.fid; " + _RTREE),  # noqa: S608  # the layers are ours
    ("update4", f"AFTER UPDATE ON {{t}} WHEN OLD.fid != NEW.fid AND {_BARE}",
     "DELETE FROM rtree_{t}_geom WHERE id IN (OLD.fid, NEW.fid)"),
    ("delete", "AFTER DELETE ON {t} WHEN OLD.geom NOT NULL", "DELETE FROM rtree_{t}_geom WHERE id = OLD.fid"),
)  # fmt: skip
_POINT_HEADER = struct.pack("<2sBBi", b"GP", 0, 1, 4326) + struct.pack("<BI", 1, 1)
_HEADER = struct.pack("<2sBBi", b"GP", 0, 1, 4326)


class PackageWriter:
    """A GeoPackage being written: the layer ``place``, then the layer ``admin1``."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(_SCHEMA)
        self._database.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,NULL)",
            [
                ("Undefined cartesian SRS", -1, "NONE", -1, "undefined"),
                ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
                ("WGS 84", 4326, "EPSG", 4326, _WGS84),
            ],
        )
        self._rows = 0
        self._open_layer("place", "POINT", _PLACE)

    def _open_layer(self, table: str, geometry: str, columns: Sequence[str]) -> None:
        listed = ", ".join(f"{name} {_TYPES.get(name, 'TEXT')}" for name in columns)
        run = self._database.execute
        run(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry}, {listed})")
        run("INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id)"
            " VALUES (?, 'features', ?, -180, -90, 180, 90, 4326)", (table, table))  # fmt: skip
        run("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", (table, geometry))
        run(f"CREATE VIRTUAL TABLE rtree_{table}_geom USING rtree(id, minx, maxx, miny, maxy)")
        run("INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',"
            " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')", (table,))  # fmt: skip

    def write(self, rows: Sequence[Row], units: Iterable[str]) -> None:
        """Append places with the names of their first-level units."""
        pack, point = struct.pack, _POINT_HEADER
        self._database.executemany(
            f"INSERT INTO place VALUES (?,?{',?' * len(_PLACE)})",  # noqa: S608  # marks only
            [
                (
                    number, point + pack("<dd", r.lon, r.lat), r.id, r.name, r.kind, r.radius_km, r.country_code, unit,
                    r.admin2, r.population, "|".join(r.aliases), "|".join(r.former_names),
                )
                for number, (r, unit) in enumerate(zip(rows, units, strict=True), self._rows + 1)
            ],
        )  # fmt: skip
        self._rows += len(rows)

    def finish(
        self, units: Sequence[Row], polygons: Polygons, extents: Mapping[int, Extent], points: tuple[Any, Any]
    ) -> None:
        """Write derived extents and the layer of the units that have a polygon, and finish the file.

        Parameters
        ----------
        units
            The first places, the units among them.
        polygons
            By id.
        extents
            By number of the place, counted from 0.
        points
            Longitudes and latitudes of all places.
        """
        run = self._database.execute
        for number, (lon, lat, radius_km) in extents.items():
            point = _POINT_HEADER + struct.pack("<dd", lon, lat)
            run("UPDATE place SET radius_km = ?, geom = ? WHERE fid = ?", (radius_km, point, number + 1))
        rtree.fill(self._database, "rtree_place_geom", *points)
        self._open_layer("admin1", "MULTIPOLYGON", _UNIT)
        for number, row in enumerate((r for r in units if r.kind == "ADM1" and r.id in polygons), 1):
            west, south, east, north = polygons[row.id].bounds
            shape = _HEADER + _wkb(polygons[row.id])
            run("INSERT INTO admin1 VALUES (?,?,?,?,?)", (number, shape, row.id, row.name, row.country_code))
            run("INSERT INTO rtree_admin1_geom VALUES (?,?,?,?,?)", (number, west, east, south, north))
        for table in ("place", "admin1"):
            for name, when, what in _TRIGGERS:
                run(f"CREATE TRIGGER rtree_{table}_geom_{name} {when} BEGIN {what}; END".format(t=table))
        run("CREATE INDEX admin1_place_id ON admin1 (place_id)")
        self._database.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _wkb(shape: Any) -> bytes:
    import shapely

    whole = shapely.multipolygons([shape]) if shape.geom_type == "Polygon" else shape
    found: bytes = shapely.to_wkb(whole, byte_order=1)
    return found
