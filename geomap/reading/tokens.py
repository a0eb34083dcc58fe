"""Text to words and punctuation marks, every one with its place in the text.

A word is a run of letters, digits and combining marks. Apostrophes inside it belong to it ("Sana'a", "Qa'im"), hyphens
do not ("al-Asad" is three tokens); a possessive is a token of its own ("Anbar", "'s"); numbers keep the comma and the
point inside them ("2,500"); known abbreviations keep their full stops ("U.S.", "W.Va.", "St.").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import overload

from geomap.model import Token
from geomap.reading.abbreviations import FIRMS, MONTHS, STATES, TITLES

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0730-\u074a\u0900-\u0963\u0966-\u096f\u0971-\u0df3"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u1000-\u1049\u1780-\u17d3\u20d0-\u20f0"
    "\u00ad\u200c\u200d"  # the soft hyphen and the joiners stand inside words
)
_APOSTROPHES = "'’‘`´′\u05f3\u05f4"
_INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"


def _ending_in_known_abbreviation() -> str:
    """Return a pattern that holds just behind the full stop of a known abbreviation.

    Look-behinds need a fixed width, hence one for each length; they are only tried where a full stop follows a word.
    """
    by_length: dict[int, list[str]] = {}
    for word in sorted(TITLES | MONTHS | STATES | FIRMS):
        if word[0].isupper():
            by_length.setdefault(len(word), []).append(word)
    return "|".join(rf"(?<=\b(?:{'|'.join(words)})\.)" for words in by_length.values())


# Only sets are repeated possessively: Python before 3.11.4 loses its place where a group in brackets is.
_LETTERS = rf"[^\W_][^\W_{_MARKS}]*+(?:[{_MARKS}]++[^\W_]*+)*"
_DOTTED = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|[^\W\d_]\.(?:Va\.|[A-Z](?!\w))"
_POSSESSIVE = rf"[{_APOSTROPHES}][sS](?!\w)"
_INNER = (
    rf"(?:[{_APOSTROPHES}](?<!\d.)(?:(?<=\b[Rr][Aa].)|(?![sS](?!\w)))|[.,٫٬](?<=\d.)(?=\d)){_LETTERS}"  # Ra's al-Ayn
)
_WORD = rf"{_LETTERS}(?:{_INNER})*(?:\.(?:{_ending_in_known_abbreviation()}))?"
_PLAIN = r"[A-Za-z]++(?=[ ,\n)])"  # most words; the rest of the pattern would say the same, slower
PATTERN = re.compile(rf"{_PLAIN}|{_DOTTED}|{_WORD}|{_POSSESSIVE}|\.{{2,}}|--+|[^\s{_INVISIBLE}]")


class Tokens(Sequence[Token]):
    """The tokens of a stretch of text, in order; ``texts`` are what they say.

    ``starts`` are their offsets in the text, worked out when they are first asked for. A token by number is made on
    the spot: code that goes through many looks at ``texts`` and ``starts``.
    """

    __slots__ = ("_start", "_starts", "_text", "texts")

    def __init__(self, text: str, start: int, texts: Sequence[str]) -> None:
        self._text, self._start, self.texts = text, start, texts
        self._starts: Sequence[int] | None = None

    @property
    def starts(self) -> Sequence[int]:
        """Where each token begins in the text; it ends ``len(texts[i])`` characters further on."""
        if self._starts is None:
            self._starts = self._found()
        return self._starts

    def _found(self) -> Sequence[int]:
        at, text, found = self._start, self._text, []
        for one in self.texts:
            first = one[0]
            while text[at] != first:  # what lies between tokens never begins one
                at += 1
            found.append(at)
            at += len(one)
        return found

    def end_of(self, i: int) -> int:
        """Return where a token ends in the text."""
        return self.starts[i] + len(self.texts[i])

    def is_tied(self, i: int) -> bool:
        """Tell whether nothing stands between a token, not the first, and the one before it."""
        return self.starts[i] == self.end_of(i - 1)

    def ended_by(self, offset: int) -> int:
        """Return how many of the tokens end at an offset of the text or before it."""
        count = bisect_left(self.starts, offset)
        return count - 1 if count and self.end_of(count - 1) > offset else count

    def cut_up(self, texts: Sequence[str]) -> Tokens:
        """Return the same stretch with some of its tokens cut in two."""
        return Tokens(self._text, self._start, texts)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, i: int) -> Token: ...
    @overload
    def __getitem__(self, i: slice) -> Sequence[Token]: ...
    def __getitem__(self, i: int | slice) -> Token | Sequence[Token]:
        if isinstance(i, slice):
            return list(map(_token_at, self.starts[i], self.texts[i]))
        return _token_at(self.starts[i], self.texts[i])

    def __iter__(self) -> Iterator[Token]:
        return map(_token_at, self.starts, self.texts)


def _token_at(start: int, text: str) -> Token:
    return Token(start, start + len(text), text)


def tokenize(text: str, start: int, end: int) -> Tokens:
    """Return the tokens of ``text[start:end]`` in order.

    Their offsets index ``text``; white space and invisible formatting characters belong to no token. What the pattern
    finds is all that is kept of it: a match for each token would take three times as long.
    """
    return Tokens(text, start, PATTERN.findall(text[start:end]))
