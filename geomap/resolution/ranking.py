"""Scoring the candidates of every name of an article: by themselves, by what contains what, by where the others lie.

Totals are numbers; what they are made of, the clues, is put together for the candidates whose reasons are asked for.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import add, itemgetter
from typing import NamedTuple, Self

from geomap.gazetteer.store import Store
from geomap.resolution.candidates import Option
from geomap.resolution.context import Group, Surroundings, areas, lies_in
from geomap.resolution.elsewhere import (
    SHARE_NAMES,
    SHARES,
    TOLERANCE,
    Elsewhere,
    Ladders,
    Located,
    Site,
    Weights,
    touching,
)
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import NO_CLUE, Clue

FOUGHT_IN = "in a country where a group named here fights"
OF_WAR = "a place of conflict news, in an article on violence"
IN_THE_ONE = "in the one country spoken of, in an article on violence"
KEPT = 10  # candidates of a name that are compared, besides those that the article's wording speaks for
TAKEN = 12  # candidates of a name that tell the other names where it may lie
TEMPERATURES = (2.0, 1.0)  # how openly, in each round that judges a name by what the others were taken to mean
_NEGLIGIBLE = 0.002  # a candidate less likely than this tells the other names nothing
_total = itemgetter(0)  # of a clue


def _site(option: Option) -> Site:
    return Site(option.row, option.country, option.unit, option.cell)


class Ranked(NamedTuple):
    """The candidates of a name with their totals, the best first."""

    options: Sequence[Option]
    totals: Sequence[float]
    told: Sequence[Sequence[Clue]]
    elsewhere: Sequence[Weights]
    ladders: Ladders

    def clues(self, number: int) -> list[Clue]:
        """Return what a candidate's total is the sum of."""
        return [self.options[number].clue, *self.told[number], *self.ladders.clues(self.elsewhere[number])]


class _Name(NamedTuple):
    """The candidates of a name, where they lie, what the article tells of each by itself, and its total from that."""

    options: Sequence[Option]
    sites: Sequence[Site]
    told: Sequence[Sequence[Clue]]
    totals: Sequence[float]


def rank(groups: Sequence[Group], around: Surroundings, store: Store, tools: ResolutionTools) -> list[Ranked]:
    """Score the candidates of every name."""
    article = Article.of(around, tools)
    names = [_by_itself(number, groups, article, store) for number in range(len(groups))]
    near = touching([site.cell for name in names for site in name.sites])
    totals = [name.totals for name in names]
    for temperature in TEMPERATURES[:-1]:  # what a name with one candidate means is settled
        located = [_located(name, own, temperature) for name, own in zip(names, totals, strict=True)]
        elsewhere = Elsewhere(located, near)
        totals = [
            _judged(name, own, elsewhere, tools).totals if len(name.options) > 1 else name.totals
            for name, own in zip(names, located, strict=True)
        ]
    located = [_located(name, own, TEMPERATURES[-1]) for name, own in zip(names, totals, strict=True)]
    elsewhere = Elsewhere(located, near)
    return [_sorted(_judged(name, own, elsewhere, tools)) for name, own in zip(names, located, strict=True)]


def _judged(name: _Name, own: Located, elsewhere: Elsewhere, tools: ResolutionTools) -> Ranked:
    """Add to the candidates of a name what the places of the other names tell."""
    ladders = tools.ladders(elsewhere.names - bool(own))
    weights = elsewhere.others(name.sites, own)
    totals = list(map(add, name.totals, ladders.totals(weights)))
    return Ranked(name.options, totals, name.told, weights, ladders)


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


class Article(NamedTuple):
    """What an article as a whole tells of candidates.

    ``by_country`` has the clue of a candidate by its country, ``unnamed`` that of one whose country is not named.
    """

    around: Surroundings
    tools: ResolutionTools
    shares: Sequence[Clue]
    named: float
    by_country: Mapping[int, Clue]
    unnamed: Clue

    @classmethod
    def of(cls, around: Surroundings, tools: ResolutionTools) -> Self:
        """Look up what the article's countries tell."""
        shares = tools.scale("its country among those named", SHARE_NAMES)
        named = sum(around.countries.values())
        by_country = {country: _share(shares, times, named) for country, times in around.countries.items()}
        return cls(around, tools, shares, named, by_country, _share(shares, 0.0, named))

    def clues(self, option: Option, group: Group) -> list[Clue]:
        """Return the clues of a candidate of a name; the name itself is no evidence for what it may mean."""
        around, fact = self.around, self.tools.fact
        if option.sort == "a country":
            times = len(group.mentions)
            named = around.countries.get(option.country, 0) - times
            found = [_share(self.shares, named, self.named - times)]
        else:
            found = [self.by_country.get(option.country, self.unnamed)]
        if option.country in around.fought_in:
            found.append(fact(FOUGHT_IN))
        if around.is_war and option.is_curated:
            found.append(fact(OF_WAR))
        if around.is_war and option.country == around.scene:
            found.append(fact(IN_THE_ONE))
        if around.units:
            found += self._of_units(option, group.units)
        return found

    def _of_units(self, option: Option, own: Mapping[int, int]) -> Iterator[Clue]:
        """Yield what the provinces tell that are named besides those that the name itself may mean."""
        units, unit = self.around.units, option.unit
        if unit != option.row and unit in units and units[unit] > own.get(unit, 0):
            yield self.tools.fact("its province is named")
        elif len(units) > len(own) and option.sort not in {"a country", "a province"}:
            yield self.tools.fact("other provinces are named")


def _share(shares: Sequence[Clue], part: float, whole: float) -> Clue:
    return shares[bisect_left(SHARES, part / whole - TOLERANCE)] if whole > 0 else NO_CLUE


def _by_itself(number: int, groups: Sequence[Group], article: Article, store: Store) -> _Name:
    around = article.around
    options = kept(number, groups, around, store)
    told = [article.clues(option, groups[number]) for option in options]
    if number in around.containers or number in around.articled or number in around.speakers:
        said = [_said(option, number, groups, article, store) for option in options]
        told = [[*before, *clues] for before, clues in zip(said, told, strict=True)]
    totals = [sum(map(_total, clues), option.total) for option, clues in zip(options, told, strict=True)]
    return _Name(options, list(map(_site, options)), told, totals)


def _said(option: Option, number: int, groups: Sequence[Group], article: Article, store: Store) -> Iterator[Clue]:
    """Yield what the words beside the mentions of a name tell of a candidate."""
    around, pair = article.around, article.tools.pair
    for wording, other in around.containers.get(number, ()):
        held = list(areas(groups[other]))
        if held:
            inside = any(lies_in(option, area, store) for area in held)
            yield pair("in the place named" if inside else "not in the place named", wording)
    if number in around.articled:
        yield pair("behind “the”", option.sort)
    if number in around.speakers:
        yield pair("says or does something itself", option.sort)


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
    order = [number for _, _, number in _order(options, totals)]
    return Ranked(
        [options[n] for n in order],
        [totals[n] for n in order],
        [told[n] for n in order],
        [elsewhere[n] for n in order],
        ladders,
    )
