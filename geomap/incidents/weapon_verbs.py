"""Verbs of weapons: "fired rockets at X", "a missile landed near X", "shot down drones over X"."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.incidents.nouns import explosive_kind
from geomap.incidents.scenes import Scene, clause_at, weapons_within
from geomap.incidents.senses import NOTHING, Sense, Use, own_clause
from geomap.incidents.weapons import WeaponHit

ROUNDS = frozenset({"rounds", "ordnance", "payload"})  # bombs where aircraft drop them
BOMBS = frozenset({"bomb", "bombs", "explosives", "explosive", "munitions", "munition", "warheads"})
LANDING = frozenset({"missile", "rocket", "artillery", "mortar", "tank", "drone"})
LAID = frozenset({"explosive", "suicide", "grenade"})
AIMING = frozenset({"at", "across", "from", "into", "on", "toward", "towards", "by", "in"})
GUNNERS = {
    "tank": "tank",
    "warship": "artillery",
    "tanks": "tank",
    "artillery": "artillery",
    "gunners": "artillery",
    "warships": "artillery",
}
SPYING = frozenset({"spy", "surveillance", "reconnaissance", "mq", "reaper", "hawk", "observation"})
UNARMED = frozenset({"drop", "rain", "throw", "fire", "open"})  # who drops may drop "bombs", and gunners fire
RAMMING = frozenset({"ram", "blow"})
BURSTING = RAMMING | {"explode", "detonate"}
FALLS = frozenset("fall land crater impact slam plough rip pierce explode detonate through".split())  # of bombs
SELF = frozenset({"drone", "missile", "rocket"})  # what "blew up" over a field was no bomb that somebody laid
FLYING = frozenset("warplane warplanes gunship gunships jets bombers fighter f f15 f16 f35".split())
TOWNS = frozenset("town towns city cities village villages district districts settlements".split())
KILLERS = LANDING | {"air"}
LEFT_REACH, RIGHT_REACH, NEAR_SUBJECT = 9, 8, 3
BY_REACH, NEAR_BY = 14, 5
FAR_LEFT_REACH = 13  # "two drones against X, both of which were shot down"


def launch(use: Use) -> Sense:
    """Judge "fired", "launched", "dropped": a weapon must be what is fired."""
    scene, i, lemma = use.scene, use.at, use.verb.lemma
    if lemma not in UNARMED and not scene.weapons:
        return NOTHING
    if not _is_launched(use):
        return NOTHING
    start, end = clause_at(scene, i)
    behind = _fired(scene, weapons_within(scene, i, min(end, i + RIGHT_REACH)))
    before = _fired(scene, weapons_within(scene, max(start, i - LEFT_REACH), i))
    fallen = scene.line.words[max(start, i - NEAR_SUBJECT) : i] if use.passive else ()  # "two bombs were dropped on X"
    bombs = not BOMBS.isdisjoint((*fallen, *scene.line.words[i : i + RIGHT_REACH]))
    bombs = bombs or (bool(before) and not ROUNDS.isdisjoint(scene.line.words[i : i + RIGHT_REACH]))
    if lemma in {"drop", "rain", "throw"} and (bombs or any(w.kind == "air" for w in behind)):
        return Sense("strike", "launch", "air")
    missiles = [w for w in behind if w.kind != "air"]
    if missiles:
        return Sense("strike", "launch", missiles[0].kind)
    aims = use.passive or not AIMING.isdisjoint(scene.line.words[i + 1 : i + 4])
    if before and use.verb.form == "past" and before[-1].kind in LANDING and aims:
        return Sense("strike", "launch", before[-1].kind)
    return _opened_fire(use, start, before)


def _is_launched(use: Use) -> bool:
    """Tell "used drones against X", "retaliated with drones", bombs thrown from the air from other uses."""
    words, lemma = use.scene.line.words, use.verb.lemma
    if lemma == "use":
        return "against" in words[use.at + 1 : use.at + RIGHT_REACH]
    if lemma == "throw":
        return any(w.kind == "air" and use.at - LEFT_REACH <= w.first < use.at for w in use.scene.weapons)
    return lemma != "retaliate" or _is_with_weapons(use)


def _is_with_weapons(use: Use) -> bool:
    """Tell "responded with a barrage of missiles" from "responded with sanctions on missiles"."""
    words = use.scene.line.words
    armed = next((w for w in use.scene.weapons if w.first > use.behind), None)
    if armed is None or words[use.behind] != "with" or armed.first > use.behind + RIGHT_REACH:
        return False
    between = words[use.behind + 1 : armed.first]
    return all(w == "of" or w not in use.scene.lexicons.sets["place_prepositions"] for w in between)


def _fired(scene: Scene, weapons: Sequence[WeaponHit]) -> list[WeaponHit]:
    """Leave out weapons that only qualify an event: "launched a missile attack", "air strikes"."""
    events, words = scene.lexicons.strike_nouns, scene.line.words
    found = []
    for w in weapons:
        near = words[w.last - 1 : w.last + 1]
        listed = words[w.last : w.last + 1] == ("and",) and not events.isdisjoint(words[w.last + 1 : w.last + 3])
        if not listed and events.isdisjoint(near):
            found.append(w)
    return found


def _opened_fire(use: Use, start: int, before: Sequence[WeaponHit]) -> Sense:
    """Judge "tanks fired at X", "a helicopter fired on X"."""
    words = use.scene.line.words
    if use.verb.lemma not in {"fire", "open"} or words[use.behind : use.behind + 1] not in {
        ("on",),
        ("at",),
        ("into",),
    }:
        return NOTHING
    gunners = [
        w
        for w in words[max(start, use.at - LEFT_REACH) : use.at]
        if w in use.scene.lexicons.sets["airborne"] or w in GUNNERS
    ]
    if before:
        return Sense("strike", "launch", before[-1].kind)
    if not gunners and _is_state_firing(use):
        return Sense("strike", "launch", "")
    return Sense("strike", "launch", GUNNERS.get(gunners[-1], "air")) if gunners else NOTHING


def _is_state_firing(use: Use) -> bool:
    """Tell "the armed forces said they fired at X air base", "had fired at the towns of X" from shots at people."""
    words, sets = use.scene.line.words, use.scene.lexicons.sets
    target = words[use.behind + 1 : use.behind + RIGHT_REACH]
    built = not (sets["targets_base"] | TOWNS).isdisjoint(target) and sets["persons"].isdisjoint(target)
    doers = [a for a in use.scene.actors if a.last <= use.at and a.kind in {"state", "force"}]
    near = words[max(0, use.at - LEFT_REACH) : use.at]
    return built and bool(doers) and use.at - doers[-1].last <= LEFT_REACH and "forces" in near


def land(use: Use) -> Sense:
    """Judge "landed", "fell", "exploded": a weapon must be what lands."""
    scene, i, lemma = use.scene, use.at, use.verb.lemma
    start, end = own_clause(scene, i)
    kinds = [w.kind for w in scene.weapons if max(start, i - 2 * LEFT_REACH) <= w.first < i]
    if use.passive:
        flown = lemma == "detonate" and kinds[-1:] == ["drone"]  # "drones were detonated over a wedding in X"
        return Sense("strike", "land", "drone") if flown else NOTHING
    if lemma in BURSTING:
        kinds += [w.kind for w in scene.weapons if i < w.first < end] if lemma in RAMMING else []
        if LAID & set(kinds):
            return Sense("attack", "land", explosive_kind(scene.line.words[start:end]))
    bombs = not BOMBS.isdisjoint(scene.line.words[max(start, i - NEAR_SUBJECT) : i])
    if ("explosive" in kinds or ("air" in kinds and bombs)) and lemma in {"fall", "land"}:
        return Sense("strike", "land", "air")
    if "air" in kinds and bombs and lemma in FALLS:
        return Sense("strike", "land", "air")
    if lemma == "blow" and _blew_up(use):
        return Sense("strike", "land", kinds[-1])
    landing = [k for k in kinds if k in LANDING]
    return Sense("strike", "land", landing[-1]) if landing and lemma not in RAMMING else NOTHING


def _blew_up(use: Use) -> bool:
    """Tell "a drone blew up above his tractor" from a bomb that somebody laid and from "blew up a drone"."""
    near = [w for w in use.scene.weapons if use.at - NEAR_SUBJECT <= w.first and w.last <= use.at]
    return use.verb.words == ("blew", "up") and bool(near) and near[-1].kind in SELF


def kill(use: Use) -> Sense:
    """Judge "a drone killed two men": the weapon must stand right before the verb, or behind "was killed by"."""
    if use.passive:
        return _killed_by(use)
    start, _ = own_clause(use.scene, use.at)
    subject = weapons_within(use.scene, max(start, use.at - NEAR_SUBJECT), use.at)
    if (use.verb.form != "past" and not use.scene.line.words[use.at].endswith("s")) or not subject:
        return NOTHING
    if subject[-1].kind not in LANDING and not _is_flying(use, subject[-1]):
        return NOTHING
    return Sense("strike", "object", subject[-1].kind)


def _is_flying(use: Use, weapon: WeaponHit) -> bool:
    """Tell "warplanes killed", "the air force had killed" from a plane that crashed and from foul air."""
    words = use.scene.line.words
    flying = words[weapon.first] in FLYING or words[weapon.first : weapon.last] == ("air", "force")
    return flying and all(w in {"had", "has", "have"} for w in words[weapon.last : use.at])


def _killed_by(use: Use) -> Sense:
    """Judge "was killed in his yard by shells": a weapon in use must stand right behind "by"."""
    scene = use.scene
    _, end = own_clause(scene, use.at)
    by = next((k for k in range(use.at, min(end, use.at + BY_REACH)) if scene.line.words[k] == "by"), None)
    killers = [] if by is None else _fired(scene, weapons_within(scene, by, min(end, by + NEAR_BY)))
    return Sense("strike", "object", killers[0].kind) if killers and killers[0].kind in KILLERS else NOTHING


def intercept(use: Use) -> Sense:
    """Judge "intercepted", "shot down": what was stopped must have been on its way to a target."""
    scene, i = use.scene, use.at
    start, end = clause_at(scene, i)
    before, behind = (max(start, i - FAR_LEFT_REACH), i), (i, min(end, i + RIGHT_REACH))
    reaches = [before] if use.passive else [behind, (max(start, i - NEAR_SUBJECT), i)]  # "three rockets shot down"
    stopped = next((w for reach in reaches for w in weapons_within(scene, *reach) if w.kind in LANDING), None)
    if stopped is None:
        return NOTHING
    around = scene.line.words[max(0, stopped.first - 3) : stopped.last + 2]
    return NOTHING if not SPYING.isdisjoint(around) else Sense("intercept", "object", stopped.kind)
