"""Whether the target was a base: an airbase, a camp, a garrison, a headquarters of armed forces."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from geomap.incidents.clauses import clause_of
from geomap.incidents.events import Event
from geomap.incidents.lexicons import Lexicons, Words
from geomap.incidents.lines import Spot
from geomap.incidents.scenes import JOINTS, Scene, Trigger

CODES = frozenset({"AIRB", "MILB", "INSM", "NVB"})
CIVIL = frozenset(  # what the article calls so is no base, whatever else stands on its ground
    "airport|international airport|nuclear plant|nuclear power plant|nuclear facility|nuclear site|nuclear complex"
    "|reactor|nuclear reactor|heavy water reactor|enrichment plant|enrichment facility|uranium enrichment plant"
    "|uranium enrichment facility|power plant|refinery|oil refinery|prison".split("|")
)
CERTAIN = frozenset(
    "base bases airbase airbases garrison garrisons barracks outpost outposts cantonment airfield airfields hq".split()
)
MILITARY = frozenset({("military", "airport"), ("military", "aerodrome")})
RIGHT, LEFT = 12, 10
_LISTING = frozenset((",", "and", "in"))


def attacks_a_base(scene: Scene, triggers: tuple[Trigger, ...], event: Event, spot: int | None) -> bool:
    """Tell whether an event's target at a place is a base, by the place's kind or the words of the target."""
    if spot is not None:
        resolution = scene.line.spots[spot].resolution
        word = (resolution.mention.feature_word or "").lower()
        if resolution.place is not None and resolution.place.feature_code in CODES and word not in CIVIL:
            return True
        if names_a_base((word,), scene.lexicons):
            return True
    targets = [target_words(scene, trigger, event, spot) for trigger in triggers]
    overrun = any(is_overrun_camp(t.lemma, words, scene.lexicons) for t, words in zip(triggers, targets, strict=True))
    return overrun or any(names_a_base(words, scene.lexicons) or _is_known_base(words, scene) for words in targets)


def is_overrun_camp(lemma: str, words: Words, lexicons: Lexicons) -> bool:
    """Tell "stormed the hill camp" from a camp of refugees: camps that are stormed and overrun are of soldiers."""
    return lemma == "storm" and "camp" in words and not any(w in lexicons.sets["civil_camps"] for w in words)


def _is_known_base(words: Words, scene: Scene) -> bool:
    """Tell whether "the camp" is one that the article calls a camp of an army somewhere else."""
    sets = scene.lexicons.sets
    nouns = [w for w in words if w in sets["targets_base"]]
    if not nouns or not sets["civil_camps"].isdisjoint(words):
        return False
    told = _words_before(nouns[0], scene.line.article.text)
    return bool(told & sets["base_cues"]) and not told & sets["civil_camps"]


@lru_cache(32)  # the nouns of the article at hand: each is asked about again and again
def _words_before(noun: str, text: str) -> frozenset[str]:
    """Return the words that stand before a noun anywhere in an article."""
    return frozenset(word.lower() for word in re.findall(rf"(\w+)\s+{noun}\b", text, re.IGNORECASE))


def names_a_base(words: Words, lexicons: Lexicons) -> bool:
    """Tell whether some words name a base; a camp, a compound or a headquarters needs a military word beside it."""
    sets = lexicons.sets
    if not sets["civil_camps"].isdisjoint(words) and CERTAIN.isdisjoint(words):
        return False
    if not CERTAIN.isdisjoint(words) or not MILITARY.isdisjoint(pairwise(words)):
        return True
    return not sets["targets_base"].isdisjoint(words) and not sets["base_cues"].isdisjoint(words)


def target_words(scene: Scene, trigger: Trigger, event: Event, spot: int | None) -> Words:
    """Return the words that say what was struck: behind an active verb or a noun, before a passive one."""
    line = scene.line
    start, end = clause_of(line, scene.breaks, trigger.first, JOINTS)
    under = trigger.way == "noun" and "under" in line.words[max(start, trigger.start - 3) : trigger.start]
    if trigger.passive or under:
        return line.words[max(start, trigger.start - LEFT) : trigger.start]
    others = [line.spots[link.spot].last for link in event.places if spot is not None and link.spot != spot]
    others = [last for last in others if not _is_listed_with(scene, last, spot)]
    behind = spot is not None and line.spots[spot].first >= trigger.last
    own = _end_of(line.spots[spot]) if spot is not None and behind else end
    begin = max([last for last in others if trigger.last <= last <= own - 2] or [trigger.last])
    return _without_origin(line.words[begin : min(end, own, begin + RIGHT)])


def _is_listed_with(scene: Scene, last: int, spot: int | None) -> bool:
    """Tell whether nothing but commas, "and" and what places lie in stands between a place and a later one.

    What is said before such a list is said of all: "airfields at A and B".
    """
    if spot is None or last >= scene.line.spots[spot].first:
        return False
    named = {i for one in scene.line.spots for i in range(one.first, one.last)}
    between = range(last, scene.line.spots[spot].first)
    return all(i in named or scene.line.words[i] in _LISTING for i in between)


def _end_of(spot: Spot) -> int:
    """Return where what is said of a place ends: a word behind its name and its feature word, "Omar oil field base"."""
    word = spot.resolution.mention.feature_word or ""
    return spot.last + 2 + word.count(" ")


def _without_origin(words: Words) -> Words:
    """Leave out what stands behind "from" and "by": where the attackers were."""
    for k, word in enumerate(words):
        if word in {"from", "by"}:
            ends = [n for n in range(k + 1, len(words)) if words[n] in {"on", "at", "against", "into"}]
            return words[:k] + (words[ends[0] :] if ends else ())
    return words
