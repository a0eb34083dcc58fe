"""What lies in what: every place to its first-level unit, by code, by name, by polygon."""

from __future__ import annotations

import lzma
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.features import strip_feature
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.tables import Row

Polygons = dict[str, Any]  # place id -> shapely geometry
_ID = re.compile(r'"properties": ?\{"id": ?"([^"]+)"')  # far cheaper than to parse megabytes of coordinates twice
UnitNames = Mapping[tuple[str, str], tuple[int, ...]]  # country and form of name -> numbers of units
COAST_DEG = 0.1  # how far off a simplified coast a place may lie and still belong to it


def read_polygons(path: Path) -> Polygons:
    """Read the polygons of units by place id; empty where the table is absent.

    Raises
    ------
    GazetteerError
        The file is damaged.
    """
    import shapely

    if not path.is_file():
        return {}
    try:
        text = lzma.decompress(path.read_bytes()).decode("utf-8")
        shapes = shapely.get_parts(shapely.from_geojson(text))
        return dict(zip(_ID.findall(text), shapes, strict=True))
    except (lzma.LZMAError, ValueError, shapely.GEOSException) as error:
        raise GazetteerError(f"the table {path.name} is damaged: {error}", hint="run `make gazetteer`") from error


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


@dataclass(frozen=True, kw_only=True)
class Units:
    """The first-level units that places are put into.

    Attributes
    ----------
    head
        The first rows of the store, the units among them, in the order of their row numbers.
    polygons
        Of the units, by id.
    """

    head: Sequence[Row]
    polygons: Polygons

    @cached_property
    def _rows(self) -> dict[int, Row]:
        return {i: row for i, row in enumerate(self.head, 1) if row.kind == "ADM1"}

    @cached_property
    def _by_code(self) -> dict[str, int]:
        coded = [(i, row) for i, row in self._rows.items() if row.admin1.startswith(f"{row.country_code}.")]
        return {row.admin1: i for i, row in reversed(coded)}

    @cached_property
    def _by_name(self) -> UnitNames:
        return name_units(self._rows)

    @cached_property
    def _named(self) -> dict[tuple[str, str], tuple[int, ...]]:
        return {}

    @cached_property
    def shapes(self) -> tuple[Any, list[int]]:
        """A tree of the units' polygons, and the numbers of its units."""
        import shapely

        numbers = [i for i, row in self._rows.items() if row.id in self.polygons]
        return shapely.STRtree([self.polygons[self.head[i - 1].id] for i in numbers]), numbers

    def of(self, rows: Sequence[Row]) -> list[int]:
        """Return for every row 1 + the row of its first-level unit, 0 where it has none or is one itself.

        A GeoNames code decides; else a name that one unit of the country has; else the polygon around the point, or
        the nearest one of the same country within ``COAST_DEG``. A polygon never moves a place to another country.
        """
        found = [0] * len(rows)
        asking: list[int] = []
        for i, row in enumerate(rows):
            if row.kind == "ADM1" or row.kind.startswith("PCL") or not row.country_code:
                continue
            unit = self._by_code.get(row.admin1) or self._single(row.country_code, row.admin1)
            if unit:
                found[i] = unit
            else:
                asking.append(i)
        for i, unit in self._by_polygon(rows, asking).items():
            found[i] = unit
        return found

    def _single(self, country: str, name: str) -> int:
        """Return the unit that a name means beyond doubt, else 0."""
        known = self._named.get((country, name))
        if known is None:
            known = self._named[country, name] = units_named(self._by_name, country, name)
        return known[0] if len(known) == 1 else 0

    def _by_polygon(self, rows: Sequence[Row], asking: Sequence[int]) -> dict[int, int]:
        import shapely

        tree, numbers = self.shapes
        found: dict[int, int] = {}
        if not numbers or not asking:
            return found
        points = shapely.points([rows[i].lon for i in asking], [rows[i].lat for i in asking])
        for near in (
            tree.query(points, predicate="within"),
            tree.query(points, predicate="dwithin", distance=COAST_DEG),
        ):
            for point, polygon in zip(*near, strict=True):
                row, unit = asking[point], numbers[polygon]
                if row not in found and rows[row].country_code == self.head[unit - 1].country_code:
                    found[row] = unit
        return found
