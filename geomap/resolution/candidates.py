"""Candidates: which rows of the store a name may mean, with all that can be said of them before any context."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD, agrees, strip_feature
from geomap.gazetteer.inflection import base_forms
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import KINDS, Store
from geomap.resolution.merits import LOOSE, STRIPPED, Asked, Case, Facts, Rivals, class_of, facts_of, rivals_of, size_of
from geomap.scoring import Clue, joined

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
    feature code. ``total`` is what its people and the facts about it weigh before any context.
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
    total: float
    people: Clue
    facts: Clue

    @property
    def clue(self) -> Clue:
        """What speaks for it before any context."""
        return joined(self.people, self.facts)


class Scales(NamedTuple):
    """What weighs candidates: a fame and a lag (see ``Size``) to their clue, facts to theirs.

    ``home`` is the digits of the people of a country, by its position in ``store.countries``, 0 where unknown.
    """

    people: Callable[[float, float], Clue]
    facts: Callable[[Facts], Clue]
    home: Callable[[int, Store], int]


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
    if any(case.is_plain for case in cases):
        cases = [c for c in cases if c.kind != STRIPPED or _is_asked_for(c, word)]
    if any(_is_wide(case) for case in cases):
        cases = [c for c in cases if c.sort != "an airfield" or c.kind == _NAME or _is_asked_for(c, word)]
    rivals = rivals_of(cases, store)
    asked = Asked(word, "" if word is None else GROUP_OF_WORD.get(word), " " in strict)
    return tuple([_option(case, rivals, asked, store, scales) for case in cases])


def _is_wide(case: Case) -> bool:
    """Tell a sea or a region under its own name: an airport that has it among its keywords is not meant by it."""
    return case.kind == _NAME and (case.code in _WATERS or case.sort in _REGIONS)


def _case(row: int, kind: int, loss: float, store: Store) -> Case:
    code = store.codes[store.code[row]]
    return Case(row, kind, loss, code, class_of(code), kind != STRIPPED and loss < LOOSE, store.is_curated(row))


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


def _option(case: Case, rivals: Rivals, asked: Asked, store: Store, scales: Scales) -> Option:
    row, kind, loss, code, sort, _, is_curated = case
    lon, lat, population, country = store.lon[row], store.lat[row], store.population[row], store.country[row]
    size = size_of(population, rivals.top_population)
    people = scales.people(size.fame, size.lag)
    facts = scales.facts(facts_of(case, size, rivals, asked, scales.home(country, store)))
    return Option(
        row=row,
        kind=kind,
        loss=loss,
        country=country,
        unit=row if sort == "a province" else store.admin1[row] - 1,
        lon=lon,
        lat=lat,
        population=population,
        sort=sort,
        cell=math.floor(lon / CELL_DEG) * CELLS + math.floor(lat / CELL_DEG),
        is_curated=is_curated,
        code=code,
        total=people.total + facts.total,
        people=people,
        facts=facts,
    )
