"""Toponyms whose spans are known already, and how they go together with those that are found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geomap.model import Article, Mention
from geomap.reading.tokens import Tokens
from geomap.toponyms.feature_words import feature_words


def given_mentions(article: Article, words: Sequence[Tokens], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    """Return mentions at spans that are known already, in text order.

    A span counts for the sentence it begins in.
    """
    starts = [s.start for s in article.sentences]
    found = []
    for start, end in sorted(spans):
        number = max(0, bisect_right(starts, start) - 1)
        word = _feature_word(words[number], start, end) if words else None
        text = article.text[start:end]
        found.append(Mention(start=start, end=end, text=text, sentence=number, feature_word=word))
    return found


def _feature_word(tokens: Tokens, start: int, end: int) -> str | None:
    first, last = tokens.ended_by(start), bisect_left(tokens.starts, end) - 1
    return feature_words(tokens.texts, [(first, last)])[0] if first <= last else None


def with_given(found: Sequence[Mention], given: Sequence[Mention]) -> list[Mention]:
    """Return the given mentions and those found that overlap none of them, in text order."""
    kept = [m for m in found if not _overlaps(m, given) and not _refers_into(m, found, given)]
    merged = sorted([*given, *kept], key=lambda m: (m.start, m.end))
    position = {id(m): i for i, m in enumerate(merged)}
    return [m if m.antecedent is None else replace(m, antecedent=position[id(found[m.antecedent])]) for m in merged]


def _overlaps(mention: Mention, given: Sequence[Mention]) -> bool:
    at = bisect_right(given, mention.start, key=lambda g: g.end)
    return at < len(given) and given[at].start < mention.end


def _refers_into(mention: Mention, found: Sequence[Mention], given: Sequence[Mention]) -> bool:
    """Tell whether a mention refers to one that a given span has taken the place of."""
    return mention.antecedent is not None and _overlaps(found[mention.antecedent], given)
