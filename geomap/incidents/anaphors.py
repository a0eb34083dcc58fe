"""Places that only stand beside what was told before: "these villages in X", "the town" of "fighters from X"."""

from __future__ import annotations

from geomap.incidents.bonds import BESIDE, Bond
from geomap.incidents.scenes import Scene
from geomap.incidents.verdicts import Verdict

POINTING = frozenset({"this", "these", "those", "aforementioned"})
REACH = 3


def by_anaphor(scene: Scene, number: int, bond: Bond) -> Verdict | None:
    """Judge a place that holds what was told before, and "the town" that cannot be where somebody came from."""
    if _holds_what_was_told(scene, bond):
        return Verdict("container", "holds what was told before")
    return Verdict("mention", "not where they came from") if _means_an_origin(scene, number) else None


def _holds_what_was_told(scene: Scene, bond: Bond) -> bool:
    """Tell "these villages in X" and "this town south of X" from "villages in X"."""
    words, host = scene.line.words, bond.host
    around = bond.prep in BESIDE or bond.relation == "near"
    if host < 0 or around or words[host] not in scene.lexicons.sets["feature_words"]:
        return False
    return not POINTING.isdisjoint(words[max(0, host - REACH) : host])


def _means_an_origin(scene: Scene, number: int) -> bool:
    """Tell whether "the town" was taken for the place of "fighters from X" in the same sentence."""
    line = scene.line
    mention = line.spots[number].resolution.mention
    if mention.kind != "coreference":
        return False
    meant = [spot for spot in line.spots if spot.number == mention.antecedent]
    return any(line.word(spot.first - 1) == "from" for spot in meant)
