"""What one word tells about a name beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from geomap.gazetteer.names import ARTICLES
from geomap.scoring import Clue, fact, joined
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
CONJUNCTIONS = frozenset("and y und et".split())
_JOINING = frozenset(
    "of de la del du des da do di le les au aux sous lès am im von van der den upon sur the el al on in un an".split()
).union(ARTICLES, CONJUNCTIONS)


class Word(NamedTuple):
    """A word or mark as it stands in a text.

    ``kind`` is what it is to a name beside it; ``before`` and ``after`` are its clues for a name that follows it and
    for one that precedes it. ``joins`` says that it may stand inside a name though it is not capitalised. ``plain`` is
    the kind it would have in lower case, where it is a word of the language.
    """

    fold: str
    is_capital: bool
    is_cased: bool
    is_article: bool
    joins: bool
    kind: str
    before: Clue
    after: Clue
    plain: str | None


def word_of(text: str, *, lexicons: Lexicons, weights: Mapping[str, float], clue_of: Callable[[str], Clue]) -> Word:
    """Describe a word; ``clue_of`` remembers what single facts weigh."""
    fold, first = text.casefold(), text[0]
    is_upper, is_letter = first.isupper(), first.isalpha()
    is_cased = is_upper or first.islower()
    plain = lexicons.kind_of_word(fold) if is_cased else None
    kind = plain if plain is not None and is_letter and not is_upper else _kind(text, fold, is_upper, lexicons)
    if plain == "another word" and fold not in lexicons.common_words and not is_contraction(fold):
        plain = None
    fold = "'s" if kind == "a possessive" else fold
    before, after = clue_of(f"kind before: {kind}"), clue_of(f"kind after: {kind}")
    if not is_upper and (is_letter or kind == "another mark"):
        before = joined(before, fact(weights, f"after “{fold}”"))
        after = joined(after, fact(weights, f"before “{fold}”"))
    elif kind in _TELLING:
        before = joined(before, fact(weights, f"after “{fold}” in capitals"))
        after = joined(after, fact(weights, f"before “{fold}” in capitals"))
    is_capital, joins = is_upper or (is_letter and not is_cased), fold in _JOINING or kind == "a hyphen"
    return Word(fold, is_capital, is_cased, fold in ARTICLES, joins, kind, before, after, plain)


def is_contraction(fold: str) -> bool:
    """Tell whether a word is one of grammar with something tied to it: I'll, they're."""
    return not fold.isalpha() and fold.replace("’", "'").partition("'")[0] in _PRONOUNS


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
