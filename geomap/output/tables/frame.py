"""A layer as a GeoDataFrame, and from there as GeoParquet."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError
from geomap.output.tables.columns import Kind, by_column, kind_of
from geomap.output.tables.layers import Feature

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

# Types that keep a missing number missing instead of making decimals of the column.
_PANDAS: dict[Kind, str] = {
    "whole": "Int64", "decimal": "Float64", "truth": "boolean", "day": "datetime64[s]", "text": "string",
}  # fmt: skip


def to_frame(features: Sequence[Feature]) -> GeoDataFrame:
    """Return features as a GeoDataFrame in EPSG:4326, indexed by their ids; what is not located has no geometry."""
    import geopandas
    import pandas as pd
    from shapely.geometry import shape

    names = list(features[0]["properties"]) if features else ["title"]
    columns = by_column([one["properties"] for one in features], names)
    array: Any = pd.array
    data = {name: array(values, dtype=_PANDAS[kind_of(name)]) for name, values in columns.items()}
    shapes = [shape(one["geometry"]) if one["geometry"] else None for one in features]
    index = pd.Index([one["id"] for one in features], name="id", dtype="string")
    return geopandas.GeoDataFrame(data, geometry=geopandas.GeoSeries(shapes, index=index, crs="EPSG:4326"), index=index)


def write_parquet(features: Sequence[Feature], path: Path) -> None:
    """Write GeoParquet 1.1 with a covering box, so that readers can skip what lies elsewhere.

    Raises
    ------
    OutputError
        pyarrow is not installed.
    """
    if importlib.util.find_spec("pyarrow") is None:  # geopandas' own message does not name our extra
        raise OutputError("GeoParquet needs pyarrow", hint="pip install 'geomap[parquet]'")
    to_frame(features).to_parquet(path, write_covering_bbox=True, schema_version="1.1.0")
