"""Places that open a line: "In X, ...", "Near X, two strikes ...", and labels as in lists: "X: ...", "X - ..."."""

from __future__ import annotations

from geomap.incidents.bonds import Bond
from geomap.incidents.codes import precision_of
from geomap.incidents.numbers import number_at
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.verdicts import Verdict

OPENERS = frozenset({"in", "near", "at", "outside", "around", "across", "over", "inside", "on", "off"})
LOCALS = frozenset("residents resident witnesses locals inhabitants villagers".split())  # who tell what befell them
DASHES = frozenset({"-", "–", "—"})
OPENING_WORDS = 4
LABEL_WORDS = 6  # words of a label behind its place: "X airfield, Y Oblast:"


def opens(scene: Scene, number: int, bond: Bond) -> bool:
    """Tell whether a place opens its line with a preposition or as a label."""
    line, last = scene.line, scene.line.spots[number].last
    if is_label(scene, number):
        return True
    if bond.prep not in OPENERS or bond.prep_at > OPENING_WORDS:
        return False
    before = line.words[: bond.prep_at]
    plain = all(w not in scene.lexicons.verbs and _may_open(scene, w) for w in before)
    counted = (
        line.word(last) in {"a", "an", "the"} or number_at(line.words, last) is not None
    )  # "Near X two strikes hit"
    return plain and ("," in line.words[last : last + 5] or counted)


def _may_open(scene: Scene, word: str) -> bool:
    return not word.isalnum() or word in scene.lexicons.sets["opening_words"]


def is_label(scene: Scene, number: int) -> bool:
    """Tell whether a place stands as a label before a colon or a dash: "X district: ...", "X - ..."."""
    line, spot = scene.line, scene.line.spots[number]
    before = [k for k in range(spot.first) if line.words[k].isalpha() and line.spot_at[k] < 0]
    if before and (len(before) > 1 or not line.is_name(before[0]) or line.word(spot.first - 1) != ","):
        return False  # an unknown name may stand before what it lies in: "X, A region: ..."
    for k in range(spot.last, min(spot.last + LABEL_WORDS, len(line.words) - 1)):
        if line.words[k] == ":" or (line.words[k] in DASHES and k == spot.last):
            return not _is_seat(scene, number)
        bracketed = "(" in line.words[spot.last : k] and line.is_name(k)
        if not (bracketed or line.spot_at[k] >= 0 or line.words[k] == "," or _describes_a_place(scene, line.words[k])):
            return False
    return False


def _describes_a_place(scene: Scene, word: str) -> bool:
    sets = scene.lexicons.sets
    return word in sets["feature_words"] or word in sets["facility_words"] or word in {"direction", "axis", ")", "("}


def _is_seat(scene: Scene, number: int) -> bool:
    """Tell a capital: "Tehran: we shall answer" says who speaks."""
    place = scene.line.spots[number].resolution.place
    return place is not None and place.feature_code == "PPLC"


def is_told_by_locals(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> bool:
    """Tell "In X, residents reported heavy shelling" from what ministers in X reported of another place."""
    between = scene.line.words[scene.line.spots[number].last : trigger.start]
    return not LOCALS.isdisjoint(between) and opens(scene, number, bond)


def opening(scene: Scene, trigger: Trigger, number: int) -> Verdict:
    """Judge an opening place: people may react there, rockets may be fired from there."""
    spot = scene.line.spots[number]
    between = scene.line.words[spot.last : trigger.start]
    said = any(w in scene.lexicons.sets["verbs_report"] for w in between) and LOCALS.isdisjoint(between)
    if said or not scene.lexicons.sets["reactions"].isdisjoint(between):
        return Verdict("mention", "where people react")
    if trigger.way == "noun" and scene.line.words[trigger.start] in {"the", "these", "those"}:
        return Verdict("mention", "opening place of a reaction")
    if trigger.frame == "intercept" and "sea" in scene.line.words[trigger.last :]:
        return Verdict("mention", "shot down over the sea")
    place = spot.resolution.place
    wide = place is not None and precision_of(place) in {"province", "country"}
    if trigger.way == "launch" and not trigger.passive and wide:
        return Verdict("origin", "where they fired")
    return Verdict("event_location", "opening place")
