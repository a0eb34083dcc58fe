"""What the article says around a name: the countries and provinces it speaks of, and where its other names may lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.gazetteer.store import Store
from geomap.model import Mention
from geomap.reading.tokens import Tokens
from geomap.resolution.candidates import Option
from geomap.resolution.merits import LOOSE, STRIPPED
from geomap.resolution.spoken import Spoken, spoken_of
from geomap.resolution.wording import Tie, articled, speakers, ties

_FEW = 6  # of the likeliest candidates of a container, those that are looked at
# states whose forces often strike in other countries: that they are named tells little of where
_ABROAD = frozenset("US GB FR IL RU TR SA AE UA IR PK IN RW KE UG".split())
_UNITS = frozenset(("a country", "a province"))
_NEARLY_ALL, _FAIR = 0.75, 0.2
_NEAR_KM_AS_DEG = 0.4  # a container without an extent holds what lies about this near


class Group(NamedTuple):
    """All mentions of one name in an article: one sense is chosen for them together.

    ``countries`` and ``units`` say how often it counts as which country and which first-level unit.
    """

    key: str
    mentions: tuple[int, ...]
    options: tuple[Option, ...]
    score: float
    countries: Mapping[int, int]
    units: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Evidence of the whole article.

    Attributes
    ----------
    containers
        By group: the wordings and groups that some mention of it is said to lie in.
    countries
        By position in ``store.countries``: how often the article speaks of it, demonyms included.
    units
        By row of a first-level unit: how often the article names it.
    speakers
        Groups that say or do something themselves somewhere.
    articled
        Groups behind "the" somewhere, with no feature word.
    fought_in
        By position in ``store.countries``: those where armed groups fight that it names.
    is_war
        Whether it speaks of armed violence.
    scene
        Position of the one country that it speaks of, besides those whose forces strike abroad; -1 where there is none.
    """

    containers: Mapping[int, Sequence[tuple[str, int]]]
    countries: Mapping[int, float]
    units: Mapping[int, float]
    speakers: frozenset[int]
    articled: frozenset[int]
    fought_in: frozenset[int]
    is_war: bool
    scene: int


def surroundings(
    words: Sequence[Tokens], mentions: Sequence[Mention], groups: Sequence[Group], store: Store
) -> Surroundings:
    """Collect the evidence of an article from its words."""
    spoken = spoken_of(words, store.meta["demonyms"])
    acting, behind = speakers(words, mentions), articled(words, mentions)
    return observe(groups, ties(words, mentions), acting, behind, spoken, store)


def observe(
    groups: Sequence[Group],
    tied: Iterable[Tie],
    speaking: Iterable[int],
    behind_the: Iterable[int],
    spoken: Spoken,
    store: Store,
) -> Surroundings:
    """Collect the evidence of an article.

    Parameters
    ----------
    groups
        Its names.
    tied
        What the wording says of what lies in what.
    speaking
        Mentions that say or do something themselves.
    behind_the
        Mentions behind "the".
    spoken
        What it speaks of without naming it.
    store
        The gazetteer.
    """
    countries: dict[int, float] = defaultdict(float)
    units: dict[int, float] = defaultdict(float)
    for code, count in spoken.demonyms.items():
        if (at := _number(code, store)) is not None:
            countries[at] += count
    for group in groups:
        for at, times in group.countries.items():
            countries[at] += times
        for at, times in group.units.items():
            units[at] += times
    group_of = {mention: number for number, group in enumerate(groups) for mention in group.mentions}
    return Surroundings(
        containers=_containers(group_of, tied),
        countries=dict(countries),
        units=dict(units),
        speakers=frozenset([group_of[mention] for mention in speaking if mention in group_of]),
        articled=frozenset([group_of[mention] for mention in behind_the if mention in group_of]),
        fought_in=frozenset(at for code in spoken.fought_in if (at := _number(code, store)) is not None),
        is_war=spoken.is_war,
        scene=_scene(countries, store),
    )


def _scene(countries: Mapping[int, float], store: Store) -> int:
    """Return the country that nearly all that is said of countries is said of, those aside that strike abroad."""
    at_home = {at: times for at, times in countries.items() if store.countries[at] not in _ABROAD}
    if not at_home:
        return -1
    most = max(at_home, key=at_home.__getitem__)
    enough = at_home[most] >= _NEARLY_ALL * sum(at_home.values()) and at_home[most] >= _FAIR * sum(countries.values())
    return most if enough else -1


def _containers(group_of: Mapping[int, int], tied: Iterable[Tie]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for part, whole, wording in tied:
        if part in group_of and whole in group_of and group_of[part] != group_of[whole]:
            pair = (wording, group_of[whole])
            if pair not in found[group_of[part]]:
                found[group_of[part]].append(pair)
    return dict(found)


def _number(code: str, store: Store) -> int | None:
    """Return the position of a country code in ``store.countries``, None where the store has no such country."""
    row = store.meta["country_rows"].get(code)
    return None if row is None else store.country[row]


def counted(options: Sequence[Option], times: int) -> tuple[dict[int, int], dict[int, int]]:
    """Count a name as the countries and the first-level units that it may be."""
    near = [option for option in options[:_FEW] if option.sort in _UNITS and option.loss < LOOSE]
    if not near:
        return {}, {}
    countries = {option.country: times for option in near if option.sort == "a country"}
    units = {option.row: times for option in near if option.sort == "a province" and option.kind != STRIPPED}
    return countries, units


def areas(group: Group) -> Iterator[Option]:
    """Yield what a name may mean as a container."""
    for option in group.options[:_FEW]:
        if option.sort in {"a country", "a province", "a district", "a part of the world"}:
            yield option


def lies_in(option: Option, area: Option, store: Store) -> bool:
    """Tell whether a candidate lies in what a container may mean."""
    if area.row == option.row:
        return False
    if area.sort == "a country":
        return option.country == area.country
    if area.sort == "a province":
        return option.unit == area.row
    if option.country != area.country and area.sort == "a district":
        return False
    reach = max(_NEAR_KM_AS_DEG, 1.3 * store.radius[area.row] / 111.0)
    return abs(option.lat - area.lat) <= reach and abs(option.lon - area.lon) <= 1.5 * reach
