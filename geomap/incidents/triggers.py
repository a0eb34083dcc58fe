"""The words of a line that tell of a strike or an attack."""

from __future__ import annotations

from geomap.incidents.lines import Line
from geomap.incidents.nouns import noun_trigger
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.verbs import verb_trigger

OBJECT_REACH = 8


def _is_object(line: Line, last: Trigger, trigger: Trigger) -> bool:
    """Tell the noun of "shelled army targets in X" from the verb of "the shelling targets X"."""
    verb = last.way == "object" and not last.passive
    return verb and line.words[trigger.first] == "targets" and trigger.first - last.last <= OBJECT_REACH


def _may_act(scene: Scene, word: str) -> bool:
    """Tell whether the line holds what a word needs to be a trigger: "killed" and "landed" need a weapon in use."""
    return word not in scene.lexicons.weak_triggers or bool(scene.weapons)


def find_triggers(scene: Scene) -> tuple[Trigger, ...]:
    """Return the triggers of a line in order; words inside names are none."""
    line, known, found, last = scene.line, scene.lexicons.all_triggers, list[Trigger](), 0
    for i, word in enumerate(line.words):
        if word in known and i >= last and _may_act(scene, word) and line.spot_at[i] < 0:
            trigger = noun_trigger(scene, i) or verb_trigger(scene, i)
            if trigger is not None and not (found and _is_object(line, found[-1], trigger)):
                found.append(trigger)
                last = trigger.last
    return tuple(found)
