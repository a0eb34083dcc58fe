"""What texts may name, by one gazetteer: each text is looked up and described once, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geomap.gazetteer.store import Store
from geomap.memo import remembered
from geomap.toponyms.names import Entry, Name, is_grammar
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


def load_names(
    store: Store,
    *,
    look_up: Callable[[str, Store], Entry],
    describe: Callable[[str, Entry, Store], Name],
    word: Callable[[str], Word],
) -> Names:
    """Make the memory of what texts may name by a gazetteer."""

    def look(text: str) -> Entry:
        return look_up(text, store)

    entry = remembered(look, REMEMBERED)

    def whole(text: str) -> Name:
        return describe(text, look_up(text, store), store)

    def known(text: str) -> Name | None:
        found = look_up(text, store)
        return describe(text, found, store) if found.hits or found.is_body else None

    def alone(text: str) -> Name | None:
        one, found = word(text), entry(text)
        may_be = not is_grammar(one, text) and (found.hits or one.plain is None)
        return describe(text, found, store) if may_be else None

    def among(text: str) -> Name | None:
        found = entry(text)
        is_known = found.is_body or (found.hits and not is_grammar(word(text), text))
        return describe(text, found, store) if is_known else None

    return Names(
        entry=entry,
        whole=remembered(whole, REMEMBERED),
        known=remembered(known, REMEMBERED),
        alone=remembered(alone, REMEMBERED),
        among=remembered(among, REMEMBERED),
    )
