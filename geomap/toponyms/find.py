"""The stage: an article's words to its mentions, every one with the reasons that made it a place name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from geomap.config import ToponymsConfig
from geomap.coordinates import coordinates_in
from geomap.gazetteer.store import Store
from geomap.model import Article, Mention, Zone
from geomap.reading.tokens import Tokens
from geomap.scoring import Clue, Why, probability
from geomap.toponyms.coreference import coreferring
from geomap.toponyms.cues import Setting, clues_of, neighbours, observe
from geomap.toponyms.demonyms import demonym_mentions
from geomap.toponyms.feature_words import feature_words
from geomap.toponyms.frames import HEADING
from geomap.toponyms.framing import framed
from geomap.toponyms.given import given_mentions, with_given
from geomap.toponyms.lines import Line, line_of
from geomap.toponyms.scan import Span, candidate_spans
from geomap.toponyms.tools import ToponymTools

_JOINTS = frozenset("in of and on at de la du y und the".split())  # what joins two names rather than makes one
SURE = 0.8  # probability from which a name is surely a place, which tells about its other occurrences

_total = itemgetter(0)  # of a clue

__all__ = ["find", "given_mentions", "with_given"]


def find(
    article: Article, words: Sequence[Tokens], store: Store, *, tools: ToponymTools, config: ToponymsConfig
) -> list[Mention]:
    """Find the mentions of an article, in text order, none overlapping another.

    Parameters
    ----------
    article
        The article.
    words
        The tokens of each of its sentences.
    store
        The gazetteer.
    tools
        Word lists and weights.
    config
        The probability from which a span counts, and whether demonyms are listed.
    """
    lines = scan(article, words, store, tools)
    setting = observe([(one.line, one.spans) for one in lines])
    judged = [with_frames(one.line, judge(one, setting, tools), tools, config.min_score) for one in lines]
    named: list[Mention] = []
    spans: list[Span] = []
    inferred: list[Mention] = []

    def code_of(i: int) -> str:
        return _code(spans[i], store)

    for one, likely in zip(lines, recalled(judged, tools), strict=True):
        chosen = choose(likely, config.min_score) if likely else []
        if chosen:
            named += _mentions(article, one, chosen, tools)
            spans += [c.span for c in chosen]
        if one.line.telling:
            inferred += coreferring(article, one.number, one.line, named, code_of)
        if config.demonyms:
            taken = [(c.span.first, c.span.last) for c in chosen]
            inferred += demonym_mentions(article, one.number, one.line, taken, tools.demonyms)
    return _in_order(named, inferred, coordinate_mentions(article))


def _in_order(named: list[Mention], inferred: Sequence[Mention], pairs: Sequence[Mention]) -> list[Mention]:
    """Put all mentions in text order; coordinates win over names inside them, antecedents follow the new order.

    The named ones are in order already.
    """
    if not (inferred or pairs):
        return named
    kept = [m for m in (*named, *inferred) if not any(m.start < c.end and c.start < m.end for c in pairs)]
    found = sorted([*kept, *pairs], key=lambda m: m.start)
    position = {(m.start, m.kind): i for i, m in enumerate(found)}
    for i, mention in enumerate(found):
        if mention.antecedent is not None:
            named_one = named[mention.antecedent]
            at = position.get((named_one.start, named_one.kind))
            found[i] = replace(mention, antecedent=at)
    return [m for m in found if m.kind != "coreference" or m.antecedent is not None]


def _code(span: Span, store: Store) -> str:
    return store.codes[store.code[span.name.hits[0].row]] if span.name.hits else ""


def coordinate_mentions(article: Article) -> list[Mention]:
    """Return the coordinates written in an article as mentions, those in boilerplate left out."""
    written = coordinates_in(article.text)
    if not written:
        return []
    starts = [s.start for s in article.sentences]
    found = []
    for one in written:
        number = bisect_right(starts, one.start) - 1
        if number >= 0 and article.sentences[number].zone != "boilerplate":
            text = article.text[one.start : one.end]
            why = {"coordinates": 1.0}
            found.append(
                Mention(start=one.start, end=one.end, text=text, sentence=number, kind="coordinates", reasons=why)
            )
    return found


class Scanned(NamedTuple):
    """A sentence by number and zone, with its candidate spans."""

    number: int
    zone: Zone
    line: Line
    spans: list[Span]


class Judged(NamedTuple):
    """A span with its probability, its clues and the frame that makes a place of it."""

    span: Span
    probability: float
    clues: Sequence[Clue]
    frame: str = ""


def scan(article: Article, words: Sequence[Tokens], store: Store, tools: ToponymTools) -> list[Scanned]:
    """Return the sentences that are read for places, with the spans that may be names; demonyms are left out."""
    found = []
    for number, (sentence, tokens) in enumerate(zip(article.sentences, words, strict=True)):
        if sentence.zone != "boilerplate":
            line = line_of(tokens, store, tools)
            spans = candidate_spans(line, article.text, store, tools)
            found.append(Scanned(number, sentence.zone, line, [s for s in spans if not s.name.is_demonym]))
    return found


def judge(scanned: Scanned, setting: Setting, tools: ToponymTools) -> list[Judged]:
    """Give every span of a sentence the probability that it is a place name."""
    if not scanned.spans:
        return []
    near, line, zone, model = neighbours(scanned.spans), scanned.line, scanned.zone, tools.model
    found = []
    for span in scanned.spans:
        clues = clues_of(span, line, zone, near, setting, tools)
        found.append(Judged(span, probability(model.bias + sum(map(_total, clues)), model), clues))
    return found


def recalled(lines: Sequence[Sequence[Judged]], tools: ToponymTools) -> Sequence[Sequence[Judged]]:
    """Judge again the spans whose name is surely a place elsewhere in the article."""
    sure = {j.span.name.key for line in lines for j in line if j.probability >= SURE}
    if not sure:
        return lines
    return [
        line and [_again(j, tools) if j.probability < SURE and j.span.name.key in sure else j for j in line]
        for line in lines
    ]


def _again(judged: Judged, tools: ToponymTools) -> Judged:
    model, clues = tools.model, [*judged.clues, tools.pair(RECALLED, judged.span.name.sort)]
    return Judged(judged.span, probability(model.bias + sum(map(_total, clues)), model), clues)


def with_frames(line: Line, judged: Sequence[Judged], tools: ToponymTools, min_score: float) -> Sequence[Judged]:
    """Make places of the spans that stand in a frame of places."""
    if not judged or not (line.telling or len(line.words) <= HEADING):
        return judged
    places = frozenset(i for i, one in enumerate(judged) if one.probability >= min_score)
    found = framed(line, [one.span for one in judged], places, tools)
    if not found:
        return judged
    return [
        Judged(one.span, max(one.probability, SURE), one.clues, found[i]) if i in found else one
        for i, one in enumerate(judged)
    ]


RECALLED = "surely a place elsewhere here"


def choose(judged: Sequence[Judged], min_score: float) -> list[Judged]:
    """Keep the likeliest spans that do not overlap, in text order."""
    likely = [one for one in judged if one.probability >= min_score]
    if len(likely) < 2:
        return likely
    found = []
    taken: set[int] = set()
    whole = [one for one in likely if not any(_is_inside(one.span, other.span) for other in likely)]
    for one in sorted(whole, key=lambda j: (-j.probability, j.span.first, j.span.first - j.span.last)):
        positions = range(one.span.first, one.span.last + 1)
        if taken.isdisjoint(positions):
            taken.update(positions)
            found.append(one)
    return sorted(found, key=lambda j: j.span.first)


def _is_inside(span: Span, other: Span) -> bool:
    """Tell whether a span is a part of another: where both may be names, "Kani" of "Kani Bilur" is not one."""
    within = other is not span and other.first <= span.first and span.last <= other.last
    return within and _JOINTS.isdisjoint(other.name.key.split(" "))


def _mentions(article: Article, scanned: Scanned, chosen: Sequence[Judged], tools: ToponymTools) -> list[Mention]:
    texts, starts = scanned.line.tokens.texts, scanned.line.tokens.starts
    positions = [(one.span.first, one.span.last) for one in chosen]
    words = feature_words(texts, positions, tools.lexicons.foreign_features)
    return [
        Mention(
            start=(start := starts[one.span.first]),
            end=(end := starts[one.span.last] + len(texts[one.span.last])),
            text=article.text[start:end],
            sentence=scanned.number,
            feature_word=word,
            score=round(one.probability, 3),
            reasons={one.frame: SURE} if one.frame else Why(one.clues, tools.model),
        )
        for one, word in zip(chosen, words, strict=True)
    ]
