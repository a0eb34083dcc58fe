"""Text to words and punctuation marks, every one with its place in the text.

A word is a run of letters, digits and combining marks. Apostrophes inside it belong to it ("Sana'a", "Qa'im"), hyphens
do not ("al-Asad" is three tokens); a possessive is a token of its own ("Anbar", "'s"); numbers keep the comma and the
point inside them ("2,500"); known abbreviations keep their full stops ("U.S.", "W.Va.", "St.").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

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


_LETTERS = rf"[^\W_][^\W_{_MARKS}]*+(?:[{_MARKS}]++[^\W_]*+)*+"
_DOTTED = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|[^\W\d_]\.(?:Va\.|[A-Z](?!\w))"
_POSSESSIVE = rf"[{_APOSTROPHES}][sS](?!\w)"
_INNER = (
    rf"(?:[{_APOSTROPHES}](?<!\d.)(?:(?<=\b[Rr][Aa].)|(?![sS](?!\w)))|[.,٫٬](?<=\d.)(?=\d)){_LETTERS}"  # Ra's al-Ayn
)
_WORD = rf"{_LETTERS}(?:{_INNER})*+(?:\.(?:{_ending_in_known_abbreviation()}))?"
_PLAIN = r"[A-Za-z]++(?=[ ,\n)])"  # most words; the rest of the pattern would say the same, slower
_TOKEN = re.compile(rf"{_PLAIN}|{_DOTTED}|{_WORD}|{_POSSESSIVE}|\.{{2,}}|--+|[^\s{_INVISIBLE}]")

_token: Callable[[tuple[int, int, str]], Token] = partial(tuple.__new__, Token)  # half the cost of Token(...)


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]`` in order.

    Their offsets index ``text``; white space and invisible formatting characters belong to no token.
    """
    return [_token((*match.span(), match[0])) for match in _TOKEN.finditer(text, start, end)]
