"""The features of one candidate span: its shape, its words, what stands before and after it, how known it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.names import ARTICLES
from geomap.gazetteer.store import Store
from geomap.model import Token, Zone
from geomap.toponyms.scan import Span, is_capital
from geomap.toponyms.tools import ToponymTools


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a whole article tells about a span in it."""

    lower_words: frozenset[str]
    surnames: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A sentence with what is needed to judge the spans in it."""

    tokens: Sequence[Token]
    zone: Zone
    is_upper: bool
    known_first: frozenset[int]
    known_last: frozenset[int]


def describe(span: Span, context: Context, setting: Setting, store: Store, tools: ToponymTools) -> dict[str, float]:
    """Return the features of a span by name."""
    tokens = context.tokens
    found: dict[str, float] = {}
    _own_words(span, tokens, setting, tools, found)
    _fame(span, store, found)
    _before(span, context, tools, found)
    _after(span, context, tools, found)
    if context.is_upper:
        found["in a sentence of capitals"] = 1.0
    if context.zone != "body":
        found[f"in a {context.zone}"] = 1.0
    return found


_AFTER_CONTAINER = frozenset((",", "'s", "’s"))


def _own_words(
    span: Span, tokens: Sequence[Token], setting: Setting, tools: ToponymTools, found: dict[str, float]
) -> None:
    count = sum(t.text[0].isalnum() and t.text not in ARTICLES for t in tokens[span.first : span.last + 1])
    size = "one word" if count == 1 else "two words" if count == 2 else "more words"
    found[f"{'known' if span.hits else 'unknown'}, {size}"] = 1.0
    first, last = tokens[span.first].text.casefold(), tokens[span.last].text.casefold()
    if count == 1:
        _single_word(tokens[span.first].text, first, setting, found)
    if first in tools.common_words:
        found["a common word" if count == 1 else "begins with a common word"] = 1.0
    if first in tools.first_names:
        found["begins with a given name"] = 1.0
    if first in tools.titles:
        found["begins with a title"] = 1.0
    if span.key in tools.demonyms:
        found["a demonym"] = 1.0
    _last_word(last, count, setting, tools, found)


def _last_word(last: str, count: int, setting: Setting, tools: ToponymTools, found: dict[str, float]) -> None:
    if last in setting.surnames:
        found["a surname here"] = 1.0
    if last in tools.organisations:
        found["ends with an organisation word"] = 1.0
    elif last in GROUP_OF_WORD and count > 1:
        found["ends with a feature word"] = 1.0


def _single_word(text: str, folded: str, setting: Setting, found: dict[str, float]) -> None:
    if folded in setting.lower_words and text[0].isupper():
        found["also in lower case here"] = 1.0
    if text.isupper() and len(text) > 1:
        found["capitals, short" if len(text) < 5 else "capitals, long"] = 1.0


def _fame(span: Span, store: Store, found: dict[str, float]) -> None:
    if not span.hits:
        return
    best = span.hits[0]
    code = store.codes[store.code[best.row]]
    if population := store.population[best.row]:
        found["fame"] = math.log10(population) / 7
    else:
        found["fame unknown"] = 1.0
    if store.is_curated(best.row):
        found["a place of conflict news"] = 1.0
    found[f"may be {_class_of(code)}"] = 1.0
    found["known by another name" if best.kind else "known by its name"] = 1.0
    if len(span.hits) > 4:
        found["name of many places"] = 1.0


def _class_of(code: str) -> str:
    if code.startswith(("PCL", "TERR")):
        return "a country"
    if code.startswith("ADM"):
        return "a province or district"
    if code.startswith("AIR"):
        return "an airfield"
    return "a settlement" if code.startswith("PPL") else "another feature"


def _before(span: Span, context: Context, tools: ToponymTools, found: dict[str, float]) -> None:
    tokens, i = context.tokens, span.first - 1
    if i < 0:
        found["begins the sentence"] = 1.0
        return
    text = tokens[i].text
    word = text.casefold()
    if is_capital(text):
        found["after a capitalised word"] = 1.0
        if kind := _kind_before(word, tools):
            found[f"after {kind}"] = 1.0
    else:
        found[f"after {word}"] = 1.0
        if word in tools.titles:
            found["after a title"] = 1.0
    if i > 0:
        _two_before(tokens[i - 1].text, word, found)
    if i - 1 in context.known_last and word in _AFTER_CONTAINER:
        found["after a known name and a comma" if word == "," else "after a known name and 's"] = 1.0


def _kind_before(word: str, tools: ToponymTools) -> str | None:
    """Return what a capitalised word before a span is, None where it is nothing known."""
    plain = word.rstrip(".")
    if plain in tools.titles:
        return "a title"
    if word in tools.first_names:
        return "a given name"
    if len(plain) == 1:
        return "an initial"
    return "a capitalised feature word" if word in GROUP_OF_WORD else None


def _two_before(text: str, word: str, found: dict[str, float]) -> None:
    if word == "of":
        kind = "feature" if text.casefold() in GROUP_OF_WORD else "capitalised" if is_capital(text) else "other"
        found[f"after {kind} word and of"] = 1.0
    elif word == "the":
        found[f"after {text.casefold()} the"] = 1.0


def _after(span: Span, context: Context, tools: ToponymTools, found: dict[str, float]) -> None:
    tokens, i = context.tokens, span.last + 1
    if i >= len(tokens):
        found["ends the sentence"] = 1.0
        return
    text = tokens[i].text
    word = text.casefold()
    if is_capital(text):
        found["before a capitalised word"] = 1.0
        if word in tools.organisations:
            found["before an organisation word"] = 1.0
        elif word in GROUP_OF_WORD:
            found["before a capitalised feature word"] = 1.0
    else:
        found[f"before {word}"] = 1.0
        if word in GROUP_OF_WORD:
            found["before a feature word"] = 1.0
    if word == "," and i + 1 in context.known_first:
        found["before a comma and a known name"] = 1.0
    elif word == "-" and i + 1 < len(tokens):
        found["before a hyphen and a capital" if is_capital(tokens[i + 1].text) else "before a hyphen"] = 1.0
