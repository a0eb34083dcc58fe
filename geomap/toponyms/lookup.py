"""What texts may name, by one gazetteer: each text is looked up and described once, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from geomap.gazetteer.store import Store
from geomap.memo import remembered
from geomap.toponyms.facts import Facts
from geomap.toponyms.names import Entry, Name, entry_of, is_grammar, name_of
from geomap.toponyms.words import Word

REMEMBERED = 1 << 15  # texts of each kind kept at most


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Names:
    """Texts of spans to what they may name.

    Attributes
    ----------
    entry
        What is known under a text.
    whole
        The name that a text would be.
    known
        The same for a text that the gazetteer, or the list of bodies, has; None for others.
    alone
        The name that a capitalised word of running text may be by itself, None where it is none.
    among
        The same for a word that stands among other capitals: it must be known.
    """

    entry: Callable[[str], Entry]
    whole: Callable[[str], Name]
    known: Callable[[str], Name | None]
    alone: Callable[[str], Name | None]
    among: Callable[[str], Name | None]


def load_names(store: Store, bodies: Container[str], facts: Facts, word: Callable[[str], Word]) -> Names:
    """Make the memory of what texts may name by a gazetteer."""

    def look(text: str) -> Entry:
        return entry_of(text, store, bodies)

    def whole(text: str) -> Name:
        return name_of(text, entry_of(text, store, bodies), store, facts)

    def known(text: str) -> Name | None:
        found = entry_of(text, store, bodies)
        return name_of(text, found, store, facts) if found.hits or found.is_body else None

    def alone(text: str) -> Name | None:
        found, one = entry(text), word(text)
        may_be = (found.hits or one.plain is None) and not is_grammar(one, text)
        return name_of(text, found, store, facts) if may_be else None

    def among(text: str) -> Name | None:
        found = entry(text)
        name = by_itself(text) if found.hits else None
        return name_of(text, found, store, facts) if name is None and found.is_body else name

    entry, by_itself = remembered(look, REMEMBERED), remembered(alone, REMEMBERED)
    return Names(
        entry=entry,
        whole=remembered(whole, REMEMBERED),
        known=remembered(known, REMEMBERED),
        alone=by_itself,
        among=remembered(among, REMEMBERED),
    )
