"""Shallow features of a trigger and a place, named so that they can be shown as reasons."""

from __future__ import annotations

from geomap.incidents.clauses import kinds_between
from geomap.incidents.codes import precision_of
from geomap.incidents.frames import Verdict
from geomap.incidents.places import Bond
from geomap.incidents.scenes import Scene, Trigger

FAR, MIDDLE, CLOSE = 20, 10, 4
HOSTS = (
    "targets_military",
    "targets_civil",
    "targets_base",
    "persons",
    "campaign",
    "speakers",
    "killed",
    "injured",
    "verbs_occur",
)


def features_of(scene: Scene, trigger: Trigger, number: int, bond: Bond, verdict: Verdict) -> dict[str, float]:
    """Return the features of one pair; all values are 0 or 1."""
    spot, line = scene.line.spots[number], scene.line
    behind = spot.first >= trigger.last
    start, end = (trigger.last, spot.first) if behind else (spot.last, trigger.first)
    side = "behind" if behind else "before"
    found = {side, f"{side}, {_distance(end - start)}", f"prep {bond.prep if bond.prep is not None else 'none'}"}
    found.add(f"{side}, prep {bond.prep if bond.prep is not None else 'none'}")
    found.add(
        f"{trigger.way}{' passive' if trigger.passive else ''}{' participle' if trigger.form == 'ing' else ''}, {side}"
    )
    found.update(f"{kind} between, {side}" for kind in kinds_between(scene.breaks, start, end))
    place = spot.resolution.place
    found.add(f"class {precision_of(place) if place is not None else 'unknown'}")
    if bond.relation:
        found.add("direction of" if bond.relation.endswith(" of") else bond.relation)
    if any(start <= s.first < end for k, s in enumerate(line.spots) if k != number):
        found.add(f"place between, {side}")
    if len(line.spots) == 1:
        found.add("only place")
    if line.word(spot.last) == "'s":
        found.add("possessor")
    if line.word(spot.last) in scene.lexicons.sets["feature_words"] or spot.resolution.mention.feature_word:
        found.add("feature word")
    if bond.host >= 0:
        found.update(
            f"{kind} {'governs' if behind else 'governs, before'}" for kind in _kinds_of_host(scene, bond.host)
        )
    if bond.head != number:
        found.add("in a list")
    if verdict.role is not None:
        found.add(f"rule {verdict.rule}")
    return dict.fromkeys(sorted(found), 1.0)


def _kinds_of_host(scene: Scene, host: int) -> list[str]:
    """Return what kind of word governs the preposition: a target, a person, a campaign, a verb."""
    sets, word = scene.lexicons.sets, scene.line.words[host]
    kinds = [name for name in HOSTS if word in sets[name]]
    if word in scene.lexicons.verbs:
        kinds.append("strike verb")
    return kinds or ["other word"]


def _distance(words: int) -> str:
    if words <= CLOSE:
        return "close"
    if words <= MIDDLE:
        return "middle"
    return "far" if words <= FAR else "very far"
