"""Candidates: which rows of the store a name may mean, with all that can be said of them before any context."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD, agrees, strip_feature
from geomap.gazetteer.inflection import base_forms
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import KINDS, Store
from geomap.resolution.merits import LOOSE, STRIPPED, Case, Rivals, class_of, merits, rivals_of
from geomap.scoring import Clue, clue

MOST = 120  # candidates of one name that are looked at
CELL_DEG = 1.5  # side of the cells in which near places are counted
CELLS = 1000  # what numbers of cells beside each other in longitude differ by
_NAMING = frozenset(("airport", "airbase", "base", "field", "dam", "crossing"))  # groups whose words end a name
_FACILITIES = frozenset(("an airfield", "another feature"))
_REGIONS = frozenset(("a country", "a part of the world", "a province"))
_WATERS = frozenset(("SEA", "GULF", "STRT", "OCN", "BAY"))
_NAME = KINDS.index("name")


class Option(NamedTuple):
    """A row that a name may mean.

    ``kind`` is as in ``Hit``, ``loss`` how far the key is from the name as written; ``unit`` is the row of its
    first-level unit, -1 where unknown; ``cell`` numbers the square it lies in;
    ``is_curated`` says that it is one of the places of conflict news, ``code`` is its
    feature code.
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
    cell: int
    is_curated: bool
    code: str
    clue: Clue


def options_of(text: str, word: str | None, store: Store, *, weights: Mapping[str, float]) -> tuple[Option, ...]:
    """Return what a name with the feature word beside it may mean, at most ``MOST``, the likelier first.

    Each row comes once, under its nearest key. Facilities found only by leaving a feature word out of their own name
    are dropped where a plain name fits, unless the word beside the mention asks for them.
    """
    found = _country_of_demonym(text, store) or _found(text, word, store)
    strict = key(text)
    if word is None and found and next(iter(found.values()))[1] > LOOSE and (stripped := strip_feature(strict)):
        word = stripped[1]
    is_long = " " in strict
    cases = [_case(row, kind, loss, word, store, is_long=is_long) for row, (kind, loss) in list(found.items())[:MOST]]
    if any(case.is_plain for case in cases):
        cases = [c for c in cases if c.kind != STRIPPED or _is_asked_for(c)]
    if any(_is_wide(case) for case in cases):
        cases = [c for c in cases if c.sort != "an airfield" or c.kind == _NAME or _is_asked_for(c)]
    rivals = rivals_of(cases, store)
    return tuple(_option(case, rivals, store, weights) for case in cases)


def _is_wide(case: Case) -> bool:
    """Tell a sea or a region under its own name: an airport that has it among its keywords is not meant by it."""
    return case.kind == _NAME and (case.code in _WATERS or case.sort in _REGIONS)


def _case(row: int, kind: int, loss: float, word: str | None, store: Store, *, is_long: bool) -> Case:
    code = store.codes[store.code[row]]
    return Case(row, kind, loss, code, class_of(code), word, is_long, kind != STRIPPED and loss < LOOSE)


def _is_asked_for(case: Case) -> bool:
    """Tell whether a place known only by a longer name may be meant: a unit may, "Qaim airport" by "Qaim" may not."""
    return case.sort not in _FACILITIES or (case.word is not None and agrees(case.word, case.code) is True)


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


def _option(case: Case, rivals: Rivals, store: Store, weights: Mapping[str, float]) -> Option:
    row = case.row
    lon, lat = store.lon[row], store.lat[row]
    return Option(
        row=row,
        kind=case.kind,
        loss=case.loss,
        country=store.country[row],
        unit=row if case.sort == "a province" else store.admin1[row] - 1,
        lon=lon,
        lat=lat,
        population=store.population[row],
        sort=case.sort,
        cell=math.floor(lon / CELL_DEG) * CELLS + math.floor(lat / CELL_DEG),
        is_curated=store.is_curated(row),
        code=case.code,
        clue=clue(weights, merits(case, rivals, store)),
    )
