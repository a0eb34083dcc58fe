"""What one word tells about a name beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from geomap.gazetteer.names import ARTICLES
from geomap.scoring import Clue, fact, joined
from geomap.toponyms.frame_words import FRAMING
from geomap.toponyms.lexicons import Lexicons

HYPHENS = frozenset("-‐‑–")
_KIND_OF_MARK: Mapping[str, str] = {
    **dict.fromkeys(("—", "--", "–"), "a dash"),
    **dict.fromkeys(".!?؟。।…;", "a full stop"),
    **dict.fromkeys("\"“”„«»'‘’", "a quotation mark"),
    **dict.fromkeys(")]}", "a closing bracket"),
    **dict.fromkeys("([{", "an opening bracket"),
    **dict.fromkeys(HYPHENS, "a hyphen"),
    ",": "a comma",
    **dict.fromkeys(("'s", "’s", "`s", "´s"), "a possessive"),
}
_TELLING = frozenset(("a title", "an organisation's word", "a newspaper's word", "a capitalised feature word"))
_PRONOUNS = frozenset("i he she it we they you that there who what where here let don can isn aren didn won".split())
APOSTROPHES = frozenset("'’")
AYNS = frozenset("‘ʿ`")
TIED_JOINTS = frozenset(("e", "i", "ye", "yi"))
CONJUNCTIONS = frozenset("and y und et".split())
_JOINING = frozenset(
    "of de la del du des da do di le les au aux sous lès am im von van der den upon sur the el al on in un an".split()
).union(ARTICLES, CONJUNCTIONS)
_INSIDE_NAMES = APOSTROPHES | AYNS | TIED_JOINTS
VIOLENCE = "a word of violence"


@dataclass(slots=True, eq=False)  # never changed; frozen ones take five times as long to make
class Word:
    """A word or mark as it stands in a text.

    ``kind`` is what it is to a name beside it; ``before`` and ``after`` are its clues for a name that follows it and
    for one that precedes it. ``joins`` says that it may stand inside a name though it is not capitalised; ``goes_on``
    that it may stand in a run of capitals at all. ``plain`` is the kind it would have in lower case, where it is a word
    of the language. ``tells`` marks the few words that rules look for: those without which a sentence has no frame that
    makes places, and those in lower case that are not written like their fold.
    """

    fold: str
    is_capital: bool
    is_cased: bool
    is_article: bool
    joins: bool
    goes_on: bool
    tells: bool
    kind: str
    before: Clue
    after: Clue
    plain: str | None


def describer(lexicons: Lexicons, weights: Mapping[str, float]) -> Callable[[str], Word]:
    """Return the function that describes a word, given as it is written."""
    common, word_kinds, kind_of_name = lexicons.common_words, lexicons.word_kinds, lexicons.kind_of_name

    @cache
    def clues_beside(kind: str) -> tuple[Clue, Clue]:
        return fact(weights, f"kind before: {kind}"), fact(weights, f"kind after: {kind}")

    def describe(text: str) -> Word:
        fold, first = text.casefold(), text[0]
        is_upper, is_letter = first.isupper(), first.isalpha()
        is_cased = is_upper or first.islower()
        kind = plain = word_kinds.get(fold, "another word")
        if not is_letter:
            kind = "a number" if first.isdigit() else _KIND_OF_MARK.get(text, "another mark")
            fold = "'s" if kind == "a possessive" else fold
        elif is_upper:
            kind = kind_of_name(fold)
        before, after = clues_beside(kind)
        if kind in _TELLING if is_upper else is_letter or kind == "another mark":
            written = f"“{fold}” in capitals" if is_upper else f"“{fold}”"
            before = _with_fact(before, f"after {written}", weights)
            after = _with_fact(after, f"before {written}", weights)
        is_plain = is_cased and (plain != "another word" or fold in common or is_contraction(fold))
        is_capital = is_upper or (is_letter and not is_cased)
        joins = fold in _JOINING or kind == "a hyphen"
        goes_on = is_capital or joins or kind == "a number" or fold in _INSIDE_NAMES
        tells = kind == VIOLENCE or fold in FRAMING or (is_cased and not is_upper and fold != text)
        return Word(
            fold,
            is_capital,
            is_cased,
            fold in ARTICLES,
            joins,
            goes_on,
            tells,
            kind,
            before,
            after,
            plain if is_plain else None,
        )

    return describe


def _with_fact(clue: Clue, name: str, weights: Mapping[str, float]) -> Clue:
    return joined(clue, fact(weights, name)) if name in weights else clue


def levelled_of(word: Word, word_named: Callable[[str], Word]) -> Word:
    """Return a word of a line in capitals as it would be in running text, still a possible part of a name."""
    if not word.is_capital:
        return word
    if word.plain is not None:
        return replace(word_named(word.fold), is_capital=True, goes_on=True, plain=word.plain)
    return word_named(word.fold.capitalize())


def is_contraction(fold: str) -> bool:
    """Tell whether a word is one of grammar with something tied to it: I'll, they're."""
    return not fold.isalpha() and fold.replace("’", "'").partition("'")[0] in _PRONOUNS
