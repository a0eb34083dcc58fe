"""Which of the known events a telling tells, if any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from geomap.archive.matching.features import compare
from geomap.archive.matching.vetoes import veto
from geomap.archive.nouns import Event, Link, Telling
from geomap.scoring import Model, parse_model, probability, reasons, total

MIN_SCORE = 0.5
HOPELESS = -4.0  # the total with any one telling below which an event is out of the question
MOST_TELLINGS = 12  # of one event that a telling is compared with in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The event that a telling belongs to, or None where it founds a new one, and why."""

    event: Event | None
    link: Link


class Fit(NamedTuple):
    """How well a telling fits an event: the mean of its totals with the event's tellings."""

    total: float
    features: dict[str, float]


@cache
def load_model() -> Model:
    """Read the committed weights."""
    return parse_model((files("geomap.archive.matching") / "model.json").read_text(encoding="utf-8"))


def choose(
    telling: Telling, events: Sequence[Event], *, model: Model | None = None, min_score: float = MIN_SCORE
) -> Choice:
    """Choose the event that a telling tells.

    Parameters
    ----------
    telling
        What an article tells.
    events
        The events that share a block with it (``blocking_keys``), in any order.
    model
        The weights; without it the committed ones.
    min_score
        The least probability at which a telling joins an event.

    Returns
    -------
    Choice
        The best event above ``min_score`` with the probability and the features that decided; no event, and the
        probability that it is none of these, where none is good enough.
    """
    used = model or load_model()
    fits = [(fit, event) for event in events if (fit := fit_of(telling, event, used)) is not None]
    best = max(fits, key=lambda one: (one[0].total, one[1].id), default=None)
    score = 0.0 if best is None else probability(best[0].total, used)
    if best is None or score < min_score:
        return Choice(event=None, link=Link(score=round(1.0 - score, 4)))
    return Choice(event=best[1], link=Link(score=round(score, 4), reasons=reasons(best[0].features, used)))


def fit_of(telling: Telling, event: Event, model: Model) -> Fit | None:
    """Return how well a telling fits an event; None where anything in the event keeps it out."""
    for other in event.tellings:
        if veto(telling, other) is not None:
            return None
    others = _spread(event.tellings)
    mean: dict[str, float] = {}
    for other in others:
        features = compare(telling, other)
        if total(features, model) < HOPELESS:
            return None
        for name, value in features.items():
            mean[name] = mean.get(name, 0.0) + value / len(others)
    return Fit(total(mean, model), mean)


def _spread(tellings: Sequence[Telling]) -> Sequence[Telling]:
    """Return the first and the last tellings of an event that has many."""
    if len(tellings) <= MOST_TELLINGS:
        return tellings
    half = MOST_TELLINGS // 2
    return (*tellings[:half], *tellings[-half:])
