"""What finding needs besides the article: word lists, demonyms and the fitted weights; loaded once.

What a word or a name tells by itself is worked out once and remembered, for the same ones return in every article.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from geomap.gazetteer.store import Store
from geomap.memo import remembered
from geomap.scoring import Clue, Model, fact, parse_model
from geomap.toponyms.facts import load_facts
from geomap.toponyms.lexicons import Lexicons, load_lexicons
from geomap.toponyms.lookup import Names, load_names
from geomap.toponyms.words import Word, describer, levelled_of

REMEMBERED = 1 << 15  # words, and pairs of facts, kept at most
_STORES = 2  # gazetteers whose names are remembered


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ToponymTools:
    """Word lists, demonyms with their country codes, the model of place names, and what they say of words and names.

    Attributes
    ----------
    word
        Text of a token to what it is.
    levelled
        Text of a token in a line of capitals to what it would be in running text.
    names
        The gazetteer to what texts may name by it.
    pair
        Two facts that hold together to their clue.
    beside
        Where a word stands, what it is, and what sort of name it stands beside to their clue.
    fact
        One fact to its clue.
    """

    lexicons: Lexicons
    demonyms: Mapping[str, str]
    model: Model
    word: Callable[[str], Word]
    levelled: Callable[[str], Word]
    names: Callable[[Store], Names]
    pair: Callable[[str, str], Clue]
    beside: Callable[[tuple[str, str, str]], Clue]
    fact: Callable[[str], Clue]


def load_tools(demonyms: Mapping[str, str], model: Model | None = None) -> ToponymTools:
    """Load the word lists and the model that came with geomap, or take another model."""
    lexicons = load_lexicons()
    if model is None:
        model = parse_model(Path(__file__).with_name("model.json").read_text(encoding="utf-8"))
    weights = model.weights

    def pair(one: str, other: str) -> Clue:
        return fact(weights, f"{one}, {other}")

    def beside(facts: tuple[str, str, str]) -> Clue:
        where, one, other = facts
        return fact(weights, f"{where}: {one}, {other}")

    clue_of = remembered(partial(fact, weights), REMEMBERED)

    word = remembered(describer(lexicons, weights), REMEMBERED)

    def levelled(text: str) -> Word:
        return levelled_of(word(text), word)

    def names(store: Store) -> Names:
        return load_names(store, lexicons.bodies, facts, word)

    facts = load_facts(lexicons, demonyms.keys(), weights)
    return ToponymTools(
        lexicons=lexicons,
        demonyms=demonyms,
        model=model,
        word=word,
        levelled=remembered(levelled, REMEMBERED),
        names=lru_cache(_STORES)(names),
        pair=lru_cache(REMEMBERED)(pair),
        beside=remembered(beside, REMEMBERED),
        fact=clue_of,
    )
