"""What resolving needs besides the article: the fitted weights, and what they say of names, worked out once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import Store
from geomap.model import Place
from geomap.resolution.candidates import Option, Scales, options_of
from geomap.resolution.ladders import Ladders, ladders_of
from geomap.resolution.merits import curated, fit, naming, none_of_these, size, standing
from geomap.scoring import Clue, Model, clue, fact, parse_model

REMEMBERED = 1 << 13  # names kept at most


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ResolutionTools:
    """The model of places, and what it says.

    Attributes
    ----------
    key
        Text of a name to the key that its other mentions share.
    options
        Text of a name, the feature word beside it and the gazetteer to its candidates.
    fact
        One fact to its clue.
    pair
        Two facts that hold together to their clue.
    scale
        A fact and its degrees to the clue of each degree.
    ladders
        A number of other names that are placed to the clues of where they lie.
    none
        ``merits.none_of_these`` as a clue.
    place
        A row of the gazetteer to its place.
    """

    model: Model
    key: Callable[[str], str]
    options: Callable[[str, str | None, Store], tuple[Option, ...]]
    fact: Callable[[str], Clue]
    pair: Callable[[str, str], Clue]
    scale: Callable[[str, tuple[str, ...]], list[Clue]]
    ladders: Callable[[int], Ladders]
    none: Callable[[str, int, str, str, str], Clue]
    place: Callable[[int, Store], Place]


def load_tools(model: Model | None = None) -> ResolutionTools:
    """Load the weights that came with geomap, or take other ones."""
    if model is None:
        model = parse_model(Path(__file__).with_name("model.json").read_text(encoding="utf-8"))
    weights = model.weights

    def once(name: str) -> Clue:
        return fact(weights, name)

    def pair(one: str, other: str) -> Clue:
        return once(f"{one}: {other}")

    def scale(name: str, degrees: tuple[str, ...]) -> list[Clue]:
        return [pair(name, degree) for degree in degrees]

    def place(row: int, store: Store) -> Place:
        return store.place(row)

    remembered = lru_cache(REMEMBERED)
    return ResolutionTools(
        model=model,
        key=remembered(lambda text: bare_key(key(text))),
        options=remembered(partial(options_of, scales=_scales(weights))),
        fact=remembered(once),
        pair=remembered(pair),
        scale=remembered(scale),
        ladders=remembered(partial(ladders_of, fact=once, pair=pair)),
        none=_weighed(none_of_these, weights),
        place=remembered(place),
    )


def _scales(weights: Mapping[str, float]) -> Scales:
    has_fame, has_lag = _FAME in weights, _LAG in weights
    of_fame, of_lag = weights.get(_FAME, 0.0), weights.get(_LAG, 0.0)

    def people(fame: float, lag: float) -> Clue:
        parts: tuple[tuple[str, float], ...] = ((_FAME, fame),) if has_fame else ()
        if has_lag and lag:
            parts += ((_LAG, lag),)
        return Clue(of_fame * fame + of_lag * lag, parts)

    def home(country: int, store: Store) -> int:
        row = store.meta["country_rows"].get(store.countries[country])
        return 0 if row is None else len(str(store.population[row]))

    return Scales(
        people=people,
        size=_weighed(size, weights),
        naming=_weighed(naming, weights),
        standing=_weighed(standing, weights),
        fit=_weighed(fit, weights),
        curated=_weighed(curated, weights),
        home=lru_cache(REMEMBERED)(home),
    )


def _weighed(features: Callable[..., Iterable[str]], weights: Mapping[str, float]) -> Callable[..., Clue]:
    """Return a function of features as one that weighs them, once for the same facts."""
    return lru_cache(REMEMBERED)(lambda *facts: clue(weights, dict.fromkeys(features(*facts), 1.0)))


_FAME, _LAG = "fame", "smaller than another"
