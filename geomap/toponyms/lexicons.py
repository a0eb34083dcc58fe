"""The word lists of finding, in lower case: words and no logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.names import key

# which list a lower-case word is counted under when it stands beside a span; the first that has it
_NEIGHBOURS = ("placing", "saying", "attacking", "moving", "directions", "titles")
_CONJUNCTIONS = frozenset("and or und et y و i та і й и &".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our my some any every each another".split())
_OTHER_PREPOSITIONS = frozenset(
    "by with against for about of on than as like under after before since until during among despite per versus vs"
    " including without except".split()
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicons:
    """Lists of words by what they are; ``bodies`` holds keys of whole names, ``foreign_features`` English words."""

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
    bodies: frozenset[str]
    foreign_features: Mapping[str, str]

    def kind_of_word(self, word: str) -> str:
        """Return what a lower-case word is to the name beside it."""
        for name in _NEIGHBOURS:
            if word in getattr(self, name):
                return _KIND_NAMES[name]
        if word in GROUP_OF_WORD or word in self.foreign_features or singular(word) in GROUP_OF_WORD:
            return "a feature word"
        if word in _CONJUNCTIONS:
            return "and"
        if word in _DETERMINERS:
            return "a determiner"
        return "another preposition" if word in _OTHER_PREPOSITIONS else "another word"

    def kind_of_name(self, word: str) -> str:
        """Return what a capitalised word, given in lower case, is to the name beside it."""
        plain = word.rstrip(".")
        if plain in self.titles:
            return "a title"
        for words, kind in (
            (self.months, "a month or day"),
            (self.peoples, "a people's name"),
            (self.newspapers, "a newspaper's word"),
            (self.organisations, "an organisation's word"),
            (GROUP_OF_WORD, "a capitalised feature word"),
            (self.first_names, "a given name"),
            (self.surnames, "a family name"),
            (self.directions, "a direction in capitals"),
        ):
            if word in words:
                return kind
        return "an initial" if len(plain) == 1 else "a capitalised word"

    def is_plain(self, word: str) -> bool:
        """Tell whether a lower-case word is one of the language rather than part of a name."""
        return word in self.common_words or self.kind_of_word(word) != "another word"


def singular(word: str) -> str:
    """Return an English plural as the singular it may be of."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


_KIND_NAMES = {
    "placing": "a preposition of place",
    "saying": "a verb of saying",
    "attacking": "a word of violence",
    "moving": "a verb of movement",
    "directions": "a direction",
    "titles": "a title",
}


def load_lexicons() -> Lexicons:
    """Load the word lists that came with geomap."""
    names = [name for name in Lexicons.__slots__ if name not in {"bodies", "foreign_features"}]
    pairs = (line.partition("\t")[::2] for line in _lines("foreign_features.tsv"))
    return Lexicons(
        **{name: frozenset(word for line in _lines(f"{name}.txt") for word in line.split()) for name in names},
        bodies=frozenset(key(line) for line in _lines("bodies.txt")),
        foreign_features=dict(pairs),
    )


def _lines(name: str) -> list[str]:
    lines = (files("geomap.toponyms") / "lexicon" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
