"""A user's own list of places: CSV with a name and a point; everything else may be left out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping

from geomap.gazetteer.names import key
from geomap.gazetteer.tables import Row

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "title", "place", "label"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "lat": ("lat", "latitude", "y"),
    "id": ("id", "place_id", "uid"),
    "kind": ("kind", "feature_code", "code"),
    "precision_km": ("precision_km", "radius_km", "precision"),
    "country_code": ("country_code", "country", "iso_a2", "cc"),
    "admin1": ("admin1", "province", "governorate", "state", "region"),
    "admin2": ("admin2", "district"),
    "population": ("population", "pop"),
    "aliases": ("aliases", "alternatenames", "other_names"),
    "former_names": ("former_names", "former"),
}
LICENCE = "your own"
DEFAULT_KIND = "LCTY"
_COUNTRY = re.compile(r"[A-Z]{2}|")
_KIND = re.compile(r"[A-Z][A-Z0-9]{1,5}")


def headings(line: str) -> dict[str, str]:
    """Return, by our column, the heading that a first line has for it; name, lon and lat are needed to read a file."""
    given = {cell.strip().strip('"').casefold(): cell.strip().strip('"') for cell in re.split(r"[,;\t]", line)}
    found = {ours: next((given[t] for t in theirs if t in given), None) for ours, theirs in HEADINGS.items()}
    return {ours: theirs for ours, theirs in found.items() if theirs}


def read_own(lines: Iterable[str], first: str, layer: str) -> Iterator[Row]:
    """Yield a row for every line.

    Parameters
    ----------
    lines
        All lines, the first one included.
    first
        The first line, which names the columns.
    layer
        Goes into the ids of places that have none.

    Raises
    ------
    ValueError
        A cell cannot be read; the message names the line and the cell.
    """
    columns = headings(first)
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(lines, delimiter=delimiter)
    used: set[str] = set()
    for record in reader:
        cells = {ours: (record.get(theirs) or "").strip() for ours, theirs in columns.items()}
        try:
            row = make_row(cells, layer)
        except ValueError as error:
            raise ValueError(f"line {reader.line_num}: {error}") from error
        if row.id in used:
            raise ValueError(f"line {reader.line_num}: a second place with the id {row.id}")
        used.add(row.id)
        yield row


def make_row(cells: Mapping[str, str], layer: str) -> Row:
    """Return the row of some cells.

    Raises
    ------
    ValueError
        A cell cannot be what it should be.
    """
    name, kind, country = cells["name"], cells.get("kind") or DEFAULT_KIND, cells.get("country_code", "").upper()
    if not key(name):
        raise ValueError("a place without a name")
    lon, lat = _number(cells, "lon"), _number(cells, "lat")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"no such point: longitude {lon}, latitude {lat}")
    if not _COUNTRY.fullmatch(country):
        raise ValueError(f"{country!r} is no country code of two letters")
    if not _KIND.fullmatch(kind):
        raise ValueError(f"{kind!r} is no feature code")
    return Row(
        _id(cells.get("id", ""), name, layer), name, kind, lon, lat,
        _number(cells, "precision_km", 0.0), country, cells.get("admin1", ""), cells.get("admin2", ""),
        int(_number(cells, "population", 0.0)), _names(cells.get("aliases", "")), _names(cells.get("former_names", "")),
    )  # fmt: skip


def _id(given: str, name: str, layer: str) -> str:
    """Return the id: one that names its source stays, so that a row can correct a place of another table."""
    return given if ":" in given else f"user:{layer}:{given or key(name).replace(' ', '-')}"


def _number(cells: Mapping[str, str], column: str, default: float | None = None) -> float:
    text = cells.get(column, "")
    if not text and default is not None:
        return default
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{column} is {text!r}, not a number") from None


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split("|") if name.strip())
