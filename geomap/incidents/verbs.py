"""Strike verbs: "shelled X", "rockets landed near X", "fired missiles at X"."""

from __future__ import annotations

from itertools import pairwise

from geomap.incidents import hits, weapon_verbs
from geomap.incidents.lexicons import Verb, Words
from geomap.incidents.scenes import BE, Scene, Trigger, is_vetoed
from geomap.incidents.senses import Use

ADVERBS = frozenset({"also", "again", "reportedly", "then", "since", "twice", "heavily"})
ABLAZE, ABLAZE_REACH = frozenset({"ablaze", "alight", "afire"}), 10  # "set the depot of X ablaze"
HEADLINE = frozenset({"kills", "wounds", "injures"})  # headlines tell in the present
HELPERS = ADVERBS | {"to", "not", "did", "do", "does", "never"}
NEED_A_WEAPON = frozenset({"kill", "land", "intercept"})  # frames that nothing but a weapon in use opens
SENSES = {
    "strong": hits.strong,
    "hit": hits.hit,
    "launch": weapon_verbs.launch,
    "land": weapon_verbs.land,
    "intercept": weapon_verbs.intercept,
    "kill": weapon_verbs.kill,
}


def verb_trigger(scene: Scene, i: int) -> Trigger | None:
    """Return the strike verb that begins at a word."""
    for verb in scene.lexicons.verbs.get(scene.line.words[i], ()):
        if not _fits(scene, i, verb):
            continue
        trigger = _sense(scene, i, verb)
        if trigger is not None or len(verb.words) > 1:
            return None if trigger is None or _is_no_deed(scene, i) else trigger
    return None


def _fits(scene: Scene, i: int, verb: Verb) -> bool:
    """Tell whether a verb stands at its first word, and can be one there."""
    words = scene.line.words
    if len(verb.words) > 1 and words[i : i + len(verb.words)] != verb.words:
        return False
    if verb.form == "base" and not _can_be_finite(scene, i):
        return False
    if verb.lemma == "blast" and words[i + 1 : i + 2] == ("off",):
        return False
    if verb.words in {("put",), ("puts",)}:
        return ("out", "of") in pairwise(words[i + 2 : i + ABLAZE_REACH])  # "missiles put X out of service"
    return verb.words != ("set",) or _is_ablaze(words[i : i + ABLAZE_REACH])


def _is_no_deed(scene: Scene, i: int) -> bool:
    """Tell idioms and what is told of games, weather and walkouts: the dearest tests, for the few that are left."""
    words, idioms = scene.line.words, scene.lexicons.sets["idiom_objects"]
    return not idioms.isdisjoint(words[i + 1 : i + 4]) or is_vetoed(scene, i)


def _is_ablaze(words: Words) -> bool:
    """Tell "set the depot of X ablaze", "set a shop on fire" from other things that are set."""
    return not ABLAZE.isdisjoint(words) or ("on", "fire") in pairwise(words)


def _sense(scene: Scene, i: int, verb: Verb) -> Trigger | None:
    if verb.frame in NEED_A_WEAPON and not scene.weapons:
        return None
    use = Use(scene, i, verb, is_passive(scene, i, verb))
    frame, way, weapon = SENSES[verb.frame](use)
    if not frame:
        return None
    return Trigger(i, use.behind, i, verb.lemma, frame, way, weapon=weapon, form=verb.form, passive=use.passive)


def _can_be_finite(scene: Scene, i: int) -> bool:
    """Tell whether a form that is also a noun can be the verb: "to strike", "jets strike", not "of targets"."""
    line, sets, before = scene.line, scene.lexicons.sets, scene.line.word(i - 1)
    if line.words[i] in HEADLINE and before in scene.lexicons.weapons:
        return True
    if before in HELPERS or before in sets["modal"] or before.endswith("ly"):
        return True
    if not before[:1].isalnum():
        return bool(before)
    if before in sets["ordinary"] or before in sets["place_prepositions"]:
        return before in {"they", "we", "who", "that", "which", "it"}
    return before.endswith("s") or line.is_name(i - 1) or before in sets["groups_generic"] or before in sets["persons"]


def is_passive(scene: Scene, i: int, verb: Verb) -> bool:
    """Tell whether a verb is passive: "was hit", "a base hit by rockets"."""
    if verb.form == "ing":
        return scene.line.word(i - 1) == "being"
    line, before = scene.line, i - 1
    while before >= 0 and (line.words[before] in ADVERBS or line.words[before].endswith("ly")):
        before -= 1
    return line.word(before) in BE or line.word(i + len(verb.words)) == "by"
