"""What the other names tell of a candidate by how many of them lie in its country, near it and in its unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from geomap.scoring import NO_CLUE, Clue, joined

SHARES = (0.0, 0.02, 0.06, 0.15, 0.4, 0.75)
SHARE_NAMES = ("none", "hardly any", "very few", "few", "some", "many", "most")
TOLERANCE = 1e-9  # two of five are 0.4 of them, whatever rounding made of it
UNKNOWN = -1.0  # the weight of the other names in a unit that is not known
_SUMS = (0.05, 0.299999, 0.800001, 1.600001, 3.000001)  # beside what equal shares sum to: rounding decides nothing
_SUM_NAMES = ("0", "a hint", "1 perhaps", "1", "2", "3 or more")

Weights = tuple[float, float, float]  # of the other names in the country of a candidate, near it, and in its unit


class Ladder(NamedTuple):
    """The clues of a weight by its size: a weight up to ``borders[i]`` has the clue ``i``."""

    borders: Sequence[float]
    totals: Sequence[float]
    clues: Sequence[Clue]

    def clue(self, weight: float) -> Clue:
        """Return the clue of a weight."""
        return self.clues[bisect_left(self.borders, weight)]


class Ladders(NamedTuple):
    """The clues of ``Weights``."""

    in_country: Ladder
    near: Ladder
    in_unit: Ladder

    def clues(self, weights: Weights) -> list[Clue]:
        """Return the clues of the weights of a candidate."""
        return [ladder.clue(weight) for ladder, weight in zip(self, weights, strict=True)]

    def totals(self, before: Iterable[float], found: Iterable[Weights]) -> list[float]:
        """Add to the totals of candidates what their weights tell."""
        (country_borders, country, _), (near_borders, near, _), (unit_borders, unit, _) = self
        return [
            total
            + country[bisect_left(country_borders, in_country)]
            + near[bisect_left(near_borders, nearby)]
            + unit[bisect_left(unit_borders, in_unit)]
            for total, (in_country, nearby, in_unit) in zip(before, found, strict=True)
        ]


def ladders_of(others: int, fact: Callable[[str], Clue], pair: Callable[[str, str], Clue]) -> Ladders:
    """Return the clues of what lies where, when so many other names are placed."""
    if others <= 0:
        alone = fact("no other place named")
        return Ladders(_constant(alone), _constant(NO_CLUE), _constant(NO_CLUE))

    def shares(name: str) -> Ladder:
        clues = [pair(name, degree) for degree in SHARE_NAMES]
        return Ladder([(share + TOLERANCE) * others for share in SHARES], [c.total for c in clues], clues)

    def sums(name: str) -> Ladder:
        clues = [pair(name, degree) for degree in _SUM_NAMES]
        return Ladder(_SUMS, [c.total for c in clues], clues)

    in_unit = _both(shares("share of places in its province"), sums("places in its province"))
    return Ladders(
        in_country=shares("share of places in its country"),
        near=_both(shares("share of places near it"), sums("places near it")),
        in_unit=Ladder([UNKNOWN / 2, *in_unit.borders], [0.0, *in_unit.totals], [NO_CLUE, *in_unit.clues]),
    )


def _constant(clue: Clue) -> Ladder:
    return Ladder((), (clue.total,), (clue,))


NO_LADDERS = Ladders(_constant(NO_CLUE), _constant(NO_CLUE), _constant(NO_CLUE))


def _both(one: Ladder, other: Ladder) -> Ladder:
    """Return the ladder that gives the clues of both."""
    borders = sorted({*one.borders, *other.borders})
    clues = [joined(one.clue(border), other.clue(border)) for border in (*borders, float("inf"))]
    return Ladder(borders, [c.total for c in clues], clues)
