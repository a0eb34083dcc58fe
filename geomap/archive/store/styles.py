"""The table ``layer_styles``, from which QGIS takes how it draws a layer, in a GeoPackage and in PostGIS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geomap.archive.store import geopackage
from geomap.output.tables.styles import layer_styles

_COLUMNS = (
    *("f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName", "styleQML", "styleSLD"),
    *("useAsDefault", "description", "owner", "ui", "update_time"),
)
_SQLITE = (
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,"
    " f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,"
    " owner TEXT, ui TEXT, update_time DATETIME)"
)
# A team may have styles of its own in the table already.
_POSTGRES = (
    "CREATE TABLE IF NOT EXISTS layer_styles (id SERIAL PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar,"
    " f_table_name varchar, f_geometry_column varchar, styleName text, styleQML xml, styleSLD xml, useAsDefault"
    " boolean, description text, owner varchar(63), ui xml, update_time timestamp, type varchar)"
)


def statements(dialect: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the statements, with their values, that make the table and put the styles of the layers into it."""
    names = ", ".join(_COLUMNS)
    yield (_SQLITE if dialect == "sqlite" else _POSTGRES), ()
    if dialect == "sqlite":
        marks = ", ".join("?" * len(_COLUMNS))
        yield from geopackage.attributes("layer_styles", "how QGIS draws the layers")
    else:
        marks = "current_database(), current_schema(), %s, %s, %s, CAST(%s AS xml), NULL, %s, %s, NULL, NULL, now()"
    for style in layer_styles(("event", "telling")):
        values = tuple(style[name] for name in _COLUMNS)
        if dialect != "sqlite":
            values = tuple(style[n] for n in (*_COLUMNS[2:6], "useAsDefault", "description"))
        yield f"INSERT INTO layer_styles ({names}) VALUES ({marks})", values
