"""Verbs that strike an object: "bombed X", "hit X with rockets", "X was struck by a drone"."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from geomap.incidents.actors import ActorHit
from geomap.incidents.bases import is_overrun_camp, names_a_base
from geomap.incidents.nouns import explosive_kind
from geomap.incidents.scenes import Scene, weapons_within
from geomap.incidents.senses import NOTHING, Sense, Use, attacked, own_clause, struck
from geomap.incidents.subjects import FARTHEST_SUBJECT, agent_of, subject_of

FORCEFUL = frozenset({"strike", "hit", "target", "pound", "pummel", "batter", "blast"})
BARE = frozenset({"hit", "strike", "destroy", "damage", "disable", "ignite", "wreck", "flatten", "level"})
GROUND = frozenset(
    {"attack", "assault", "storm", "raid", "ambush", "target", "strike", "hit", "pound", "enter", "infiltrate"}
)
COMMANDERS = frozenset({"state", "force", "coalition"})
SHOT = frozenset({"drone", "missile", "rocket"})
MEANS = frozenset({"with", "by", "using", "in", "during"})
OBJECTS = ("targets_base", "targets_military", "targets_civil")
STRIKES = frozenset({"strike", "strikes", "raid", "raids"})
RIGHT_REACH, OBJECT_REACH, BY_REACH = 8, 13, 9
NEAR_SUBJECT = 8
HARDWARE_REACH = 4
SERVICES = frozenset("intelligence service operators brigade division regiment squadron corps artillerymen".split())
OWN = frozenset({"our", "its", "their"})
AIMED_AT = frozenset({"targets", "sites", "locations"})


def strong(use: Use) -> Sense:
    """Judge "bombed", "shelled", "strafed", which are strikes by themselves."""
    scene, lemma = use.scene, use.verb.lemma
    behind = scene.line.word(use.at + 1)
    finite = not use.passive and use.verb.form == "past"
    if finite and (not behind[:1].isalnum() or not _is_done(use, scene)):
        return NOTHING  # "the market has bombed.", "shelled pistachios"
    start, end = own_clause(scene, use.at)
    named = weapons_within(scene, start, end)
    if lemma == "bomb":
        return _bombed(use, start, end, named[0].kind if named else "")
    return struck(named[0].kind if named else ("air" if lemma in {"strafe", "airstrike"} else "artillery"))


def _is_done(use: Use, scene: Scene) -> bool:
    """Tell whether somebody or a weapon does it, or something is struck: "a warplane bombed it"."""
    start, _ = own_clause(scene, use.at)
    return _has_object(use) or _doer(use) is not None or bool(weapons_within(scene, start, use.at))


def _bombed(use: Use, start: int, end: int, weapon: str) -> Sense:
    """Tell bombs from the air from bombs that somebody laid."""
    words = use.scene.line.words[start:end]
    if any(w.kind in {"air", "drone"} for w in weapons_within(use.scene, start, use.at)):
        return struck(weapon)  # "an aircraft bombed their car"
    if not use.scene.lexicons.sets["explosive_cues"].isdisjoint(words):
        return attacked(explosive_kind(words))
    agent = _doer(use)
    by_hand = agent is not None and agent.kind in {"group", "generic"}
    return struck(weapon or ("explosive" if by_hand else "air"))


def _doer(use: Use) -> ActorHit | None:
    return agent_of(use.scene, use.at) if use.passive else subject_of(use.scene, use.at)


def hit(use: Use) -> Sense:
    """Judge "struck", "targeted", "destroyed" by what or who did it."""
    scene, i = use.scene, use.at
    if use.verb.lemma in TOLD_OTHERWISE:
        return TOLD_OTHERWISE[use.verb.lemma](use)
    start, end = own_clause(scene, i)
    before, behind = weapons_within(scene, start, i), weapons_within(scene, i, end)
    if use.verb.lemma == "destroy" and not use.passive and behind and _is_shot_down(scene, i, behind[0].first):
        return Sense("intercept", "object", behind[0].kind)
    means = behind if use.passive or not before else before
    if not use.passive and (before or _bombs_before(scene, start, i)):
        return struck(before[-1].kind if before else "air")
    if means and _is_means(scene, means[0].first):
        return struck(means[0].kind)
    if _by_strike(scene, i) if use.passive else _strike_noun_before(scene, start, i):
        return struck("")
    return _by_actor(use)


def _entered(use: Use) -> Sense:
    """Judge "gunmen entered the camp": it is an attack where fighters enter a base."""
    actor, behind = _doer(use), use.scene.line.words[use.at + 1 : use.at + 1 + RIGHT_REACH]
    fighters = actor is not None and actor.armed and actor.kind in {"group", "generic"}
    return attacked() if fighters and not use.scene.lexicons.sets["targets_base"].isdisjoint(behind) else NOTHING


def _listed(use: Use) -> Sense:
    """Judge "the targets included a depot near X": a strike where the article tells of strikes."""
    words = use.scene.line.words[max(0, use.at - NEAR_SUBJECT // 2) : use.at]
    return NOTHING if AIMED_AT.isdisjoint(words) else Sense("bare", "object", "")


TOLD_OTHERWISE: dict[str, Callable[[Use], Sense]] = {"enter": _entered, "include": _listed}


def _is_shot_down(scene: Scene, i: int, at: int) -> bool:
    """Tell "destroyed 12 drones" from "destroyed a house with drones"."""
    kinds = {w.kind for w in scene.weapons if w.first == at}
    return at <= i + 4 and bool(kinds & SHOT) and not _is_means(scene, at)


def _bombs_before(scene: Scene, start: int, i: int) -> bool:
    """Tell bombs that fall on a place from one that somebody laid."""
    words, laid = scene.line.words[start:i], scene.lexicons.sets["explosive_cues"]
    return any(w in {"bomb", "bombs"} for w in words[-4:]) and laid.isdisjoint(words)


def _is_means(scene: Scene, at: int) -> bool:
    """Tell whether a weapon is what it was done with: "with rockets", "by a drone", "in an air strike"."""
    return not MEANS.isdisjoint(scene.line.words[max(0, at - 5) : at])


def _strike_noun_before(scene: Scene, start: int, i: int) -> bool:
    strong_nouns = scene.lexicons.sets["nouns_strong"]
    near = scene.line.words[max(start, i - 4) : i]
    return any(w in STRIKES or w in strong_nouns for w in near)


def _by_strike(scene: Scene, i: int) -> bool:
    """Tell what a passive says was done by a strike: "was levelled by a raid", "was destroyed in a strike"."""
    words = scene.line.words[i + 1 : i + BY_REACH]
    by = next((k for k, w in enumerate(words) if w in {"by", "in"}), None)
    return by is not None and not STRIKES.isdisjoint(words[by : by + 4])


def _by_actor(use: Use) -> Sense:
    """Judge a verb without a weapon by who does it to what."""
    actor = _doer(use)
    if not use.passive and _is_side(use) and _has_object(use):
        return struck("") if use.verb.lemma in FORCEFUL else Sense("bare", "object", "")
    if actor is None:
        return _by_nobody(use)
    if not use.passive and not _has_object(use):
        return NOTHING
    if use.verb.lemma == "destroy" and not use.passive and actor.kind in COMMANDERS and actor.armed:
        return struck("") if _is_hardware(use) else Sense("bare", "object", "")
    flying = not use.scene.lexicons.sets["airborne"].isdisjoint(use.scene.line.words[actor.first : actor.last])
    if flying or _strikes_from_afar(use, actor):
        return struck("air" if flying else "")
    return attacked() if actor.armed and use.verb.lemma in GROUND else NOTHING


def _is_hardware(use: Use) -> bool:
    """Tell "destroyed two missile launchers" from what troops on the ground find and blow up."""
    words, sets = use.scene.line.words, use.scene.lexicons.sets
    behind = words[use.at + 1 : use.at + 1 + HARDWARE_REACH]
    return not sets["hardware"].isdisjoint(behind) and sets["on_the_ground"].isdisjoint(words)


def _is_side(use: Use) -> bool:
    """Tell the sides of a military communique: "the enemy struck X", "our missile units hit X"."""
    start, _ = own_clause(use.scene, use.at)
    if use.scene.line.words[use.at - 2 : use.at] == ("to", "have"):
        start = 0  # "its army claimed to have destroyed"
    words = use.scene.line.words[max(start, use.at - NEAR_SUBJECT) : use.at]
    ours = not OWN.isdisjoint(words)
    ours = ours and any(a in OWN and b in use.scene.lexicons.sets["own_side"] for a, b in pairwise(words))
    return ours or ("the", "enemy") in pairwise(words)


def _strikes_from_afar(use: Use, actor: ActorHit) -> bool:
    """Tell whether a state "struck" or "attacked"; its forces that "targeted" may stand on the ground."""
    if actor.kind not in COMMANDERS:
        return False
    lemma = use.verb.lemma
    plain = actor.kind == "state" and not actor.armed and (use.passive or use.at - actor.last <= FARTHEST_SUBJECT)
    return plain if lemma in {"target", "attack"} else lemma in FORCEFUL


def _by_nobody(use: Use) -> Sense:
    """Judge a verb whose subject is no known actor: "was attacked", "an assault that targeted X", "Targeting X is"."""
    scene, lemma = use.scene, use.verb.lemma
    if use.passive:
        return Sense("bare", "object", "") if lemma in BARE else (attacked() if lemma in GROUND else NOTHING)
    if lemma in BARE and _is_service(use):
        return Sense("bare", "object", "")
    behind = scene.line.words[use.at + 1 : use.at + 1 + RIGHT_REACH]
    base = lemma in GROUND and (names_a_base(behind, scene.lexicons) or is_overrun_camp(lemma, behind, scene.lexicons))
    return attacked() if base or _assault_before(use) or _is_gerund_subject(use) else NOTHING


def _is_service(use: Use) -> bool:
    """Tell whether an intelligence service or a unit did it: a strike where the article tells of strikes."""
    start, _ = own_clause(use.scene, use.at)
    return _has_object(use) and not SERVICES.isdisjoint(use.scene.line.words[max(start, use.at - 4) : use.at])


def _assault_before(use: Use) -> bool:
    """Tell whether an assault is the subject: "an assault that targeted X", "the offensive struck X"."""
    near = use.scene.line.words[max(0, use.at - FARTHEST_SUBJECT - 4) : use.at]
    return not use.scene.lexicons.sets["assaults"].isdisjoint(near)


def _is_gerund_subject(use: Use) -> bool:
    """Tell whether a sentence or a quotation begins with the act: "Targeting the headquarters in X is ..."."""
    line = use.scene.line
    opens = use.at == 0 or line.article.text[line.starts[use.at] - 1] in '“"'
    return use.verb.form == "ing" and opens and _has_object(use)


def _has_object(use: Use) -> bool:
    """Tell whether a verb is followed by something that can be struck."""
    line, sets = use.scene.line, use.scene.lexicons.sets
    reach = range(use.at + 1, min(use.at + OBJECT_REACH, len(line.words)))
    near = line.words[reach.start : reach.stop]
    if any(not sets[name].isdisjoint(near) for name in OBJECTS) or any(line.spot_at[k] >= 0 for k in reach):
        return True
    return any(a.first in reach for a in use.scene.actors)
