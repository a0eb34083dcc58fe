"""Which places of a line are where each of its triggers happened: rules of frames first, then the fitted weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geomap.incidents.bonds import Bond
from geomap.incidents.features import features_of
from geomap.incidents.frames import judge
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.verdicts import Verdict
from geomap.model import Role
from geomap.scoring import probability, reasons, total

ENOUGH = 0.7  # what the weights must say where no frame decides
VETO = 0.2  # below it they overrule a frame that only rests on one of these prepositions
BEHIND = "behind the trigger"
DOUBTFUL = frozenset({"in", "across", "outside", "along", "throughout", "around", "over", "on"})


class Link(NamedTuple):
    """A place of a line and the part it plays for one of its triggers.

    ``by_rule`` says that a frame decided it; ``rules`` names what did.
    """

    spot: int
    trigger: int
    role: Role
    rules: tuple[str, ...]
    by_rule: bool
    distance: int


def link_places(scene: Scene, triggers: Sequence[Trigger], bonds: Sequence[Bond]) -> tuple[Link, ...]:
    """Return for every spot of a line its best link; a location only where a rule or the weights say so."""
    return tuple(min(_links(scene, triggers, number, bond), key=_order) for number, bond in enumerate(bonds))


def _order(link: Link) -> tuple[bool, bool, int]:
    return link.role != "event_location", not link.by_rule, link.distance


def _links(scene: Scene, triggers: Sequence[Trigger], number: int, bond: Bond) -> Iterator[Link]:
    spot = scene.line.spots[number]
    for t, trigger in enumerate(triggers):
        away = max(spot.first - trigger.last, trigger.first - spot.last, 0)
        verdict = judge(scene, trigger, number, bond)
        link = Link(number, t, verdict.role or "mention", (verdict.rule,), verdict.role is not None, away)
        if verdict.role is None or verdict.role == "event_location":
            link = _weighed(scene, trigger, link, bond, verdict)
        yield link


def _weighed(scene: Scene, trigger: Trigger, link: Link, bond: Bond, verdict: Verdict) -> Link:
    """Let the weights decide where no frame does, and overrule a frame that they find most unlikely."""
    model = scene.lexicons.linking
    bare = trigger.way == "object" and bond.prep in DOUBTFUL and verdict.rule.endswith(BEHIND)
    if not model.weights or not (verdict.role is None or bare):
        return link
    features = features_of(scene, trigger, link.spot, bond, verdict)
    chance = probability(total(features, model), model)
    if verdict.role is None and chance >= ENOUGH:
        return link._replace(role="event_location", rules=("weights", *reasons(features, model, most=3)))
    if verdict.role is not None and chance < VETO:
        return link._replace(role="mention", rules=("weights against", *link.rules))
    return link
