"""Candidate spans: runs of capitalised words, and every stretch of them that the gazetteer knows as a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.names import ARTICLES, bare_key, key
from geomap.gazetteer.store import Hit, Store
from geomap.model import Token

MAX_WORDS = 7  # tokens in the longest name looked for, hyphens included
_INNER = frozenset("of de la del du des da do di le les von van der den upon sur and y the el al on in".split())
_HYPHENS = frozenset("-‐‑–")


class Span(NamedTuple):
    """A candidate: its first and last token in the sentence, its key, and what the key may mean (likelier first)."""

    first: int
    last: int
    key: str
    hits: Sequence[Hit]


def is_capital(text: str) -> bool:
    """Tell whether a word could begin a name: upper case, or a script without cases."""
    first = text[0]
    return first.isupper() or (first.isalpha() and not first.islower())


def candidate_spans(tokens: Sequence[Token], text: str, store: Store) -> Iterator[Span]:
    """Yield the known spans of a sentence; of every run also what the gazetteer lacks but may be a name.

    That is the whole run, and every stretch of it that ends in a feature word ("Edgar County").
    """
    for first, last in runs(tokens):
        found: set[tuple[int, int]] = set()
        for start, end in _stretches(tokens, first, last):
            strict = _key(text[tokens[start].start : tokens[end].end])
            hits = known(store, strict)
            if hits or (end > start and tokens[end].text.casefold() in GROUP_OF_WORD):
                found.add((start, end))
                yield Span(start, end, strict, hits)
        if (first, last) not in found:
            yield Span(first, last, _key(text[tokens[first].start : tokens[last].end]), ())


def _stretches(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of every part of a run that could be a name."""
    for start in range(first, last + 1):
        if _may_start(tokens, start):
            for end in range(min(last, start + MAX_WORDS - 1), start - 1, -1):
                if _may_end(tokens, end):
                    yield start, end


def known(store: Store, strict: str) -> Sequence[Hit]:
    """Return what a strict key, or else its form without articles, may mean."""
    hits = store.hits(strict)
    if not hits and not ARTICLES.isdisjoint(strict.split(" ")):
        hits = store.hits(bare_key(strict))
    return hits


def runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return first and last token of every run of capitalised words, small joining words inside them included."""
    found: list[tuple[int, int]] = []
    i, n = 0, len(tokens)
    while i < n:
        if not _may_start(tokens, i):
            i += 1
            continue
        last = _run_end(tokens, i)
        found.append((i, last))
        i = last + 1
    return found


def _run_end(tokens: Sequence[Token], i: int) -> int:
    last, j, n = i, i + 1, len(tokens)
    while j < n:
        word = tokens[j].text
        if is_capital(word) or (word.isdigit() and tokens[j - 1].text in _HYPHENS):
            last = j
        elif not (word in _HYPHENS or word in _INNER or word.casefold() in ARTICLES) or j - last > 2:
            break
        j += 1
    return last


def _may_start(tokens: Sequence[Token], i: int) -> bool:
    word = tokens[i].text
    if is_capital(word):
        return True
    # a lower-case article tied to a capital: al-Qaim
    return (
        word in ARTICLES and i + 2 < len(tokens) and tokens[i + 1].text in _HYPHENS and is_capital(tokens[i + 2].text)
    )


def _may_end(tokens: Sequence[Token], i: int) -> bool:
    word = tokens[i].text
    return is_capital(word) or word.isdigit()


_key = lru_cache(maxsize=1 << 16)(key)
