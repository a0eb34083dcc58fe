"""The stage: an article's words to its mentions, every one with the reasons that made it a place name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.config import ToponymsConfig
from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.store import Store
from geomap.model import Article, Mention, Sentence, Token
from geomap.scoring import Model, probability, reasons, total
from geomap.toponyms.cues import Context, Setting, describe
from geomap.toponyms.scan import Span, candidate_spans, is_capital
from geomap.toponyms.tools import ToponymTools


def find(
    article: Article, words: Sequence[Sequence[Token]], store: Store, *, tools: ToponymTools, config: ToponymsConfig
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
    setting = observe(words, tools)
    found: list[Mention] = []
    for number, (sentence, tokens) in enumerate(zip(article.sentences, words, strict=True)):
        if sentence.zone == "boilerplate":
            continue
        judged = judge(describe_all(sentence, tokens, article.text, setting, store=store, tools=tools), tools.model)
        mentions = [_mention(article, number, tokens, one, tools.model) for one in choose(judged, config.min_score)]
        found += [m for m in mentions if m.kind != "demonym" or config.demonyms]
    return found


class Judged(NamedTuple):
    """A span with its probability and its features."""

    span: Span
    probability: float
    features: dict[str, float]


def describe_all(
    sentence: Sentence, tokens: Sequence[Token], text: str, setting: Setting, *, store: Store, tools: ToponymTools
) -> list[tuple[Span, dict[str, float]]]:
    """Return the candidate spans of a sentence with their features."""
    spans = list(candidate_spans(tokens, text, store))
    context = context_of(sentence, tokens, spans)
    return [(span, describe(span, context, setting, store, tools)) for span in spans]


def judge(described: Sequence[tuple[Span, dict[str, float]]], model: Model) -> list[Judged]:
    """Give every span the probability that it is a place name."""
    return [Judged(span, probability(total(features, model), model), features) for span, features in described]


def choose(judged: Sequence[Judged], min_score: float) -> list[Judged]:
    """Keep the likeliest spans that do not overlap, in text order."""
    found = []
    taken: set[int] = set()
    for one in sorted(judged, key=lambda j: (-j.probability, j.span.first, j.span.first - j.span.last)):
        positions = range(one.span.first, one.span.last + 1)
        if one.probability >= min_score and taken.isdisjoint(positions):
            taken.update(positions)
            found.append(one)
    return sorted(found, key=lambda j: j.span.first)


def observe(words: Sequence[Sequence[Token]], tools: ToponymTools) -> Setting:
    """Note what the whole article tells: words it also writes in lower case, and surnames of people it names."""
    lower: set[str] = set()
    surnames: set[str] = set()
    for tokens in words:
        before = ""
        for token in tokens:
            text = token.text
            if text[0].islower():
                lower.add(text)
            elif is_capital(text) and (before in tools.first_names or before in tools.titles):
                folded = text.casefold()
                if folded not in tools.first_names:
                    surnames.add(folded)
            before = text.casefold() if text != "." else before
    return Setting(lower_words=frozenset(lower), surnames=frozenset(surnames))


def context_of(sentence: Sentence, tokens: Sequence[Token], spans: Sequence[Span]) -> Context:
    """Return a sentence with what the cues need to know of it."""
    letters = [t.text for t in tokens if t.text[0].isalpha()]
    return Context(
        tokens=tokens,
        zone=sentence.zone,
        is_upper=len(letters) > 3 and sum(t.isupper() for t in letters) > 0.7 * len(letters),
        known_first=frozenset(s.first for s in spans if s.hits),
        known_last=frozenset(s.last for s in spans if s.hits),
    )


def _mention(article: Article, number: int, tokens: Sequence[Token], judged: Judged, model: Model) -> Mention:
    span = judged.span
    start, end = tokens[span.first].start, tokens[span.last].end
    return Mention(
        start=start,
        end=end,
        text=article.text[start:end],
        sentence=number,
        kind="demonym" if "a demonym" in judged.features else "name",
        feature_word=feature_word(tokens, span),
        score=round(judged.probability, 3),
        reasons=reasons(judged.features, model),
    )


def given_mentions(
    article: Article, words: Sequence[Sequence[Token]], spans: Sequence[tuple[int, int]]
) -> list[Mention]:
    """Return mentions at spans that are known already, in text order."""
    found = []
    for start, end in sorted(spans):
        number = next((i for i, s in enumerate(article.sentences) if s.start <= start < s.end), 0)
        tokens = words[number] if words else []
        covered = [i for i, t in enumerate(tokens) if t.start < end and start < t.end]
        word = feature_word(tokens, Span(covered[0], covered[-1], "", ())) if covered else None
        text = article.text[start:end]
        found.append(Mention(start=start, end=end, text=text, sentence=number, feature_word=word))
    return found


def with_given(found: Sequence[Mention], given: Sequence[Mention]) -> list[Mention]:
    """Return the given mentions and those found that overlap none of them, in text order."""
    ends = sorted((m.start, m.end) for m in given)
    kept = [m for m in found if not any(start < m.end and m.start < end for start, end in ends)]
    return sorted([*given, *kept], key=lambda m: (m.start, m.end))


def feature_word(tokens: Sequence[Token], span: Span) -> str | None:
    """Return the feature word beside a span or at its end: "airbase", "oil field", "district of"."""
    after = [t.text.casefold() for t in tokens[span.last + 1 : span.last + 4]]
    before = [t.text.casefold() for t in tokens[max(0, span.first - 3) : span.first]]
    for count in (3, 2, 1):
        if len(after) >= count and (words := " ".join(after[:count])) in GROUP_OF_WORD:
            return words
    for count in (2, 1):
        if before[-1:] == ["of"] and (words := " ".join(before[-1 - count : -1])) in GROUP_OF_WORD:
            return words
    if before and before[-1] in _WORDS_BEFORE:
        return before[-1]
    last = tokens[span.last].text.casefold()
    return last if span.last > span.first and last in GROUP_OF_WORD else None


_WORDS_BEFORE = frozenset("camp fort port lake mount base".split())
