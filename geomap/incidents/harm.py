"""Places of what a strike did: "killed in X when a shell hit his house", "a fire in X after a drone attack"."""

from __future__ import annotations

from itertools import pairwise

from geomap.incidents.bonds import Bond
from geomap.incidents.clauses import CAUSE, CLAUSE, RELATIVE, REPORT, STOP, Break
from geomap.incidents.codes import precision_of
from geomap.incidents.lines import Line, Spot
from geomap.incidents.openings import is_label
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.verdicts import Verdict

JOINTS = frozenset({"after", "when", "as", "following", "due", "because"})
WHO = frozenset({"who", "that", "which"})  # "died of wounds that she had received, when"
DAMAGE = frozenset(
    "fire fires flames smoke blaze ablaze burning burned burnt damaged destroyed collapsed broke caught outage blackout"
    " damage hole explosions rubble debris ruins wreckage crater craters bodies lost blew exploded trapped".split()
)
BURNING = frozenset({"ablaze", "burning", "alight", "flames"})
SHAKEN = frozenset({"rocked", "damaged", "destroyed"})
HALTED = frozenset("majeure halted suspended shut shutdown evacuated closed stopped".split())
LOSSES = frozenset({"left", "lost", "plunged", "blackout", "without"})
SCENES = frozenset({"in", "at", "near", "inside", "outside", "beside"})
AT_PLACE = SCENES | {"on", "over", "into", "around"}
MEANS = frozenset({("to",), ("by",), ("in",), ("from",), ("during",)})
SUFFERED = frozenset("lost burned burnt collapsed caught was were suffered sustained".split())
BEFORE_PLACE = 8
OF_REACH = 4  # "in the fuel tanks of X"


def by_harm(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    """Judge a place before "when", "as" or "after" where people were hurt or things burned by what comes behind."""
    spot, line = scene.line.spots[number], scene.line
    if spot.last > trigger.start or trigger.frame == "intercept":
        return None
    breaks = [b for b in scene.breaks if spot.last <= b.at < trigger.start and not _is_aside(line, b)]
    if len(breaks) > 1 or trigger.lemma == "debris":
        breaks = [b for b in breaks if line.words[b.at] not in WHO]
    if not breaks:
        return _by_means(scene, trigger, number, bond)
    if (
        len(breaks) != 1
        or breaks[0].kind not in {CAUSE, RELATIVE}
        or JOINTS.isdisjoint(line.words[breaks[0].at : breaks[0].end])
    ):
        return None
    if has_place_of_its_own(scene, trigger, breaks[0].at) or not _is_harmed(scene, number, bond, breaks[0].at):
        return None
    return Verdict("event_location", "where it did harm")


def _is_aside(line: Line, mark: Break) -> bool:
    """Tell ", officials said," which parts nothing: "a fire in X, officials said, after a drone attack"."""
    return mark.kind == REPORT and line.word(mark.end) == ","


def _by_means(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    """Judge "killed in X by a raid", "wounded in X in an air strike"."""
    last = scene.line.spots[number].last
    between = scene.line.words[last : trigger.start]
    if _is_subject_that_lost(scene, trigger, number, bond):
        return Verdict("event_location", "where it did harm")
    if trigger.way != "noun" or between[-1:] not in MEANS or len(between) > BEFORE_PLACE or bond.prep not in SCENES:
        return None
    hurt = scene.lexicons.sets["killed"] | scene.lexicons.sets["injured"] | DAMAGE
    near = scene.line.words[max(0, bond.prep_at - BEFORE_PLACE) : bond.prep_at]
    if hurt.isdisjoint(near) or has_place_of_its_own(scene, trigger, trigger.last):
        return None
    return Verdict("event_location", "where it did harm")


def _is_subject_that_lost(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> bool:
    """Tell "a substation outside X lost its roof in the attack", "two houses in X burned down in the strike"."""
    line = scene.line
    words = line.words[line.spots[number].last : trigger.start]
    if trigger.way != "noun" or words[-1:] not in {("in",), ("during",)} or not words or bond.prep not in SCENES:
        return False
    host = line.words[bond.host] if bond.host >= 0 else ""
    built = any(host in scene.lexicons.sets[name] for name in ("targets_base", "targets_military", "targets_civil"))
    return built and words[0] in SUFFERED and trigger.start - line.spots[number].last <= 2 * BEFORE_PLACE


def has_place_of_its_own(scene: Scene, trigger: Trigger, joint: int) -> bool:
    """Tell whether the clause of the strike names a place itself; who is far from home only reacts."""
    ends = [b.at for b in scene.breaks if b.at > trigger.last and b.kind in {CAUSE, CLAUSE, STOP, REPORT}]
    end = min(ends, default=len(scene.line.words))
    return any(joint < spot.first < end and _is_scene(scene, spot.first - 1) for spot in scene.line.spots)


def _is_scene(scene: Scene, i: int) -> bool:
    """Tell whether what stands before a place may put the strike there: a preposition of place, or the verb itself."""
    word = scene.line.words[i]
    before = scene.line.word(i - 1) if word == "the" else word
    return before in AT_PLACE or before in scene.lexicons.verbs


def _is_harmed(scene: Scene, number: int, bond: Bond, joint: int) -> bool:
    """Tell whether the clause before the joint tells of harm at the place."""
    line, sets = scene.line, scene.lexicons.sets
    spot = line.spots[number]
    harm = sets["killed"] | sets["injured"] | DAMAGE
    inner = bond.prep == "of" and not SCENES.isdisjoint(line.words[max(0, bond.prep_at - OF_REACH) : bond.prep_at])
    if (bond.prep in SCENES or inner) and bond.standing == "free":
        near = line.words[max(0, bond.prep_at - BEFORE_PLACE) : bond.prep_at] + line.words[spot.last : joint]
        plant = spot.resolution.place is not None and precision_of(spot.resolution.place) == "site"
        return any(w in harm or (plant and w in HALTED) for w in near)
    if not bond.prep and bond.prep_at >= 0 and line.words[bond.prep_at] in SHAKEN:
        return True
    if bond.prep is None and _is_halted_site(line, spot, joint):
        return True
    is_subject = bond.prep is None and spot.first < OF_REACH and line.words[spot.last] in {"was", "were"}
    if is_subject and not BURNING.isdisjoint(line.words[spot.last : joint]):
        return True
    opens = spot.first == 0 and bond.prep is None and not LOSSES.isdisjoint(line.words[spot.last : joint])
    return opens or (is_label(scene, number) and not harm.isdisjoint(line.words[spot.last : joint]))


def _is_halted_site(line: Line, spot: Spot, joint: int) -> bool:
    """Tell "X airport, the only one of the city, was closed after", "X's airport had reopened after"."""
    place, behind = spot.resolution.place, line.words[spot.last : joint]
    site = (place is not None and precision_of(place) == "site") or "airport" in behind[:2]
    return site and spot.first < OF_REACH and not (HALTED | {"reopened"}).isdisjoint(behind)


def is_another_deed(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell "shelled X and entered homes in Y" from "shelled X and killed two in Y", which tells of one event."""
    if trigger.way == "noun" or trigger.form != "past":
        return False
    deeds, words = scene.lexicons.sets["verbs_deeds"], scene.line.words[trigger.last : bond.prep_at]
    return any(before == "and" and word in deeds for before, word in pairwise(words))
