"""Who says so: the speaker of a reporting verb, and what that makes of the event."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.incidents.clauses import clause_of
from geomap.incidents.lines import Line
from geomap.incidents.scenes import WALLS, Scene, Trigger, clause_at
from geomap.model import Attribution

LONGEST = 12
PRONOUNS = frozenset({"he", "she", "they", "it", "who", "that", "which"})
CLAIMS = frozenset({"claimed", "claims", "claiming"})
RESPONSIBLE = frozenset({"responsibility", "responsible", "involvement", "involved", "behind", "role", "hand"})


def speaker_of(scene: Scene) -> str | None:
    """Return who is said to have told it, as written, without adverbs of time."""
    line, sets = scene.line, scene.lexicons.sets
    for b in scene.breaks:
        if b.kind != "report":
            continue
        if line.words[b.at] == "according":
            return _until_comma(line, b.at + 2)
        if line.words[b.at] in sets["reporting_only"]:
            return _subject(scene, b.at)
    return None


def _until_comma(line: Line, start: int) -> str | None:
    end = start
    while end < len(line.words) and end - start < LONGEST and line.words[end] not in {",", ".", ";", "”", '"'}:
        end += 1
    return line.written(start, end) if end > start else None


def _subject(scene: Scene, verb: int) -> str | None:
    """Return the noun phrase before a reporting verb."""
    line, first = scene.line, verb
    while (
        first > 0
        and verb - first < LONGEST
        and line.words[first - 1] not in {",", ".", ";", "”", "“", '"', "and", "that"}
    ):
        first -= 1
    words = line.words[first:verb]
    if not words or words[0] in PRONOUNS or not any(w.isalpha() for w in words):
        return None
    return line.written(first, verb)


def attribution_of(scene: Scene, triggers: Sequence[Trigger], agents: Sequence[str]) -> Attribution:
    """Return how sure the article is of who did it."""
    words, sets = scene.line.words, scene.lexicons.sets
    start, end = clause_at(scene, triggers[0].start)
    near = words[max(0, start - 12) : end]
    if is_attribution_denied(scene, triggers[0]):
        return "denied"
    if not CLAIMS.isdisjoint(near) or ("credit" in near and "took" in near):
        return "claimed" if agents else "unknown"
    if not sets["suspect"].isdisjoint(near) and agents:
        return "suspected"
    return "stated" if agents else "unknown"


def is_attribution_denied(scene: Scene, trigger: Trigger) -> bool:
    """Tell a denied responsibility from a denied event: "denied that its planes carried out the strikes"."""
    line, sets = scene.line, scene.lexicons.sets
    start, _ = clause_of(line, scene.breaks, trigger.start, WALLS)
    before = line.words[max(0, start - 3) : trigger.start]
    if sets["denial"].isdisjoint(before):
        return False
    return not RESPONSIBLE.isdisjoint(before) or _is_told_as_fact(scene, trigger)


def _is_told_as_fact(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a relative clause goes on to say what the strike did."""
    behind = scene.line.words[trigger.last : trigger.last + 12]
    sets = scene.lexicons.sets
    told = next((k for k, w in enumerate(behind) if w in {"that", "which"}), None)
    return told is not None and any(
        w in sets["killed"] or w in scene.lexicons.verbs for w in behind[told + 1 : told + 4]
    )


def is_claimed(scene: Scene) -> bool:
    """Tell whether only somebody's claim says that it happened."""
    return not CLAIMS.isdisjoint(scene.line.words) and "responsibility" not in scene.line.words
