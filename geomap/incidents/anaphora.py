"""Places told without their names: "five rockets landed inside the base", "drones hit the town again"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from geomap.incidents.bases import CODES
from geomap.incidents.codes import precision_of
from geomap.incidents.drafts import Draft
from geomap.incidents.lexicons import Words
from geomap.model import Article, Mention, Place, Resolution

BASES = frozenset("base airbase garrison camp outpost airfield barracks installation".split())
TOWNS = frozenset("town city village".split())
SITES = frozenset(
    "airport port refinery plant terminal prison hospital field crossing depot harbour harbor dam".split()
)
PARTS = frozenset(
    "walls wall gate gates runway runways perimeter fence grounds hangar hangars outskirts terminal premises compound"
    " streets centre center suburbs".split()
)
KINDS = frozenset("international military main civil naval army air local civilian".split())
LEADERS = frozenset({"governor", "mayor"})
BEING = frozenset({"is", "are", "was", "were", "has", "have", "had"})
SITED = re.compile(
    r"\b(base|airbase|camp|garrison|outpost|barracks|airfield|installation)s?\b[^.;:,]{0,40}"
    r"\b(?:in|at|near|outside|of)\s+(?:the\s+)?(?:\w+\s+of\s+)?$",
    re.IGNORECASE,
)
SERVED = re.compile(
    r"\bthe\s+(?:\w+\s+)?(airport|port|refinery|hospital|prison|dam|depot|harbour|harbor)\s+(?:in|at|of|near)\s+$",
    re.IGNORECASE,
)
REACH = 9
THERE_REACH = 14
IT_REACH = 4
FAR_SENTENCES = 4
ENOUGH_PLACES, ENOUGH_SHARE = 2, 0.6


@dataclass(frozen=True, eq=False)
class Sighting:
    """A resolved place of the article, and where it is told."""

    article: Article
    mention: Mention
    place: Place

    @property
    def sentence(self) -> int:
        """The number of its sentence."""
        return self.mention.sentence

    @property
    def start(self) -> int:
        """Where its name begins in the article."""
        return self.mention.start

    @cached_property
    def word(self) -> str:
        """The word that says what is there: the place's own, or that of "a base of peacekeepers in X"."""
        before = self.article.text[self.article.sentences[self.sentence].start : self.start]
        found = SITED.search(before) or SERVED.search(before)
        return found[1].lower() if found else (self.mention.feature_word or self.mention.text).lower()


def sightings_of(article: Article, resolutions: Sequence[Resolution]) -> list[Sighting]:
    """Return the places of headline and body in the order of the text."""
    return [
        Sighting(article, r.mention, r.place)
        for r in resolutions
        if r.place is not None and article.sentences[r.mention.sentence].zone in {"headline", "body"}
    ]


def place_meant(draft: Draft, seen: Sequence[Sighting]) -> Place | None:
    """Return the place that a draft without places means: "the base", "its walls", "there", a governor's own town."""
    if draft.places:
        return None
    if _says_there(draft):
        return _only_place(draft, seen)
    if draft.definite:
        return None
    if _says_it_was(draft):
        return _subject_before(draft, seen)
    word = _definite_noun(draft)
    if word:
        return _nearest_such(draft, seen, word)
    return _only_place(draft, seen) if _says_its_part(draft) else _own_town(draft)


def _says_it_was(draft: Draft) -> bool:
    """Tell "It was bombed last week" from what is said of "it" elsewhere."""
    trigger = draft.triggers[0]
    return draft.line.words[:1] == ("it",) and trigger.passive and trigger.first <= IT_REACH


def _subject_before(draft: Draft, seen: Sequence[Sighting]) -> Place | None:
    """Return the place that opens the sentence before: "X airport, the only one in Y, was closed"."""
    at = draft.line.number - 1
    start = draft.line.article.sentences[at].start if at >= 0 else 0
    near = [s for s in seen if s.sentence == at and s.start - start <= len("The ")]
    fine = [s.place for s in near if precision_of(s.place) in {"site", "settlement"}]
    return fine[0] if fine else None


def _nearest_such(draft: Draft, seen: Sequence[Sighting], word: str) -> Place | None:
    """Return the nearest earlier place of a kind; however far back where the article has only one."""
    earlier = [s for s in seen if s.start < draft.line.sentence.start]
    such = [s for s in earlier if _is_such(s, word)]
    near = [s for s in such if draft.line.number - s.sentence <= FAR_SENTENCES]
    if near or len({s.place.id for s in such}) == 1:
        return (near or such)[-1].place
    sites = [
        s.place for s in earlier if precision_of(s.place) == "site" and draft.line.number - s.sentence <= FAR_SENTENCES
    ]
    return sites[-1] if sites and word in BASES else None


def _says_there(draft: Draft) -> bool:
    """Tell whether a draft ends with "there": "a missile strike that killed nine people there"."""
    words, last = draft.line.words[draft.triggers[-1].last :], draft.triggers[-1]
    if last.passive and "there" in draft.line.words[max(0, last.start - 3) : last.start]:
        return True  # "the base there was attacked"
    if draft.kinds and words[:1] == ("it",) and last.way in {"object", "land"} and not last.passive:
        return "there" in draft.line.words[: last.start]  # "the refinery there closed after drones reached it"
    at = next((k for k, w in enumerate(words[:THERE_REACH]) if w == "there"), None)
    return at is not None and BEING.isdisjoint(words[at + 1 : at + 2])


def _says_its_part(draft: Draft) -> bool:
    """Tell whether a trigger acts on a part of what was told before: "inside its walls", "on its runway"."""
    at = draft.triggers[-1].last
    words = draft.line.words[at : at + REACH]
    if any(a in {"its", "their"} and b in PARTS for a, b in pairwise(words)):
        return True
    first = draft.triggers[0]
    ahead = draft.line.words[max(0, first.start - 2 * REACH) : first.start] if first.passive else ()
    return any(a == "its" and b in PARTS | SITES for a, b in pairwise(ahead))


def _only_place(draft: Draft, seen: Sequence[Sighting]) -> Place | None:
    """Return the one place finer than a province that this line, or else the line before, names."""
    line = draft.line
    ahead = line.starts[draft.triggers[0].first]
    for told in (
        [s for s in seen if s.sentence == line.number and s.start < ahead],
        [s for s in seen if s.sentence == line.number - 1],
    ):
        fine = {s.place.id: s.place for s in told if precision_of(s.place) in {"site", "settlement"}}
        if fine:
            return next(iter(fine.values())) if len(fine) == 1 else None
    return None


def _own_town(draft: Draft) -> Place | None:
    """Return the town or province whose governor or mayor tells what happened, where nobody says where."""
    line = draft.line
    for spot in line.spots:
        place, behind = spot.resolution.place, line.words[spot.last : spot.last + 3]
        before = line.words[max(0, spot.first - 3) : spot.first]
        leads = behind[:2] in {("'s", leader) for leader in LEADERS} or (behind[:1] and behind[0] in LEADERS)
        leads = leads or (before[-1:] == ("of",) and not LEADERS.isdisjoint(before))
        if leads and place is not None and precision_of(place) in {"settlement", "district", "province"}:
            return place
    return None


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
        if words[k] in BASES | TOWNS | SITES and "the" in words[max(0, k - 1 - (words[k - 1] in KINDS)) : k]:
            return words[k]
    return ""


def _is_such(sighting: Sighting, word: str) -> bool:
    kind = precision_of(sighting.place)
    if word == "camp" and sighting.place.feature_code.startswith("CMP"):
        return True
    if word in TOWNS:
        return kind == "settlement" and sighting.place.feature_code.startswith("PPL")
    if word in BASES and kind in {"site", "settlement"}:
        return sighting.place.feature_code in CODES or any(base in sighting.word for base in BASES)
    if kind == "settlement":
        return word == sighting.word  # "the airport at X"
    return kind == "site" and (word in sighting.word or word in sighting.place.name.lower())
