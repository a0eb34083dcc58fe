"""Scoring the candidates of every name of an article: by themselves, by what contains what, by where the others lie."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from geomap.gazetteer.store import Store
from geomap.resolution.candidates import Option
from geomap.resolution.context import Group, Surroundings, areas, lies_in
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Clue

KEPT = 10  # candidates of a name that are compared, besides those that the article's wording speaks for
TAKEN = 12  # candidates of a name that tell the other names where it may lie
TEMPERATURES = (2.0, 1.0)  # how openly, in each round that judges a name by what the others were taken to mean
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
    """Where the other names of an article lie, in weights: by unit, by country, by cell."""

    units: Mapping[int, float]
    countries: Mapping[int, float]
    cells: Mapping[tuple[int, int], float]
    whole: float


def rank(groups: Sequence[Group], around: Surroundings, store: Store, tools: ResolutionTools) -> list[list[Scored]]:
    """Score the candidates of every name, the best first; the last one may be "none of these", with no row."""
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
            _sorted([_with_others(one, everywhere, own, tools) for one in scored])
            for scored, own in zip(first, located, strict=True)
        ]
    return ranked


def kept(group: Group, number: int, groups: Sequence[Group], around: Surroundings, store: Store) -> Iterator[Option]:
    """Yield the likeliest candidates, and of the others those that lie in what the article names."""
    yield from group.options[:KEPT]
    if len(group.options) <= KEPT:
        return
    containers = [area for _, other in around.containers.get(number, ()) for area in areas(groups[other])]
    for option in group.options[KEPT:]:
        if option.unit in around.units or any(lies_in(option, area, store) for area in containers):
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
    if number in around.speakers:
        clues.append(tools.pair("says or does something itself", option.sort))
    own = len(group.mentions) if option.sort == "a country" else 0
    named = around.countries.get(option.country, 0) - own
    whole = sum(around.countries.values()) - own
    if whole > 0:
        clues.append(tools.pair("its country among those named", _share(named, whole)))
    if option.unit >= 0 and option.unit != option.row and around.units.get(option.unit):
        clues.append(tools.fact("its province is named"))
    elif around.units and option.sort not in {"a country", "a province"}:
        clues.append(tools.fact("other provinces are named"))
    return Scored(sum(c.total for c in clues), option, clues)


def _share(part: float, whole: float) -> str:
    return _SHARE_NAMES[bisect_left(_SHARES, part / whole - 1e-9)]


def _number(weight: float) -> str:
    return _SUM_NAMES[bisect_left(_SUMS, weight)]


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
    cells: dict[tuple[int, int], float] = defaultdict(float)
    for own in located:
        for option, weight in own:
            units[option.unit] += weight
            countries[option.country] += weight
            x, y = option.cell
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    cells[x + dx, y + dy] += weight
    return Elsewhere(units, countries, cells, float(sum(1 for own in located if own)))


def _with_others(
    one: Scored, everywhere: Elsewhere, own: Sequence[tuple[Option, float]], tools: ResolutionTools
) -> Scored:
    others = everywhere.whole - (1 if own else 0)
    if others <= 0:
        return one._replace(clues=[*one.clues, tools.fact("no other place named")])
    option = one.option
    units = everywhere.units.get(option.unit, 0.0)
    countries = everywhere.countries.get(option.country, 0.0)
    cells = everywhere.cells.get(option.cell, 0.0)
    for mine, weight in own:
        units -= weight * (mine.unit == option.unit)
        countries -= weight * (mine.country == option.country)
        cells -= weight * (abs(mine.cell[0] - option.cell[0]) < 2 and abs(mine.cell[1] - option.cell[1]) < 2)
    clues = [
        *one.clues,
        tools.pair("share of places in its country", _share(countries, others)),
        tools.pair("share of places near it", _share(cells, others)),
        tools.pair("places near it", _number(cells)),
    ]
    if option.unit >= 0:
        clues.append(tools.pair("share of places in its province", _share(units, others)))
        clues.append(tools.pair("places in its province", _number(units)))
    return Scored(sum(c.total for c in clues), option, clues)


def _sorted(scored: list[Scored]) -> list[Scored]:
    return sorted(scored, key=lambda s: (-s.total, s.option.row))
