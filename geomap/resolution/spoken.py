"""What an article speaks of without naming a place: countries by their demonyms, armed groups, violence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from geomap.reading.tokens import Tokens

_FIRST_WORDS = frozenset("North South Saudi Sri New Costa Puerto East Central Sierra Cape Equatorial San".split())
_VIOLENCE = frozenset(
    "airstrike airstrikes missile missiles drone drones rocket rockets shells shelling shelled bombed bombing"
    " bombardment mortar mortars artillery warplane warplanes jets gunship gunships militants jihadists insurgents"
    " troops fighters rebels militia airbase offensive strikes ceasefire gunmen guerrillas".split()
)


class Spoken(NamedTuple):
    """Country codes with how often their demonyms occur, those where named armed groups fight, whether it is of war."""

    demonyms: Mapping[str, int]
    fought_in: frozenset[str]
    is_war: bool


def spoken_of(words: Sequence[Tokens], demonyms: Mapping[str, str]) -> Spoken:
    """Look through the words of an article.

    Parameters
    ----------
    words
        The tokens of its sentences.
    demonyms
        Adjectives and names of peoples in lower case, of one word or two, with their country codes.
    """
    groups, firsts = _groups()
    # most words are told from names by their first letter at once
    texts = [text for tokens in words for text in tokens.texts if not "a" <= text < "{"]
    written = dict.fromkeys(texts)
    spelt = [(text, text.casefold()) for text in written if text[0].isupper()]
    names = Counter({fold: texts.count(text) for text, fold in spelt if fold in demonyms or fold in groups})
    for first in written.keys() & firsts:
        names.update(_pairs(first, words))
    found: dict[str, int] = defaultdict(int)
    fought: set[str] = set()
    for name, count in names.items():
        if code := demonyms.get(name):
            found[code] += count
        fought.update(groups.get(name, ()))
    openings = {tokens.texts[0].casefold() for tokens in words if tokens.texts}  # elsewhere "Rockets" are a team
    is_war = not (_VIOLENCE.isdisjoint(openings) and all(_VIOLENCE.isdisjoint(tokens.texts) for tokens in words))
    return Spoken(found, frozenset(fought), is_war)


def _pairs(first: str, words: Sequence[Tokens]) -> Iterator[str]:
    """Yield the pairs of words that begin with a word, in lower case."""
    for tokens in words:
        if first in tokens.texts:
            for one, other in pairwise(tokens.texts):
                if one == first:
                    yield f"{first} {other}".casefold()


@cache
def _groups() -> tuple[Mapping[str, Sequence[str]], frozenset[str]]:
    """Return the groups with their countries, and the first words of names of two words as they are written."""
    lines = Path(__file__).with_name("groups.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    firsts = frozenset(name.partition(" ")[0].capitalize() for name, _, _ in rows if " " in name)
    return {name: codes.split() for name, _, codes in rows}, firsts | _FIRST_WORDS
