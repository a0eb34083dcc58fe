"""What speaks for a candidate before any context: its fame, its kind, how well name and feature word fit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD, agrees
from geomap.gazetteer.store import KINDS, Store

STRIPPED = KINDS.index("stripped")
LOOSE = 0.4  # keys from which on a name is only tried where nothing nearer is known
_TOGETHER_DEG = 0.6  # places of one name that all lie as near as this leave little doubt
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


def class_of(code: str) -> str:
    """Return the class of a feature code that the model tells apart."""
    return next(name for start, name in _CLASSES if code.startswith(start))


class Case(NamedTuple):
    """A row under one of its names: ``kind`` as in ``Hit``, ``loss`` how far that name is from the one as written.

    ``word`` is the feature word beside the mention; ``is_long`` says that the mention has several words.
    """

    row: int
    kind: int
    loss: float
    code: str
    sort: str
    word: str | None
    is_long: bool

    @property
    def is_plain(self) -> bool:
        """Tell whether this is its name as written, nothing left out."""
        return self.kind != STRIPPED and self.loss < LOOSE


class Rivals(NamedTuple):
    """What the candidates of a name are together."""

    top_population: int
    has_plain_name: bool
    number: int
    are_together: bool


def rivals_of(cases: Sequence[Case], store: Store) -> Rivals:
    """Sum the candidates of a name up."""
    rows = [case.row for case in cases if case.is_plain] or [case.row for case in cases]
    together = all(
        max(column[row] for row in rows) - min(column[row] for row in rows) < _TOGETHER_DEG
        for column in (store.lon, store.lat)
        if rows
    )
    return Rivals(
        top_population=max((store.population[case.row] for case in cases), default=0),
        has_plain_name=any(case.is_plain for case in cases),
        number=len(cases),
        are_together=together,
    )


def merits(case: Case, rivals: Rivals, store: Store) -> Iterator[tuple[str, float]]:
    """Yield the features of a candidate by itself."""
    yield from _fame(case, rivals, store)
    yield from _name(case, rivals)
    yield from _place(case, store)
    yield from _fit(case)


def _fame(case: Case, rivals: Rivals, store: Store) -> Iterator[tuple[str, float]]:
    population = store.population[case.row]
    yield "fame", math.log10(population + 1) / 7
    if population:
        yield f"{case.sort}, people: 10 to the {int(math.log10(population))}", 1.0
    else:
        yield f"{case.sort}, people not known", 1.0
    if population and population == rivals.top_population:
        yield "most populous of the name", 1.0
    elif rivals.top_population:
        ratio = math.log10((rivals.top_population + 1) / (population + 1))
        yield "smaller than another", ratio / 7
        yield f"smaller than another: {min(6, round(ratio))}", 1.0


def _name(case: Case, rivals: Rivals) -> Iterator[tuple[str, float]]:
    kind = KINDS[case.kind]
    yield f"by its {kind}", 1.0
    yield f"{case.sort} by its {kind}", 1.0
    if case.loss:
        yield f"looser spelling: {case.loss}", 1.0
    if case.is_plain and case.is_long:
        yield "a name of several words", 1.0
    if case.is_plain and rivals.are_together:
        yield "no other place of the name", 1.0
        yield f"no other place of the name: {case.sort}", 1.0
    if case.kind == STRIPPED and rivals.has_plain_name:
        yield "its name is longer, and another's is not", 1.0
    if rivals.number == 1:
        yield "the only one", 1.0


def _place(case: Case, store: Store) -> Iterator[tuple[str, float]]:
    yield case.sort, 1.0
    if store.is_curated(case.row):
        yield "a place of conflict news", 1.0
    home = store.meta["country_rows"].get(store.countries[store.country[case.row]])
    if home is not None and case.sort != "a country":
        yield f"{case.sort} in a country of 10 to the {len(str(store.population[home]))} people", 1.0
    if case.code.endswith(("H", "Q")) and case.code.startswith(("PPL", "ADM")):
        yield "no longer there", 1.0


def _fit(case: Case) -> Iterator[tuple[str, float]]:
    if case.word is None:
        yield f"no word beside it: {case.sort}", 1.0
        return
    fits = agrees(case.word, case.code)
    if fits is not None:
        yield "fits the word beside it" if fits else "does not fit the word beside it", 1.0
        yield f"word for a {GROUP_OF_WORD[case.word]}: {case.sort}", 1.0
