"""Column types that both databases have, each in its own way: a point, a moment."""

from __future__ import annotations

import datetime as dt
import struct
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from geomap.model import LonLat

WGS84 = 4326
# A GeoPackage geometry: magic, version 0, flags (little endian, no envelope), reference system; then WKB of a point.
_BLOB = struct.Struct("<2sBBiBIdd")
_HEAD = (b"GP", 0, 1, WGS84, 1, 1)


def to_blob(point: LonLat) -> bytes:
    """Return a point as a GeoPackage geometry."""
    return _BLOB.pack(*_HEAD, point.lon, point.lat)


class _Blob(UserDefinedType[bytes]):
    """What GeoPackage calls the type of a column of points."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "POINT"


class Point(TypeDecorator[LonLat]):
    """A point in WGS 84: PostGIS's geometry, or GeoPackage's blob. It is for other tools: only written, never read."""

    impl = _Blob
    cache_ok = True
    spatial_index = False  # what GeoAlchemy2 asks: the migrations make the indexes

    def load_dialect_impl(self, dialect: Dialect | None) -> TypeEngine[Any]:
        """Choose the type by the database; GeoAlchemy2, which also asks for no database, is only needed for PostGIS."""
        if dialect is None or dialect.name != "postgresql":
            return _Blob()
        from geoalchemy2 import Geometry

        return dialect.type_descriptor(Geometry("POINT", srid=WGS84, spatial_index=False))

    def process_bind_param(self, value: LonLat | None, dialect: Dialect) -> Any:
        """Write a point."""
        if value is None:
            return None
        return f"SRID={WGS84};POINT({value.lon!r} {value.lat!r})" if dialect.name == "postgresql" else to_blob(value)


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC: a time with its zone, or GeoPackage's ISO 8601 text."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the type by the database."""
        postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(DateTime(timezone=True) if postgres else _IsoText())

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Write a moment, to the millisecond."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Read a moment."""
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC)
        return None if value is None else dt.datetime.fromisoformat(value)


class _IsoText(UserDefinedType[str]):
    """What GeoPackage calls the type of a column of moments."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "DATETIME"
