"""GeoParquet 1.1 written batch by batch: points as WKB, with boxes by which readers skip what lies elsewhere."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from geomap.archive.views.features import Feature
from geomap.errors import OutputError
from geomap.output.tables.columns import Kind, by_column, kind_of

_POINT = struct.Struct("<BIdd")
_SIDES = ("xmin", "ymin", "xmax", "ymax")
_COVERING = {"bbox": {side: ["bbox", side] for side in _SIDES}}


def write_parquet(batches: Iterable[Sequence[Feature]], path: Path) -> None:
    """Write features of points, which come in batches of the same columns.

    Raises
    ------
    OutputError
        pyarrow is not installed.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise OutputError("GeoParquet needs pyarrow", hint="pip install 'geomap[parquet]'")
    import pyarrow.parquet as pq

    writer = None
    box: list[float] = []
    for features in batches:
        table = _table(features)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
        box = _grown(box, features)
    if writer is None:
        table = _table([])
        writer = pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    writer.add_key_value_metadata({"geo": json.dumps(_metadata(box))})
    writer.close()


def _table(features: Sequence[Feature]) -> Any:
    import pyarrow as pa

    kinds: dict[Kind, Any] = {
        "text": pa.string(), "whole": pa.int64(), "decimal": pa.float64(), "truth": pa.bool_(),
        "day": pa.timestamp("ms"),
    }  # fmt: skip
    names = list(features[0]["properties"]) if features else ["title"]
    columns = {"id": pa.array([one["id"] for one in features], pa.string())}
    for name, values in by_column([one["properties"] for one in features], names).items():
        kind = kind_of(name)
        known = [value and dt.datetime.fromisoformat(value) for value in values] if kind == "day" else values
        columns[name] = pa.array(known, kinds[kind])
    points = [one["geometry"] and one["geometry"]["coordinates"] for one in features]
    columns["geometry"] = pa.array([point and _POINT.pack(1, 1, *point) for point in points], pa.binary())
    boxes = [point and dict(zip(_SIDES, (*point, *point), strict=True)) for point in points]
    columns["bbox"] = pa.array(boxes, pa.struct([(side, pa.float64()) for side in _SIDES]))
    return pa.table(columns)


def _grown(box: list[float], features: Sequence[Feature]) -> list[float]:
    """Return a box that holds these points, too."""
    points = [tuple(box[:2]), tuple(box[2:])] if box else []
    points += [tuple(one["geometry"]["coordinates"]) for one in features if one["geometry"]]
    if not points:
        return []
    lons, lats = zip(*points, strict=True)
    return [min(lons), min(lats), max(lons), max(lats)]


def _metadata(box: list[float]) -> dict[str, Any]:
    """Return what GeoParquet 1.1 wants to be said of the geometry; without a crs it is WGS 84, longitude first."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"], "covering": _COVERING}
    if box:
        column["bbox"] = box
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
