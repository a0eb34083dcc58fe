"""What one word tells about a name beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from geomap.gazetteer.names import ARTICLES
from geomap.scoring import Clue, clue
from geomap.toponyms.lexicons import Lexicons

_POSSESSIVES = frozenset(("'s", "’s", "`s", "´s"))
_QUOTES = frozenset("\"“”„«»'‘’")
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_ENDING = frozenset(".!?؟。।…;")
HYPHENS = frozenset("-‐‑–")
_TELLING = frozenset(("a title", "an organisation's word", "a newspaper's word", "a capitalised feature word"))
_PRONOUNS = frozenset("i he she it we they you that there who what where here let don can isn aren didn won".split())
_DASHES = frozenset(("—", "--", "–"))


class Word(NamedTuple):
    """A word or mark as it stands in a text.

    ``kind`` is what it is to a name beside it; ``before`` and ``after`` are its clues for a name that follows it and
    for one that precedes it. ``plain`` is the kind it would have in lower case, where it is a word of the language.
    """

    fold: str
    is_capital: bool
    is_cased: bool
    is_article: bool
    kind: str
    before: Clue
    after: Clue
    plain: str | None


def is_capital(text: str) -> bool:
    """Tell whether a word could begin a name: upper case, or a script without cases."""
    first = text[0]
    return first.isupper() or (first.isalpha() and not first.islower())


def word_of(text: str, *, lexicons: Lexicons, weights: Mapping[str, float]) -> Word:
    """Describe a word."""
    fold = text.casefold()
    first = text[0]
    cased = first.isupper() or first.islower()
    capital = is_capital(text)
    kind = _kind(text, fold, capital and cased, lexicons)
    fold = "'s" if kind == "a possessive" else fold
    own = {f"kind before: {kind}": 1.0}
    following = {f"kind after: {kind}": 1.0}
    if not (capital and cased) and (first.isalpha() or kind == "another mark"):
        own[f"after “{fold}”"] = 1.0
        following[f"before “{fold}”"] = 1.0
    elif kind in _TELLING:
        own[f"after “{fold}” in capitals"] = 1.0
        following[f"before “{fold}” in capitals"] = 1.0
    return Word(
        fold=fold,
        is_capital=capital,
        is_cased=cased,
        is_article=fold in ARTICLES,
        kind=kind,
        before=clue(weights, own),
        after=clue(weights, following),
        plain=lexicons.kind_of_word(fold) if cased and (lexicons.is_plain(fold) or is_contraction(fold)) else None,
    )


def is_contraction(fold: str) -> bool:
    """Tell whether a word is one of grammar with something tied to it: I'll, they're."""
    return fold.replace("’", "'").partition("'")[0] in _PRONOUNS and not fold.isalpha()


def _kind(text: str, fold: str, is_name: bool, lexicons: Lexicons) -> str:  # noqa: FBT001  # one fact, not a switch
    if text[0].isalpha():
        return lexicons.kind_of_name(fold) if is_name else lexicons.kind_of_word(fold)
    if text[0].isdigit():
        return "a number"
    return _kind_of_mark(text)


def _kind_of_mark(text: str) -> str:
    if text in _POSSESSIVES:
        return "a possessive"
    if text == ",":
        return "a comma"
    if text in HYPHENS:
        return "a hyphen"
    for marks, kind in (
        (_OPENING, "an opening bracket"),
        (_CLOSING, "a closing bracket"),
        (_QUOTES, "a quotation mark"),
        (_ENDING, "a full stop"),
        (_DASHES, "a dash"),
    ):
        if text in marks:
            return kind
    return "another mark"
