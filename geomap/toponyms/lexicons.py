"""The word lists of finding, in lower case: words and no logic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.names import key

_CONJUNCTIONS = frozenset("and or und et y و i та і й и &".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our my some any every each another".split())
_OTHER_PREPOSITIONS = frozenset(
    "by with against for about of on than as like under after before since until during among despite per versus vs"
    " including without except".split()
)


class Telling(NamedTuple):
    """What it tells of a name that a word of our lists is its only one, or the first or last of several."""

    single: Mapping[str, tuple[str, ...]]
    first: Mapping[str, tuple[str, ...]]
    last: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicons:
    """Lists of words by what they are.

    ``bodies`` holds keys of whole names, ``foreign_features`` English words; ``word_kinds`` and ``name_kinds`` say of
    lower-case and of capitalised words what they are to a name beside them.
    """

    titles: frozenset[str]
    organisations: frozenset[str]
    newspapers: frozenset[str]
    first_names: frozenset[str]
    surnames: frozenset[str]
    months: frozenset[str]
    common_words: frozenset[str]
    placing: frozenset[str]
    saying: frozenset[str]
    attacking: frozenset[str]
    moving: frozenset[str]
    directions: frozenset[str]
    peoples: frozenset[str]
    place_heads: frozenset[str]
    bodies: frozenset[str]
    foreign_features: Mapping[str, str]
    word_kinds: Mapping[str, str]
    name_kinds: Mapping[str, str]
    telling: Telling

    def kind_of_word(self, word: str) -> str:
        """Return what a lower-case word is to the name beside it."""
        return self.word_kinds.get(word, "another word")

    def kind_of_name(self, word: str) -> str:
        """Return what a capitalised word, given in lower case, is to the name beside it."""
        kind = self.name_kinds.get(word)
        if kind is None:
            plain = word.rstrip(".")
            kind = self.name_kinds.get(plain) or ("an initial" if len(plain) == 1 else "a capitalised word")
        return kind

    def is_plain(self, word: str) -> bool:
        """Tell whether a lower-case word is one of the language rather than part of a name."""
        return word in self.common_words or self.kind_of_word(word) != "another word"


def singular(word: str) -> str:
    """Return an English plural as the singular it may be of."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def plurals(words: Iterable[str]) -> set[str]:
    """Return what words are written like in the plural: all that ``singular`` makes them of."""
    return {plural for w in words for plural in (f"{w}s", f"{w[:-1]}ies") if singular(plural) == w}


_FOLDER = Path(__file__).parent / "lexicon"
_LISTS = (
    "titles organisations newspapers first_names surnames months common_words placing saying attacking moving"
    " directions peoples place_heads"
).split()


def load_lexicons() -> Lexicons:
    """Load the word lists that came with geomap."""
    lists = {name: frozenset(word for line in _lines(f"{name}.txt") for word in line.split()) for name in _LISTS}
    foreign = dict(line.partition("\t")[::2] for line in _lines("foreign_features.tsv"))
    return Lexicons(
        **lists,
        bodies=frozenset(key(line) for line in _lines("bodies.txt")),
        foreign_features=foreign,
        word_kinds=_by_word(
            (lists["placing"], "a preposition of place"),
            (lists["saying"], "a verb of saying"),
            (lists["attacking"], "a word of violence"),
            (lists["moving"], "a verb of movement"),
            (lists["directions"], "a direction"),
            (lists["titles"], "a title"),
            (GROUP_OF_WORD, "a feature word"),
            (foreign, "a feature word"),
            (_CONJUNCTIONS, "and"),
            (_DETERMINERS, "a determiner"),
            (_OTHER_PREPOSITIONS, "another preposition"),
            (plurals(GROUP_OF_WORD), "a feature word"),
        ),
        name_kinds=_by_word(
            (lists["titles"], "a title"),
            (lists["months"], "a month or day"),
            (lists["peoples"], "a people's name"),
            (lists["newspapers"], "a newspaper's word"),
            (lists["organisations"], "an organisation's word"),
            (GROUP_OF_WORD, "a capitalised feature word"),
            (lists["first_names"], "a given name"),
            (lists["surnames"], "a family name"),
            (lists["directions"], "a direction in capitals"),
        ),
        telling=_telling(lists),
    )


def _telling(lists: Mapping[str, frozenset[str]]) -> Telling:
    return Telling(
        single=_all_by_word(
            (lists["common_words"], "a plain word"),
            (lists["first_names"], "a given name"),
            (lists["surnames"], "a family name"),
            (lists["months"], "a month or day"),
            (lists["organisations"], "ends with an organisation's word"),
            (lists["newspapers"], "ends with a newspaper's word"),
        ),
        first=_all_by_word(
            (lists["common_words"], "begins with a plain word"),
            (lists["first_names"], "begins with a given name"),
            (GROUP_OF_WORD, "begins with a feature word"),
            (lists["directions"], "begins with a direction"),
        ),
        last=_all_by_word(
            (lists["surnames"], "ends with a family name"),
            (lists["months"], "ends with a month or day"),
            (lists["organisations"], "ends with an organisation's word"),
            (lists["newspapers"], "ends with a newspaper's word"),
            (GROUP_OF_WORD, "ends with a feature word"),
        ),
    )


def _all_by_word(*lists: tuple[Iterable[str], str]) -> dict[str, tuple[str, ...]]:
    """Return the facts of all lists that have a word."""
    found: dict[str, tuple[str, ...]] = {}
    for words, fact in lists:
        again = {word: (*found[word], fact) for word in found.keys() & words}
        found |= dict.fromkeys(words, (fact,)) | again
    return found


def _by_word(*lists: tuple[Iterable[str], str]) -> dict[str, str]:
    """Return the kind of every word; the first list that has it counts."""
    return {word: kind for words, kind in reversed(lists) for word in words}


def _lines(name: str) -> list[str]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
