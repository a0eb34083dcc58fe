"""What the packaged tables know that an import needs: units by name, and which country a point lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from geomap.gazetteer.containment import Polygons, UnitNames, name_units, read_polygons, units_named
from geomap.gazetteer.tables import POLYGON_TABLE, Row, read_rows

_TABLES = ("admin1.tsv.xz", "districts.tsv.xz")


@dataclass(frozen=True, kw_only=True)
class Home:
    """The packaged units, read when first asked for."""

    tables: Path

    @classmethod
    def of(cls, tables: Path) -> Home:
        """Return the home of a folder of tables."""
        return cls(tables=tables)

    @cached_property
    def _rows(self) -> Sequence[Row]:
        return [row for name in _TABLES if (self.tables / name).is_file() for row in read_rows(self.tables / name)]

    @cached_property
    def _named(self) -> dict[str, UnitNames]:
        numbered = dict(enumerate(self._rows))
        return {
            kind: name_units({i: row for i, row in numbered.items() if row.kind == kind}) for kind in ("ADM1", "ADM2")
        }

    @cached_property
    def _shapes(self) -> tuple[Any, list[str]]:
        import shapely

        polygons: Polygons = read_polygons(self.tables / POLYGON_TABLE)
        drawn = [row for row in self._rows if row.id in polygons]
        return shapely.STRtree([polygons[row.id] for row in drawn]), [row.country_code for row in drawn]

    def with_known_id(self, unit: Row) -> Row:
        """Return a unit under the id that the packaged tables have for it, if exactly one there bears its name."""
        known = self._named.get(unit.kind, {})
        numbers = {
            number
            for name in (unit.name, *unit.aliases)
            for number in units_named(known, unit.country_code, name)
        }  # fmt: skip
        if unit.id.startswith("geonames:") or len(numbers) != 1:
            return unit
        same = self._rows[numbers.pop()]
        return unit._replace(id=same.id, admin1=same.admin1)

    def with_country(self, row: Row) -> Row:
        """Return a place with the country in whose polygon it lies, where it has none; at sea it keeps none."""
        import shapely

        if row.country_code:
            return row
        tree, countries = self._shapes
        around = tree.query(shapely.Point(row.lon, row.lat), predicate="within")
        return row._replace(country_code=countries[around[0]]) if len(around) else row
