"""What a name tells by itself: whether the gazetteer knows it and as what, how it is shaped, what else it may be."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from geomap.gazetteer.inflection import base_forms
from geomap.gazetteer.names import ARTICLES, bare_key, key
from geomap.gazetteer.store import KINDS, Hit, Store
from geomap.scoring import Clue, clue
from geomap.toponyms.lexicons import Lexicons
from geomap.toponyms.words import is_contraction

BIG_TOWN = 100_000
_MOST_PLACES = 12  # of the places of a name, those whose country and unit are noted
_TIED_ARTICLES = frozenset(f"{article}{mark}" for article in "al el as es ar er ez az at an".split() for mark in "- ")
_HYPHENS = str.maketrans(dict.fromkeys("-‐‑–", " "))


class Name(NamedTuple):
    """A possible name: its key, what the gazetteer has under it (likelier first), what it looks like.

    ``sort`` sums up what it would be ("a country", "a small place", "unknown", "a plain word"): it is what the words
    beside the name are weighed together with. ``lies_in`` numbers the countries and first-level units that its places
    lie in, ``holds`` the one that it is itself.
    """

    key: str
    hits: Sequence[Hit]
    sort: str
    clue: Clue
    is_demonym: bool  # or the name of a people, a faith, a part of the world
    is_body: bool
    lies_in: frozenset[int]
    holds: int | None


class Entry(NamedTuple):
    """What is known of a text at once: its key, what it may mean, whether it is a body, whether "The" is part of it."""

    key: str
    hits: Sequence[Hit]
    is_body: bool
    keeps_article: bool


def entry_of(text: str, store: Store, *, lexicons: Lexicons) -> Entry:
    """Look the text of a span up."""
    strict = key(text)
    hits = known(store, strict)
    keeps = bool(hits) and text[:4] == "The " and store.name(hits[0].row)[:4] == "The "
    return Entry(strict, hits, strict in lexicons.bodies, keeps)


def known(store: Store, strict: str) -> Sequence[Hit]:
    """Return what a strict key may mean, or else its form without articles, or an uninflected form."""
    hits = store.hits(strict)
    if not hits and not (strict.isascii() and (" " not in strict or ARTICLES.isdisjoint(strict.split(" ")))):
        bare = bare_key(strict)
        hits = store.hits(bare) if bare != strict else ()
        if not hits:
            hits = next((found for form in base_forms(strict) if (found := store.hits(form))), ())
    return hits


def name_of(
    text: str,
    entry: Entry,
    store: Store,
    *,
    lexicons: Lexicons,
    demonyms: Mapping[str, str],
    weights: Mapping[str, float],
) -> Name:
    """Describe the text of a span, and what is known under it."""
    strict, hits, is_body, _ = entry
    words = [w for w in text.translate(_HYPHENS).casefold().split() if w not in ARTICLES] or [text.casefold()]
    facts = _words(words, strict, lexicons)
    if is_body:
        facts.append("a known body or make")
    if strict in demonyms:
        facts.append("a demonym")
    if text[:3].casefold() in _TIED_ARTICLES:
        facts.append("has an article")
    size = ("one word", "two words", "more words")[min(len(words), 3) - 1]
    facts.append(f"{'known' if hits else 'unknown'}, {size}")
    code = store.codes[store.code[hits[0].row]] if hits else ""
    features = dict.fromkeys(facts, 1.0)
    if hits:
        features.update(_fame(hits, code, store))
    return Name(
        key=strict,
        hits=hits,
        sort=_sort(hits, code, facts, store),
        clue=clue(weights, features),
        is_demonym=strict in demonyms or strict in lexicons.peoples,
        is_body=is_body,
        lies_in=_areas(hits[:_MOST_PLACES], store),
        holds=_own_area(hits[0].row, code, store) if hits else None,
    )


def _areas(hits: Sequence[Hit], store: Store) -> frozenset[int]:
    country, admin1 = store.country, store.admin1
    return frozenset([-1 - country[row] for row, _ in hits] + [admin1[row] - 1 for row, _ in hits])


def _own_area(row: int, code: str, store: Store) -> int | None:
    if code.startswith("PCL"):
        return -1 - store.country[row]
    return row if code == "ADM1" else None


def _words(words: Sequence[str], strict: str, lexicons: Lexicons) -> list[str]:
    """Return the facts about the words of a name."""
    first, last = words[0], words[-1]
    is_title = first.rstrip(".") in lexicons.titles
    is_grammar = lexicons.kind_of_word(first) != "another word"
    if len(words) == 1:
        found = [fact for known, fact in lexicons.telling.single if first in known]
        found += ["a title"] * is_title + ["a word of grammar"] * (is_grammar or is_contraction(first))
    else:
        found = [fact for known, fact in lexicons.telling.first if first in known]
        found += [fact for known, fact in lexicons.telling.last if last in known]
        found += ["begins with a title"] * is_title + ["begins with grammar"] * is_grammar
    if last[-1].isdigit():
        found.append("ends with a number")
    if last.startswith("ال") and last.endswith(("ية", "ي", "يين")):
        found.append("formed like an Arabic adjective")
    if len(strict) < 4:
        found.append("very short")
    return found


def _fame(hits: Sequence[Hit], code: str, store: Store) -> Iterator[tuple[str, float]]:
    best = hits[0]
    population = store.population[best.row]
    if population:
        yield "fame", math.log10(population) / 7
        yield f"people: 10 to the {int(math.log10(population))}", 1.0
    else:
        yield "people not known", 1.0
    if store.is_curated(best.row):
        yield "a place of conflict news", 1.0
    yield f"may be {_class_of(code)}", 1.0
    yield f"known by its {KINDS[best.kind]}", 1.0
    yield (
        ("one place of the name", "few places of the name", "many places of the name")[
            (len(hits) > 1) + (len(hits) > 5)
        ],
        1.0,
    )


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


def _sort(hits: Sequence[Hit], code: str, facts: Container[str], store: Store) -> str:
    for fact in ("a known body or make", "a month or day", "a word of grammar", "a plain word", "a title"):
        if fact in facts:
            return "a plain word"
    if not hits:
        return "a feature by its last word" if "ends with a feature word" in facts else "unknown"
    if code.startswith("PCL"):
        return "a country"
    if not code.startswith("PPL"):
        sort = "a province" if code == "ADM1" else "another known place"
    elif code == "PPLC":
        sort = "a capital"
    else:
        sort = "a big town" if store.population[hits[0].row] >= BIG_TOWN else "a small place"
    person = ("a given name" in facts or "a family name" in facts) and "has an article" not in facts
    return f"{sort} or a person" if person else sort
