"""CSV for spreadsheets, pandas and Datasette: UTF-8, a header, one row a feature, ``latitude`` and ``longitude``."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

from geomap.output.tables.layers import Feature

# What a spreadsheet would run as a formula (OWASP, "CSV Injection"); tab and carriage return open a cell anew.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(features: Iterable[Feature], file: TextIO) -> None:
    """Write features as CSV. The file must have been opened with ``newline=""``."""
    writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180
    header: list[str] | None = None
    for feature in features:
        row = with_point(feature)
        if header is None:
            header = list(row)
            writer.writerow(header)
        writer.writerow([guarded(value) for value in row.values()])


def with_point(feature: Feature) -> dict[str, Any]:
    """Return the columns of a feature with its point; an area, which is none, has only its columns."""
    row = dict(feature["properties"])
    geometry = feature["geometry"]
    if geometry is None or geometry["type"] == "Point":
        lon, lat = geometry["coordinates"] if geometry else (None, None)
        row |= {"latitude": lat, "longitude": lon}
    return row


def guarded(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before the sign that would make it one.

    Numbers stay numbers; truth values are written in lower case as in JSON.
    """
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value
