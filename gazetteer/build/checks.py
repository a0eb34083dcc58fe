"""What must hold for every curated row. Each check takes the rows and yields what is wrong with them."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from curated import SIMPLIFIED_KM, Atlas, Entry

from geomap.gazetteer.features import strip_feature
from geomap.gazetteer.folding import folded
from geomap.gazetteer.lookup import distance_km
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.tables import Row
from geomap.model import LonLat

NO_COUNTRY = frozenset(("", "XX"))
SAME_KM = 0.05  # two pins nearer than this cannot be told apart on a map
APART_KM = 10.0  # one name for two places this far apart in a country is ambiguous there
ECONOMIC_ZONE_KM = 370.4  # 200 nautical miles
MARITIME = frozenset(
    "ISL ISLS ISLET RK RKS RF SHOL GASF OILF OILT OILP OILW PRT HBR NVB PLAT BDG CSWY SPIT BAY".split()
)
AIRFIELDS = frozenset(("AIRP", "AIRB", "AIRF", "AIRQ", "AIRH", "AIRS"))


class Finding(NamedTuple):
    """One thing that is wrong with a row; ``other`` is the second row of a pair."""

    check: str
    entry: Entry
    what: str
    other: str = ""


def check_cells(entries: Sequence[Entry], codes: AbstractSet[str], countries: AbstractSet[str]) -> Iterator[Finding]:
    """Ids are unique, kinds are feature codes, countries exist, points are on Earth, precision is positive."""
    times = Counter(entry.id for entry in entries)
    for entry in entries:
        cells = entry.cells
        if times[entry.id] > 1 or ":" not in entry.id:
            yield Finding("id", entry, f"{times[entry.id]} rows have this id")
        if cells["kind"] not in codes:
            yield Finding("kind", entry, f"{cells['kind'] or 'nothing'} is no feature code")
        if cells["country_code"] not in countries | NO_COUNTRY:
            yield Finding("country", entry, f"{cells['country_code']} is no country")
        if not _is_on_earth(cells):
            yield Finding("point", entry, f"{cells['lon']}, {cells['lat']} ± {cells['precision_km']} km is no point")


def _is_on_earth(cells: Mapping[str, str]) -> bool:
    try:
        lon, lat, precision = (float(cells[name]) for name in ("lon", "lat", "precision_km"))
    except ValueError:
        return False
    return -180 <= lon <= 180 and -90 <= lat <= 90 and precision > 0


def check_country(entries: Iterable[Entry], atlas: Atlas) -> Iterator[Finding]:
    """Every row lies in its country, or within its precision of it; what stands in the sea, in its economic zone."""
    for entry in entries:
        country = entry.cells["country_code"]
        off = None if country in NO_COUNTRY or _is_claimed(entry) else atlas.km_off_country(country, entry.point)
        if off is not None and off > _reach(entry, atlas):
            swapped = LonLat(entry.point.lat, entry.point.lon)
            hint = " (longitude and latitude are swapped)" if atlas.km_off_country(country, swapped) == 0 else ""
            yield Finding("country", entry, f"{off:.1f} km outside {country}{hint}")


def check_unit(entries: Iterable[Entry], atlas: Atlas) -> Iterator[Finding]:
    """Every row that names a first-level unit lies in it or within its precision of it."""
    for entry in entries:
        country, name = entry.cells["country_code"], entry.cells["admin1"]
        if not name or entry.cells["kind"] == "ADM1" or country in NO_COUNTRY or _is_claimed(entry):
            continue
        off = sorted(
            (atlas.km_off_unit(unit, entry.point), unit.name, unit.id) for unit in atlas.units_of(country, name)
        )
        if not off:
            yield Finding("admin1", entry, f"{country} has no first-level unit {name}")
        elif off[0][0] > _reach(entry, atlas):
            yield Finding("admin1", entry, f"{off[0][0]:.1f} km outside {off[0][1]}", off[0][2])


def _is_claimed(entry: Entry) -> bool:
    """Tell whether a row is of the table of disputed places, whose country is a convention."""
    return entry.table == "disputed.csv"


def _reach(entry: Entry, atlas: Atlas) -> float:
    """Return how far outside its country or unit a row may lie."""
    at_sea = entry.cells["kind"] in MARITIME and atlas.is_at_sea(entry.point)
    return ECONOMIC_ZONE_KM if at_sea else entry.precision_km + SIMPLIFIED_KM


def check_pairs(entries: Sequence[Entry]) -> Iterator[Finding]:
    """No place stands there twice: under one name, at one spot, or as two works of one kind within their precision.

    Neighbouring settlements, and a base beside the village it is named after, are what a map is full of: they are
    pairs only where name or spot is the same.
    """
    sites = [entry for entry in entries if entry.table == "sites.csv"]
    for one, two in _near(sites):
        if one.cells["country_code"] != two.cells["country_code"]:
            continue  # the two posts of a crossing
        apart = distance_km(one.point, two.point)
        if one.cells["kind"] == two.cells["kind"] and apart < min(one.precision_km, two.precision_km):
            if shared := _forms(one) & _forms(two):
                yield Finding("pair", one, f"{apart:.2f} km from {two.id}, both called {min(shared)}", two.id)
            elif apart < SAME_KM or not one.cells["kind"].startswith("PPL"):
                yield Finding("pair", one, f"{apart:.2f} km from {two.id}, both {one.cells['kind']}", two.id)


def _near(sites: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield pairs that may lie within their precision of each other."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, site in enumerate(sites):
        cells[_cell(site.point)].append(number)
    for number, site in enumerate(sites):
        x, y = _cell(site.point)
        around = (n for dx in (-1, 0, 1) for dy in (-1, 0, 1) for n in cells[x + dx, y + dy])
        yield from ((site, sites[n]) for n in around if n > number)


def _cell(point: LonLat) -> tuple[int, int]:
    return int(point.lon // 0.25), int(point.lat // 0.25)


def _forms(entry: Entry) -> set[str]:
    """Return the names of a row as a loose search would compare them."""
    found = set()
    for name in filter(None, entry.names):
        bare = bare_key(key(name))
        stripped = strip_feature(bare)
        found.add(folded(stripped[0] if stripped else bare))
    return found - {""}


def check_aliases(entries: Sequence[Entry]) -> Iterator[Finding]:
    """No alias repeats what the index makes equal anyway; none is shared by places of a country that lie far apart."""
    bearers: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        seen: dict[str, str] = {}
        for name in filter(None, entry.names):
            strict = key(name)
            if not strict:
                yield Finding("alias", entry, f"{name!r} is no name")
            elif strict in seen:
                yield Finding("alias", entry, f"{name!r} repeats {seen[strict]!r}", strict)
            seen.setdefault(strict, name)
        for bare in {bare_key(strict) for strict in seen}:
            bearers[entry.cells["country_code"], bare].append(entry)
    for (_, bare), sharing in bearers.items():
        yield from _shared(bare, sharing)


def _shared(bare: str, sharing: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the aliases that far places share which are no namesakes themselves."""
    for one, two in itertools.combinations(sharing, 2):
        apart = distance_km(one.point, two.point)
        if one.id == two.id or _class(one) != _class(two) or _are_namesakes(one, two):
            continue
        if apart > max(APART_KM, one.precision_km + two.precision_km):
            yield Finding("shared", one, f"{bare!r} is also {two.id}'s, {apart:.0f} km away", two.id)


def _are_namesakes(one: Entry, two: Entry) -> bool:
    """Tell whether two places bear one name: in English, or in the script of their country."""
    if folded(bare_key(key(one.cells["name"]))) == folded(bare_key(key(two.cells["name"]))):
        return True
    return any(not name.isascii() for name in _strict(one) & _strict(two))


def _class(entry: Entry) -> str:
    kind = entry.cells["kind"]
    return "settlement" if kind.startswith("PPL") else "airfield" if kind in AIRFIELDS else kind


def tidied(cells: Mapping[str, str]) -> dict[str, str]:
    """Return a row without the aliases and former names that the index makes equal to an earlier name of it."""
    seen = {"", key(cells["name"])}
    found = dict(cells)
    for column in ("aliases", "former_names"):
        if column in found:
            kept: dict[str, str] = {}
            for name in found[column].split("|"):
                kept.setdefault(key(name), name)
            found[column] = "|".join(name for strict, name in kept.items() if strict not in seen)
            seen |= kept.keys()
    return found


class Agreement(NamedTuple):
    """A curated airfield and the airport of OurAirports that it is."""

    entry: Entry
    airport: str
    apart_km: float


def compare_airports(entries: Iterable[Entry], airports: Iterable[Row]) -> list[Agreement]:
    """Return, for every curated airfield that OurAirports knows by id or by name, how far apart the two points are."""
    by_id: dict[str, Row] = {}
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in airports:
        by_id[row.id] = row
        for name in {bare_key(key(name)) for name in (row.name, *row.aliases)}:
            by_name[row.country_code, name].append(row)
    found = []
    for entry in entries:
        if entry.cells["kind"] not in AIRFIELDS and entry.id not in by_id:
            continue
        country = entry.cells["country_code"]
        same = [row for name in _strict(entry) for row in by_name.get((country, name), ())]
        known = [by_id[entry.id]] if entry.id in by_id else same
        apart = [(distance_km(entry.point, LonLat(row.lon, row.lat)), row.id) for row in known]
        if apart:
            found.append(Agreement(entry, min(apart)[1], min(apart)[0]))
    return found


def _strict(entry: Entry) -> set[str]:
    return {bare_key(key(name)) for name in entry.names if name}


def check_airports(agreements: Iterable[Agreement]) -> Iterator[Finding]:
    """Find airfields that do not lie where OurAirports has them, to its precision and a runway's length."""
    for entry, airport, apart in agreements:
        if apart > entry.precision_km + 3:
            yield Finding("airport", entry, f"{apart:.1f} km from {airport}", airport)


def how_checked(entry: Entry, atlas: Atlas, agreeing: AbstractSet[str], day: str) -> str:
    """Return what the ``checked`` cell of a row may truthfully say.

    ``OurAirports`` where that source has the place within the row's precision (its id is in ``agreeing``), else
    ``polygon`` where the point lies in the polygon of the stated unit (or, without one stated, country), else
    ``range``: only that the point is on Earth and near the country.
    """
    if entry.id in agreeing:
        return f"{day} OurAirports"
    country, name = entry.cells["country_code"], entry.cells["admin1"]
    units = [unit for unit in atlas.units_of(country, name) if unit.id in atlas.polygons]
    inside = any(atlas.km_off_unit(unit, entry.point) == 0 for unit in units) or (
        not units and atlas.km_off_country(country, entry.point) == 0
    )
    return f"{day} polygon" if inside else f"{day} range"
