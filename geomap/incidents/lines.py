"""A sentence as the rules see it: words without inner hyphens, and where the resolved names stand in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geomap.incidents.lexicons import Lexicons, Words
from geomap.model import Article, Resolution, Sentence, Span, Token
from geomap.reading.tokens import Tokens

HYPHENS = frozenset("-‐‑")
QUOTES = frozenset('“”"„«»')
UNREAD = HYPHENS | QUOTES
APOSTROPHES = "’‘`´"
STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


class Spot(NamedTuple):
    """A mention in a line: its words ``first`` up to but not including ``last``, and its resolution.

    ``number`` is the resolution's number in the article.
    """

    first: int
    last: int
    number: int
    resolution: Resolution


class Wording(NamedTuple):
    """The words of a sentence, lower-cased, their texts, and the numbers of the tokens that they are."""

    source: Tokens
    kept: Sequence[int]
    texts: Sequence[str]
    words: Words


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """One sentence: lower-cased words, the tokens behind them and the mentions in it.

    ``words[i]`` belongs to ``texts[i]`` and ``tokens[i]``; hyphens inside compounds and quotation marks are left out.
    ``resolutions`` are those of the sentence with their numbers. What most lines are never asked for is worked out
    when it is.
    """

    number: int
    sentence: Sentence
    words: Words
    texts: Sequence[str]
    wording: Wording
    resolutions: Sequence[tuple[int, Resolution]]
    article: Article

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each word begins in the article."""
        starts, kept = self.wording.source.starts, self.wording.kept
        return starts if len(kept) == len(starts) else [starts[k] for k in kept]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The token behind each word."""
        return tuple(Token(start, start + len(text), text) for start, text in zip(self.starts, self.texts, strict=True))

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The mentions that stand in the line, in the order of the resolutions."""
        found = list[Spot]()
        for number, resolution in self.resolutions:
            mention = resolution.mention
            first, last = self._ended_by(mention.start), bisect_left(self.starts, mention.end)
            if first < last:
                found.append(Spot(first, last, number, resolution))
        return tuple(found)

    def _ended_by(self, offset: int) -> int:
        """Return how many words end at an offset of the article or before it."""
        count = bisect_left(self.starts, offset)
        return count - 1 if count and self.starts[count - 1] + len(self.texts[count - 1]) > offset else count

    @cached_property
    def spot_at(self) -> Sequence[int]:
        """Number of the spot that covers each word, or -1."""
        cover = [-1] * len(self.words)
        for n, spot in enumerate(self.spots):
            cover[spot.first : spot.last] = [n] * (spot.last - spot.first)
        return cover

    def span(self, first: int, last: int) -> Span:
        """Return the article's span of the words from ``first`` up to ``last``."""
        return Span(self.starts[first], self.starts[last - 1] + len(self.texts[last - 1]))

    def written(self, first: int, last: int) -> str:
        """Return the article's own characters of some words."""
        return self.article.quote(self.span(first, last))

    def word(self, i: int) -> str:
        """Return a word, empty beyond either end."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    @cached_property
    def in_capitals(self) -> bool:
        """Whether the whole sentence is written in capitals, so that capitals say nothing."""
        return not any(text[1:].islower() for text in self.texts)

    def is_name(self, i: int) -> bool:
        """Tell whether a word is written as a name."""
        return self.texts[i][:1].isupper() and not self.in_capitals


def wording_of(tokens: Tokens) -> Wording:
    """Return the words of a sentence."""
    texts = tokens.texts
    kept: Sequence[int] = range(len(texts))
    if not UNREAD.isdisjoint(texts):
        kept = [n for n in kept if texts[n] not in UNREAD or (texts[n] in HYPHENS and not _is_inner(tokens, n))]
        texts = [texts[n] for n in kept]
    return Wording(tokens, kept, texts, plain_words(texts))


def plain_words(texts: Sequence[str]) -> Words:
    """Return tokens as the rules know them: lower case, straight apostrophes, initials without full stops."""
    whole = "".join(texts)
    odd = whole.count(".") > texts.count(".") or any(mark in whole for mark in APOSTROPHES)
    return tuple(map(_plain if odd else str.lower, texts))


def make_line(number: int, article: Article, wording: Wording, resolutions: Sequence[tuple[int, Resolution]]) -> Line:
    """Return a sentence as a line; ``resolutions`` are those of this sentence with their numbers."""
    return Line(
        number=number,
        sentence=article.sentences[number],
        words=wording.words,
        texts=wording.texts,
        wording=wording,
        resolutions=resolutions,
        article=article,
    )


def _is_inner(tokens: Tokens, n: int) -> bool:
    """Tell whether a hyphen ties the words on both its sides."""
    return 0 < n < len(tokens) - 1 and tokens.is_tied(n) and tokens.is_tied(n + 1)


def _plain(text: str) -> str:
    if text.isalpha():
        return text.lower()
    lower = text.lower().translate(STRAIGHT)
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
