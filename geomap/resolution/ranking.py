"""Scoring the candidates of every name of an article: by themselves, by what contains what, by where the others lie.

Totals are numbers; what they are made of, the clues, is put together for the candidates whose reasons are asked for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain, count
from operator import itemgetter, neg
from typing import NamedTuple

from geomap.gazetteer.store import Store
from geomap.resolution.candidates import Option, Site, site_of
from geomap.resolution.context import Group, Surroundings, areas, lies_in
from geomap.resolution.elsewhere import Located, Sums, cells_beside, others, shared
from geomap.resolution.ladders import NO_LADDERS, Ladders, Weights
from geomap.resolution.telling import Article
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Clue

KEPT = 10  # candidates of a name that are compared, besides those that the article's wording speaks for
TAKEN = 12  # candidates of a name that tell the other names where it may lie
TEMPERATURES = (2.0, 1.0)  # how openly, in each round that judges a name by what the others were taken to mean
_NEGLIGIBLE = 0.002  # a candidate less likely than this tells the other names nothing
_total = itemgetter(0)  # of a clue
_row, _cell = itemgetter(0), itemgetter(3)  # of a site


class Ranked(NamedTuple):
    """The candidates of a name and where they lie, with their totals; in the end the best first.

    ``told`` and ``elsewhere`` are what the totals are made of besides the candidates' own clues.
    """

    options: Sequence[Option]
    sites: Sequence[Site]
    totals: Sequence[float]
    told: Sequence[Sequence[Clue]]
    elsewhere: Sequence[Weights]
    ladders: Ladders

    def clues(self, number: int) -> list[Clue]:
        """Return what a candidate's total is the sum of."""
        return [*self.options[number].clues, *self.told[number], *self.ladders.clues(self.elsewhere[number])]


def rank(groups: Sequence[Group], around: Surroundings, store: Store, tools: ResolutionTools) -> list[Ranked]:
    """Score the candidates of every name."""
    article = Article.of(groups, around, store, tools)
    ranked = names = [_by_itself(number, article) for number in range(len(groups))]
    sites = list(chain.from_iterable([name.sites for name in names]))
    near, twice = cells_beside(map(_cell, sites)), shared(list(map(_row, sites)))
    for temperature in TEMPERATURES:
        is_last = temperature == TEMPERATURES[-1]
        located = [_located(one, temperature) for one in ranked]
        every, placed = Sums(chain.from_iterable(located), twice), sum(map(bool, located))
        ranked = [
            _judged(name, others(every, Sums(own, twice), name.sites, near), tools.ladders(placed - bool(own)))
            if is_last or len(name.options) > 1  # what a name with one candidate means is settled from the first
            else name
            for name, own in zip(names, located, strict=True)
        ]
    return [_sorted(one) for one in ranked]


def _judged(name: Ranked, elsewhere: Sequence[Weights], ladders: Ladders) -> Ranked:
    """Add to the candidates of a name what the places of the other names tell."""
    options, sites, totals, told, _, _ = name
    return Ranked(options, sites, ladders.totals(totals, elsewhere), told, elsewhere, ladders)


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


def _by_itself(number: int, article: Article) -> Ranked:
    """Score the candidates of a name by themselves and by what the article tells of each."""
    options = kept(number, article.groups, article.around, article.store)
    sites = list(map(site_of, options))
    told = article.told(number, options, sites)
    totals = [sum(map(_total, clues), option.total) for option, clues in zip(options, told, strict=True)]
    return Ranked(options, sites, totals, told, (), NO_LADDERS)


def _located(name: Ranked, temperature: float) -> Located:
    """Return what a name is taken to mean so far, as weights that sum to one; countries say nothing of where."""
    options, totals = name.options, name.totals
    if len(options) < 2:
        return [(site, 1.0) for site, option in zip(name.sites, options, strict=True) if option.sort != "a country"]
    top = max(totals)
    powers = [math.exp((total - top) / temperature) for total in totals]
    if len(powers) > TAKEN:
        taken = {number for _, _, number in _order(name)[:TAKEN]}
        powers = [power if number in taken else 0.0 for number, power in enumerate(powers)]
    whole = sum(powers)
    least = _NEGLIGIBLE * whole
    return [
        (site, power / whole)
        for site, power, option in zip(name.sites, powers, options, strict=True)
        if power > least and option.sort != "a country"
    ]


def _order(name: Ranked) -> list[tuple[float, int, int]]:
    """Return the numbers of the candidates, the best first, behind what they are sorted by."""
    return sorted(zip(map(neg, name.totals), map(_row, name.sites), count(), strict=False))


def _sorted(found: Ranked) -> Ranked:
    options, sites, totals, told, elsewhere, ladders = found
    if len(options) < 2:
        return found
    order = itemgetter(*[number for _, _, number in _order(found)])
    return Ranked(order(options), order(sites), order(totals), order(told), order(elsewhere), ladders)
