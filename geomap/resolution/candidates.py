"""Candidates: which rows of the store a name may mean, with all that can be said of them before any context."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD, agrees, strip_feature
from geomap.gazetteer.inflection import base_forms
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import KINDS, Store
from geomap.resolution.merits import ALONE, LONG, LONGER, LOOSE, ONLY, STRIPPED, UNCOUNTED, class_of
from geomap.scoring import Clue

MOST = 120  # candidates of one name that are looked at
CELL_DEG = 1.5  # side of the cells in which near places are counted
CELLS = 1000  # what numbers of cells beside each other in longitude differ by
_NAMING = frozenset(("airport", "airbase", "base", "field", "dam", "crossing"))  # groups whose words end a name
_FACILITIES = frozenset(("an airfield", "another feature"))
_REGIONS = frozenset(("a country", "a part of the world", "a province"))
_WATERS = frozenset(("SEA", "GULF", "STRT", "OCN", "BAY"))
_NAME = KINDS.index("name")
_TOGETHER_DEG = 0.6  # places of one name that all lie as near as this leave little doubt


class Option(NamedTuple):
    """A row that a name may mean.

    ``kind`` is as in ``Hit``, ``loss`` how far the key is from the name as written; ``unit`` is the row of its
    first-level unit, -1 where unknown; ``cell`` numbers the square it lies in;
    ``is_curated`` says that it is one of the places of conflict news, ``code`` is its
    feature code. ``total`` is what its ``clues`` weigh, which tell of it before any context.
    """

    row: int
    country: int
    unit: int
    cell: int
    kind: int
    loss: float
    lon: float
    lat: float
    population: int
    sort: str
    is_curated: bool
    code: str
    total: float
    clues: tuple[Clue, ...]


Site = tuple[int, int, int, int]  # the row, country, unit and cell of a candidate
site_of: Callable[[Option], Site] = itemgetter(slice(4))


class Scales(NamedTuple):
    """What weighs candidates: the functions of ``merits`` as clues, and its people.

    ``people`` takes the fame, 1 for ten million people, and the lag, 1 where another of the name has that many times
    more. ``home`` is the digits of the people of a country, by its position in ``store.countries``, 0 where unknown.
    """

    people: Callable[[float, float], Clue]
    size: Callable[[str, int, int, int], Clue]
    naming: Callable[[str, int, float, tuple[str, ...]], Clue]
    standing: Callable[[str, str, int], Clue]
    fit: Callable[[str, str, str | None], Clue]
    curated: Callable[[int, str | None], Clue]
    home: Callable[[int, Store], int]


class Case(NamedTuple):
    """A row under one of its names; ``is_plain`` says that this is its name as written, nothing left out."""

    row: int
    kind: int
    loss: float
    code: str
    sort: str
    is_plain: bool


class Rivals(NamedTuple):
    """What the candidates of a name are together, and which marks of ``merits.naming`` each way to find one has."""

    top_population: int
    word: str | None
    if_plain: tuple[str, ...]
    if_stripped: tuple[str, ...]
    if_loose: tuple[str, ...]


def options_of(text: str, word: str | None, store: Store, *, scales: Scales) -> tuple[Option, ...]:
    """Return what a name with the feature word beside it may mean, at most ``MOST``, the likelier first.

    Each row comes once, under its nearest key. Facilities found only by leaving a feature word out of their own name
    are dropped where a plain name fits, unless the word beside the mention asks for them.
    """
    strict = key(text)
    found = _country_of_demonym(text, store) or _found(strict, word, store)
    if word is None and found and next(iter(found.values()))[1] > LOOSE and (stripped := strip_feature(strict)):
        word = stripped[1]
    cases = [_case(row, kind, loss, store) for row, (kind, loss) in islice(found.items(), MOST)]
    if STRIPPED in [case.kind for case in cases] and any(case.is_plain for case in cases):
        cases = [c for c in cases if c.kind != STRIPPED or _is_asked_for(c, word)]
    if "an airfield" in [case.sort for case in cases] and any(_is_wide(case) for case in cases):
        cases = [c for c in cases if c.sort != "an airfield" or c.kind == _NAME or _is_asked_for(c, word)]
    rivals = _rivals(cases, word, store, is_long=" " in strict)
    return tuple([_option(case, rivals, store, scales) for case in cases])


def _is_wide(case: Case) -> bool:
    """Tell a sea or a region under its own name: an airport that has it among its keywords is not meant by it."""
    return case.kind == _NAME and (case.code in _WATERS or case.sort in _REGIONS)


def _case(row: int, kind: int, loss: float, store: Store) -> Case:
    code = store.codes[store.code[row]]
    return _new(Case, (row, kind, loss, code, class_of(code), kind != STRIPPED and loss < LOOSE))


def _is_asked_for(case: Case, word: str | None) -> bool:
    """Tell whether a place known only by a longer name may be meant: a unit may, "Qaim airport" by "Qaim" may not."""
    return case.sort not in _FACILITIES or (word is not None and agrees(word, case.code) is True)


def _found(strict: str, word: str | None, store: Store) -> dict[int, tuple[int, float]]:
    found: dict[int, tuple[int, float]] = {}
    whole = store.hits(f"{strict} {word}") if word and GROUP_OF_WORD.get(word) in _NAMING else ()
    if whole:  # "Erbil airport" is a name as it stands
        return {hit.row: (hit.kind, 0.0) for hit in whole}
    for form, loss in _keys(strict):
        if found and loss >= LOOSE:
            break
        for row, kind in store.hits(form):
            known = found.get(row)
            if known is None or (known[0] == STRIPPED and kind < STRIPPED):  # its own name beats half of one
                found[row] = (kind, loss)
    return found


def _country_of_demonym(text: str, store: Store) -> dict[int, tuple[int, float]]:
    code = store.meta["demonyms"].get(text.casefold())
    row = store.meta["country_rows"].get(code) if code else None
    return {} if row is None else {row: (KINDS.index("alias"), 0.0)}


def _keys(strict: str) -> Iterator[tuple[str, float]]:
    """Yield the keys to try: as written, uninflected, without articles or feature word."""
    yield strict, 0.0
    bare = bare_key(strict)
    if bare != strict:
        yield bare, 0.2
    for form in base_forms(strict):
        yield form, 0.2
    if stripped := strip_feature(strict):
        yield stripped[0], 0.5
        yield bare_key(stripped[0]), 0.6


def _rivals(cases: Sequence[Case], word: str | None, store: Store, *, is_long: bool) -> Rivals:
    """Sum the candidates of a name up."""
    plain = [case.row for case in cases if case.is_plain]
    alone = _is_narrow(store.lon, plain) and _is_narrow(store.lat, plain)
    only = (ONLY,) if len(cases) == 1 else ()
    return Rivals(
        top_population=max([store.population[case.row] for case in cases], default=0),
        word=word,
        if_plain=(*((LONG,) if is_long else ()), *((ALONE,) if alone else ()), *only),
        if_stripped=(LONGER, *only) if plain else only,
        if_loose=only,
    )


def _is_narrow(column: Sequence[float], rows: Sequence[int]) -> bool:
    values = [column[row] for row in rows]
    return not values or max(values) - min(values) < _TOGETHER_DEG


def _option(case: Case, rivals: Rivals, store: Store, scales: Scales) -> Option:
    row, kind, loss, code, sort, is_plain = case
    lon, lat, population, country = store.lon[row], store.lat[row], store.population[row], store.country[row]
    is_curated = store.is_curated(row)
    marks = rivals.if_plain if is_plain else rivals.if_stripped if kind == STRIPPED else rivals.if_loose
    people, size = _people(sort, population, rivals.top_population, scales)
    naming = scales.naming(sort, kind, loss, marks)
    standing = scales.standing(sort, code, scales.home(country, store))
    fit = scales.fit(sort, code, rivals.word)
    total = people.total + size.total + naming.total + standing.total + fit.total
    clues: tuple[Clue, ...] = (people, size, naming, standing, fit)
    if is_curated:
        curated = scales.curated(kind, rivals.word)
        total, clues = total + curated.total, (*clues, curated)
    return _new(
        Option,
        (
            row,
            country,
            row if sort == "a province" else store.admin1[row] - 1,
            int(lon // CELL_DEG * CELLS + lat // CELL_DEG),
            kind,
            loss,
            lon,
            lat,
            population,
            sort,
            is_curated,
            code,
            total,
            clues,
        ),
    )


def _people(sort: str, population: int, top: int, scales: Scales) -> tuple[Clue, Clue]:
    """Weigh the people of a candidate, with those of the most populous of the name."""
    fame = math.log10(population + 1) / 7
    digits = int(math.log10(population)) if population else -1
    if population == top:
        return scales.people(fame, 0.0), scales.size(sort, digits, -1 if top else -2, -1)
    ratio = math.log10((top + 1) / (population + 1))
    beside = int(math.log10(top)) if sort in UNCOUNTED else -1
    return scales.people(fame, ratio / 7), scales.size(sort, digits, min(6, round(ratio)), beside)


_new = tuple.__new__  # half the cost of Option(...)
