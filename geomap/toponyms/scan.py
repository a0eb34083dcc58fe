"""Candidate spans: every stretch of a run of capitalised words that the gazetteer knows or that could be a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.names import ARTICLES
from geomap.gazetteer.store import Store
from geomap.toponyms.lines import Line, is_tied_article, is_tied_number
from geomap.toponyms.names import Entry, Name
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import CONJUNCTIONS, Word

MAX_TOKENS = 7  # in the longest name looked for, hyphens included
_HEADLESS = frozenset(("the", "a", "an"))
_GRAMMAR = frozenset(("a preposition of place", "another preposition", "a determiner", "and"))
_LEADING = frozenset(("a feature word", "a direction"))
# in lines of capitals nothing shows whether these are part of the name: they are not, as in running text
_APART = frozenset("airport airbase base district province governorate region oblast camp embassy".split())
_PLACING = frozenset(("a feature word", "a preposition of place"))


class Span(NamedTuple):
    """A candidate: its first and last token in the line, the run of capitals it is of, and what its name tells."""

    first: int
    last: int
    run: tuple[int, int]
    name: Name


def candidate_spans(line: Line, text: str, store: Store, tools: ToponymTools) -> list[Span]:
    """Return the spans of a line that may be names: what the gazetteer knows, and what has the shape of a name.

    Unknown ones are the stretches between joining words, and those that begin or end with a feature word.
    """
    found: list[Span] = []
    looker = Looker(line, text, store, tools)
    for run in line.runs:
        if run[0] != run[1]:
            found += _of_run(looker, run)
        elif _may_stand_alone(looker, run[0]):
            found.append(looker.span(run[0], run[0], run))
    for (_, last), run in pairwise(line.runs):
        if run[0] == last + 2 and line.words[last + 1].kind == "a possessive":
            found += _across_possessive(looker, last, run)
    bodies = [s for s in found if s.name.is_body and s.last > s.first]
    return [s for s in found if not any(_is_inside(s, body) for body in bodies)] if bodies else found


def _is_inside(span: Span, body: Span) -> bool:
    """Tell whether a span is part of the name of a body: "Iraq" in "Islamic Resistance in Iraq"."""
    return body.first <= span.first and span.last <= body.last and span is not body


class Looker(NamedTuple):
    """Looks stretches of one line up."""

    line: Line
    text: str
    store: Store
    tools: ToponymTools

    def slice(self, first: int, last: int) -> str:
        """Return the text of a stretch of tokens."""
        tokens = self.line.tokens
        return tokens.texts[first] if first == last else self.text[tokens.starts[first] : tokens.end_of(last)]

    def entry(self, first: int, last: int) -> Entry:
        """Return what is known under a stretch of tokens."""
        return self.tools.entry(self.slice(first, last), self.store)

    def span(self, first: int, last: int, run: tuple[int, int]) -> Span:
        """Return a stretch of tokens as a candidate."""
        return Span(first, last, run, self.tools.name(self.slice(first, last), self.store))


def _may_stand_alone(looker: Looker, i: int) -> bool:
    line = looker.line
    return not _is_grammar(line, i) and (_may_be_unknown(line, i) or bool(looker.entry(i, i).hits))


def _across_possessive(looker: Looker, start: int, run: tuple[int, int]) -> Iterator[Span]:
    """Yield the longest known name with a possessive in it: Cox's Bazar, People's Republic of China."""
    for end in range(min(run[1], run[0] + MAX_TOKENS), run[0] - 1, -1):
        entry = looker.entry(start, end)
        if entry.hits or entry.is_body:
            yield looker.span(start, end, run)
            return


def _of_run(looker: Looker, run: tuple[int, int]) -> Iterator[Span]:
    line, (first, last) = looker.line, run
    words = line.words
    pieces = _pieces(line, first, last) if line.style == "running text" else set()
    starts = [
        i for i in range(first, last + 1) if words[i].is_capital or (words[i].is_article and is_tied_article(words, i))
    ]
    ends = [i for i in range(last, first - 1, -1) if words[i].is_capital or words[i].kind == "a number"]
    entry_of, name_of, store = looker.tools.entry, looker.tools.name, looker.store
    for start in starts:
        headless = words[start].fold in _HEADLESS
        for end in ends:
            if start <= end < start + MAX_TOKENS:
                text = looker.slice(start, end)
                entry = entry_of(text, store)
                if not (headless and not entry.keeps_article) and _may_be_name(line, start, end, entry, pieces):
                    yield Span(start, end, run, name_of(text, store))


def _may_be_name(line: Line, start: int, end: int, entry: Entry, pieces: set[tuple[int, int]]) -> bool:
    """Tell whether a stretch of a run is a candidate."""
    if entry.is_body:
        return True
    if start == end:
        return _may_be_word(line, start, entry, pieces)
    if line.style == "running text":
        return bool(entry.hits) or (start, end) in pieces or _has_feature_word(line.words, start, end)
    if line.style == "no cases":
        return bool(entry.hits) and line.words[start].kind not in _LEADING
    return bool(entry.hits) and line.words[end].fold not in _APART


def _may_be_word(line: Line, i: int, entry: Entry, pieces: set[tuple[int, int]]) -> bool:
    """Tell whether a single word of a run is a candidate."""
    word = line.words[i]
    if _is_grammar(line, i):
        return False
    if line.style == "running text":
        return bool(entry.hits) or ((i, i) in pieces and word.plain is None)
    return (bool(entry.hits) and (word.plain is None or not word.is_cased)) or _may_be_unknown(line, i)


def _may_be_unknown(line: Line, i: int) -> bool:
    """Tell whether a word the gazetteer lacks could still be a name where it stands."""
    if line.words[i].plain is not None:
        return False
    if line.style == "running text":
        return True
    return i > 0 and line.words[i - 1].kind in _PLACING and len(line.tokens.texts[i]) > 2


def _is_grammar(line: Line, i: int) -> bool:
    """Tell whether a capitalised word is one of grammar, no name by itself: "In", "The"; "US" is none."""
    return line.words[i].plain in _GRAMMAR and not (len(line.tokens.texts[i]) > 1 and line.tokens.texts[i].isupper())


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
