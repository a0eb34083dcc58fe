"""What the article says around a name: the countries and provinces it speaks of, and where its other names may lie."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter

from geomap.gazetteer.store import Store
from geomap.model import Mention, Token
from geomap.resolution.candidates import Option
from geomap.resolution.merits import LOOSE, STRIPPED
from geomap.resolution.wording import Tie, speakers, ties

_text = itemgetter(2)  # of a token
_FEW = 6  # of the likeliest candidates of a container, those that are looked at
_NEAR_KM_AS_DEG = 0.4  # a container without an extent holds what lies about this near


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All mentions of one name in an article: one sense is chosen for them together."""

    key: str
    mentions: tuple[int, ...]
    options: tuple[Option, ...]
    score: float


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
    """

    containers: Mapping[int, Sequence[tuple[str, int]]]
    countries: Mapping[int, float]
    units: Mapping[int, float]
    speakers: frozenset[int]


def surroundings(
    words: Sequence[Sequence[Token]], mentions: Sequence[Mention], groups: Sequence[Group], store: Store
) -> Surroundings:
    """Collect the evidence of an article from its words."""
    spoken = demonyms(words, store.meta["demonyms"])
    return observe(groups, ties(words, mentions), speakers(words, mentions), spoken, store)


def observe(
    groups: Sequence[Group], tied: Iterable[Tie], speaking: Container[int], spoken: Mapping[str, int], store: Store
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
    spoken
        Country codes with how often their demonyms occur.
    store
        The gazetteer.
    """
    group_of = {m: g for g, group in enumerate(groups) for m in group.mentions}
    containers: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for part, whole, wording in tied:
        if part in group_of and whole in group_of and group_of[part] != group_of[whole]:
            pair = (wording, group_of[whole])
            if pair not in containers[group_of[part]]:
                containers[group_of[part]].append(pair)
    countries: dict[int, float] = defaultdict(float)
    units: dict[int, float] = defaultdict(float)
    for code, count in spoken.items():
        at = bisect_left(store.countries, code)
        if at < len(store.countries) and store.countries[at] == code:
            countries[at] += count
    for group in groups:
        _count(group, countries, units)
    return Surroundings(
        containers=dict(containers),
        countries=dict(countries),
        units=dict(units),
        speakers=frozenset(g for g, group in enumerate(groups) if any(m in speaking for m in group.mentions)),
    )


def _count(group: Group, countries: dict[int, float], units: dict[int, float]) -> None:
    """Count a name as its country or unit where it may be one."""
    times = len(group.mentions)
    for option in group.options[:_FEW]:
        if option.loss < LOOSE:
            if option.sort == "a country":
                countries[option.country] += times
            elif option.sort == "a province" and option.kind != STRIPPED:
                units[option.row] += times


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


def demonyms(words: Sequence[Sequence[Token]], known: Mapping[str, str]) -> Mapping[str, int]:
    """Count the country codes whose demonyms occur, of one word or two."""
    found: dict[str, int] = defaultdict(int)
    texts = set(map(_text, chain.from_iterable(words)))
    codes = {text: code for text in texts if text[0].isupper() and (code := known.get(text.casefold()))}
    for tokens in words if codes else ():
        for text in map(_text, tokens):
            if text in codes:
                found[codes[text]] += 1
    for first in _FIRST_WORDS & texts:
        for tokens in words:
            for one, other in pairwise(tokens):
                if one.text == first and (code := known.get(f"{first} {other.text}".casefold())):
                    found[code] += 1
    return found


_FIRST_WORDS = frozenset("North South Saudi Sri New Costa Puerto East Central Sierra Cape Equatorial San".split())
