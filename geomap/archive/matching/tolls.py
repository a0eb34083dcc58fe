"""How the numbers of two tellings go together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from geomap.archive.nouns import Telling
from geomap.model import Casualties

RARE = 20  # from so many on, two reports do not give one number by chance


def meets(a: Casualties, b: Casualties) -> bool:
    """Tell whether two numbers can be one: "at least three" and "five"."""
    return a.low <= _top(b) and b.low <= _top(a)


def ratio(a: Casualties, b: Casualties) -> float:
    """Return how far two numbers lie apart: the natural logarithm of their ratio, one added to each."""
    return abs(math.log((best(a) + 1) / (best(b) + 1)))


def rarity(number: Casualties) -> float:
    """Return how much it says that two reports give the same number: little for one or two, all for twenty."""
    return min(1.0, math.log(best(number) + 1) / math.log(RARE + 1))


def best(number: Casualties) -> int:
    """Return the number as it would be said."""
    return number.low if number.best is None else number.best


def _top(number: Casualties) -> float:
    return math.inf if number.high is None else number.high


def range_of(tellings: Sequence[Telling], numbers: Iterable[Casualties | None]) -> Casualties | None:
    """Return the range of several numbers: the lowest, the latest best, the highest.

    A total that an article gives for several places together only bounds what happened at one of them.
    """
    pairs = [(one, number) for one, number in zip(tellings, numbers, strict=True) if number is not None]
    own = [(one, number) for one, number in pairs if one.casualty_scope != "group"]
    if not own:
        tops = [_top(number) for _, number in pairs]
        bounded = [int(top) for top in tops if top < math.inf]
        return Casualties(low=0, best=None, high=max(bounded)) if bounded else None
    latest = max(own, key=lambda pair: str(pair[0].source.published_on or ""))[1]
    return Casualties(low=min(n.low for _, n in own), best=best(latest), high=_highest([n for _, n in own]))


def _highest(numbers: Sequence[Casualties]) -> int | None:
    """Return the upper end of some numbers; None where the greatest is an open one."""
    greatest = max(numbers, key=lambda number: (best(number), -_top(number)))
    return None if greatest.high is None else max(number.high for number in numbers if number.high is not None)
