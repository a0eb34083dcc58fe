"""What comparing needs of a telling, worked out once for all the comparisons it takes part in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from geomap.archive.matching.parties import lexicons
from geomap.archive.matching.windows import Window, window_of
from geomap.archive.matching.wording import grams, telling_words, things_in, words_in
from geomap.archive.nouns import Telling
from geomap.incidents.lexicons import words_of

REMEMBERED = 1 << 14  # tellings whose traits are kept
LOOSE = frozenset(
    "al el an ar as ash at ad az the of city town village district governorate province region base airbase air airport"
    " international camp oblast raion near".split()
)
AIMED = {
    "air": "air",
    "drone": "drone",
    "missile": "missile",
    "rocket": "missile",
    "artillery": "shell",
    "mortar": "shell",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traits:
    """A telling as comparing sees it."""

    window: Window | None
    name: frozenset[str]
    weapons: frozenset[str]
    words: frozenset[str]
    things: frozenset[str]
    grams: frozenset[int]


@lru_cache(maxsize=REMEMBERED)
def traits_of(telling: Telling) -> Traits:
    """Return the traits of a telling."""
    sentences = words_in(telling.quotes)
    name = name_words(telling.place_name)
    return Traits(
        window=window_of(telling),
        name=name,
        weapons=weapon_classes(telling.weapons),
        words=telling_words(sentences) - name - _stems((*telling.actors, *telling.targets)),
        things=things_in(sentences),
        grams=grams(sentences),
    )


def name_words(name: str | None) -> frozenset[str]:
    """Return the words of a place's name that tell it from others: "Qaim" of "Al-Qa'im District"."""
    clean = (name or "").casefold().replace("'", "").replace("’", "").replace("-", " ")
    words = frozenset(clean.split())
    return words - LOOSE or words


def _stems(names: tuple[str, ...]) -> frozenset[str]:
    """Return the words of some names, which the sentences have without telling more than the names do."""
    return telling_words(words_in(names))


def weapon_classes(weapons: tuple[str, ...]) -> frozenset[str]:
    """Return the classes of some weapons as written: air, drone, missile, shell and so on."""
    return frozenset().union(*map(_classes, weapons))


@lru_cache(maxsize=REMEMBERED)
def _classes(weapon: str) -> frozenset[str]:
    known = lexicons().weapons
    return frozenset(AIMED.get(known[word], known[word]) for word in words_of(weapon) if word in known)
