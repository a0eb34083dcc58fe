"""countries.tsv: every country and territory, with the names that news and thirteen languages give it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from measures import middle, radius_km
from rows import Point, Row, distinct, fold, read_csv
from shapes import Piece

LOCALES = ("en", "ar", "fa", "ckb", "ku", "he", "uk", "ru", "tr", "fr", "es", "de", "pt", "it")
GONE = frozenset({"CS", "AN"})
LEAST_FOREIGN = 4
WORDS_NOT_CODES = frozenset(
    "AND ARE ARM BEN CAN COG COL COM CUB DOM EST FIN GAB GIN GUM HUN LAO LIE LUX MAC MAR MUS NER NOR PAN PER POL PRY "
    "SAU SEN SUR TON VIR".split()
)


def country_rows(
    records: Mapping[str, Mapping[str, Any]], pieces: Iterable[Piece], by_hand: Path, foreign_stop: Iterable[str] = ()
) -> list[Row]:
    """Return a row for every country.

    Parameters
    ----------
    records
        GeoNames' countries by ISO code.
    pieces
        Polygons with their countries.
    by_hand
        ``countries.csv``: names as news writes them, and points where the polygon's middle would mislead.
    foreign_stop
        Folded names that mean something else in English (states, peoples): no foreign name may equal them.
    """
    shapes = _shapes(pieces)
    hand = {record["code"]: record for record in read_csv(by_hand)}
    told = {code: _told(hand[code], record) for code, record in records.items() if code not in GONE}
    owners = _owners({code: [hand[code]["name"], *names] for code, names in told.items()})
    owners.update({fold(name): "" for name in foreign_stop if fold(name) not in owners})
    foreign = {code: [n for n in _cldr(code) if _free(n, code, owners)] for code in told}
    uses = Counter(key for names in foreign.values() for key in {fold(name) for name in names})
    rows = []
    for code in sorted(told):
        aliases = [*told[code], *(name for name in foreign[code] if uses[fold(name)] == 1)]
        rows.append(_row(records[code], hand[code], shapes.get(code), aliases))
    return rows


def _told(hand: Mapping[str, str], record: Mapping[str, Any]) -> list[str]:
    codes = [record["iso3"]] if record["iso3"] not in WORDS_NOT_CODES else []
    return [record["name"], *codes, *(name for name in hand["aliases"].split("|") if name)]


def _owners(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold(name): code for code, group in names.items() for name in group}


def _free(name: str, code: str, owners: Mapping[str, str]) -> bool:
    """Say whether a foreign name is no other country's English name and too long to be a common word."""
    long_enough = len(fold(name)) >= LEAST_FOREIGN or not _latin(name)
    return long_enough and owners.get(fold(name), code) == code


def _latin(name: str) -> bool:
    return any("a" <= c <= "z" for c in fold(name))


def _cldr(code: str) -> list[str]:
    """Return the country's names in CLDR's locales, English first."""
    from babel import Locale

    names = (Locale.parse(locale).territories.get(code, "") for locale in LOCALES)
    return [name.partition(" (")[0] for name in names if name]


def _shapes(pieces: Iterable[Piece]) -> dict[str, Any]:
    import shapely

    grouped: dict[str, list[Any]] = defaultdict(list)
    for piece in pieces:
        grouped[piece.country_code].append(piece.geometry)
    return {code: shapely.union_all(parts) for code, parts in grouped.items()}


def _row(record: Mapping[str, Any], hand: Mapping[str, str], shape: Any, aliases: Iterable[str]) -> Row:
    point = Point(float(hand["lon"]), float(hand["lat"])) if hand["lon"] else middle(shape)
    radius = float(hand["precision_km"]) if hand["precision_km"] else radius_km(shape)
    return Row(
        id=f"geonames:{record['geonameid']}",
        name=hand["name"],
        kind=hand["kind"] or "PCLI",
        lon=point.lon,
        lat=point.lat,
        precision_km=radius,
        country_code=record["iso"],
        population=int(record["population"]),
        aliases=distinct(aliases, besides=hand["name"]),
        former_names=tuple(name for name in hand["former_names"].split("|") if name),
        source="GeoNames; Natural Earth; CLDR",
    )
