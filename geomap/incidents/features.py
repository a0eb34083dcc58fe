"""Shallow features of a trigger and a place, named so that they can be shown as reasons."""

from __future__ import annotations

from geomap.incidents.bonds import Bond
from geomap.incidents.clauses import kinds_between
from geomap.incidents.codes import precision_of
from geomap.incidents.lines import Spot
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.verdicts import Verdict

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
    """Return the features of one pair; all values are 1."""
    spot = scene.line.spots[number]
    behind = spot.first >= trigger.last
    side = "behind" if behind else "before"
    start, end = (trigger.last, spot.first) if behind else (spot.last, trigger.first)
    found = _of_the_place(scene, number, bond)
    found |= {side, f"{side}, {_distance(end - start)}", f"{side}, prep {_prep(bond)}", f"{_way(trigger)}, {side}"}
    found.update(f"{kind} between, {side}" for kind in kinds_between(scene.breaks, start, end))
    if any(start <= s.first < end and not _is_country(s) for k, s in enumerate(scene.line.spots) if k != number):
        found.add(f"place between, {side}")
    if bond.host >= 0:
        found.update(f"{kind} governs, {side}" for kind in _kinds_of_host(scene, bond.host))
    if verdict.role is not None:
        found.add(f"rule {verdict.rule}")
    return dict.fromkeys(sorted(found), 1.0)


def _is_country(spot: Spot) -> bool:
    place = spot.resolution.place
    return place is not None and precision_of(place) == "country"


def _of_the_place(scene: Scene, number: int, bond: Bond) -> set[str]:
    """Return what can be said of a place without its trigger."""
    line, spot = scene.line, scene.line.spots[number]
    place, behind = spot.resolution.place, line.word(spot.last)
    told = {
        f"prep {_prep(bond)}": True,
        f"class {precision_of(place) if place is not None else 'unknown'}": True,
        "direction of" if bond.relation.endswith(" of") else bond.relation: bool(bond.relation),
        "only place": len(line.spots) == 1,
        "possessor": behind == "'s",
        "feature word": behind in scene.lexicons.sets["feature_words"] or bool(spot.resolution.mention.feature_word),
        "in a list": bond.head != number,
    }
    return {name for name, holds in told.items() if holds}


def _prep(bond: Bond) -> str:
    return "none" if bond.prep is None else bond.prep or "object"


def _way(trigger: Trigger) -> str:
    return " ".join(
        word
        for word, holds in ((trigger.way, True), ("passive", trigger.passive), ("participle", trigger.form == "ing"))
        if holds
    )


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
