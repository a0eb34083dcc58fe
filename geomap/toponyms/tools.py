"""What finding needs besides the article: word lists, demonyms and the fitted weights; loaded once.

What a word or a name tells by itself is worked out once and remembered, for the same ones return in every article.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files

from geomap.gazetteer.store import Store
from geomap.scoring import Clue, Model, clue, parse_model
from geomap.toponyms.lexicons import Lexicons, load_lexicons
from geomap.toponyms.names import Name, name_of
from geomap.toponyms.words import Word, word_of

REMEMBERED = 1 << 15  # words, and names, kept at most


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ToponymTools:
    """Word lists, demonyms with their country codes, the model of place names, and what they say of words and names.

    Attributes
    ----------
    word
        Text of a token to what it is.
    name
        Text of a span and the gazetteer to what the name tells by itself.
    pair
        Two facts that hold together to their clue.
    fact
        One fact to its clue.
    """

    lexicons: Lexicons
    demonyms: Mapping[str, str]
    model: Model
    word: Callable[[str], Word]
    name: Callable[[str, Store], Name]
    pair: Callable[[str, str], Clue]
    fact: Callable[[str], Clue]


def load_tools(demonyms: Mapping[str, str], model: Model | None = None) -> ToponymTools:
    """Load the word lists and the model that came with geomap, or take another model."""
    lexicons = load_lexicons()
    if model is None:
        model = parse_model((files("geomap.toponyms") / "model.json").read_text(encoding="utf-8"))
    weights = model.weights

    def pair(one: str, other: str) -> Clue:
        return clue(weights, {f"{one}, {other}": 1.0})

    def fact(name: str) -> Clue:
        return clue(weights, {name: 1.0})

    return ToponymTools(
        lexicons=lexicons,
        demonyms=demonyms,
        model=model,
        word=lru_cache(REMEMBERED)(partial(word_of, lexicons=lexicons, weights=weights)),
        name=lru_cache(REMEMBERED)(partial(name_of, lexicons=lexicons, demonyms=demonyms, weights=weights)),
        pair=lru_cache(REMEMBERED)(pair),
        fact=lru_cache(REMEMBERED)(fact),
    )
