"""What lies in what: every place to its first-level unit, by code, by name, by polygon."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.features import strip_feature
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.tables import Row

Polygons = dict[str, Any]  # place id -> shapely geometry
UnitNames = Mapping[tuple[str, str], tuple[int, ...]]  # country and form of name -> numbers of units
COAST_DEG = 0.1  # how far off a simplified coast a place may lie and still belong to it


def read_polygons(path: Path) -> Polygons:
    """Read the polygons of the first-level units by place id; empty where the table is absent.

    Raises
    ------
    GazetteerError
        The file is damaged.
    """
    import shapely

    if not path.is_file():
        return {}
    try:
        features = json.loads(lzma.decompress(path.read_bytes()))["features"]
        texts = [json.dumps(feature["geometry"]) for feature in features]
        shapes = shapely.from_geojson(texts)
        return {str(feature["properties"]["id"]): shape for feature, shape in zip(features, shapes, strict=True)}
    except (lzma.LZMAError, ValueError, KeyError) as error:
        raise GazetteerError(f"the table {path.name} is damaged: {error}", hint="run `make gazetteer`") from error


def assign_admin1(rows: Sequence[Row], polygons: Polygons) -> list[int]:
    """Return for every row 1 + the row of its first-level unit, 0 where it has none or is one itself.

    A GeoNames code decides; else a name that one unit of the country has; else the polygon around the point, or the
    nearest one of the same country within ``COAST_DEG``. A polygon never moves a place to another country.
    """
    by_code, by_name = _units(rows)
    found = [0] * len(rows)
    asking: list[int] = []
    for i, row in enumerate(rows):
        if row.kind == "ADM1" or row.kind.startswith("PCL") or not row.country_code:
            continue
        code = by_code.get(row.admin1)
        units = (code,) if code else units_named(by_name, row.country_code, row.admin1)
        if len(units) == 1:
            found[i] = units[0]
        else:
            asking.append(i)
    for i, unit in _by_polygon(rows, asking, polygons).items():
        found[i] = unit
    return found


def _units(rows: Sequence[Row]) -> tuple[dict[str, int], UnitNames]:
    numbered = {i: row for i, row in enumerate(rows, 1) if row.kind == "ADM1"}
    return {row.admin1: i for i, row in reversed(numbered.items())}, name_units(numbered)


def name_units(units: Mapping[int, Row]) -> UnitNames:
    """Return the numbers of first-level units by country and form of name, whole and without its feature word."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for number, row in units.items():
        for name in (row.name, *row.aliases, *row.former_names):
            for form in {key(name), unit_key(name)}:
                known = found.get((row.country_code, form), ())
                if number not in known:
                    found[row.country_code, form] = (*known, number)
    return found


def units_named(named: UnitNames, country: str, name: str) -> tuple[int, ...]:
    """Return the units of a country that a name may mean: "Kyiv Oblast" is one, "Kyiv" also the city's."""
    return (named.get((country, key(name))) or named.get((country, unit_key(name)), ())) if name else ()


def unit_key(name: str) -> str:
    """Return the form in which a unit's names are compared: no feature word, no articles."""
    strict = key(name)
    stripped = strip_feature(strict)
    return bare_key(stripped[0] if stripped else strict)


def _by_polygon(rows: Sequence[Row], asking: Sequence[int], polygons: Polygons) -> dict[int, int]:
    import numpy as np
    import shapely

    if not polygons or not asking:
        return {}
    row_of = {row.id: i for i, row in enumerate(rows)}
    units = np.array([row_of[name] for name in polygons if name in row_of])
    tree = shapely.STRtree([polygons[rows[u].id] for u in units])
    points = shapely.points([rows[i].lon for i in asking], [rows[i].lat for i in asking])
    found: dict[int, int] = {}
    for near in (tree.query(points, predicate="within"), tree.query(points, predicate="dwithin", distance=COAST_DEG)):
        for point, polygon in zip(*near, strict=True):
            row, unit = asking[point], int(units[polygon])
            if row not in found and rows[row].country_code == rows[unit].country_code:
                found[row] = unit + 1
    return found
