"""A sentence as the rules see it: words without inner hyphens, and where the resolved names stand in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geomap.incidents.lexicons import Lexicons, Words
from geomap.model import Article, Resolution, Sentence, Span, Token

HYPHENS = frozenset("-‐‑")
QUOTES = frozenset('“”"„«»')
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


class Spot(NamedTuple):
    """A mention in a line: its words ``first`` up to but not including ``last``, and its resolution.

    ``number`` is the resolution's number in the article.
    """

    first: int
    last: int
    number: int
    resolution: Resolution


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence: lower-cased words, the tokens behind them and the mentions in it.

    ``words[i]`` belongs to ``tokens[i]``; hyphens inside compounds and quotation marks are left out of both.
    """

    number: int
    sentence: Sentence
    words: Words
    tokens: tuple[Token, ...]
    spots: tuple[Spot, ...]
    article: Article

    @cached_property
    def spot_at(self) -> tuple[int, ...]:
        """Number of the spot that covers each word, or -1."""
        cover = [-1] * len(self.words)
        for n, spot in enumerate(self.spots):
            cover[spot.first : spot.last] = [n] * (spot.last - spot.first)
        return tuple(cover)

    def span(self, first: int, last: int) -> Span:
        """Return the article's span of the words from ``first`` up to ``last``."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def written(self, first: int, last: int) -> str:
        """Return the article's own characters of some words."""
        return self.article.quote(self.span(first, last))

    def word(self, i: int) -> str:
        """Return a word, empty beyond either end."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    @cached_property
    def in_capitals(self) -> bool:
        """Whether the whole sentence is written in capitals, so that capitals say nothing."""
        return not any(token.text[1:].islower() for token in self.tokens)

    def is_name(self, i: int) -> bool:
        """Tell whether a word is written as a name."""
        return self.tokens[i].text[:1].isupper() and not self.in_capitals


def lower_words(tokens: Sequence[Token]) -> list[str]:
    """Return the lower-cased texts of tokens: the cheap test of whether a sentence needs reading at all."""
    return [token.text.lower() for token in tokens]


def make_line(
    number: int, article: Article, tokens: Sequence[Token], resolutions: Sequence[tuple[int, Resolution]]
) -> Line:
    """Return a sentence as a line; ``resolutions`` are those of this sentence with their numbers."""
    kept = [t for n, t in enumerate(tokens) if t.text not in QUOTES and not _is_inner_hyphen(tokens, n)]
    starts, ends = [t.start for t in kept], [t.end for t in kept]
    spots = []
    for index, resolution in resolutions:
        mention = resolution.mention
        first, last = bisect_right(ends, mention.start), bisect_left(starts, mention.end)
        if first < last:
            spots.append(Spot(first, last, index, resolution))
    words = tuple(_plain(t.text) for t in kept)
    return Line(
        number=number,
        sentence=article.sentences[number],
        words=words,
        tokens=tuple(kept),
        spots=tuple(spots),
        article=article,
    )


def _is_inner_hyphen(tokens: Sequence[Token], n: int) -> bool:
    token = tokens[n]
    if token.text not in HYPHENS or not 0 < n < len(tokens) - 1:
        return False
    return tokens[n - 1].end == token.start and tokens[n + 1].start == token.end


def _plain(text: str) -> str:
    if text.isalpha():
        return text.lower()
    lower = text.lower().translate(APOSTROPHES)
    if "." in lower and len(lower) > 1:
        bare = lower.replace(".", "")
        return bare if bare.isalpha() else lower
    return lower


def phrase_at(line: Line, i: int, section: str, lexicons: Lexicons) -> int:
    """Return how many words of a section's entry stand at a word; 0 where none does."""
    word = line.words[i]
    for entry in lexicons.phrases[section].get(word, ()):
        if line.words[i : i + len(entry)] == entry:
            return len(entry)
    return 1 if word in lexicons.sets[section] else 0
