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
from geomap.resolution.ranking import Scored
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Clue, merged, shares, why

_SAME_LON_DEG, _SAME_LAT_DEG = 0.3, 0.25  # rows of one name as near as this are one place
_WITHIN_DEG = 1.3  # how far from the middle of its province or district the town of the same name may lie
_AREAS = frozenset(("a province", "a district"))


class Weighed(NamedTuple):
    """A place with the probability that it is meant, that of its own other rows included."""

    share: float
    scored: Scored


class Judge(NamedTuple):
    """What deciding needs besides the candidates."""

    store: Store
    tools: ResolutionTools
    config: ResolutionConfig

    def candidate(self, one: Weighed) -> Candidate:
        """Return a weighed place as a candidate."""
        option = one.scored.option
        place = self.tools.place(option.row, self.store)
        return Candidate(place=place, name_kind=KINDS[option.kind], score=round(one.share, 3))


def decide(mention: Mention, weighed: Sequence[Weighed], scored: Sequence[Scored], judge: Judge) -> Resolution:
    """Resolve one mention of a name whose candidates are weighed."""
    if not weighed:
        return Resolution(mention=mention, status="unresolved", why_not="not in the gazetteer")
    config, tools = judge.config, judge.tools
    best = preferred(weighed, mention.feature_word, scored, config)
    others = tuple(judge.candidate(one) for one in weighed[1 : 1 + config.alternatives])
    sure = best.share >= (config.min_score if not _stands_alone(best, weighed, mention) else config.min_score * _HALF)
    return Resolution(
        mention=mention,
        status="resolved" if sure else "ambiguous",
        place=tools.place(best.scored.option.row, judge.store) if sure else None,
        score=round(best.share, 3),
        reasons=why(best.scored.clues, tools.model),
        alternatives=others if sure else (judge.candidate(best), *others),
        why_not=None if sure else _why_not(weighed),
    )


def _stands_alone(best: Weighed, weighed: Sequence[Weighed], mention: Mention) -> bool:
    """Tell a place without a rival of its name that the words beside it, its size or a country named bear out.

    Such are a facility called what it is ("Belbek airbase"), a big city, and a place of conflict news in a country of
    the article.
    """
    if any(other.share > best.share * _RIVALS for other in weighed[1:]):
        return False
    option = best.scored.option
    facility = option.sort == "an airfield" and GROUP_OF_WORD.get(mention.feature_word or "") in _FACILITY_GROUPS
    if facility or (option.population >= _BIG and len(mention.text) >= _LONG):
        return True
    facts = merged(best.scored.clues)
    return "a place of conflict news" in facts and any(f.startswith(_NAMED) and not f.endswith("none") for f in facts)


_RIVALS = 0.5  # share of the likeliest place from which on another one is a rival
_BIG, _LONG = 200_000, 6  # people of a big city, letters of a name that hardly means anything else
_HALF = 0.4
_NAMED = "its country among those named"


def weigh(group: Group, scored: Sequence[Scored], tools: ResolutionTools) -> list[Weighed]:
    """Turn totals into probabilities, that none is meant included, and join the rows of one place."""
    if not scored:
        return []
    none = sum(c.total for c in none_of_these(group, scored, tools))
    probabilities = shares([*(s.total for s in scored), none], tools.model)
    by_row = {s.option.row: s for s in scored}
    found = joined([(s.option, share) for s, share in zip(scored, probabilities, strict=False)])
    return [Weighed(share, by_row[option.row]) for option, share in found]


def joined(rated: Sequence[tuple[Option, float]]) -> list[tuple[Option, float]]:
    """Join the shares of rows of one place, given likeliest first, under the likeliest of them; likeliest first."""
    found: list[tuple[Option, float]] = []
    for option, share in rated:
        for i, (other, sum_of_other) in enumerate(found):
            if is_same_place(option, other):
                found[i] = (other, sum_of_other + share)
                break
        else:
            found.append((option, share))
    return sorted(found, key=lambda f: -f[1])


def none_of_these(group: Group, scored: Sequence[Scored], tools: ResolutionTools) -> list[Clue]:
    """Return the clues that none of the candidates is meant."""
    best = scored[0].option
    count = len(group.options)
    return [
        tools.fact("none of these"),
        tools.pair("none of these, best", best.sort),
        tools.pair("none of these, best by its", KINDS[best.kind]),
        tools.pair("none of these, words of the name", "one" if " " not in group.key else "more"),
        tools.pair("none of these, candidates", "1" if count == 1 else "2 to 5" if count < 6 else "more"),
        tools.pair(
            "none of these, found", "surely" if group.score > 0.9 else "likely" if group.score > 0.7 else "barely"
        ),
    ]


def is_same_place(a: Option, b: Option) -> bool:
    """Tell whether two rows of a name are one place: near each other, or a province and its town of that name."""
    if abs(a.lon - b.lon) < _SAME_LON_DEG and abs(a.lat - b.lat) < _SAME_LAT_DEG:
        return True
    if a.unit != b.unit or a.unit < 0 or a.sort == b.sort or not _AREAS & {a.sort, b.sort}:
        return False
    return abs(a.lon - b.lon) < _WITHIN_DEG and abs(a.lat - b.lat) < _WITHIN_DEG


def preferred(
    weighed: Sequence[Weighed], word: str | None, scored: Sequence[Scored], config: ResolutionConfig
) -> Weighed:
    """Return the likeliest place as the row that the convention wants: the city, or its district or province."""
    best = _its_facility(_not_its_facility(weighed[0], word, scored), word, scored)
    wanted = _wanted(word, config)
    rows = [s for s in scored if s.option.row != best.scored.option.row and is_same_place(s.option, best.scored.option)]
    if _is_area(best.scored) == wanted or best.scored.option.sort not in _EITHER:
        return best
    for one in rows:
        if one.option.sort in _EITHER and _is_area(one) == wanted and one.total > best.scored.total - 4.0:
            return Weighed(best.share, one)
    return best


def _not_its_facility(best: Weighed, word: str | None, scored: Sequence[Scored]) -> Weighed:
    """Return the city or region instead of its airport or port where the mention does not speak of one.

    All mentions of a name share one sense; "Erbil" beside "Erbil airport" still means the city.
    """
    if GROUP_OF_WORD.get(word or "") in _FACILITY_GROUPS.get(best.scored.option.sort, _ALL_GROUPS):
        return best
    near = [s for s in scored if _is_city_or_region(s) and _is_beside(s.option, best.scored.option)]
    return Weighed(best.share, max(near, key=lambda s: s.total)) if near else best


def _its_facility(best: Weighed, word: str | None, scored: Sequence[Scored]) -> Weighed:
    """Return the facility beside the place that the word asks for: "Erbil airport", though "Erbil" is a city."""
    group = GROUP_OF_WORD.get(word or "")
    if word is None or group not in _ASKING or agrees(word, best.scored.option.code):
        return best
    fitting = [s for s in scored if agrees(word, s.option.code) and _is_beside(s.option, best.scored.option)]
    return Weighed(best.share, max(fitting, key=lambda s: s.total)) if fitting else best


def _is_city_or_region(one: Scored) -> bool:
    """Tell what a bare name means rather than a facility there: a city, a province, a region; a village is no rival."""
    option = one.option
    city = option.sort in {"a settlement", "a capital", "a seat of government"} and option.population >= _CITY
    return city or option.sort in {"a province", "a part of the world"}


def _is_beside(a: Option, b: Option) -> bool:
    return abs(a.lon - b.lon) < _BESIDE_DEG and abs(a.lat - b.lat) < _BESIDE_DEG


_FACILITY_GROUPS: Mapping[str, Container[str]] = MappingProxyType(
    {"an airfield": frozenset(("airport", "airbase", "base", "camp")), "a port": frozenset(("port", "base"))}
)
_ASKING = frozenset(("airport", "airbase", "port", "dam", "field", "crossing"))
_ALL_GROUPS = frozenset((None, *GROUP_OF_WORD.values()))
_CITY = 50_000  # people
_BESIDE_DEG = 0.6  # how far from its city an airport may lie
_EITHER = frozenset(("a province", "a district", "a capital", "a seat of government", "a settlement"))
_AREA_GROUPS = frozenset(("district", "province"))


def _wanted(word: str | None, config: ResolutionConfig) -> bool:
    """Tell whether an area is meant: by the word beside the name, else by the convention."""
    if word is not None and (group := GROUP_OF_WORD.get(word)) is not None:
        return group in _AREA_GROUPS
    return config.city_or_district == "district"


def _is_area(one: Scored) -> bool:
    return one.option.sort in {"a province", "a district"}


def _why_not(weighed: Sequence[Weighed]) -> str:
    close = sum(one.share > weighed[0].share / 3 for one in weighed)
    if close > 1:
        return f"{close} places of that name fit about as well"
    return "the only place of that name does not fit well" if len(weighed) == 1 else "no place of that name fits well"
