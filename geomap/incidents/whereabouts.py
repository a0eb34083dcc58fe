"""Places that another clause tells: what was shot down before it got there, who was there, "X, where jets hit"."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.incidents.bonds import Bond
from geomap.incidents.clauses import CLAUSE, REPORT, STOP, Break
from geomap.incidents.harm import has_place_of_its_own
from geomap.incidents.lexicons import Words
from geomap.incidents.lines import Line
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.verdicts import Verdict

PRONOUNS = frozenset({"who", "that", "which"})
SOON = frozenset({"before", "as"})
GOALS = frozenset(
    "reach reached reaching hit hitting strike striking approached entered entering neared nearing".split()
)
BOUND = frozenset(
    {("bound", "for"), ("heading", "for"), ("headed", "for"), ("way", "to"), ("heading", "to"), ("heading", "towards")}
    | {
        ("heading", "toward"),
        ("flying", "towards"),
        ("flying", "toward"),
        ("aimed", "at"),
        ("approaching", "the"),
        ("approach", "to"),
    }
)
GOAL_REACH = 5
PREDICATE = 3  # words behind "who" that may hold its verb
WHERE_REACH = 8
LOCALS = frozenset("residents resident witnesses witness locals inhabitants villagers rescuers medics doctors".split())
ASIDE = 8  # words of ", 40 kilometres away,"


def by_whereabouts(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    """Judge "shot down before it reached X" and "X, where jets hit a depot"."""
    spot = scene.line.spots[number]
    if spot.last <= trigger.start:
        if trigger.frame == "intercept" and _is_aimed_at(scene, trigger, bond):
            return Verdict("event_location", "before it got there")
        return Verdict("event_location", "where it happened") if _is_where(scene, trigger, spot.last) else None
    if trigger.frame == "intercept" and _is_goal(scene, trigger, spot.first):
        return Verdict("event_location", "before it got there")
    return None


def _is_aimed_at(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell "two drones against X were shot down", "a missile aimed at X was intercepted"."""
    near = any(w.last in range(bond.prep_at - 1, bond.prep_at + 1) for w in scene.weapons)
    aimed = bond.prep == "against" or (bond.prep == "at" and scene.line.word(bond.host) in {"aimed", "fired"})
    return trigger.passive and near and aimed


def _is_where(scene: Scene, trigger: Trigger, last: int) -> bool:
    """Tell whether "where" behind a place opens the trigger's own clause and no other place stands in it."""
    breaks = [b for b in scene.breaks if last <= b.at < trigger.start]
    if _died_there_when(scene, trigger, last, breaks):
        return True
    seen = not LOCALS.isdisjoint(scene.line.words[last : trigger.start])
    told = [b for b in breaks if b.kind != REPORT or not seen]  # "X, where residents said shells had fallen"
    if len(told) != 1 or told[0] != breaks[0] or not is_joined_by_where(scene.line, last, told[0].at):
        return False
    near = trigger.start - breaks[0].end <= WHERE_REACH
    return near and not has_place_of_its_own(scene, trigger, breaks[0].at)


def _died_there_when(scene: Scene, trigger: Trigger, last: int, breaks: Sequence[Break]) -> bool:
    """Tell "X, where two women died when a drone came through the roof"."""
    line, sets = scene.line, scene.lexicons.sets
    joined = len(breaks) > 1 and line.words[breaks[-1].at] in {"when", "as"}
    if not joined or trigger.start - breaks[-1].end > WHERE_REACH:
        return False
    opened = next((b for b in breaks if line.words[b.at] == "where"), None)
    if opened is None or any(b.kind in {CLAUSE, STOP} for b in breaks) or not _is_apposed_to(line, last, opened.at):
        return False
    harmed = line.words[opened.end : breaks[-1].at]
    hurt = any(w in sets["killed"] or w in sets["injured"] for w in harmed)
    return hurt and not has_place_of_its_own(scene, trigger, opened.at)


def _is_apposed_to(line: Line, last: int, at: int) -> bool:
    """Tell whether "where" speaks of a place: right behind it, or behind an aside that other names may stand in."""
    between = line.words[last:at]
    return len(between) <= 1 or (between[0] == between[-1] == "," and len(between) <= 2 * ASIDE)


def is_joined_by_where(line: Line, last: int, at: int) -> bool:
    """Tell whether "where" speaks of a place that ends before ``last``: "X, where", "X, 40 km away, where"."""
    if line.word(at) != "where":
        return False
    if at <= last + 1:
        return True
    between = line.words[last:at]
    unnamed = all(line.spot_at[k] < 0 for k in range(last, at))
    return unnamed and between[0] == between[-1] == "," and between.count(",") == 2 and len(between) <= ASIDE


def _is_goal(scene: Scene, trigger: Trigger, first: int) -> bool:
    """Tell whether a place is what a weapon was stopped before: none is named that it was shot down over."""
    line = scene.line
    words = line.words
    before = next((k for k in range(trigger.last, first) if _leads_on(words, k)), None)
    if before is None or any(line.spot_at[k] >= 0 for k in range(trigger.last, before)):
        return False
    near = words[before : min(before + GOAL_REACH, first)]
    return words[before] not in SOON or not GOALS.isdisjoint(near)


def _leads_on(words: Words, k: int) -> bool:
    """Tell "before it reached", "as it neared" and "bound for"."""
    return words[k] in SOON or words[k : k + 2] in BOUND


def says_who_is_there(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a relative clause says who or what was at the place: "a school that sheltered families in X"."""
    line, stays = scene.line, scene.lexicons.sets["verbs_stay"]
    opened = [b.at for b in scene.breaks if start <= b.at < end and line.words[b.at] in PRONOUNS]
    if len(opened) != 1 or line.words[opened[0] - 1] in {",", *scene.lexicons.weapons}:
        return False
    named = any(line.spot_at[k] >= 0 for k in range(start, end))
    return not named and not stays.isdisjoint(line.words[opened[0] + 1 : opened[0] + 1 + PREDICATE])


def happens(scene: Scene, bond: Bond) -> bool:
    """Tell whether a place is where something "took place" or "landed", or people died."""
    near = scene.line.words[max(0, bond.prep_at - 6) : bond.prep_at]
    sets = scene.lexicons.sets
    return any(w in sets["verbs_occur"] or w in sets["killed"] or w in sets["injured"] or w == "place" for w in near)
