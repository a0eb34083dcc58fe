"""Candidates: which rows of the store a name may mean, with all that can be said of them before any context."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD, agrees, strip_feature
from geomap.gazetteer.inflection import base_forms
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import KINDS, Store
from geomap.scoring import Clue, clue

MOST = 120  # candidates of one name that are looked at
LOOSE = 0.4  # keys from which on a name is only tried where nothing nearer is known
CELL_DEG = 1.5  # side of the cells in which near places are counted
_CLASSES = (
    ("PCL", "a country"),
    ("TERR", "a country"),
    ("CONT", "a part of the world"),
    ("RGN", "a part of the world"),
    ("ADM1", "a province"),
    ("ADM", "a district"),
    ("PPLC", "a capital"),
    ("PPLA", "a seat of government"),
    ("PPLX", "a quarter"),
    ("PPL", "a settlement"),
    ("AIR", "an airfield"),
    ("", "another feature"),
)
_NAMING = frozenset(("airport", "airbase", "base", "field", "dam", "crossing"))  # groups whose words end a name
_FACILITIES = frozenset(("an airfield", "another feature"))
STRIPPED = KINDS.index("stripped")


class Option(NamedTuple):
    """A row that a name may mean.

    ``kind`` is as in ``Hit``, ``loss`` how far the key is from the name as written; ``unit`` is the row of its
    first-level unit, -1 where unknown; ``cell`` numbers the square degree it lies in.
    """

    row: int
    kind: int
    loss: float
    country: int
    unit: int
    lon: float
    lat: float
    population: int
    sort: str
    cell: tuple[int, int]
    clue: Clue


def class_of(code: str) -> str:
    """Return the class of a feature code that the model tells apart."""
    return next(name for start, name in _CLASSES if code.startswith(start))


def options_of(text: str, word: str | None, store: Store, *, weights: Mapping[str, float]) -> tuple[Option, ...]:
    """Return what a name with the feature word beside it may mean, at most ``MOST``, the likelier first.

    Each row comes once, under its nearest key. Facilities found only by leaving a feature word out of their own name
    are dropped where a plain name fits, unless the word beside the mention asks for them.
    """
    found = _country_of_demonym(text, store) or _found(text, word, store)
    if word is None and found and next(iter(found.values()))[1] > LOOSE and (stripped := strip_feature(key(text))):
        word = stripped[1]
    rows = list(found.items())[:MOST]
    plain = any(kind != STRIPPED and loss < LOOSE for _, (kind, loss) in rows)
    if plain:
        rows = [one for one in rows if one[1][0] != STRIPPED or _is_asked_for(store.codes[store.code[one[0]]], word)]
    top = max((store.population[row] for row, _ in rows), default=0)
    many = len(rows)
    return tuple(
        _option(row, kind, loss, word, _Rivals(top, plain, many), store, weights) for row, (kind, loss) in rows
    )


def _is_asked_for(code: str, word: str | None) -> bool:
    """Tell whether a place known only by a longer name may be meant: a unit may, "Qaim airport" by "Qaim" may not."""
    return class_of(code) not in _FACILITIES or (word is not None and agrees(word, code) is True)


def _found(text: str, word: str | None, store: Store) -> dict[int, tuple[int, float]]:
    found: dict[int, tuple[int, float]] = {}
    whole = store.hits(f"{key(text)} {word}") if word and GROUP_OF_WORD.get(word) in _NAMING else ()
    if whole:  # "Erbil airport" is a name as it stands
        return {hit.row: (hit.kind, 0.0) for hit in whole}
    for strict, loss in _keys(text):
        if found and loss >= LOOSE:
            break
        for hit in store.hits(strict):
            known = found.get(hit.row)
            if known is None or (known[0] == STRIPPED and hit.kind < STRIPPED):  # its own name beats half of one
                found[hit.row] = (hit.kind, loss)
    return found


def _country_of_demonym(text: str, store: Store) -> dict[int, tuple[int, float]]:
    code = store.meta["demonyms"].get(text.casefold())
    row = store.meta["country_rows"].get(code) if code else None
    return {} if row is None else {row: (KINDS.index("alias"), 0.0)}


def _keys(text: str) -> Iterator[tuple[str, float]]:
    """Yield the keys to try: as written, uninflected, without articles or feature word."""
    strict = key(text)
    yield strict, 0.0
    bare = bare_key(strict)
    if bare != strict:
        yield bare, 0.2
    for form in base_forms(strict):
        yield form, 0.2
    if stripped := strip_feature(strict):
        yield stripped[0], 0.5
        yield bare_key(stripped[0]), 0.6


class _Rivals(NamedTuple):
    top_population: int
    has_plain_name: bool
    number: int


def _option(
    row: int, kind: int, loss: float, word: str | None, rivals: _Rivals, store: Store, weights: Mapping[str, float]
) -> Option:
    code = store.codes[store.code[row]]
    lon, lat = store.lon[row], store.lat[row]
    sort = class_of(code)
    features = dict(_features(row, kind, loss, code, sort, rivals, store))
    features.update(_fit(word, code, sort))
    return Option(
        row=row,
        kind=kind,
        loss=loss,
        country=store.country[row],
        unit=row if code == "ADM1" else store.admin1[row] - 1,
        lon=lon,
        lat=lat,
        population=store.population[row],
        sort=sort,
        cell=(math.floor(lon / CELL_DEG), math.floor(lat / CELL_DEG)),
        clue=clue(weights, features),
    )


def _features(
    row: int, kind: int, loss: float, code: str, sort: str, rivals: _Rivals, store: Store
) -> Iterator[tuple[str, float]]:
    population = store.population[row]
    size = int(math.log10(population)) if population else 0
    yield "fame", math.log10(population + 1) / 7
    yield f"{sort}, people: 10 to the {size}" if population else f"{sort}, people not known", 1.0
    yield sort, 1.0
    yield f"by its {KINDS[kind]}", 1.0
    yield f"{sort} by its {KINDS[kind]}", 1.0
    if loss:
        yield f"looser spelling: {loss}", 1.0
    if kind == STRIPPED and rivals.has_plain_name:
        yield "its name is longer, and another's is not", 1.0
    if store.is_curated(row):
        yield "a place of conflict news", 1.0
    home = store.meta["country_rows"].get(store.countries[store.country[row]])
    if home is not None and sort != "a country":
        yield f"{sort} in a country of 10 to the {len(str(store.population[home]))} people", 1.0
    if code.endswith(("H", "Q")) and code.startswith(("PPL", "ADM")):
        yield "no longer there", 1.0
    if population and population == rivals.top_population:
        yield "most populous of the name", 1.0
    elif rivals.top_population:
        ratio = math.log10((rivals.top_population + 1) / (population + 1))
        yield "smaller than another", ratio / 7
        yield f"smaller than another: {min(6, round(ratio))}", 1.0
    if rivals.number == 1:
        yield "the only one", 1.0


def _fit(word: str | None, code: str, sort: str) -> Iterator[tuple[str, float]]:
    if word is None:
        yield f"no word beside it: {sort}", 1.0
        return
    fits = agrees(word, code)
    if fits is not None:
        yield "fits the word beside it" if fits else "does not fit the word beside it", 1.0
        yield f"word for a {GROUP_OF_WORD[word]}: {sort}", 1.0
