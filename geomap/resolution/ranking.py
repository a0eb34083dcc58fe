"""Scoring the candidates of every name of an article: by themselves, by what contains what, by where the others lie.

Totals are numbers; what they are made of, the clues, is put together for the candidates whose reasons are asked for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from geomap.gazetteer.store import Store
from geomap.resolution.candidates import Option, Site, site_of
from geomap.resolution.context import Group, Surroundings, areas, lies_in
from geomap.resolution.elsewhere import Located, Sums, cells_beside, others, shared_rows
from geomap.resolution.ladders import Ladders, Weights
from geomap.resolution.telling import Article
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Clue

KEPT = 10  # candidates of a name that are compared, besides those that the article's wording speaks for
TAKEN = 12  # candidates of a name that tell the other names where it may lie
TEMPERATURES = (2.0, 1.0)  # how openly, in each round that judges a name by what the others were taken to mean
_NEGLIGIBLE = 0.002  # a candidate less likely than this tells the other names nothing
_total = itemgetter(0)  # of a clue


class Ranked(NamedTuple):
    """The candidates of a name with their totals, the best first."""

    options: Sequence[Option]
    totals: Sequence[float]
    told: Sequence[Sequence[Clue]]
    elsewhere: Sequence[Weights]
    ladders: Ladders

    def clues(self, number: int) -> list[Clue]:
        """Return what a candidate's total is the sum of."""
        return [*self.options[number].clues, *self.told[number], *self.ladders.clues(self.elsewhere[number])]


class _Name(NamedTuple):
    """The candidates of a name, where they lie, what the article tells of each by itself, and its total from that."""

    options: Sequence[Option]
    sites: Sequence[Site]
    told: Sequence[Sequence[Clue]]
    totals: Sequence[float]


def rank(groups: Sequence[Group], around: Surroundings, store: Store, tools: ResolutionTools) -> list[Ranked]:
    """Score the candidates of every name."""
    article = Article.of(groups, around, store, tools)
    names = [_by_itself(number, article) for number in range(len(groups))]
    near = cells_beside([cell for name in names for _, _, _, cell in name.sites])
    shared = shared_rows([name.sites for name in names])
    ranked: list[Ranked] = []
    for temperature in TEMPERATURES:
        totals = [one.totals for one in ranked] or [name.totals for name in names]
        located = [_located(name, own, temperature) for name, own in zip(names, totals, strict=True)]
        every, placed = Sums(chain.from_iterable(located), shared), sum(map(bool, located))
        ranked = [
            _judged(name, others(every, Sums(own, shared), name.sites, near), tools.ladders(placed - bool(own)))
            for name, own in zip(names, located, strict=True)
        ]
    return [_sorted(one) for one in ranked]


def _judged(name: _Name, elsewhere: Sequence[Weights], ladders: Ladders) -> Ranked:
    """Add to the candidates of a name what the places of the other names tell."""
    return Ranked(name.options, ladders.totals(name.totals, elsewhere), name.told, elsewhere, ladders)


def kept(number: int, groups: Sequence[Group], around: Surroundings, store: Store) -> Sequence[Option]:
    """Return the likeliest candidates, and of the others those that lie in what the article names."""
    options = groups[number].options
    if len(options) <= KEPT:
        return options
    containers = [area for _, other in around.containers.get(number, ()) for area in areas(groups[other])]
    named = [
        option
        for option in options[KEPT:]
        if option.sort == "a province"
        or option.unit in around.units
        or option.country == around.scene
        or (containers and any(lies_in(option, area, store) for area in containers))
    ]
    return (*options[:KEPT], *named)


def _by_itself(number: int, article: Article) -> _Name:
    options = kept(number, article.groups, article.around, article.store)
    told = article.told(number, options)
    totals = [sum(map(_total, clues), option.total) for option, clues in zip(options, told, strict=True)]
    return _Name(options, list(map(site_of, options)), told, totals)


def _located(name: _Name, totals: Sequence[float], temperature: float) -> Located:
    """Return what a name is taken to mean so far, as weights that sum to one; countries say nothing of where."""
    options = name.options
    if len(options) < 2:
        return [(site, 1.0) for site, option in zip(name.sites, options, strict=True) if option.sort != "a country"]
    top = max(totals)
    powers = [math.exp((total - top) / temperature) for total in totals]
    if len(powers) > TAKEN:
        taken = {number for _, _, number in _order(options, totals)[:TAKEN]}
        powers = [power if number in taken else 0.0 for number, power in enumerate(powers)]
    whole = sum(powers)
    least = _NEGLIGIBLE * whole
    return [
        (site, power / whole)
        for site, power, option in zip(name.sites, powers, options, strict=True)
        if power > least and option.sort != "a country"
    ]


def _order(options: Sequence[Option], totals: Sequence[float]) -> list[tuple[float, int, int]]:
    """Return the numbers of the candidates, the best first, behind what they are sorted by."""
    return sorted([(-total, option.row, n) for n, (total, option) in enumerate(zip(totals, options, strict=True))])


def _sorted(found: Ranked) -> Ranked:
    options, totals, told, elsewhere, ladders = found
    if len(options) < 2:
        return found
    order = itemgetter(*[number for _, _, number in _order(options, totals)])
    return Ranked(order(options), order(totals), order(told), order(elsewhere), ladders)
