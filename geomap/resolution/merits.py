"""What speaks for a candidate before any context: its fame, its kind, how well name and feature word fit.

How many people live there counts by the digit. All else is a few plain facts that many candidates share: what they
weigh together is worked out once for all of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from geomap.gazetteer.features import agrees
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
    ("PRT", "a port"),
    *((start, "a river or sea") for start in ("STM", "LK", "SEA", "OCN", "GULF", "STRT", "BAY", "CNL", "CHN", "RSV")),
    ("", "another feature"),
)
_UNCOUNTED = frozenset(("a province", "a district", "a part of the world", "a river or sea", "another feature"))


@lru_cache(1024)
def class_of(code: str) -> str:
    """Return the class of a feature code that the model tells apart."""
    return next(name for start, name in _CLASSES if code.startswith(start))


class Case(NamedTuple):
    """A row under one of its names: ``kind`` as in ``Hit``, ``loss`` how far that name is from the one as written.

    ``is_plain`` says that this is its name as written, nothing left out, ``is_curated`` that it is
    one of the places of conflict news.
    """

    row: int
    kind: int
    loss: float
    code: str
    sort: str
    is_plain: bool
    is_curated: bool


class Asked(NamedTuple):
    """What is asked for: the feature word beside the mention, its group as in ``Facts``, a name of several words."""

    word: str | None
    group: str | None
    is_long: bool


class Rivals(NamedTuple):
    """What the candidates of a name are together."""

    top_population: int
    has_plain_name: bool
    number: int
    are_together: bool


class Size(NamedTuple):
    """The people of a candidate.

    ``fame`` is 1 for ten million of them, ``lag`` is 1 where the most populous of the name has that many times more.
    ``digits`` is the power of ten, -1 where they are not known; ``steps`` the powers of ten that it lags behind, -1
    where nothing is known to be larger; ``is_top`` that it is the most populous itself.
    """

    fame: float
    lag: float
    digits: int
    steps: int
    is_top: bool


class Facts(NamedTuple):
    """What holds of a candidate or does not: candidates alike in it weigh the same but for their people.

    ``digits``, ``steps`` and ``is_top`` are as in ``Size``, ``beside`` is the power of ten of the largest of the
    name where it is no town itself, else -1; ``home`` the digits of its country's people, 0 where unknown or itself a
    country. ``group`` is that of the feature word beside it: empty with no word, None for one that says nothing.
    """

    sort: str
    digits: int
    steps: int
    is_top: bool
    beside: int
    kind: int
    loss: float
    is_long: bool
    stands_alone: bool
    is_longer: bool
    is_only: bool
    is_curated: bool
    home: int
    is_gone: bool
    group: str | None
    fits: bool


def rivals_of(cases: Sequence[Case], store: Store) -> Rivals:
    """Sum the candidates of a name up."""
    plain = [case.row for case in cases if case.is_plain]
    rows = [case.row for case in cases]
    return Rivals(
        top_population=max([store.population[row] for row in rows], default=0),
        has_plain_name=bool(plain),
        number=len(cases),
        are_together=_is_narrow(store.lon, plain or rows) and _is_narrow(store.lat, plain or rows),
    )


def _is_narrow(column: Sequence[float], rows: Sequence[int]) -> bool:
    values = [column[row] for row in rows]
    return not values or max(values) - min(values) < _TOGETHER_DEG


def size_of(population: int, top: int) -> Size:
    """Describe the people of a candidate beside those of the most populous of the name."""
    fame = math.log10(population + 1) / 7
    digits = int(math.log10(population)) if population else -1
    if population == top:
        return Size(fame, 0.0, digits, -1, population > 0)
    ratio = math.log10((top + 1) / (population + 1))
    return Size(fame, ratio / 7, digits, min(6, round(ratio)), is_top=False)


def facts_of(case: Case, size: Size, rivals: Rivals, asked: Asked, home: int) -> Facts:
    """Collect what decides a candidate's features; ``home`` is the digits of its country's people."""
    _, kind, loss, code, sort, is_plain, is_curated = case
    return Facts(
        sort,
        size.digits,
        size.steps,
        size.is_top,
        int(math.log10(rivals.top_population)) if size.steps >= 0 and sort in _UNCOUNTED else -1,
        kind,
        loss,
        is_plain and asked.is_long,
        is_plain and rivals.are_together,
        kind == STRIPPED and rivals.has_plain_name,
        rivals.number == 1,
        is_curated,
        0 if sort == "a country" else home,
        code.endswith(("H", "Q")) and code.startswith(("PPL", "ADM")),
        asked.group,
        asked.word is not None and agrees(asked.word, code) is True,
    )


def merits(facts: Facts) -> Iterator[str]:
    """Yield the features of a candidate by itself."""
    yield facts.sort
    yield from _fame(facts)
    yield from _name(facts)
    yield from _place(facts)
    yield from _fit(facts)


def _fame(facts: Facts) -> Iterator[str]:
    sort = facts.sort
    yield f"{sort}, people: 10 to the {facts.digits}" if facts.digits >= 0 else f"{sort}, people not known"
    if facts.is_top:
        yield "most populous of the name"
    if facts.steps >= 0:
        yield f"smaller than another: {facts.steps}"
    if facts.beside >= 0:
        yield f"{sort}, beside a town of 10 to the {facts.beside}"


def _name(facts: Facts) -> Iterator[str]:
    kind = KINDS[facts.kind]
    yield f"by its {kind}"
    yield f"{facts.sort} by its {kind}"
    if facts.loss:
        yield f"looser spelling: {facts.loss}"
    if facts.is_long:
        yield "a name of several words"
    if facts.stands_alone:
        yield "no other place of the name"
        yield f"no other place of the name: {facts.sort}"
    if facts.is_longer:
        yield "its name is longer, and another's is not"
    if facts.is_only:
        yield "the only one"


def _place(facts: Facts) -> Iterator[str]:
    if facts.is_curated:
        yield "a place of conflict news"
        if facts.kind == STRIPPED and facts.group == "":
            yield "a place of conflict news by a longer name"
    if facts.home:
        yield f"{facts.sort} in a country of 10 to the {facts.home} people"
    if facts.is_gone:
        yield "no longer there"


def _fit(facts: Facts) -> Iterator[str]:
    if facts.group:
        yield "fits the word beside it" if facts.fits else "does not fit the word beside it"
        yield f"word for a {facts.group}: {facts.sort}"
    elif facts.group is not None:
        yield f"no word beside it: {facts.sort}"
