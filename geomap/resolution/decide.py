"""From scored candidates to one resolution: a place with its probability, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from geomap.config import ResolutionConfig
from geomap.gazetteer.features import GROUP_OF_WORD, agrees
from geomap.gazetteer.store import KINDS, Store
from geomap.model import Candidate, Mention, Resolution
from geomap.resolution.candidates import Option
from geomap.resolution.context import Group
from geomap.resolution.ranking import Ranked
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Clue, merged, shares, why

_SAME_LON_DEG, _SAME_LAT_DEG = 0.3, 0.25  # rows of one name as near as this are one place
_WITHIN_DEG = 1.3  # how far from the middle of its province or district the town of the same name may lie
_AREAS = frozenset(("a province", "a district"))


class Weighed(NamedTuple):
    """A place with the probability that it is meant, that of its own other rows included."""

    option: Option
    share: float


class Judge(NamedTuple):
    """What deciding needs besides the candidates."""

    store: Store
    tools: ResolutionTools
    config: ResolutionConfig

    def candidate(self, one: Weighed) -> Candidate:
        """Return a weighed place as a candidate."""
        place = self.tools.place(one.option.row, self.store)
        return Candidate(place=place, name_kind=KINDS[one.option.kind], score=round(one.share, 3))


def decide(mention: Mention, weighed: Sequence[Weighed], ranked: Ranked, judge: Judge) -> Resolution:
    """Resolve one mention of a name whose candidates are weighed."""
    if not weighed:
        return Resolution(mention=mention, status="unresolved", why_not="not in the gazetteer")
    config, tools = judge.config, judge.tools
    best = preferred(weighed[0], mention.feature_word, ranked, config)
    clues = ranked.clues(ranked.options.index(best.option))
    others = tuple([judge.candidate(one) for one in weighed[1 : 1 + config.alternatives]])
    alone = _stands_alone(best, weighed, mention, clues)
    sure = best.share >= (config.min_score * _HALF if alone else config.min_score)
    return Resolution(
        mention=mention,
        status="resolved" if sure else "ambiguous",
        place=tools.place(best.option.row, judge.store) if sure else None,
        score=round(best.share, 3),
        reasons=why(clues, tools.model),
        alternatives=others if sure else (judge.candidate(best), *others),
        why_not=None if sure else _why_not(weighed),
    )


def _stands_alone(best: Weighed, weighed: Sequence[Weighed], mention: Mention, clues: Sequence[Clue]) -> bool:
    """Tell a place without a rival of its name that the words beside it, its size or a country named bear out.

    Such are a facility called what it is ("Belbek airbase"), a big city, and a place of conflict news in a country of
    the article.
    """
    if len(weighed) > 1 and weighed[1].share > best.share * _RIVALS:  # likeliest first
        return False
    option = best.option
    facility = option.sort == "an airfield" and GROUP_OF_WORD.get(mention.feature_word or "") in _FACILITY_GROUPS
    if facility or (option.population >= _BIG and len(mention.text) >= _LONG):
        return True
    if not option.is_curated:
        return False
    facts = merged(clues)
    return "a place of conflict news" in facts and any(f.startswith(_NAMED) and not f.endswith("none") for f in facts)


_RIVALS = 0.5  # share of the likeliest place from which on another one is a rival
_BIG, _LONG = 200_000, 6  # people of a big city, letters of a name that hardly means anything else
_HALF = 0.4
_NAMED = "its country among those named"


def weigh(group: Group, ranked: Ranked, tools: ResolutionTools) -> list[Weighed]:
    """Turn totals into probabilities, that none is meant included, and join the rows of one place."""
    if not ranked.options:
        return []
    none = none_of_these(group, ranked, tools).total
    return joined(list(map(Weighed, ranked.options, shares([*ranked.totals, none], tools.model))))


def joined(rated: Sequence[Weighed]) -> list[Weighed]:
    """Join the shares of rows of one place, given likeliest first, under the likeliest of them; likeliest first."""
    found: list[Weighed] = []
    for one in rated:
        option = one.option
        lat, unit = option.lat, option.unit
        for i, (other, share) in enumerate(found):
            # most rows of a name lie far apart
            if (-_WITHIN_DEG < other.lat - lat < _WITHIN_DEG or other.unit == unit) and is_same_place(option, other):
                found[i] = Weighed(other, share + one.share)
                break
        else:
            found.append(one)
    return found if len(found) == len(rated) else sorted(found, key=lambda one: -one.share)


def none_of_these(group: Group, ranked: Ranked, tools: ResolutionTools) -> Clue:
    """Return what tells that none of the candidates is meant."""
    best, count, score = ranked.options[0], len(group.options), group.score
    return tools.none(
        best.sort,
        best.kind,
        "one" if " " not in group.key else "more",
        "1" if count == 1 else "2 to 5" if count < 6 else "more",
        "surely" if score > 0.9 else "likely" if score > 0.7 else "barely",
    )


def is_same_place(a: Option, b: Option) -> bool:
    """Tell whether two rows of a name are one place: near each other, or a province and its town of that name."""
    if abs(a.lon - b.lon) < _SAME_LON_DEG and abs(a.lat - b.lat) < _SAME_LAT_DEG:
        return True
    if a.unit != b.unit or a.unit < 0 or a.sort == b.sort or not _AREAS & {a.sort, b.sort}:
        return False
    if "a province" in {a.sort, b.sort} and (b if a.sort == "a province" else a).population >= _CITY:
        return True  # a province may stretch far from the city that it has its name from
    return abs(a.lon - b.lon) < _WITHIN_DEG and abs(a.lat - b.lat) < _WITHIN_DEG


def preferred(likeliest: Weighed, word: str | None, ranked: Ranked, config: ResolutionConfig) -> Weighed:
    """Return the likeliest place as the row that the convention wants: the city, or its district or province."""
    best = _its_facility(_not_its_facility(likeliest.option, word, ranked), word, ranked)
    if GROUP_OF_WORD.get(word or "") not in _AREA_GROUPS:
        best = _of_the_very_name(best, ranked)
    wanted = _wanted(word, config)
    if _is_area(best) != wanted and best.sort in _EITHER:
        enough = ranked.totals[ranked.options.index(best)] - _MUCH
        for option, total in zip(ranked.options, ranked.totals, strict=True):
            fits = option.sort in _EITHER and _is_area(option) == wanted
            if fits and total > enough and is_same_place(option, best):
                return Weighed(option, likeliest.share)
    return Weighed(best, likeliest.share)


def _of_the_very_name(best: Option, ranked: Ranked) -> Option:
    """Return the region that bears the name rather than the unit that has it as an alias: Crimea, Upper Galilee."""
    if not _is_area(best) or best.kind == _NAME:
        return best
    regions = [o for o in ranked.options if o.sort == "a part of the world" and o.kind == _NAME]
    return next((region for region in regions if is_same_place(region, best)), best)


def _not_its_facility(best: Option, word: str | None, ranked: Ranked) -> Option:
    """Return the city or region instead of its airport or port where the mention does not speak of one.

    All mentions of a name share one sense; "Erbil" beside "Erbil airport" still means the city.
    """
    if best.sort not in _FACILITY_GROUPS or GROUP_OF_WORD.get(word or "") in _FACILITY_GROUPS[best.sort]:
        return best
    return next((o for o in ranked.options if _is_city_or_region(o) and _is_beside(o, best)), best)


def _its_facility(best: Option, word: str | None, ranked: Ranked) -> Option:
    """Return the facility beside the place that the word asks for: "Erbil airport", though "Erbil" is a city."""
    group = None if word is None else GROUP_OF_WORD.get(word)
    if word is None or group not in _ASKING or agrees(word, best.code):
        return best
    return next((o for o in ranked.options if agrees(word, o.code) and _is_beside(o, best)), best)


def _is_city_or_region(option: Option) -> bool:
    """Tell what a bare name means rather than a facility there: a city, a province, a region; a village is no rival."""
    city = option.sort in {"a settlement", "a capital", "a seat of government"} and option.population >= _CITY
    return city or option.sort in {"a province", "a part of the world"}


def _is_beside(a: Option, b: Option) -> bool:
    return abs(a.lon - b.lon) < _BESIDE_DEG and abs(a.lat - b.lat) < _BESIDE_DEG


_FACILITY_GROUPS: Mapping[str, Container[str]] = MappingProxyType(
    {"an airfield": frozenset(("airport", "airbase", "base", "camp")), "a port": frozenset(("port", "base"))}
)
_ASKING = frozenset(("airport", "airbase", "port", "dam", "field", "crossing"))
_MUCH = 4.0  # what makes a row 55 times as likely as another: its place is not what the mention means
_CITY = 50_000  # people
_BESIDE_DEG = 0.6  # how far from its city an airport may lie
_EITHER = frozenset(("a province", "a district", "a capital", "a seat of government", "a settlement"))
_NAME = KINDS.index("name")
_AREA_GROUPS = frozenset(("district", "province"))


def _wanted(word: str | None, config: ResolutionConfig) -> bool:
    """Tell whether an area is meant: by the word beside the name, else by the convention."""
    if word is not None and (group := GROUP_OF_WORD.get(word)) is not None:
        return group in _AREA_GROUPS
    return config.city_or_district == "district"


def _is_area(option: Option) -> bool:
    return option.sort in _AREAS


def _why_not(weighed: Sequence[Weighed]) -> str:
    close = sum(one.share > weighed[0].share / 3 for one in weighed)
    if close > 1:
        return f"{close} places of that name fit about as well"
    return "the only place of that name does not fit well" if len(weighed) == 1 else "no place of that name fits well"
