"""A clue: some named features of a span with what they weigh together, so that the sum is not made again each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Clue(NamedTuple):
    """Features by name and value, and the sum of weight times value."""

    total: float
    parts: tuple[tuple[str, float], ...]


NOTHING = Clue(0.0, ())


def clue(weights: Mapping[str, float], features: Mapping[str, float]) -> Clue:
    """Weigh features once."""
    total = sum(weights[name] * value for name, value in features.items() if name in weights)
    return Clue(total, tuple(features.items())) if features else NOTHING


def merged(clues: Iterable[Clue]) -> dict[str, float]:
    """Return the features of several clues by name."""
    return {name: value for one in clues for name, value in one.parts}
