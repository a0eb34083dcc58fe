"""Scoring the candidates of every name of an article: by themselves, by what contains what, by where the others lie."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple, Self

from geomap.gazetteer.store import Store
from geomap.resolution.candidates import CELLS, Option
from geomap.resolution.context import Group, Surroundings, areas, lies_in
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Clue

FOUGHT_IN = "in a country where a group named here fights"
OF_WAR = "a place of conflict news, in an article on violence"
KEPT = 10  # candidates of a name that are compared, besides those that the article's wording speaks for
TAKEN = 12  # candidates of a name that tell the other names where it may lie
TEMPERATURES = (2.0, 1.0)  # how openly, in each round that judges a name by what the others were taken to mean
_AROUND = frozenset(x + y for x in (-CELLS, 0, CELLS) for y in (-1, 0, 1))  # steps to the cells around one, and to it
_total = itemgetter(0)  # of a clue
_SHARES = (0.0, 0.02, 0.06, 0.15, 0.4, 0.75)
_SHARE_NAMES = ("none", "hardly any", "very few", "few", "some", "many", "most")
_SUMS = (0.05, 0.3, 0.8, 1.6, 3.0)
_SUM_NAMES = ("0", "a hint", "1 perhaps", "1", "2", "3 or more")


class Scored(NamedTuple):
    """A candidate with its total and its clues."""

    total: float
    option: Option
    clues: Sequence[Clue]


class Elsewhere(NamedTuple):
    """Where the names of an article lie, in weights: by unit, by country, by cell, by row."""

    units: Mapping[int, float]
    countries: Mapping[int, float]
    cells: Mapping[int, float]
    rows: Mapping[int, float]
    whole: float


class Scales(NamedTuple):
    """The clues of where the other names lie, by degree."""

    alone: Clue
    by_country: Sequence[Clue]
    by_unit: Sequence[Clue]
    in_unit: Sequence[Clue]
    by_distance: Sequence[Clue]
    near: Sequence[Clue]

    @classmethod
    def of(cls, tools: ResolutionTools) -> Self:
        """Look them up."""
        return cls(
            alone=tools.fact("no other place named"),
            by_country=tools.scale("share of places in its country", _SHARE_NAMES),
            by_unit=tools.scale("share of places in its province", _SHARE_NAMES),
            in_unit=tools.scale("places in its province", _SUM_NAMES),
            by_distance=tools.scale("share of places near it", _SHARE_NAMES),
            near=tools.scale("places near it", _SUM_NAMES),
        )


def rank(groups: Sequence[Group], around: Surroundings, store: Store, tools: ResolutionTools) -> list[list[Scored]]:
    """Score the candidates of every name, the best first; the last one may be "none of these", with no row."""
    scales = Scales.of(tools)
    first = [
        [
            _by_itself(option, number, group, groups, around, store, tools)
            for option in kept(group, number, groups, around, store)
        ]
        for number, group in enumerate(groups)
    ]
    ranked = [_sorted(scored) for scored in first]
    for temperature in TEMPERATURES:
        located = [_weights(scored, temperature) for scored in ranked]
        everywhere = _sum(located)
        ranked = [
            _sorted(_with_others(scored, everywhere, own, scales)) for scored, own in zip(first, located, strict=True)
        ]
    return ranked


def kept(group: Group, number: int, groups: Sequence[Group], around: Surroundings, store: Store) -> Iterator[Option]:
    """Yield the likeliest candidates, and of the others those that lie in what the article names."""
    yield from group.options[:KEPT]
    if len(group.options) <= KEPT:
        return
    containers = [area for _, other in around.containers.get(number, ()) for area in areas(groups[other])]
    for option in group.options[KEPT:]:
        named = option.sort == "a province" or option.unit in around.units
        if named or any(lies_in(option, area, store) for area in containers):
            yield option


def _by_itself(
    option: Option,
    number: int,
    group: Group,
    groups: Sequence[Group],
    around: Surroundings,
    store: Store,
    tools: ResolutionTools,
) -> Scored:
    clues = [option.clue]
    for wording, other in around.containers.get(number, ()):
        held = list(areas(groups[other]))
        if held:
            inside = any(lies_in(option, area, store) for area in held)
            clues.append(tools.pair("in the place named" if inside else "not in the place named", wording))
    if number in around.articled:
        clues.append(tools.pair("behind “the”", option.sort))
    if number in around.speakers:
        clues.append(tools.pair("says or does something itself", option.sort))
    own = len(group.mentions) if option.sort == "a country" else 0
    named = around.countries.get(option.country, 0) - own
    whole = sum(around.countries.values()) - own
    if whole > 0:
        clues.append(tools.scale("its country among those named", _SHARE_NAMES)[_share(named, whole)])
    clues += [tools.fact(name) for name in _told(option, around)]
    return Scored(sum(map(_total, clues)), option, clues)


def _told(option: Option, around: Surroundings) -> Iterator[str]:
    """Yield what the article as a whole tells of a candidate."""
    if option.country in around.fought_in:
        yield FOUGHT_IN
    if around.is_war and option.is_curated:
        yield OF_WAR
    if option.unit >= 0 and option.unit != option.row and around.units.get(option.unit):
        yield "its province is named"
    elif around.units and option.sort not in {"a country", "a province"}:
        yield "other provinces are named"


def _share(part: float, whole: float) -> int:
    return bisect_left(_SHARES, part / whole - 1e-9)


def _weights(scored: Sequence[Scored], temperature: float) -> list[tuple[Option, float]]:
    """Return what a name is taken to mean so far, as weights that sum to one; countries say nothing of where."""
    few = [one for one in scored[:TAKEN] if one.option.sort != "a country"]
    if not few:
        return []
    powers = [math.exp(max(-30.0, (one.total - scored[0].total) / temperature)) for one in few]
    whole = sum(math.exp(max(-30.0, (one.total - scored[0].total) / temperature)) for one in scored[:TAKEN])
    return [(one.option, p / whole) for one, p in zip(few, powers, strict=True) if p > 0.002 * whole]


def _sum(located: Sequence[Sequence[tuple[Option, float]]]) -> Elsewhere:
    units: dict[int, float] = defaultdict(float)
    countries: dict[int, float] = defaultdict(float)
    cells: dict[int, float] = defaultdict(float)
    rows: dict[int, float] = defaultdict(float)
    for own in located:
        for option, weight in own:
            rows[option.row] += weight
            units[option.unit] += weight
            countries[option.country] += weight
            for step in _AROUND:
                cells[option.cell + step] += weight
    return Elsewhere(units, countries, cells, rows, float(sum(1 for own in located if own)))


def _with_others(
    scored: Sequence[Scored], everywhere: Elsewhere, own: Sequence[tuple[Option, float]], scales: Scales
) -> list[Scored]:
    """Add to the candidates of a name what the places of the other names tell."""
    others = everywhere.whole - (1 if own else 0)
    if others <= 0:
        alone = scales.alone
        return [Scored(one.total + alone.total, one.option, [*one.clues, alone]) for one in scored]
    found = []
    for total, option, clues in scored:
        units, countries, cells = _others(option, everywhere, own)
        more = [
            scales.by_country[_share(countries, others)],
            scales.by_distance[_share(cells, others)],
            scales.near[bisect_left(_SUMS, cells)],
        ]
        if option.unit >= 0:
            more += (scales.by_unit[_share(units, others)], scales.in_unit[bisect_left(_SUMS, units)])
        found.append(Scored(total + sum(map(_total, more)), option, [*clues, *more]))
    return found


def _others(option: Option, everywhere: Elsewhere, own: Sequence[tuple[Option, float]]) -> tuple[float, float, float]:
    """Return the weights of the other names in the unit, the country and the neighbourhood of a candidate."""
    unit, country, cell = option.unit, option.country, option.cell
    same = everywhere.rows.get(option.row, 0.0)  # another name of this very place supports it no more than itself
    units = everywhere.units.get(unit, 0.0) - same
    countries = everywhere.countries.get(country, 0.0) - same
    cells = everywhere.cells.get(cell, 0.0) - same
    for mine, weight in own:
        if mine.row == option.row:
            continue
        if mine.country == country:
            countries -= weight
            if mine.unit == unit:
                units -= weight
        if mine.cell - cell in _AROUND:
            cells -= weight
    return units, countries, cells


def _sorted(scored: list[Scored]) -> list[Scored]:
    return sorted(scored, key=lambda s: (-s.total, s.option.row))
