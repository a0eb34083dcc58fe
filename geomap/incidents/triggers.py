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


def find_triggers(scene: Scene) -> tuple[Trigger, ...]:
    """Return the triggers of a line in order; words inside names are none."""
    line, known, found, last = scene.line, scene.lexicons.triggers, list[Trigger](), 0
    for i in [i for i, word in enumerate(line.words) if word in known]:
        trigger = (noun_trigger(scene, i) or verb_trigger(scene, i)) if i >= last else None
        if trigger is None or line.spot_at[i] >= 0 or (found and _is_object(line, found[-1], trigger)):
            continue
        found.append(trigger)
        last = trigger.last
    return tuple(found)
