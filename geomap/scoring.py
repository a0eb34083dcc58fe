"""The one mechanism of choice: a sum of named features, turned into a probability, with its reasons.

Used three times: is this span a place name? which place is meant? which place was struck? Weights are numbers in a
JSON file, fitted in ``training/``: ``{"bias": …, "slope": …, "weights": {"feature": …}}``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Features = Mapping[str, float]


Strength = tuple[float, str, float]  # by which reasons are sorted; the feature; its share of the total, rounded


class _Strengths(dict[str, Strength]):
    """The strengths of features that hold, each worked out when it is first asked for."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, name: str) -> Strength:
        found = self[name] = _strength(name, self._weights[name])
        return found


def _strength(name: str, weight: float) -> Strength:
    return -abs(weight), name, round(weight, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights of named features. ``slope`` calibrates the total so that its logistic is a probability.

    ``strengths`` has what a feature tells that holds: articles give the same few as their reasons again and again.
    """

    weights: Mapping[str, float]
    bias: float = 0.0
    slope: float = 1.0
    strengths: Mapping[str, Strength] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "strengths", _Strengths(self.weights))


def parse_model(text: str) -> Model:
    """Read a model from its JSON."""
    data = json.loads(text)
    return Model(weights=data["weights"], bias=data.get("bias", 0.0), slope=data.get("slope", 1.0))


def total(features: Features, model: Model) -> float:
    """Return the bias plus the sum of weight times value; features without a weight count nothing."""
    weights = model.weights
    return model.bias + sum([weights[name] * value for name, value in features.items() if name in weights])


def probability(score: float, model: Model) -> float:
    """Turn a total into a probability by the calibrated logistic."""
    scaled = model.slope * score
    return 1.0 / (1.0 + math.exp(-30.0 if scaled > 30.0 else 30.0 if scaled < -30.0 else -scaled))


def shares(scores: Iterable[float], model: Model) -> list[float]:
    """Turn the totals of rivals into probabilities that sum to one (softmax)."""
    scaled = [model.slope * s for s in scores]
    top = max(scaled, default=0.0)
    powers = [math.exp(s - top) for s in scaled]
    whole = sum(powers)
    return [p / whole for p in powers]


def reasons(features: Features, model: Model, *, most: int = 6) -> dict[str, float]:
    """Return the features that decided, strongest first, each with its share of the total."""
    weights = model.weights
    parts = [(name, weights[name] * value) for name, value in features.items() if name in weights]
    return _strongest([_strength(name, weight) for name, weight in parts], most)


def _strongest(parts: Iterable[Strength], most: int) -> dict[str, float]:
    return {name: weight for least, name, weight in sorted(parts)[:most] if least <= -_LEAST}


_LEAST = 0.0005  # what counts less than this is no reason


class Learning(dict[str, float]):
    """Weights that are being fitted: every feature belongs to the model, those without a weight yet too."""

    def __contains__(self, name: object) -> bool:
        return True


class Clue(NamedTuple):
    """Some features that always come together, with what they weigh together: the sum is made once, not each time.

    ``parts`` are the features that belong to the model, with their values.
    """

    total: float
    parts: tuple[tuple[str, float], ...]


NO_CLUE = Clue(0.0, ())


def clue(weights: Mapping[str, float], features: Features) -> Clue:
    """Weigh features once."""
    parts = tuple([part for part in features.items() if part[0] in weights])
    return Clue(sum([weights.get(name, 0.0) * value for name, value in parts]), parts) if parts else NO_CLUE


def fact(weights: Mapping[str, float], name: str) -> Clue:
    """Weigh one feature that holds or does not."""
    return Clue(weights.get(name, 0.0), ((name, 1.0),)) if name in weights else NO_CLUE


def joined(one: Clue, other: Clue) -> Clue:
    """Return two clues as one."""
    return Clue(one.total + other.total, one.parts + other.parts) if other.parts else one


def merged(clues: Iterable[Clue]) -> dict[str, float]:
    """Return the features of several clues by name."""
    return {name: value for one in clues for name, value in one.parts}


class Why(Features):
    """The features of several clues that decided, as ``reasons`` gives them; worked out when they are asked for."""

    __slots__ = ("_clues", "_found", "_model")

    def __init__(self, clues: Iterable[Clue], model: Model) -> None:
        self._clues, self._model = clues, model
        self._found: dict[str, float] | None = None

    def __getitem__(self, name: str) -> float:
        return self._worked_out()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._worked_out())

    def __len__(self) -> int:
        return len(self._worked_out())

    def __repr__(self) -> str:
        return repr(self._worked_out())

    def _worked_out(self) -> dict[str, float]:
        if self._found is None:
            self._found = why(self._clues, self._model)
        return self._found


def why(clues: Iterable[Clue], model: Model, *, most: int = 6) -> dict[str, float]:
    """Return the features of several clues that decided, as ``reasons`` does."""
    weights, strengths = model.weights, model.strengths
    parts = {
        strengths[name] if value == 1.0 else _strength(name, weights[name] * value)
        for one in clues
        for name, value in one.parts
    }
    return _strongest(parts, most)
