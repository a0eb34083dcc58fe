"""Places that the sentences around a strike name: where fighters arrived, where the crowd had gathered, whose ward."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.incidents import factuality
from geomap.incidents.anaphora import Sighting, place_meant
from geomap.incidents.codes import RANKS, precision_of, rank
from geomap.incidents.distance import is_within
from geomap.incidents.drafts import Draft, Meant
from geomap.incidents.lines import Spot
from geomap.model import Place

TOLD_BEFORE, TOLD_NEXT, OPENED = "the place told before", "the place told next", "the scene of the sentence before"
QUARTER = "a quarter of the town told before"
ARRIVAL = re.compile(
    r"\b(?:arrived|came|rode|drove|descended|burst|stormed|broke|poured|advanced|reached|approached|infiltrated)\b"
    r"[^.;:,]{0,40}\b(?:base|camp|post|outpost|barracks|garrison|town|village|city)\s+(?:in|at|of|near)\s+$",
    re.IGNORECASE,
)
GATHERED = re.compile(
    r"\b(?:gathered|assembled|congregated|queued|queueing|queuing|sheltering|praying|celebrating)\b[^.;:,]{0,30}"
    r"\b(?:in|at|near)\s+(?:the\s+(?:town|village|city)\s+of\s+)?$",
    re.IGNORECASE,
)
WHEN = re.compile(r"\b(?:when|as|before)\b")
VIOLENT = re.compile(
    r"\b(?:gunfire|explosions?|blasts?|shelling|bombardments?|bombing|clashes|fighting|fire|shots|sirens)\b",
    re.IGNORECASE,
)
BULLET = re.compile(r"(?:\d{1,2}[:.]\d{2}|[\s•▪*–—-])*")
LABELLED = re.compile(
    r"[^\s:,.;(][^:,.;(\n]{2,40}(?:\([^()\n]{3,30}\))?:\s"  # "X: no let-up."
    r"|[A-Z][\w’'-]*(?: (?:al-|el-)?[A-Z][\w’'-]*)*(?: \([^()\n]{3,30}\))?\.\s"  # "X (A)." is all of its sentence
)
LONGEST_LABEL = 45  # letters; a sentence that ends with a stop may be one as well
WARDS = frozenset("ward wards quarter quarters neighbourhood neighborhood neighbourhoods neighborhoods".split())
WARD_REACH = 2  # sentences behind the town that a ward belongs to
TOWN_KM = 30.0  # a ward lies at most so far from the middle of its town


def meant_by(draft: Draft, seen: Sequence[Sighting]) -> Meant | None:
    """Return the place that a draft means without naming it, and that of a ward taken for a far town."""
    before = place_meant(draft, seen)
    if before is not None:
        return Meant(before, TOLD_BEFORE)
    if _is_fine(draft):
        return _town_of_ward(draft, seen)
    if draft.definite or draft.fact != factuality.ACTUAL:
        return None
    return _told_next(draft, seen) or (None if draft.places else _opened(draft, seen)) or _labelled(draft, seen)


def _is_fine(draft: Draft) -> bool:
    """Tell whether a draft names a place finer than a province or one that no gazetteer knows."""
    places = [_spot(draft, n).resolution.place for n in range(len(draft.places))]
    return any(place is None or rank(place) < RANKS["province"] for place in places)


def _spot(draft: Draft, n: int) -> Spot:
    return draft.line.spots[draft.places[n].spot]


def _told_next(draft: Draft, seen: Sequence[Sighting]) -> Meant | None:
    """Return where the next sentence says that the attackers arrived or the victims had gathered."""
    based = any(draft.bases)
    if draft.line.sentence.zone != "body" or not (based or draft.kinds):
        return None
    for s in seen:
        if s.sentence != draft.line.number + 1 or precision_of(s.place) not in {"site", "settlement", "district"}:
            continue
        before, behind = _around(draft, s)
        if (based and ARRIVAL.search(before)) or (GATHERED.search(before) and WHEN.search(behind)):
            return Meant(s.place, TOLD_NEXT, s.sentence)
    return None


def _around(draft: Draft, sighting: Sighting) -> tuple[str, str]:
    """Return the text of a sighting's sentence before it and from it on."""
    article = draft.line.article
    sentence = article.sentences[sighting.sentence]
    return article.text[sentence.start : sighting.start], article.text[sighting.start : sentence.end]


def _opened(draft: Draft, seen: Sequence[Sighting]) -> Meant | None:
    """Return X of "In X, residents heard gunfire." before a sentence that names no place."""
    for s in seen:
        if s.sentence == draft.line.number - 1 and precision_of(s.place) in {"site", "settlement"}:
            before, behind = _around(draft, s)
            if before.strip().lower() in {"in", "near"} and VIOLENT.search(behind):
                return Meant(s.place, OPENED, s.sentence)
    return None


def _labelled(draft: Draft, seen: Sequence[Sighting]) -> Meant | None:
    """Return X of "12:00 X: no let-up." for the later sentences of its paragraph that name no known place."""
    text, at = draft.line.article.text, draft.line.sentence.start
    begin = text.rfind("\n", 0, at) + 1
    for s in seen:
        if not begin <= s.start < at or precision_of(s.place) not in {"site", "settlement", "district"}:
            continue
        label = LABELLED.match(text, s.start) if BULLET.fullmatch(text, begin, s.start) else None
        alone = label is not None and label.end() <= min(at, s.start + LONGEST_LABEL)
        if alone and s.place.feature_code != "PPLC":
            return Meant(s.place, OPENED, s.sentence)
    return None


def _town_of_ward(draft: Draft, seen: Sequence[Sighting]) -> Meant | None:
    """Return the town told before where "the X ward" was taken for a town of that name far away, or for nothing."""
    spot = _spot(draft, 0)
    place, called = spot.resolution.place, {draft.line.word(spot.last), draft.line.word(spot.last - 1)}
    if len(draft.places) != 1 or WARDS.isdisjoint(called) or not _may_be_misread(place):
        return None
    towns = [
        s
        for s in seen
        if 0 <= draft.line.number - s.sentence <= WARD_REACH
        and s.start < draft.line.starts[spot.first]
        and s.place.feature_code.startswith("PPL")
    ]
    if not towns or (place is not None and any(is_within(s.place, place, TOWN_KM) for s in towns)):
        return None
    return Meant(towns[-1].place, QUARTER, towns[-1].sentence)


def _may_be_misread(place: Place | None) -> bool:
    return place is None or (place.feature_code.startswith("PPL") and place.feature_code != "PPLX")
