"""Scoring the candidates of every name of an article: by themselves, by what contains what, by where the others lie."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from geomap.gazetteer.store import Store
from geomap.resolution.candidates import Option
from geomap.resolution.context import Group, Surroundings, areas, lies_in
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Clue

KEPT = 10  # candidates of a name that are compared, besides those that the article's wording speaks for
ROUNDS = 2  # times that every name is judged by what the others were taken to mean
_SHARES = ("none", "few", "some", "many", "most")


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
    for _ in range(ROUNDS):
        located = [_weights(scored, tools) for scored in ranked]
        everywhere = _sum(located)
        ranked = [
            _sorted([_with_others(one, elsewhere, tools) for one in scored])
            for scored, own in zip(first, located, strict=True)
            for elsewhere in (_without(everywhere, own),)
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
    own = len(group.mentions) if option.sort == "a country" else 0
    named = around.countries.get(option.country, 0) - own
    whole = sum(around.countries.values()) - own
    if whole > 0:
        clues.append(tools.pair("its country among those named", _SHARES[_bin(named / whole)]))
    if option.unit >= 0 and option.unit != option.row and around.units.get(option.unit):
        clues.append(tools.fact("its province is named"))
    elif around.units and option.sort not in {"a country", "a province"}:
        clues.append(tools.fact("other provinces are named"))
    return Scored(sum(c.total for c in clues), option, clues)


def _bin(share: float) -> int:
    return 0 if share <= 0 else 1 if share < 0.15 else 2 if share < 0.4 else 3 if share < 0.75 else 4


def _weights(scored: Sequence[Scored], tools: ResolutionTools) -> list[tuple[Option, float]]:
    """Return what a name is taken to mean so far, as weights that sum to one; countries say nothing of where."""
    few = [one for one in scored[:3] if one.option.sort != "a country"]
    if not few:
        return []
    powers = [math.exp(min(0.0, one.total - scored[0].total)) for one in few]
    whole = sum(powers)
    return [(one.option, p / whole) for one, p in zip(few, powers, strict=True)]


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


def _without(
    everywhere: Elsewhere, own: Sequence[tuple[Option, float]]
) -> tuple[Elsewhere, Sequence[tuple[Option, float]]]:
    return everywhere, own


def _with_others(
    one: Scored, elsewhere: tuple[Elsewhere, Sequence[tuple[Option, float]]], tools: ResolutionTools
) -> Scored:
    everywhere, own = elsewhere
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
        tools.pair("places in its country", _SHARES[_bin(countries / others)]),
        tools.pair("places near it", _SHARES[_bin(cells / others)]),
    ]
    if option.unit >= 0:
        clues.append(tools.pair("places in its province", _SHARES[_bin(units / others)]))
    return Scored(sum(c.total for c in clues), option, clues)


def _sorted(scored: list[Scored]) -> list[Scored]:
    return sorted(scored, key=lambda s: (-s.total, s.option.row))
