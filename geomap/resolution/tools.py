"""What resolving needs besides the article: the fitted weights, and what they say of names, worked out once each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files

from geomap.gazetteer.store import Store
from geomap.model import Place
from geomap.resolution.candidates import Option, options_of
from geomap.scoring import Clue, Model, fact, parse_model

REMEMBERED = 1 << 13  # names kept at most


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ResolutionTools:
    """The model of places, and what it says.

    Attributes
    ----------
    options
        Text of a name, the feature word beside it and the gazetteer to its candidates.
    fact
        One fact to its clue.
    pair
        Two facts that hold together to their clue.
    scale
        A fact and its degrees to the clue of each degree.
    place
        A row of the gazetteer to its place.
    """

    model: Model
    options: Callable[[str, str | None, Store], tuple[Option, ...]]
    fact: Callable[[str], Clue]
    pair: Callable[[str, str], Clue]
    scale: Callable[[str, tuple[str, ...]], list[Clue]]
    place: Callable[[int, Store], Place]


def load_tools(model: Model | None = None) -> ResolutionTools:
    """Load the weights that came with geomap, or take other ones."""
    if model is None:
        model = parse_model((files("geomap.resolution") / "model.json").read_text(encoding="utf-8"))
    weights = model.weights

    def pair(one: str, other: str) -> Clue:
        return fact(weights, f"{one}: {other}")

    def scale(name: str, degrees: tuple[str, ...]) -> list[Clue]:
        return [pair(name, degree) for degree in degrees]

    def place(row: int, store: Store) -> Place:
        return store.place(row)

    return ResolutionTools(
        model=model,
        options=lru_cache(REMEMBERED)(partial(options_of, weights=weights)),
        fact=lru_cache(REMEMBERED)(partial(fact, weights)),
        pair=lru_cache(REMEMBERED)(pair),
        scale=lru_cache(REMEMBERED)(scale),
        place=lru_cache(REMEMBERED)(place),
    )
