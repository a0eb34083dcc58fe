"""Attacks on a town that the article tells as attacks on its base: "Militants attacked X. Soldiers left the base"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from geomap.incidents import factuality
from geomap.incidents.codes import precision_of
from geomap.incidents.drafts import Draft

REACH = 2  # sentences behind the attack that may speak of the base
THE_BASE = re.compile(
    r"(?<!from )(?<!to )"
    r"\b(?:the|its|their)\s+(?:(?:army|military|naval|main|local)\s+)?(?:base|barracks|garrison|outpost|cantonment)\b"
    r"(?!['’]|\s+(?:in|at|near|of|outside)\b)",
    re.IGNORECASE,
)


def with_bases(drafts: Sequence[Draft]) -> list[Draft]:
    """Mark the base that what follows an attack on a town, or its headline, speaks of."""
    placed = {d.line.number for d in drafts if d.places}
    bare = [d for d in drafts if d.line.sentence.zone == "headline" and any(d.bases) and not d.places]
    first = min((d.line.number for d in drafts if d.line.sentence.zone == "body"), default=-1)
    found = []
    for draft in drafts:
        headed = bool(bare) and draft.line.number == first
        is_told = _is_attack_on_a_town(draft) and (headed or _speaks_of_the_base(draft, placed))
        found.append(dataclasses.replace(draft, bases=(True,)) if is_told else draft)
    return found


def _is_attack_on_a_town(draft: Draft) -> bool:
    """Tell whether fighters attacked one town and nothing says what in it."""
    if draft.frame != "attack" or draft.fact != factuality.ACTUAL or len(draft.places) != 1 or any(draft.bases):
        return False
    place = draft.line.spots[draft.places[0].spot].resolution.place
    fighters = bool(draft.agents) and draft.irregular and not draft.kinds
    aimed = any(t.way == "object" for t in draft.triggers)
    return fighters and aimed and place is not None and precision_of(place) == "settlement"


def _speaks_of_the_base(draft: Draft, placed: set[int]) -> bool:
    article, number = draft.line.article, draft.line.number
    sentences, own = article.sentences, draft.line.spots[draft.places[0].spot] if draft.places else None
    behind = range(number + 1, min(number + 1 + REACH, len(sentences)))
    texts = [article.text[sentences[n].start : sentences[n].end] for n in behind if n not in placed]
    if own is not None:
        texts.append(article.text[own.resolution.mention.end : sentences[number].end])
    return any(THE_BASE.search(text) for text in texts)
