"""Places told without their names: "five rockets landed inside the base", "drones hit the town again"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from geomap.incidents.bases import CODES
from geomap.incidents.codes import precision_of
from geomap.incidents.drafts import Draft
from geomap.incidents.lexicons import Words
from geomap.model import Article, Place, Resolution

BASES = frozenset("base airbase garrison camp outpost airfield barracks installation".split())
TOWNS = frozenset("town city village".split())
SITES = frozenset(
    "airport port refinery plant terminal prison hospital field crossing depot harbour harbor dam".split()
)
REACH = 9
FAR_SENTENCES = 4
ENOUGH_PLACES, ENOUGH_SHARE = 2, 0.6


class Sighting(NamedTuple):
    """A resolved place of the article: where it is told and by which word of kind."""

    sentence: int
    start: int
    place: Place
    word: str


def sightings_of(article: Article, resolutions: Sequence[Resolution]) -> list[Sighting]:
    """Return the places of the body in the order of the text."""
    return [
        Sighting(r.mention.sentence, r.mention.start, r.place, (r.mention.feature_word or r.mention.text).lower())
        for r in resolutions
        if r.place is not None and article.sentences[r.mention.sentence].zone == "body"
    ]


def place_meant(draft: Draft, seen: Sequence[Sighting]) -> Place | None:
    """Return the place that "the base" or "the town" of a draft means: the nearest earlier one of its kind."""
    if draft.places or draft.definite:
        return None
    word = _definite_noun(draft)
    if not word:
        return None
    line = draft.line
    earlier = [s for s in seen if s.start < line.sentence.start and line.number - s.sentence <= FAR_SENTENCES]
    such = next((s.place for s in reversed(earlier) if _is_such(s, word)), None)
    sites = (s.place for s in reversed(earlier) if precision_of(s.place) == "site")
    return such or (next(sites, None) if word in BASES else None)


def home_of(seen: Sequence[Sighting]) -> Place | None:
    """Return the country that most places of an article lie in, where the article names it."""
    codes = Counter(s.place.country_code for s in seen if s.place.country_code and precision_of(s.place) != "country")
    code, count = codes.most_common(1)[0] if codes else (None, 0)
    if count < ENOUGH_PLACES or count < ENOUGH_SHARE * codes.total():
        return None
    return next((s.place for s in seen if s.place.country_code == code and precision_of(s.place) == "country"), None)


def _definite_noun(draft: Draft) -> str:
    """Return the noun of kind that a trigger acts on with "the" before it and no name behind it."""
    words: Words = draft.line.words
    trigger = draft.triggers[-1]
    behind = range(trigger.last, min(trigger.last + REACH, len(words)))
    before = range(max(0, trigger.start - REACH), trigger.start)
    positions: list[int] = list(behind) + (list(before) if trigger.passive else [])
    for k in positions:
        if words[k] in BASES | TOWNS | SITES and "the" in words[max(0, k - 1) : k]:
            return words[k]
    return ""


def _is_such(sighting: Sighting, word: str) -> bool:
    kind = precision_of(sighting.place)
    if word in TOWNS:
        return kind == "settlement" and sighting.place.feature_code.startswith("PPL")
    if word in BASES and kind in {"site", "settlement"}:
        return sighting.place.feature_code in CODES or any(base in sighting.word for base in BASES)
    return kind == "site" and (word in sighting.word or word in sighting.place.name.lower())
