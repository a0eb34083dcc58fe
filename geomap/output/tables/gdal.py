"""Layers written by GDAL (GeoPackage, XLSX): typed columns, where a missing number stays a missing number.

GDAL is given numpy arrays with masks instead of a data frame: pandas turns a column of numbers with gaps into decimals
and knows no date without a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import OutputError
from geomap.output.tables.columns import by_column, kind_of
from geomap.output.tables.delimited import with_point
from geomap.output.tables.layers import Feature
from geomap.output.tables.styles import layer_styles

_NUMPY = {"whole": ("int32", 0), "decimal": ("float64", 0.0), "truth": ("bool", False), "day": ("datetime64[D]", None)}
# GDAL writes the time of day into a GeoPackage; a fixed one keeps the same bytes for the same input.
_NO_CLOCK = {"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"}


def write_geopackage(layers: Mapping[str, Sequence[Feature]], path: Path) -> None:
    """Write a GeoPackage with a layer each and the styles that QGIS draws them with by default."""
    stream_geopackage([layers], path)


def stream_geopackage(batches: Iterable[Mapping[str, Sequence[Feature]]], path: Path) -> None:
    """Write a GeoPackage whose layers come in batches, so that memory need not hold them whole."""
    import pyogrio

    written: dict[str, None] = {}
    pyogrio.set_gdal_config_options(_NO_CLOCK)
    try:
        for batch in batches:
            for name, features in batch.items():
                rows, shapes = [one["properties"] for one in features], [one["geometry"] for one in features]
                _write(path, name, rows, "GPKG", shapes, append=name in written)
                written[name] = None
        if styles := layer_styles(written):
            _write(path, "layer_styles", styles, "GPKG", None, FID="id")
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(_NO_CLOCK))


def write_xlsx(layers: dict[str, list[Feature]], path: Path) -> None:
    """Write a workbook with a sheet each. Text is stored as text: nothing in it is ever a formula."""
    for name, features in layers.items():
        _write(path, name, [with_point(one) for one in features], "XLSX", None)


def _write(
    path: Path,
    layer: str,
    rows: Sequence[dict[str, Any]],
    driver: str,
    shapes: Sequence[Any] | None,
    *,
    append: bool = False,
    **layer_options: str,
) -> None:
    import numpy as np
    from pyogrio.errors import DataLayerError, DataSourceError
    from pyogrio.raw import write

    names = list(rows[0]) if rows else ["title"]
    columns = by_column(rows, names)
    arrays, masks = zip(*(_array(name, columns[name]) for name in names), strict=True)
    spatial: dict[str, Any] = {"geometry": None, "geometry_type": None}
    if shapes is not None:
        shape_type = "MultiPolygon" if layer == "areas" else "Point"
        known = _well_known(shapes, multi=layer == "areas")
        spatial = {"geometry": known, "geometry_type": shape_type, "crs": "EPSG:4326"}
    try:
        write(
            path,
            field_data=list(arrays),
            fields=np.array(names, dtype=object),
            field_mask=list(masks),
            layer=layer,
            driver=driver,
            layer_options=layer_options,
            append=append,
            **spatial,
        )
    except (DataSourceError, DataLayerError) as error:
        raise OutputError(f"cannot write layer {layer}: {error}", hint="check the folder and its space") from error


def _array(name: str, values: list[Any]) -> tuple[Any, Any]:
    """Return a column as an array and a mask that is true where a value is missing."""
    import numpy as np

    missing = np.array([value is None for value in values], dtype=bool)
    kind = kind_of(name)
    if kind == "text":
        return np.array(values, dtype=object), missing
    dtype, filler = _NUMPY[kind]
    return np.array([filler if value is None else value for value in values], dtype=dtype), missing


def _well_known(shapes: Sequence[Any], *, multi: bool) -> Any:
    import numpy as np
    import shapely
    from shapely.geometry import shape

    made = [None if one is None else shape(one) for one in shapes]
    if multi:
        made = [shapely.multipolygons([one]) if one and one.geom_type == "Polygon" else one for one in made]
    found: Any = np.empty(len(made), dtype=object)
    found[:] = [None if one is None else shapely.to_wkb(one) for one in made]
    return found
