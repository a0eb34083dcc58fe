"""Where the other names of an article were taken to lie, and what that tells of a candidate."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from geomap.resolution.candidates import CELLS
from geomap.scoring import NO_CLUE, Clue, joined

SHARES = (0.0, 0.02, 0.06, 0.15, 0.4, 0.75)
SHARE_NAMES = ("none", "hardly any", "very few", "few", "some", "many", "most")
TOLERANCE = 1e-9  # three names that are sure sum to 3, whatever rounding made of them
_SUMS = (0.05, 0.299999, 0.800001, 1.600001, 3.000001)  # beside what equal shares sum to: rounding decides nothing
_SUM_NAMES = ("0", "a hint", "1 perhaps", "1", "2", "3 or more")
_STEPS = tuple(x + y for x in (-CELLS, 0, CELLS) for y in (-1, 0, 1))  # to the cells around one, and to it
_UNKNOWN = -1.0  # the weight of other names in a unit that is not known


class Site(NamedTuple):
    """Where a candidate lies: its row and country, the row of its unit (-1 where unknown) and its cell."""

    row: int
    country: int
    unit: int
    cell: int


Located = Sequence[tuple[Site, float]]  # what a name is taken to mean, in weights that sum to one at most
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

    def totals(self, found: Iterable[Weights]) -> list[float]:
        """Return what the weights of each candidate tell together."""
        (borders, country, _), (near_borders, near, _), (unit_borders, unit, _) = self
        return [
            country[bisect_left(borders, a)] + near[bisect_left(near_borders, b)] + unit[bisect_left(unit_borders, c)]
            for a, b, c in found
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
        in_unit=Ladder([_UNKNOWN / 2, *in_unit.borders], [0.0, *in_unit.totals], [NO_CLUE, *in_unit.clues]),
    )


def _constant(clue: Clue) -> Ladder:
    return Ladder((), (clue.total,), (clue,))


def _both(one: Ladder, other: Ladder) -> Ladder:
    """Return the ladder that gives the clues of both."""
    borders = sorted({*one.borders, *other.borders})
    clues = [joined(one.clue(border), other.clue(border)) for border in (*borders, float("inf"))]
    return Ladder(borders, [c.total for c in clues], clues)


class Elsewhere:
    """Where the names of an article are taken to lie, in weights: by row, country and unit, and by cell what is near.

    Parameters
    ----------
    located
        Every name with where it lies; empty for one that says nothing of where.
    touching
        By cell: those of the article that touch it, itself included.

    Attributes
    ----------
    names
        How many names lie somewhere.
    """

    __slots__ = ("_countries", "_near", "_rows", "_touching", "_units", "names")

    def __init__(self, located: Sequence[Located], touching: Mapping[int, Sequence[int]]) -> None:
        self.names = sum(map(bool, located))
        self._touching = touching
        self._rows: dict[int, float] = defaultdict(float)
        self._countries: dict[int, float] = defaultdict(float)
        self._units: dict[int, float] = defaultdict(float)
        self._near: dict[int, float] = defaultdict(float)
        for own in located:
            self._add(own, 1.0)

    def others(self, sites: Sequence[Site], own: Located) -> list[Weights]:
        """Return what the other names tell of the candidates of a name.

        Another name of the very row of a candidate supports it no more than its own does.
        """
        rows, countries, units, near = self._rows.get, self._countries, self._units, self._near
        self._add(own, -1.0)
        found = []
        for row, country, unit, cell in sites:
            same = rows(row, 0.0)
            in_unit = units[unit] - same if unit >= 0 else _UNKNOWN
            found.append((countries[country] - same, near[cell] - same, in_unit))
        self._add(own, 1.0)
        return found

    def _add(self, own: Located, times: float) -> None:
        rows, countries, units, near, touching = self._rows, self._countries, self._units, self._near, self._touching
        for (row, country, unit, cell), share in own:
            weight = share * times
            rows[row] += weight
            countries[country] += weight
            units[unit] += weight
            for other in touching[cell]:
                near[other] += weight


def touching(cells: Iterable[int]) -> dict[int, list[int]]:
    """Return which of some cells touch each of them, itself included."""
    present = set(cells)
    return {cell: [cell + step for step in _STEPS if cell + step in present] for cell in present}
