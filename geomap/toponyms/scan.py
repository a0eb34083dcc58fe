"""Candidate spans: every stretch of a run of capitalised words that the gazetteer knows or that could be a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.names import ARTICLES
from geomap.gazetteer.store import Store
from geomap.toponyms.lines import CONJUNCTIONS, Line, is_tied_article, is_tied_number
from geomap.toponyms.names import Name
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import Word

MAX_TOKENS = 7  # in the longest name looked for, hyphens included
_HEADLESS = frozenset(("the", "a", "an"))
_PLACING = frozenset(("a feature word", "a preposition of place"))


class Span(NamedTuple):
    """A candidate: its first and last token in the line, and what its name tells."""

    first: int
    last: int
    name: Name


def candidate_spans(line: Line, text: str, store: Store, tools: ToponymTools) -> list[Span]:
    """Return the spans of a line that may be names: what the gazetteer knows, and what has the shape of a name.

    Unknown ones are the stretches between joining words, and those that begin or end with a feature word.
    """
    found: list[Span] = []
    for first, last in line.runs:
        if first == last:
            name = tools.name(line.tokens[first].text, store)
            if name.hits or _may_be_unknown(line, first):
                found.append(Span(first, last, name))
        else:
            found += _of_run(line, first, last, text, store, tools)
    for (_, last), (first, end) in pairwise(line.runs):
        if first == last + 2 and line.words[last + 1].kind == "a possessive":
            found += _across_possessive(line, last, first, min(end, first + MAX_TOKENS), text, store, tools)
    return found


def _across_possessive(
    line: Line, start: int, first: int, last: int, text: str, store: Store, tools: ToponymTools
) -> Iterator[Span]:
    """Yield the longest known name with a possessive in it: Cox's Bazar, People's Republic of China."""
    for end in range(last, first - 1, -1):
        name = tools.name(_slice(line, start, end, text), store)
        if name.hits or name.is_body:
            yield Span(start, end, name)
            return


def _slice(line: Line, first: int, last: int, text: str) -> str:
    return text[line.tokens[first].start : line.tokens[last].end]


def _of_run(line: Line, first: int, last: int, text: str, store: Store, tools: ToponymTools) -> Iterator[Span]:
    words = line.words
    pieces = _pieces(line, first, last) if line.style == "running text" else set()
    for start in range(first, last + 1):
        if not (words[start].is_capital or is_tied_article(words, start)):
            continue
        for end in range(min(last, start + MAX_TOKENS - 1), start - 1, -1):
            if words[end].is_capital or words[end].kind == "a number":
                name = tools.name(_slice(line, start, end, text), store)
                if words[start].fold in _HEADLESS and not name.keeps_article:
                    continue
                if _may_be_name(line, start, end, name, pieces):
                    yield Span(start, end, name)


def _may_be_name(line: Line, start: int, end: int, name: Name, pieces: set[tuple[int, int]]) -> bool:
    """Tell whether a stretch of a run is a candidate."""
    if name.is_body:
        return True
    if line.style == "running text":
        return bool(name.hits) or (start, end) in pieces or (end > start and _has_feature_word(line.words, start, end))
    word = line.words[start]
    if start == end:
        return (bool(name.hits) and (word.plain is None or not word.is_cased)) or _may_be_unknown(line, start)
    if line.style == "no cases" and word.kind in {"a feature word", "a direction"}:
        return False
    return bool(name.hits)


def _may_be_unknown(line: Line, i: int) -> bool:
    """Tell whether a word the gazetteer lacks could still be a name where it stands."""
    if line.style == "running text":
        return True
    return i > 0 and line.words[i - 1].kind in _PLACING and line.words[i].plain is None and len(line.tokens[i].text) > 2


def _pieces(line: Line, first: int, last: int) -> set[tuple[int, int]]:
    """Return the whole run and its stretches between joining words, with and without a leading plain word.

    What "and" joins is never one unknown name; a number at the end belongs to one only if it is tied by a hyphen.
    """
    words = line.words
    found: set[tuple[int, int]] = set()
    for start, end in (*_stretches(words, first, last, CONJUNCTIONS), *_stretches(words, first, last, None)):
        while end > start and not (words[end].is_capital or is_tied_number(line.tokens, end)):
            end -= 1  # noqa: PLW2901
        found.add((start, end))
        if start < end and words[start].plain is not None and words[start + 1].is_capital:
            found.add((start + 1, end))
    return found


def _stretches(
    words: Sequence[Word], first: int, last: int, joints: frozenset[str] | None
) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a run between words of a set, or without one between all joining words."""
    start = first
    for i in range(first, last + 2):
        if i <= last:
            word = words[i]
            if word.is_capital or word.kind in {"a hyphen", "a number"} or (joints is None and word.fold in ARTICLES):
                continue
            if joints is not None and word.fold not in joints:
                continue
        if start < i:
            yield start, i - 1
        start = i + 1


def _has_feature_word(words: Sequence[Word], start: int, end: int) -> bool:
    return words[end].fold in GROUP_OF_WORD or words[start].kind == "a capitalised feature word"
