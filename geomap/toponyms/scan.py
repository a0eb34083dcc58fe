"""Candidate spans: runs of capitalised words, and every stretch of them that is or could be a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.inflection import prefix_lengths
from geomap.gazetteer.names import ARTICLES
from geomap.gazetteer.store import Store
from geomap.model import Token
from geomap.toponyms.names import Name
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import HYPHENS, Word

Style = Literal["running text", "capitals", "title case", "no cases"]

MAX_TOKENS = 7  # in the longest name looked for, hyphens included
_JOINING = frozenset(
    "of de la del du des da do di le les von van der den upon sur and y the el al on in un an und et".split()
)
_HEADLESS = frozenset(("the", "a", "an"))
_MIN_WORDS_OF_STYLE = 4
_MOSTLY = 0.7


class Span(NamedTuple):
    """A candidate: its first and last token in the line, and what its name tells."""

    first: int
    last: int
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence as finding sees it: its tokens, what each word is to its neighbours, and how it is written."""

    tokens: Sequence[Token]
    words: Sequence[Word]
    style: Style
    runs: Sequence[tuple[int, int]]


def line_of(tokens: Sequence[Token], store: Store, tools: ToponymTools) -> Line:
    """Describe a sentence's tokens; prefixes that Arabic and Hebrew write onto a name become tokens of their own."""
    words = [tools.word(t.text) for t in tokens]
    style = _style(words, tokens)
    if style == "no cases":
        tokens = list(_without_prefixes(tokens, store, tools))
        words = [tools.word(t.text) for t in tokens]
    elif style != "running text":
        words = [_levelled(word, tools) for word in words]
    return Line(tokens=tokens, words=words, style=style, runs=_runs(tokens, words))


def _style(words: Sequence[Word], tokens: Sequence[Token]) -> Style:
    capital = sum(w.is_capital for w in words)
    if capital < _MIN_WORDS_OF_STYLE:
        return (
            "running text"
            if capital == 0 or sum(not w.is_cased for w in words if w.is_capital) < capital
            else "no cases"
        )
    letters = sum(w.is_capital or w.is_cased for w in words)
    if capital <= _MOSTLY * letters:
        return "running text"
    if sum(not w.is_cased for w in words if w.is_capital) > capital / 2:
        return "no cases"
    if sum(t.text.isupper() for t in tokens) > _MOSTLY * letters:
        return "capitals"
    return "title case" if sum(w.is_capital and w.plain is not None for w in words) > 1 else "running text"


def _levelled(word: Word, tools: ToponymTools) -> Word:
    """Return a word of a line in capitals as it would be in running text, still a possible part of a name."""
    if not word.is_capital:
        return word
    if word.plain is not None:
        return tools.word(word.fold)._replace(is_capital=True, plain=word.plain)
    return tools.word(word.fold.capitalize())


def _without_prefixes(tokens: Sequence[Token], store: Store, tools: ToponymTools) -> Iterator[Token]:
    for token in tokens:
        cut = 0
        if not tools.name(token.text, store).hits:
            cuts = prefix_lengths(token.text)
            cut = next((n for n in cuts if tools.name(token.text[n:], store).hits), 0)
        if cut:
            yield Token(token.start, token.start + cut, token.text[:cut])
        yield Token(token.start + cut, token.end, token.text[cut:])


def _runs(tokens: Sequence[Token], words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return first and last token of every run of capitalised words, small joining words inside them included."""
    found: list[tuple[int, int]] = []
    done = -1
    for i, word in enumerate(words):
        if i > done and (word.is_capital or _is_tied_article(words, i)):
            done = _run_end(tokens, words, i)
            found.append((i, done))
    return found


def _run_end(tokens: Sequence[Token], words: Sequence[Word], i: int) -> int:
    last, n = i, len(words)
    for j in range(i + 1, n):
        word = words[j]
        if word.is_capital or (word.kind == "a number" and last == j - 1) or (_is_number_after_hyphen(tokens, j)):
            last = j
        elif j - last > 2 or not (word.kind == "a hyphen" or word.fold in _JOINING or word.fold in ARTICLES):
            break
    return last


def _is_number_after_hyphen(tokens: Sequence[Token], j: int) -> bool:
    return tokens[j].text[0].isdigit() and tokens[j - 1].text in HYPHENS


def _is_tied_article(words: Sequence[Word], i: int) -> bool:
    """Tell whether a lower-case article is tied to a capital: al-Qaim."""
    return (
        words[i].fold in ARTICLES and i + 2 < len(words) and words[i + 1].kind == "a hyphen" and words[i + 2].is_capital
    )


def candidate_spans(line: Line, text: str, store: Store, tools: ToponymTools) -> list[Span]:
    """Return the spans of a line that may be names: what the gazetteer knows, and what has the shape of a name.

    Unknown ones are the stretches between joining words, and those that begin or end with a feature word.
    """
    found: list[Span] = []
    for first, last in line.runs:
        if first == last:
            found += _single(line, first, text, store, tools)
        else:
            found += _of_run(line, first, last, text, store, tools)
    return found


def _single(line: Line, i: int, text: str, store: Store, tools: ToponymTools) -> Iterator[Span]:
    token = line.tokens[i]
    name = tools.name(token.text, store)
    if name.hits or _may_be_unknown(line, i, i):
        yield Span(i, i, name)


def _of_run(line: Line, first: int, last: int, text: str, store: Store, tools: ToponymTools) -> Iterator[Span]:
    tokens, words = line.tokens, line.words
    pieces = _pieces(words, first, last) if line.style == "running text" else set()
    for start in range(first, last + 1):
        if not (words[start].is_capital or _is_tied_article(words, start)):
            continue
        for end in range(min(last, start + MAX_TOKENS - 1), start - 1, -1):
            if not (words[end].is_capital or words[end].kind == "a number"):
                continue
            name = tools.name(text[tokens[start].start : tokens[end].end], store)
            if words[start].fold in _HEADLESS and not name.keeps_article:
                continue
            if name.hits:
                if (
                    end > start
                    or line.style == "running text"
                    or words[start].plain is None
                    or not words[start].is_cased
                ):
                    yield Span(start, end, name)
            elif (start, end) in pieces or (end > start and _has_feature_word(words, start, end)):
                yield Span(start, end, name)
            elif line.style != "running text" and start == end and _may_be_unknown(line, start, end):
                yield Span(start, end, name)


def _pieces(words: Sequence[Word], first: int, last: int) -> set[tuple[int, int]]:
    """Return the whole run and its stretches between joining words, with and without a leading plain word."""
    found = {(first, last)}
    start = first
    for i in range(first, last + 2):
        joint = i > last or (
            not words[i].is_capital and words[i].kind not in {"a hyphen", "a number"} and words[i].fold not in ARTICLES
        )
        if joint:
            end = i - 1
            while end > start and not words[end].is_capital:
                end -= 1
            if start <= end and words[start].is_capital:
                found.add((start, end))
                if start < end and words[start].plain is not None and words[start + 1].is_capital:
                    found.add((start + 1, end))
            start = i + 1
    if not words[last].is_capital:  # a number at the end belongs only to a known name
        found = {(a, b) for a, b in found if b != last} | {(a, b - 1) for a, b in found if b == last and a < b}
    return found


def _has_feature_word(words: Sequence[Word], start: int, end: int) -> bool:
    return words[end].fold in GROUP_OF_WORD or words[start].kind in {"a capitalised feature word"}


def _may_be_unknown(line: Line, start: int, end: int) -> bool:
    """Tell whether a word the gazetteer lacks could still be a name where it stands."""
    if line.style == "running text":
        return True
    before = line.words[start - 1] if start else None
    if before is None or before.kind != "a feature word":
        return False
    return line.words[end].plain is None
