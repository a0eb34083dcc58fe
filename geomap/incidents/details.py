"""Who did it to whom with what, for one event of a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geomap.incidents.actors import ActorHit
from geomap.incidents.clauses import CAUSE, CLAUSE, RELATIVE, STOP, clause_of
from geomap.incidents.scenes import Scene, Trigger, clause_at
from geomap.incidents.subjects import subject_of

HALVES = frozenset({CAUSE, CLAUSE, STOP, RELATIVE})
TOWARDS = frozenset({"on", "against", "at", "targeting", "of", "into", "over"})
AWAY = frozenset({"by", "from", "with", "for", "to"})
REACH = 12


def agents_of(scene: Scene, triggers: Sequence[Trigger]) -> tuple[ActorHit, ...]:
    """Return who struck, those with a name where any has one."""
    return _best(hit for trigger in triggers for hit in _agents(scene, trigger))


def names_of(hits: Iterable[ActorHit]) -> tuple[str, ...]:
    """Return the names of some actors, each once."""
    return tuple(dict.fromkeys(hit.name for hit in hits))


def targets_of(scene: Scene, triggers: Sequence[Trigger], agents: Sequence[str]) -> tuple[str, ...]:
    """Return which armed actors were struck; a named group stands for the description before it."""
    hits = [hit for trigger in triggers for hit in _targets(scene, trigger)]
    return tuple(name for name in names_of(_best(h for h in hits if h.armed)) if name not in agents)


def _best(hits: Iterable[ActorHit]) -> tuple[ActorHit, ...]:
    """Return the named ones of some actors, else all: a name says what the description before it means."""
    found = dict.fromkeys(hits)
    return tuple(hit for hit in found if hit.kind != "generic") or tuple(found)


def _agents(scene: Scene, trigger: Trigger) -> Iterator[ActorHit]:
    by = _behind_by(scene, trigger)
    if trigger.way == "noun":
        own = [a for a in scene.actors if trigger.start <= a.first < trigger.first]
        yield from own[:1] or by
        if not own and not by:
            yield from _subject_of_light_verb(scene, trigger)
    elif trigger.passive:
        yield from by
    elif trigger.way == "land":
        yield from _owner_of_weapon(scene, trigger)
    else:
        yield from by or _with_partners(scene, subject_of(scene, trigger.first))


def _behind_by(scene: Scene, trigger: Trigger) -> list[ActorHit]:
    """Return the actors of "by X and Y" behind a trigger."""
    _, end = clause_of(scene.line, scene.breaks, trigger.last, HALVES)
    words = scene.line.words
    for k in range(trigger.last, min(end, trigger.last + REACH)):
        if words[k] == "by" and words[k - 1] not in scene.lexicons.sets["held_by"]:
            first = [a for a in scene.actors if k < a.first <= k + 4]
            return first[:1] + [
                a for a in scene.actors if first and words[a.first - 1] == "and" and a.first == first[0].last + 1
            ]
    return []


def _subject_of_light_verb(scene: Scene, trigger: Trigger) -> Iterator[ActorHit]:
    """Return who "carried out" or "launched" the strikes."""
    words, light = scene.line.words, scene.lexicons.sets["verbs_light"]
    start, _ = clause_at(scene, trigger.start)
    for k in range(trigger.start - 1, max(start - 1, trigger.start - 7), -1):
        if words[k] in light or words[k] in {"out", "claimed"}:
            yield from _with_partners(scene, subject_of(scene, k))
            return


def _with_partners(scene: Scene, subject: ActorHit | None) -> list[ActorHit]:
    """Return a subject with the actors listed beside it: "the United States and Britain"."""
    if subject is None:
        return []
    found = [subject]
    for actor in scene.actors:
        between = scene.line.words[found[-1].last : actor.first]
        if actor.first >= found[-1].last and between and set(between) <= {"and", ",", "the"}:
            found.append(actor)
    return found


def _owner_of_weapon(scene: Scene, trigger: Trigger) -> Iterator[ActorHit]:
    """Return whose rocket it was: "a Houthi missile landed"."""
    start, _ = clause_at(scene, trigger.first)
    by = [k for k in range(start, trigger.first) if scene.line.words[k] == "by"]
    weapons = [w.first for w in scene.weapons if start <= w.first < trigger.first]
    for actor in scene.actors:
        owns = actor.armed and any(actor.first < at <= actor.last + 3 for at in weapons)
        if start <= actor.first < trigger.first and (owns or any(k < actor.first <= k + 3 for k in by)):
            yield actor
            return


def _targets(scene: Scene, trigger: Trigger) -> Iterator[ActorHit]:
    start, end = clause_of(scene.line, scene.breaks, trigger.first, HALVES)
    words = scene.line.words
    if trigger.passive:
        yield from (a for a in scene.actors if start <= a.first < trigger.first and words[a.first - 1] != "by")
        return
    if trigger.way == "land":
        return
    for actor in scene.actors:
        if trigger.last <= actor.first < min(end, trigger.last + REACH) and not _is_turned_away(
            words, trigger.last, actor.first
        ):
            yield actor


def _is_turned_away(words: Sequence[str], start: int, at: int) -> bool:
    """Tell whether an actor stands behind "by" or "from" and so is no target."""
    near = words[max(start, at - 4) : at]
    last = next((w for w in reversed(near) if w in AWAY | TOWARDS), "")
    return last in AWAY


def weapons_of(scene: Scene, triggers: Sequence[Trigger]) -> tuple[str, ...]:
    """Return the weapons as written: those of the noun's phrase, else those of the clause."""
    found = dict[str, None]()
    for trigger in triggers:
        for text in _weapon_words(scene, trigger):
            found.setdefault(text)
    return tuple(found)


def _weapon_words(scene: Scene, trigger: Trigger) -> Iterator[str]:
    line, weapons = scene.line, scene.lexicons.weapons
    hits = [hit for hit in scene.weapons if not hit.stands_in]  # "two more" is no weapon's name
    if trigger.way == "noun":
        named = [w for w in hits if trigger.start <= w.first < trigger.first]
        if weapons.get(line.words[trigger.first]) and not named:
            yield line.written(trigger.first, trigger.last)
        elif any(w.kind == "air" and line.words[w.first] in {"air", "aerial"} for w in named):
            yield line.written(trigger.first - 1, trigger.last)
        elif named:
            yield from (line.written(w.first, w.last) for w in named)
        elif trigger.weapon:
            yield from (line.written(w.first, w.last) for w in hits if trigger.last < w.first <= trigger.last + 6)
        return
    start, end = clause_of(line, scene.breaks, trigger.first, HALVES)
    events = scene.lexicons.strike_nouns
    for hit in hits:
        if start <= hit.first < end and hit.first != trigger.first and not _is_verb(scene, hit.first):
            last = hit.last + (line.word(hit.last) in events and line.words[hit.first] in {"air", "aerial"})
            yield line.written(hit.first, last)


def _is_verb(scene: Scene, i: int) -> bool:
    return scene.line.words[i] in scene.lexicons.verbs and scene.line.words[i] not in {"shells", "bombs", "rockets"}
