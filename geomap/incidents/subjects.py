"""Who does what a verb says: subjects of active verbs, agents of passive ones."""

from __future__ import annotations

from geomap.incidents.actors import ActorHit
from geomap.incidents.clauses import REPORT, clause_of
from geomap.incidents.dates import WEEKDAYS
from geomap.incidents.scenes import SAYINGS, Scene, clause_at

ARTICLES = frozenset({"the", "a", "an"})
GOVERNORS = frozenset({"by", "on", "against", "of", "at", "in", "near", "from", "targeting", "with", "for", "to"})
PRONOUNS = frozenset({"it", "they", "its"})
OPENERS = frozenset({"as", "when", "where"})
FARTHEST_SUBJECT = 6
FARTHEST_AGENT = 8


def subject_of(scene: Scene, i: int) -> ActorHit | None:
    """Return the actor that stands as subject of an active verb."""
    start, _ = clause_of(scene.line, scene.breaks, _main_clause(scene, i), SAYINGS)
    start = max([start, *(b.end for b in scene.breaks if b.end <= i and scene.line.words[b.at] in OPENERS)])
    if start > 1 and not PRONOUNS.isdisjoint(scene.line.words[start : start + 2]):
        start = 0  # "Hezbollah said it fired": the speaker speaks of itself
    free = [a for a in scene.actors if start <= a.first < i and not _is_governed(scene, a) and _may_act(scene, a)]
    new = [a for a in free if _begins_clause(scene, a) and i - a.last <= FARTHEST_SUBJECT]
    return next(iter(new or free), None)


def _main_clause(scene: Scene, i: int) -> int:
    """Return the word before "after striking" and "while also striking", whose subject is that of the main clause."""
    near = [b for b in scene.breaks if b.end <= i <= b.end + 1 and b.at > 0 and b.kind != REPORT]
    return near[-1].at - 1 if near and scene.line.words[i].endswith("ing") else i


def agent_of(scene: Scene, i: int) -> ActorHit | None:
    """Return the actor of a passive: "was hit by X"."""
    _, end = clause_at(scene, i)
    for k in range(i, min(i + FARTHEST_AGENT, end)):
        if scene.line.words[k] == "by":
            return next((a for a in scene.actors if k < a.first <= k + 3), None)
    return None


def _begins_clause(scene: Scene, actor: ActorHit) -> bool:
    """Tell whether an actor is the subject of a second clause: "Israel struck X and Hezbollah fired"."""
    before = actor.first - 2
    listed = any(a.first <= before < a.last for a in scene.actors)
    return scene.line.word(actor.first - 1) == "and" and not listed


def _may_act(scene: Scene, actor: ActorHit) -> bool:
    """Tell a state that acts from an adjective: "Turkey on Monday struck", not "Russian bakers"."""
    word, sets = scene.line.word(actor.last), scene.lexicons.sets
    if actor.armed:
        return True
    if word == "'s":
        return not sets["force_words"].isdisjoint(scene.line.words[actor.last + 1 : actor.last + 4])
    if not word[:1].isalpha() or word.endswith(("ly", "ed")):
        return True
    return any(word in words for words in (sets["ordinary"], sets["verbs_light"], scene.lexicons.verbs, WEEKDAYS))


def _is_governed(scene: Scene, actor: ActorHit) -> bool:
    before = scene.line.word(actor.first - 1)
    if before in ARTICLES:
        before = scene.line.word(actor.first - 2)
    return before in GOVERNORS
