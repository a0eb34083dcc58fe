"""Names of provinces in other languages: CLDR's subdivisions, joined to GeoNames' units through ISO 3166-2 codes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from overrides import Overrides
from rows import fold
from shapes import bare
from sources import Unit

LOCALES = "en ar fa ps ur he uk ru be ka hy kk el sr bg tr hi bn my am".split()
ENTRY = re.compile(r'<subdivision type="([a-z]{2})([a-z0-9]{1,3})"[^>]*>([^<]+)<')
PREFIXES = re.compile(r"^(?:محافظة|ولاية|منطقة|إقليم|استان|ولایت|צ?מחוז|Штат|штат)\s+")
MARKED = re.compile(r"[\d²³()]")
MOST_CONFLICTS = 0.2
LEAST_AIRPORTS = 3
SURE = 0.7


def subdivision_names(
    folder: Path,
    units: Mapping[str, Unit],
    polygons: Mapping[str, Any],
    airports: Iterable[Mapping[str, str]],
    overrides: Overrides,
) -> dict[str, list[str]]:
    """Return, by GeoNames code, the names CLDR gives the same division.

    An ISO code is joined to the unit of the same English name, else to the unit whose polygon holds the airports
    that OurAirports files under the ISO code; each code and each unit is joined once. In countries where the two ways
    disagree, because their ISO codes were renumbered, only names count.
    """
    english = dict(_entries(folder / "en.xml"))
    joined = _by_name(english, units)
    taken = set(joined.values())
    found = _by_airports(airports, polygons)
    renumbered = _renumbered(joined, found)
    for iso, code in found.items():
        wrong = iso[:2] in renumbered or ("subdivisions", iso) in overrides.by_row
        if iso not in joined and code not in taken and not wrong:
            joined[iso] = code
            taken.add(code)
    names: dict[str, list[str]] = defaultdict(list)
    for locale in LOCALES:
        for iso, name in _entries(folder / f"{locale}.xml"):
            if iso in joined and not MARKED.search(name):
                names[joined[iso]] += [name, *_without_prefix(name)]
    return names


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    for country, code, name in ENTRY.findall(path.read_text(encoding="utf-8")):
        yield f"{country}-{code}".upper(), name.strip()


def _without_prefix(name: str) -> list[str]:
    rest = PREFIXES.sub("", name)
    return [rest] if rest != name else []


def _by_name(english: Mapping[str, str], units: Mapping[str, Unit]) -> dict[str, str]:
    """Join where a name is borne once on both sides."""
    of_units = Counter((u.parent, bare(u.name)) for u in units.values())
    of_codes = Counter((iso[:2], bare(name)) for iso, name in english.items())
    owner = {(u.parent, bare(u.name)): u.code for u in units.values()}
    return {
        iso: owner[key]
        for iso, name in english.items()
        if of_units[key := (iso[:2], bare(name))] == 1 and of_codes[key] == 1 and fold(name)
    }


def _renumbered(by_name: Mapping[str, str], by_airports: Mapping[str, str]) -> set[str]:
    """Return the countries in which more than a fifth of the codes are joined differently by name and by airports."""
    both = [iso for iso in by_name if iso in by_airports]
    conflicts = Counter(iso[:2] for iso in both if by_name[iso] != by_airports[iso])
    total = Counter(iso[:2] for iso in both)
    return {country for country, n in conflicts.items() if n > MOST_CONFLICTS * total[country]}


def _by_airports(airports: Iterable[Mapping[str, str]], polygons: Mapping[str, Any]) -> dict[str, str]:
    """Join where most airports of an ISO code lie in one unit, and most of that unit's bear the code."""
    import shapely

    records = [a for a in airports if a["iso_region"][3:] not in {"", "U-A"}]
    codes = sorted(polygons)
    tree = shapely.STRtree([polygons[code] for code in codes])
    points = shapely.points([(float(a["longitude_deg"]), float(a["latitude_deg"])) for a in records])
    by_iso: dict[str, Counter[str]] = defaultdict(Counter)
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    for airport, shape in zip(*tree.query(points, predicate="within"), strict=True):
        iso, code = records[int(airport)]["iso_region"], codes[int(shape)]
        by_iso[iso][code] += 1
        by_unit[code][iso] += 1
    best = {iso: _clear_winner(counts) for iso, counts in sorted(by_iso.items())}
    return {iso: code for iso, code in best.items() if code and _clear_winner(by_unit[code]) == iso}


def _clear_winner(counts: Counter[str]) -> str:
    winner, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return winner if n >= LEAST_AIRPORTS and n >= SURE * sum(counts.values()) else ""
