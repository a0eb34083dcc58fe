"""What a name tells by itself: whether the gazetteer knows it and as what, how it is shaped, what else it may be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
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
    if not hits and not (strict.isascii() and ARTICLES.isdisjoint(strict.split(" "))):
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
    features = dict(_words(words, strict, lexicons))
    if strict in demonyms:
        features["a demonym"] = 1.0
    code = store.codes[store.code[hits[0].row]] if hits else ""
    if hits:
        features.update(_fame(hits, code, store))
    if text[:3].casefold() in _TIED_ARTICLES:
        features["has an article"] = 1.0
    size = ("one word", "two words", "more words")[min(len(words), 3) - 1]
    features[f"{'known' if hits else 'unknown'}, {size}"] = 1.0
    return Name(
        key=strict,
        hits=hits,
        sort=_sort(hits, code, features, store),
        clue=clue(weights, features),
        is_demonym=strict in demonyms or strict in lexicons.peoples,
        is_body=is_body,
        lies_in=frozenset(area for hit in hits[:_MOST_PLACES] for area in _areas(hit.row, store)),
        holds=_own_area(hits[0].row, code, store) if hits else None,
    )


def _areas(row: int, store: Store) -> tuple[int, int]:
    return -1 - store.country[row], store.admin1[row] - 1


def _own_area(row: int, code: str, store: Store) -> int | None:
    if code.startswith("PCL"):
        return -1 - store.country[row]
    return row if code == "ADM1" else None


def _words(words: Sequence[str], strict: str, lexicons: Lexicons) -> Iterator[tuple[str, float]]:
    """Yield the features of the words of a name."""
    first, last, single = words[0], words[-1], len(words) == 1
    for found, fact in (
        (strict in lexicons.bodies, "a known body or make"),
        (single and is_contraction(first), "a word of grammar"),
        (first in lexicons.common_words, "a plain word" if single else "begins with a plain word"),
        (lexicons.kind_of_word(first) != "another word", "a word of grammar" if single else "begins with grammar"),
        (first in lexicons.first_names, "a given name" if single else "begins with a given name"),
        (first.rstrip(".") in lexicons.titles, "a title" if single else "begins with a title"),
        (last in lexicons.surnames, "a family name" if single else "ends with a family name"),
        (last in lexicons.months, "a month or day" if single else "ends with a month or day"),
        (last in lexicons.organisations, "ends with an organisation's word"),
        (last in lexicons.newspapers, "ends with a newspaper's word"),
        (not single and last in GROUP_OF_WORD, "ends with a feature word"),
        (not single and first in GROUP_OF_WORD, "begins with a feature word"),
        (not single and first in lexicons.directions, "begins with a direction"),
        (last[-1].isdigit(), "ends with a number"),
        (last.startswith("ال") and last.endswith(("ية", "ي", "يين")), "formed like an Arabic adjective"),
        (len(strict) < 4, "very short"),
    ):
        if found:
            yield fact, 1.0


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


def _sort(hits: Sequence[Hit], code: str, features: Mapping[str, float], store: Store) -> str:
    for fact in ("a known body or make", "a month or day", "a word of grammar", "a plain word", "a title"):
        if fact in features:
            return "a plain word"
    if not hits:
        return "a feature by its last word" if "ends with a feature word" in features else "unknown"
    if code.startswith("PCL"):
        return "a country"
    if not code.startswith("PPL"):
        sort = "a province" if code == "ADM1" else "another known place"
    elif code == "PPLC":
        sort = "a capital"
    else:
        sort = "a big town" if store.population[hits[0].row] >= BIG_TOWN else "a small place"
    person = ("a given name" in features or "a family name" in features) and "has an article" not in features
    return f"{sort} or a person" if person else sort
