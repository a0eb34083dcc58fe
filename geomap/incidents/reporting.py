"""Places where somebody speaks, not where something happened."""

from __future__ import annotations

from geomap.incidents.bonds import Bond
from geomap.incidents.clauses import REPORT, kinds_between
from geomap.incidents.scenes import Scene, Trigger


def reporting_rule(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> str | None:
    """Return why a place is where somebody speaks: "officials in X said"; None where nobody does."""
    line, sets, spot = scene.line, scene.lexicons.sets, scene.line.spots[number]
    behind = line.words[spot.last : spot.last + 4]
    reports = sets["verbs_report"]
    if _is_speaker(scene, spot.last):
        return "whose officials speak"
    if behind[:1] and behind[0] in sets["reporting_only"] and bond.prep in {"in", "at", "from", "of"}:
        return "where somebody speaks"
    if bond.host >= 0 and line.words[bond.host] in sets["speakers"] and bond.prep in {"in", "at", "from", "of"}:
        told = not reports.isdisjoint(behind) or not reports.isdisjoint(line.words[max(0, bond.host - 5) : bond.host])
        if told and line.words[bond.host] not in sets["targets_base"]:
            return "where somebody speaks"
    start, end = sorted((trigger.last, spot.first) if trigger.last <= spot.first else (spot.last, trigger.first))
    told = spot.first >= trigger.last and REPORT in kinds_between(scene.breaks, start, end)
    if told and bond.prep is not None and bond.prep_at > start and _follows_report(scene, bond.prep_at):
        return "behind a reporting verb"
    return None


def _is_speaker(scene: Scene, i: int) -> bool:
    """Tell "X provincial spokesman Y said" from "X officials were hit"."""
    words, sets = scene.line.words[i : i + 8], scene.lexicons.sets
    at = next((k for k, w in enumerate(words[:3]) if w in sets["speakers"]), None)
    if at is None or any(w in sets["ordinary"] or not w.isalpha() for w in words[:at]):
        return False
    return not sets["verbs_report"].isdisjoint(words[at + 1 : at + 6])


def _follows_report(scene: Scene, prep_at: int) -> bool:
    """Tell whether a reporting verb stands shortly before a preposition: "told Reuters in X"."""
    near = scene.line.words[max(0, prep_at - 5) : prep_at]
    return not scene.lexicons.sets["verbs_report"].isdisjoint(near) and "that" not in near
