"""What an article tells of a candidate by itself: the countries and provinces named, and the words beside the name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from geomap.gazetteer.store import Store
from geomap.resolution.candidates import Option, Site
from geomap.resolution.context import Group, Surroundings, areas, lies_in
from geomap.resolution.ladders import SHARE_NAMES, SHARES, TOLERANCE
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import NO_CLUE, Clue

FOUGHT_IN = "in a country where a group named here fights"
OF_WAR = "a place of conflict news, in an article on violence"
IN_THE_ONE = "in the one country spoken of, in an article on violence"
_UNITS = frozenset(("a country", "a province"))


class Article(NamedTuple):
    """An article and what it tells of candidates.

    ``by_country`` has the clue of a candidate by its country, ``unnamed`` that of one whose country is not named;
    ``degrees`` are the clues by the share of the ``named`` countries.
    """

    groups: Sequence[Group]
    around: Surroundings
    store: Store
    tools: ResolutionTools
    degrees: Sequence[Clue]
    named: float
    by_country: Mapping[int, Clue]
    unnamed: Clue

    @classmethod
    def of(cls, groups: Sequence[Group], around: Surroundings, store: Store, tools: ResolutionTools) -> Self:
        """Look up what the countries of an article tell."""
        degrees = tools.scale("its country among those named", SHARE_NAMES)
        named = sum(around.countries.values())
        by_country = {country: _share(degrees, times, named) for country, times in around.countries.items()}
        return cls(groups, around, store, tools, degrees, named, by_country, _share(degrees, 0.0, named))

    def told(self, number: int, options: Sequence[Option], sites: Sequence[Site]) -> list[list[Clue]]:
        """Return what the article tells of the candidates of a name, given by the number of its group."""
        around, get, unnamed, group = self.around, self.by_country.get, self.unnamed, self.groups[number]
        found = [[get(country, unnamed)] for _, country, _, _ in sites]
        for clues, option in zip(found, options, strict=True):
            if option.sort == "a country":
                clues[0] = self._country(option, len(group.mentions))
        if around.fought_in or around.is_war:
            self._add_violence(options, found)
        if len(around.units) > len(group.units) or any(around.units[u] > times for u, times in group.units.items()):
            self._add_units(options, sites, found, group.units)
        if number in around.containers or number in around.articled or number in around.speakers:
            return [[*self._said(number, o), *clues] for o, clues in zip(options, found, strict=True)]
        return found

    def _country(self, option: Option, times: int) -> Clue:
        """Return the clue of a country under a name that occurs so many times, which is no naming besides itself."""
        return _share(self.degrees, self.around.countries.get(option.country, 0) - times, self.named - times)

    def _add_violence(self, options: Sequence[Option], found: Sequence[list[Clue]]) -> None:
        around, fact = self.around, self.tools.fact
        for option, clues in zip(options, found, strict=True):
            if option.country in around.fought_in:
                clues.append(fact(FOUGHT_IN))
            if around.is_war and option.is_curated:
                clues.append(fact(OF_WAR))
            if around.is_war and option.country == around.scene:
                clues.append(fact(IN_THE_ONE))

    def _add_units(
        self, options: Sequence[Option], sites: Sequence[Site], found: Sequence[list[Clue]], own: Mapping[int, int]
    ) -> None:
        """Add what the provinces tell that are named besides those that the name itself may mean."""
        units = self.around.units
        if own:
            units = {unit: times for unit, times in units.items() if times > own.get(unit, 0)}
        named, others = self.tools.fact("its province is named"), self.tools.fact("other provinces are named")
        are_others = len(self.around.units) > len(own)
        for option, (row, _, unit, _), clues in zip(options, sites, found, strict=True):
            if unit in units and unit != row:
                clues.append(named)
            elif are_others and option.sort not in _UNITS:
                clues.append(others)

    def _said(self, number: int, option: Option) -> Iterator[Clue]:
        """Yield what the words beside the mentions of a name tell of a candidate."""
        around, pair = self.around, self.tools.pair
        for wording, other in around.containers.get(number, ()):
            held = list(areas(self.groups[other]))
            if held:
                inside = any(lies_in(option, area, self.store) for area in held)
                yield pair("in the place named" if inside else "not in the place named", wording)
        if number in around.articled:
            yield pair("behind “the”", option.sort)
        if number in around.speakers:
            yield pair("says or does something itself", option.sort)


def _share(degrees: Sequence[Clue], part: float, whole: float) -> Clue:
    return degrees[bisect_left(SHARES, part / whole - TOLERANCE)] if whole > 0 else NO_CLUE
