"""The three tables of a run, a partition of each a piece: reports, incidents, errors."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from geomap.corpus.extras import library
from geomap.model import Article, Incident, Provenance, Report
from geomap.output.geojson import features
from geomap.output.tables.columns import Kind, kind_of
from geomap.output.tables.delimited import with_point

Table = Literal["reports", "incidents", "errors"]
TABLES: tuple[Table, ...] = get_args(Table)

_REPORTS = ("id", "file", "number", "incidents", "pins", "unplaced", "report")
_ERRORS = ("id", "file", "number", "kind", "message", "remedy")
_COUNTS = frozenset({"number", "incidents", "pins", "unplaced"})
_ARROW: Mapping[Kind, str] = MappingProxyType(
    {"text": "string", "whole": "int64", "decimal": "float64", "truth": "bool", "day": "date32"}
)
_POINT = struct.Struct("<BIdd")  # well-known binary (ISO 19125): little-endian, a point, longitude, latitude
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}
_ROWS = 500  # rows that wait before they are packed


def incident_rows(report: Report) -> list[dict[str, Any]]:
    """Return the incidents of a report as the exports have them, with their point as well-known binary."""
    rows = [with_point(feature) for feature in features(report)]
    return [row | {"geometry": _point(row["longitude"], row["latitude"])} for row in rows]


def _point(lon: float | None, lat: float | None) -> bytes | None:
    return None if lon is None or lat is None else _POINT.pack(1, 1, lon, lat)


@cache
def _incident_columns() -> tuple[str, ...]:
    """Return the columns of an incident, the same in a partition that holds none."""
    blank = Incident(
        id="", group="", kind="attack", attacked_base=False, sub_event_type="", status="reported", place=None,
        relation="", precision="country", radius_km=0, geo_precision=None, where_prec=None, date_start=None,
        date_end=None, time_precision=None, date_as_written=None, attribution="unknown",
    )  # fmt: skip
    article = Article(id="", text="", sentences=())
    made = Provenance(geomap="", gazetteer="", config_sha256="")
    report = Report(article=article, resolutions=(), roles=(), incidents=(blank,), aggregates=(), provenance=made)
    return tuple(incident_rows(report)[0])


@cache
def schema(table: Table) -> Any:
    """Return the Arrow schema of a table; incidents are GeoParquet."""
    arrow = library("pyarrow")
    if table == "incidents":
        types = [(name, _type_of(name)) for name in _incident_columns()]
        return arrow.schema(types, metadata={"geo": json.dumps(_GEO)})
    names = _REPORTS if table == "reports" else _ERRORS
    return arrow.schema([(name, arrow.int64() if name in _COUNTS else arrow.string()) for name in names])


def _type_of(column: str) -> Any:
    arrow = library("pyarrow")
    return arrow.binary() if column == "geometry" else arrow.type_for_alias(_ARROW[kind_of(column)])


class Partition:
    """One file of a table in the making; it is packed as rows come, so that memory holds few of them."""

    def __init__(self, table: Table) -> None:
        self._schema = schema(table)
        self._days = [field.name for field in self._schema if str(field.type).startswith("date")]
        self._waiting: list[dict[str, Any]] = []
        self._file = io.BytesIO()
        self._writer = library("pyarrow.parquet").ParquetWriter(self._file, self._schema, compression="zstd")
        self.rows = 0

    def add(self, row: dict[str, Any]) -> None:
        """Add a row."""
        self._waiting.append(row)
        self.rows += 1
        if len(self._waiting) == _ROWS:
            self._pack()

    def _pack(self) -> None:
        import datetime as dt

        arrow = library("pyarrow")
        for row in self._waiting:
            for name, value in row.items():
                if isinstance(value, str):
                    row[name] = sound(value)
            for name in self._days:
                row[name] = row[name] and dt.date.fromisoformat(row[name])
        self._writer.write_table(arrow.Table.from_pylist(self._waiting, schema=self._schema))
        self._waiting.clear()

    def packed(self) -> bytes:
        """Return the whole file."""
        if self._waiting:
            self._pack()
        self._writer.close()
        return self._file.getvalue()


def sound(text: str) -> str:
    """Return a text that UTF-8 can hold: half a surrogate pair is written as its escape, as in a batch."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
