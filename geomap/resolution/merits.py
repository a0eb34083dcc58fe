"""What speaks for a candidate before any context: its fame, its kind, how well name and feature word fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
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

    ``word`` is the feature word beside the mention; ``is_long`` says that the mention has several words, ``is_plain``
    that this is its name as written, nothing left out.
    """

    row: int
    kind: int
    loss: float
    code: str
    sort: str
    word: str | None
    is_long: bool
    is_plain: bool


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


def merits(case: Case, rivals: Rivals, store: Store) -> dict[str, float]:
    """Return the features of a candidate by itself."""
    features = _fame(case, store.population[case.row], rivals)
    features.update(dict.fromkeys((*_name(case, rivals), case.sort, *_place(case, store), *_fit(case)), 1.0))
    return features


def _fame(case: Case, population: int, rivals: Rivals) -> dict[str, float]:
    found = {"fame": math.log10(population + 1) / 7}
    if population:
        found[f"{case.sort}, people: 10 to the {int(math.log10(population))}"] = 1.0
    else:
        found[f"{case.sort}, people not known"] = 1.0
    if population and population == rivals.top_population:
        found["most populous of the name"] = 1.0
    elif rivals.top_population:
        ratio = math.log10((rivals.top_population + 1) / (population + 1))
        found["smaller than another"] = ratio / 7
        found[f"smaller than another: {min(6, round(ratio))}"] = 1.0
        if case.sort in _UNCOUNTED:
            found[f"{case.sort}, beside a town of 10 to the {int(math.log10(rivals.top_population))}"] = 1.0
    return found


def _name(case: Case, rivals: Rivals) -> list[str]:
    kind = KINDS[case.kind]
    found = [f"by its {kind}", f"{case.sort} by its {kind}"]
    if case.loss:
        found.append(f"looser spelling: {case.loss}")
    if case.is_plain and case.is_long:
        found.append("a name of several words")
    if case.is_plain and rivals.are_together:
        found += ("no other place of the name", f"no other place of the name: {case.sort}")
    if case.kind == STRIPPED and rivals.has_plain_name:
        found.append("its name is longer, and another's is not")
    if rivals.number == 1:
        found.append("the only one")
    return found


def _place(case: Case, store: Store) -> list[str]:
    found = ["a place of conflict news"] if store.is_curated(case.row) else []
    home = store.meta["country_rows"].get(store.countries[store.country[case.row]])
    if home is not None and case.sort != "a country":
        found.append(f"{case.sort} in a country of 10 to the {len(str(store.population[home]))} people")
    if case.code.endswith(("H", "Q")) and case.code.startswith(("PPL", "ADM")):
        found.append("no longer there")
    return found


def _fit(case: Case) -> list[str]:
    if case.word is None:
        return [f"no word beside it: {case.sort}"]
    fits = agrees(case.word, case.code)
    if fits is None:
        return []
    fit = "fits the word beside it" if fits else "does not fit the word beside it"
    return [fit, f"word for a {GROUP_OF_WORD[case.word]}: {case.sort}"]
