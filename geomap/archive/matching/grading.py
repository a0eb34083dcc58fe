"""How well an event is supported. A grade describes its sources; nothing is ever left out for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from geomap.archive.matching import tolls
from geomap.archive.matching.parties import agreement
from geomap.archive.matching.traits import traits_of
from geomap.archive.nouns import Grade, Telling
from geomap.model import Casualties

APART = 3  # people, and
REPRINT = 0.9  # of the stretches of words
TIMES = 1.5  # times: where two numbers of one day differ by more than both they contradict each other


def grade_of(tellings: Sequence[Telling]) -> Grade:
    """Return the grade: denied by somebody, contested between tellings, told by several outlets, or by one."""
    if any(one.status == "denied" for one in tellings):
        return "denied"
    if any(contradict(a, b) for a, b in combinations(_distinct(tellings), 2)):
        return "contested"
    return "several" if _voices(tellings) > 1 else "single"


def _distinct(tellings: Sequence[Telling]) -> Sequence[Telling]:
    """Return one telling for all that say the same about what can be contradicted: an event may have hundreds."""
    return tuple(
        {
            (t.actors, t.status == "intercepted", t.killed, t.injured, t.casualty_scope, t.source.published_on): t
            for t in tellings
        }.values()
    )


def _voices(tellings: Sequence[Telling]) -> int:
    """Return how many outlets tell it in words of their own: who prints another's sentences confirms nothing."""
    outlets: dict[str, Telling] = {}
    for one in tellings:
        if not any(_reprints(one, other) for other in outlets.values()):
            outlets.setdefault(one.source.outlet or one.source.key, one)
    return len(outlets)


def _reprints(a: Telling, b: Telling) -> bool:
    one, two = traits_of(a).grams, traits_of(b).grams
    return bool(one and two) and len(one & two) >= REPRINT * min(len(one), len(two))


def contradict(a: Telling, b: Telling) -> bool:
    """Tell whether two tellings cannot both be right: who did it, whether it was shot down, how many were hurt."""
    if agreement(a.actors, b.actors) == "other" or (a.status == "intercepted") != (b.status == "intercepted"):
        return True
    if "group" in {a.casualty_scope, b.casualty_scope}:
        return False
    first, second = sorted((a, b), key=lambda one: str(one.source.published_on or ""))
    same_day = first.source.published_on == second.source.published_on
    return any(
        _are_at_odds(x, y, may_rise=not same_day)
        for x, y in ((first.killed, second.killed), (first.injured, second.injured))
    )


def _are_at_odds(x: Casualties | None, y: Casualties | None, *, may_rise: bool) -> bool:
    """Tell whether a number and a later one contradict each other; a toll rises from day to day."""
    if x is None or y is None or tolls.meets(x, y):
        return False
    low, high = sorted((tolls.best(x), tolls.best(y)))
    rises = tolls.best(x) < tolls.best(y)
    return not (may_rise and rises) and high - low >= APART and high > TIMES * low
