"""The curated tables as records, and what they are checked against: polygons, airports, feature codes, exceptions."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from geomap.gazetteer.containment import UnitNames, name_units, read_polygons, units_named
from geomap.gazetteer.lookup import distance_km
from geomap.gazetteer.tables import CURATED_TABLES, Row, read_rows
from geomap.model import LonLat

KM_PER_DEGREE = 111.195
LONG = 1.6  # a unit is at most about this many times as long as a circle of its size is wide
UNKNOWN_KM = 5.0  # the radius of a unit of which one place at most is known
SIMPLIFIED_KM = 1.2  # the polygons' lines were simplified to 0.01 degree


class Entry(NamedTuple):
    """One line of a curated table."""

    table: str
    line: int
    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        """The row's id."""
        return self.cells["id"]

    @property
    def point(self) -> LonLat:
        """Where it lies, in degrees."""
        return LonLat(float(self.cells["lon"]), float(self.cells["lat"]))

    @property
    def precision_km(self) -> float:
        """Radius within which the point is right."""
        return float(self.cells["precision_km"])

    @property
    def names(self) -> list[str]:
        """Name, aliases and former names."""
        cells = self.cells
        return [cells["name"], *cells["aliases"].split("|"), *cells["former_names"].split("|")]


class Exempt(NamedTuple):
    """A finding that is known and right: which check, whose row, against which other row, why."""

    check: str
    id: str
    other: str
    reason: str


def read_entries(folder: Path) -> Iterator[Entry]:
    """Yield the rows of the curated tables that are there, ``disputed.csv`` among them."""
    for table in CURATED_TABLES:
        for line, cells in enumerate(read_csv(folder / table), 2):
            yield Entry(table, line, {"kind": "RGN", "admin1": "", "former_names": "", **cells})


def read_exempt(path: Path) -> list[Exempt]:
    """Read ``exceptions.csv``."""
    return [Exempt(**cells) for cells in read_csv(path)]


def read_codes(path: Path) -> frozenset[str]:
    """Read the feature codes, separated by blanks; lines with a number sign are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a comma-separated file, empty where there is none."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [{k: v or "" for k, v in cells.items() if k is not None} for cells in csv.DictReader(file)]


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write a comma-separated file with the columns that it has."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """The first-level units with their polygons; those that only a curated table has are circles."""

    units: Sequence[Row]
    polygons: Mapping[str, Any]

    @classmethod
    def of(cls, folder: Path) -> Atlas:
        """Read the atlas of a folder of tables."""
        units = [row for row in read_rows(folder / "admin1.tsv.xz") if row.kind == "ADM1"]
        polygons = read_polygons(folder / "admin1.geojson.xz")
        if (folder / "regions.csv").is_file():
            units += [row for row in read_rows(folder / "regions.csv") if row.kind.startswith("ADM")]
        return cls(units=units, polygons=polygons)

    @cached_property
    def named(self) -> UnitNames:
        """Positions in ``units`` by country and form of name."""
        return name_units(dict(enumerate(self.units)))

    @cached_property
    def of_country(self) -> Mapping[str, list[Any]]:
        """Polygons by country code."""
        found: dict[str, list[Any]] = defaultdict(list)
        for unit in self.units:
            if unit.kind == "ADM1" and unit.id in self.polygons:
                found[unit.country_code].append(self.polygons[unit.id])
        return found

    @cached_property
    def land(self) -> Any:
        """A tree of all polygons."""
        import shapely

        return shapely.STRtree(list(self.polygons.values()))

    def is_at_sea(self, point: LonLat) -> bool:
        """Tell whether a point lies in no polygon at all."""
        import shapely

        return not len(self.land.query(shapely.Point(point), predicate="within"))

    def units_of(self, country: str, name: str) -> list[Row]:
        """Return the units of a country that a name may mean."""
        return [self.units[number] for number in units_named(self.named, country, name)]

    def km_off_country(self, country: str, point: LonLat) -> float | None:
        """Return how far a point lies outside a country, 0 inside, None where it has no polygon."""
        shapes = self.of_country.get(country)
        return None if not shapes else km_off(shapes, point)

    def km_off_unit(self, unit: Row, point: LonLat) -> float:
        """Return how far a point lies outside a unit's polygon or circle, 0 inside or where its size is unknown."""
        if unit.id in self.polygons:
            return km_off([self.polygons[unit.id]], point)
        if unit.radius_km <= UNKNOWN_KM:
            return 0.0
        return max(0.0, distance_km(point, LonLat(unit.lon, unit.lat)) - LONG * unit.radius_km)


def km_off(shapes: Iterable[Any], point: LonLat) -> float:
    """Return the distance from a point to the nearest of some geometries, 0 inside one."""
    import shapely
    from shapely.ops import nearest_points

    spot = shapely.Point(point)
    best = float("inf")
    for shape in shapes:
        if shape.distance(spot) * KM_PER_DEGREE < best + 200:
            near = nearest_points(shape, spot)[0]
            best = min(best, distance_km(point, LonLat(near.x, near.y)))
    return best
