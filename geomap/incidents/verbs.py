"""Strike verbs: "shelled X", "rockets landed near X", "fired missiles at X"."""

from __future__ import annotations

from geomap.incidents import hits, weapon_verbs
from geomap.incidents.lexicons import Verb, Words
from geomap.incidents.scenes import BE, Scene, Trigger, is_vetoed
from geomap.incidents.senses import Use

ADVERBS = frozenset({"also", "again", "reportedly", "then", "since", "twice", "heavily"})
ABLAZE, ABLAZE_REACH = frozenset({"ablaze", "alight", "afire"}), 10  # "set the depot of X ablaze"
HEADLINE = frozenset({"kills", "wounds", "injures"})  # headlines tell in the present
HELPERS = ADVERBS | {"to", "not", "did", "do", "does", "never"}
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
    words, idioms = scene.line.words, scene.lexicons.sets["idiom_objects"]
    if any(w in idioms for w in words[i + 1 : i + 4]):
        return None
    for verb in scene.lexicons.verbs.get(words[i], ()):
        fits = words[i : i + len(verb.words)] == verb.words and (verb.form != "base" or _can_be_finite(scene, i))
        fits = fits and not (verb.lemma == "blast" and words[i + 1 : i + 2] == ("off",))
        fits = fits and (verb.words != ("set",) or _is_ablaze(words[i : i + ABLAZE_REACH]))
        trigger = _sense(Use(scene, i, verb, is_passive(scene, i, verb))) if fits else None
        if trigger is not None or (fits and len(verb.words) > 1):
            return None if trigger is None or is_vetoed(scene, i) else trigger
    return None


def _is_ablaze(words: Words) -> bool:
    """Tell "set the depot of X ablaze", "set a shop on fire" from other things that are set."""
    return any(w in ABLAZE or words[k : k + 2] == ("on", "fire") for k, w in enumerate(words))


def _sense(use: Use) -> Trigger | None:
    frame, way, weapon = SENSES[use.verb.frame](use)
    if not frame:
        return None
    lemma, form = use.verb.lemma, use.verb.form
    return Trigger(use.at, use.behind, use.at, lemma, frame, way, weapon=weapon, form=form, passive=use.passive)


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
