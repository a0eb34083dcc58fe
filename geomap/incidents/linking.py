"""Which places of a line are where each of its triggers happened: rules of frames first, then the fitted weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geomap.incidents.features import features_of
from geomap.incidents.frames import Verdict, judge
from geomap.incidents.places import Bond
from geomap.incidents.scenes import Scene, Trigger
from geomap.model import Role
from geomap.scoring import Model, probability, reasons, total

ENOUGH = 0.5


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
    model = scene.lexicons.linking
    return tuple(min(_links(scene, triggers, number, bond, model), key=_order) for number, bond in enumerate(bonds))


def _order(link: Link) -> tuple[bool, bool, int]:
    return link.role != "event_location", not link.by_rule, link.distance


def _links(scene: Scene, triggers: Sequence[Trigger], number: int, bond: Bond, model: Model) -> Iterator[Link]:
    spot = scene.line.spots[number]
    for t, trigger in enumerate(triggers):
        away = max(spot.first - trigger.last, trigger.first - spot.last, 0)
        verdict = judge(scene, trigger, number, bond)
        if verdict.role is not None:
            yield Link(number, t, verdict.role, (verdict.rule,), True, away)  # noqa: FBT003
        else:
            yield _weighed(scene, trigger, Link(number, t, "mention", (verdict.rule,), False, away), bond, model)  # noqa: FBT003


def _weighed(scene: Scene, trigger: Trigger, link: Link, bond: Bond, model: Model) -> Link:
    """Let the weights decide where no frame does."""
    features = features_of(scene, trigger, link.spot, bond, Verdict(None, ""))
    score = total(features, model)
    if not model.weights or probability(score, model) < ENOUGH:
        return link
    return link._replace(role="event_location", rules=("weights", *reasons(features, model, most=3)))
