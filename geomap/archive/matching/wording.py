"""What the sentences of two tellings share: whole stretches of words, and the things that were hit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+")
GRAM = 7  # words in a row that two reporters do not write by chance
SHORTEST = 4
EARLIER = re.compile(r"\b(?:hours?|days?|nights?|weeks?) (?:after|before|earlier)\b.*", re.DOTALL)


def words_in(quotes: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the words of each quotation, lower case, without what it says of another event ("hours after …")."""
    plain = (quote.casefold().replace("’", "").replace("'", "") for quote in quotes)
    return [tuple(WORD.findall(EARLIER.sub("", text))) for text in plain]


def grams(sentences: Iterable[tuple[str, ...]]) -> frozenset[int]:
    """Return the stretches of words as hashes, which are the same within one run."""
    return frozenset(hash(words[i : i + GRAM]) for words in sentences for i in range(max(0, len(words) - GRAM + 1)))


def telling_words(sentences: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Return the words that are worth comparing: long enough and not those of every report of a strike."""
    common = _lists()["common"]
    return frozenset(
        word.removesuffix("s") for words in sentences for word in words if len(word) >= SHORTEST and word not in common
    )


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """Return the word lists: the common words, and a list for each kind of thing that is hit."""
    found: dict[str, frozenset[str]] = {}
    for line in (files("geomap.archive.matching") / "words.txt").read_text(encoding="utf-8").splitlines():
        name, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            found[name] = found.get(name, frozenset()) | frozenset(words.split())
    return found


@cache
def _things() -> Mapping[str, str]:
    return {word: name for name, words in _lists().items() if name != "common" for word in words}


def things_in(sentences: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Return the kinds of things that are named: a hospital, a market, a depot."""
    known = _things()
    return frozenset(known[word] for words in sentences for word in words if word in known)
