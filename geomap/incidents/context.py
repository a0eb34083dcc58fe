"""What a line tells, read by what else the article tells: "a radar was hit" is a strike where there are strikes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

from geomap.incidents import factuality
from geomap.incidents.drafts import Draft, Reading
from geomap.incidents.lexicons import Lexicons

THOSE = frozenset({"those", "these", "either", "both", "them"})
FAR = 2  # sentences between what is told and what refers back to it
ON_LAND = frozenset("police troops soldiers arrested arresting detained detaining home homes house houses".split())
FROM_AFAR = frozenset({"air", "drone", "missile", "rocket", "artillery", "mortar", "tank"})


class Carried(NamedTuple):
    """The class of the weapon told last and the sentence that told of a strike last."""

    kind: str = ""
    sentence: int = -FAR - 1

    def to(self, sentence: int) -> str:
        """Return the class of weapon that a sentence may mean, empty where the last strike is too far back."""
        return self.kind if sentence - self.sentence <= FAR else ""

    def after(self, reading: Reading) -> Carried:
        """Return what is carried on behind a line."""
        struck = [d for d in reading.drafts if d.frame in {"strike", "intercept", "anaphor"}]
        kinds = [kind for d in struck for kind in d.kinds] or [w.kind for w in reading.scene.weapons if struck]
        return Carried(kinds[-1] if kinds else self.kind, reading.scene.line.number) if struck else self


def in_context(drafts: Sequence[Draft], tools: Lexicons) -> list[Draft]:
    """Read what does not name its weapon by what else the article tells.

    "A radar was hit" is a strike where there are strikes and nothing where there are none; forces that "attacked" a
    base did it from afar there, fighters did not. A first sentence attacks with what its headline strikes with.
    """
    struck = any(d.frame in {"strike", "intercept"} and d.kinds for d in drafts)
    headline = next((d for d in drafts if d.line.sentence.zone == "headline" and set(d.kinds) & FROM_AFAR), None)
    from_afar = struck and not any(_is_by_hand(d, tools) for d in drafts)
    found = []
    for draft in drafts:
        if _is_struck_here(draft, tools, struck=struck, from_afar=from_afar):
            found.append(dataclasses.replace(draft, frame="strike"))
        elif draft.frame == "bare" and any(draft.bases):
            found.append(dataclasses.replace(draft, frame="attack"))
        elif draft.frame == "attack" and headline is not None and _tells_the_headline(draft, headline, drafts, tools):
            found.append(dataclasses.replace(draft, frame="strike", kinds=headline.kinds))
        elif draft.frame != "bare":
            found.append(draft)
    return found


def _is_struck_here(draft: Draft, tools: Lexicons, *, struck: bool, from_afar: bool) -> bool:
    """Tell what is a strike only because the article tells of strikes, or of nothing but strikes (``from_afar``)."""
    if draft.frame == "attack":
        bare = from_afar and (_is_bare_attack(draft, tools) or _is_air_raid(draft))
        return bare or (struck and _may_be_from_afar(draft, tools))
    return struck and (
        draft.frame == "bare" or (draft.frame == "anaphor" and bool(draft.places) and not draft.definite)
    )


def _may_be_from_afar(draft: Draft, tools: Lexicons) -> bool:
    """Tell an attack on a base by forces from one by fighters on the ground."""
    if draft.kinds or (draft.agents and draft.irregular) or not any(draft.bases):
        return False
    return not _is_on_foot(draft, tools)


def _is_by_hand(draft: Draft, tools: Lexicons) -> bool:
    """Tell an attack on foot, by fighters, or with what somebody laid or carried."""
    fighters = draft.frame == "attack" and bool(draft.agents) and draft.irregular
    return fighters or _is_on_foot(draft, tools) or bool(set(draft.kinds) - FROM_AFAR)


def _is_bare_attack(draft: Draft, tools: Lexicons) -> bool:
    """Tell "a third attack destroyed a mooring near X" in an article that tells of nothing but strikes."""
    lead = draft.triggers[0]
    noun = lead.lemma in {"attack", "attacks"} and lead.way == "noun"
    noun = noun or (lead.lemma in {"attack", "target"} and lead.passive and not draft.agents)
    harmed = any("where it did harm" in link.rules for link in draft.places)
    dated = draft.when is not None or draft.killed is not None or len(draft.triggers) > 1
    told = draft.fact == factuality.ACTUAL and dated and bool(draft.places)
    return noun and (told or harmed) and not _is_by_hand(draft, tools)


def _is_air_raid(draft: Draft) -> bool:
    """Tell "13 raids on the port" in an article of nothing but air strikes from raids of troops and police."""
    lead = draft.triggers[0]
    told = lead.lemma in {"raid", "raids"} and lead.way == "noun" and bool(draft.places)
    return told and draft.line.word(lead.last) in {"on", "against"} and ON_LAND.isdisjoint(draft.line.words)


def _is_on_foot(draft: Draft, tools: Lexicons) -> bool:
    return not tools.sets["ground_fighters"].isdisjoint(draft.line.words)


def _tells_the_headline(draft: Draft, headline: Draft, drafts: Sequence[Draft], tools: Lexicons) -> bool:
    """Tell whether the first sentence of the body repeats its headline in a vaguer word: "shell", "attacked"."""
    first = next((d.line.number for d in drafts if d.line.sentence.zone == "body"), None)
    if draft.line.number != first or draft.kinds or not draft.places or _is_on_foot(draft, tools):
        return False
    return not any(draft.bases) and draft.fact == headline.fact == factuality.ACTUAL


def with_denials(drafts: Sequence[Draft]) -> list[Draft]:
    """Deny what "no attack on those two had taken place" denies: what the sentences before told of named places."""
    found = list(drafts)
    for n, draft in enumerate(drafts):
        if draft.fact != factuality.NEGATED or draft.places or not _points_back(draft):
            continue
        told = [k for k in range(n) if found[k].places and draft.line.number - found[k].line.number <= FAR]
        for k in [k for k in told if found[k].line.number == found[told[-1]].line.number]:
            found[k] = dataclasses.replace(found[k], fact=factuality.NEGATED)
    return found


def _points_back(draft: Draft) -> bool:
    at = draft.triggers[0].last
    return not THOSE.isdisjoint(draft.line.words[at : at + 4])
