"""What a name tells by itself: whether the gazetteer knows it and as what, how it is shaped, what else it may be."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Sequence
from functools import partial
from typing import NamedTuple

from geomap.gazetteer.inflection import base_forms
from geomap.gazetteer.names import ARTICLES, bare_key, key
from geomap.gazetteer.store import KINDS, Hit, Store
from geomap.scoring import Clue, joined
from geomap.toponyms.facts import Facts
from geomap.toponyms.words import Word

BIG_TOWN = 100_000
_GRAMMAR = frozenset(("a preposition of place", "another preposition", "a determiner", "and"))
_MOST_PLACES = 12  # of the places of a name, those whose country and unit are noted
_TIES = frozenset("- ")
_TIED_ARTICLES = frozenset(f"{article}{mark}" for article in "al el as es ar er ez az at an".split() for mark in _TIES)
_HYPHENS = str.maketrans(dict.fromkeys("-‐‑–", " "))
_SIZES = tuple(
    tuple(f"{known}, {size}" for size in ("one word", "two words", "more words")) for known in ("unknown", "known")
)


class Name(NamedTuple):
    """A possible name: its key, what the gazetteer has under it (likelier first), what it looks like.

    ``sort`` sums up what it would be ("a country", "a small place", "unknown", "a plain word"): it is what the words
    beside the name are weighed together with. ``holds`` numbers the country or first-level unit that it is itself.
    """

    key: str
    hits: Sequence[Hit]
    sort: str
    clue: Clue
    is_demonym: bool  # or the name of a people, a faith, a part of the world
    is_body: bool
    holds: int | None
    store: Store

    def lies_in(self, area: int) -> bool:
        """Tell whether one of the places lies in a country or a first-level unit, given by its number."""
        country, admin1 = self.store.country, self.store.admin1
        return any(area in {-1 - country[row], admin1[row] - 1} for row, _ in self.hits[:_MOST_PLACES])


_Fields = tuple[str, Sequence[Hit], str, Clue, bool, bool, int | None, Store]
_name: Callable[[_Fields], Name] = partial(tuple.__new__, Name)  # half the cost of Name(...)


class Entry(NamedTuple):
    """What is known of a text at once: its key, what it may mean, whether it is a body."""

    key: str
    hits: Sequence[Hit]
    is_body: bool


_entry: Callable[[tuple[str, Sequence[Hit], bool]], Entry] = partial(tuple.__new__, Entry)


def entry_of(text: str, store: Store, bodies: Container[str]) -> Entry:
    """Look the text of a span up in the gazetteer, and among the keys of known bodies."""
    strict = key(text)
    return _entry((strict, known(store, strict), strict in bodies))


def known(store: Store, strict: str) -> Sequence[Hit]:
    """Return what a strict key may mean, or else its form without articles, or an uninflected form."""
    hits = store.hits(strict)
    if not hits and not (strict.isascii() and (" " not in strict or ARTICLES.isdisjoint(strict.split(" ")))):
        bare = bare_key(strict)
        hits = store.hits(bare) if bare != strict else ()
        if not hits:
            hits = next((found for form in base_forms(strict) if (found := store.hits(form))), ())
    return hits


def name_of(text: str, entry: Entry, store: Store, facts: Facts) -> Name:
    """Describe the text of a span, and what is known under it."""
    strict, hits, is_body = entry
    told = _told(text, entry, facts)
    holds = None
    if hits:
        row = hits[0].row
        code = store.codes[store.code[row]]
        sort, clue = facts.whole(told, _sort_of_place(code, store.population[row]))
        clue = joined(clue, _fame(hits, code, store, facts))
        holds = _own_area(row, code, store)
    else:
        sort, clue = facts.whole(told, "")
    return _name((strict, hits, sort, clue, strict in facts.peoples, is_body, holds, store))


def keeps_article(text: str, name: Name | None, store: Store) -> bool:
    """Tell whether the "The" of a text is part of the name that is known under it: The Hague."""
    if name is None or not name.hits or not text.startswith("The "):
        return False
    return store.name(name.hits[0].row).startswith("The ")


def is_grammar(word: Word, text: str) -> bool:
    """Tell whether a capitalised word is one of grammar, no name by itself: "In", "The"; "US" is none."""
    return word.plain in _GRAMMAR and not (len(text) > 1 and text.isupper())


def _own_area(row: int, code: str, store: Store) -> int | None:
    if code.startswith("PCL"):
        return -1 - store.country[row]
    return row if code == "ADM1" else None


def _told(text: str, entry: Entry, facts: Facts) -> tuple[str, ...]:
    """Return what the words of a name and its writing tell."""
    words = _words(text.casefold())
    told = facts.single(words[0]) if len(words) == 1 else facts.first(words[0]) + facts.last(words[-1])
    if len(entry.key) < 4:
        told += ("very short",)
    if entry.is_body:
        told += ("a known body or make",)
    if entry.key in facts.demonyms:
        told += ("a demonym",)
    if text[2:3] in _TIES and text[:3].casefold() in _TIED_ARTICLES:
        told += ("has an article",)
    return (*told, _SIZES[bool(entry.hits)][min(len(words), 3) - 1])


def _words(fold: str) -> list[str]:
    """Return the words of a name without articles; those that hyphens tie are several."""
    if fold.isalpha():
        return [fold]
    words = (fold.replace("-", " ") if fold.isascii() else fold.translate(_HYPHENS)).split()
    if ARTICLES.isdisjoint(words):
        return words or [fold]
    return [w for w in words if w not in ARTICLES] or [fold]


def _fame(hits: Sequence[Hit], code: str, store: Store, facts: Facts) -> Clue:
    """Return the clue of the likeliest place of a name, and of how many there are."""
    row, kind = hits[0]
    population = store.population[row]
    size = math.log10(population) if population else -1.0
    count = (len(hits) > 1) + (len(hits) > 5)
    clue = facts.fame(int(size), _class_of(code), KINDS[kind], count, store.is_curated(row))
    return joined(clue, facts.size(size / 7)) if population else clue


def _sort_of_place(code: str, population: int) -> str:
    if code.startswith("PCL"):
        return "a country"
    if not code.startswith("PPL"):
        return "a province" if code == "ADM1" else "another known place"
    if code == "PPLC":
        return "a capital"
    return "a big town" if population >= BIG_TOWN else "a small place"


def _class_of(code: str) -> str:
    if code.startswith(("PCL", "TERR")):
        return "a country"
    if code == "ADM1":
        return "a province"
    if code.startswith("ADM"):
        return "a district"
    if code.startswith("AIR"):
        return "an airfield"
    return "a settlement" if code.startswith("PPL") else "another feature"
