"""Which names are asked about, and with what around them. Only names ever leave: no sentence, no coordinates."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD, strip_feature
from geomap.gazetteer.names import bare_key, key
from geomap.model import Place, Resolution
from geomap.reading.tokens import Tokens
from geomap.resolution.geocoder_answers import Question
from geomap.resolution.wording import ties

LONGEST = 80  # characters of a name
MOST_COUNTRIES = 8
# what the recognition found about a word that is no name, though it let it pass
_NO_NAMES = frozenset(("a plain word", "a word of grammar", "a month or day", "a title", "a demonym"))
_SITES = frozenset(("airbase", "airport", "base", "camp", "port", "field", "dam", "crossing"))
_ON_MAPS = {"airbase": "air base", "military airbase": "air base", "oilfield": "oil field", "gasfield": "gas field"}
_BARRED = re.compile(r"[\[\]{}<>@#*=|\\\"\n\r\t]|://|\d+[°º.,]\d|\d+\s*[°º]|^\W*\d[\d\s.,]*\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A name of the article that the gazetteer does not know.

    ``mentions`` are numbers of resolutions; ``inside`` are the places that the wording says it lies in.
    """

    text: str
    mentions: tuple[int, ...]
    feature_words: frozenset[str]
    inside: tuple[Place, ...]


class Asked(NamedTuple):
    """A question and the name in it that an answer must bear."""

    name: str
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What else the article speaks of: countries (ISO codes, upper case) with their shares, and places in them."""

    countries: Mapping[str, float]
    places: tuple[Place, ...]


def setting_of(resolutions: Sequence[Resolution], *, country: str) -> Setting:
    """Return what an article's resolved places say about where it is set.

    Parameters
    ----------
    resolutions
        What its mentions were resolved to.
    country
        ISO code of the country to believe in where the article names none; empty for none.
    """
    placed = [r.place for r in resolutions if r.place is not None]
    counts = Counter(p.country_code for p in placed if p.country_code)
    if not counts and country:
        counts[country.upper()] = 1
    whole = sum(counts.values())
    found = {place.id: place for place in placed if not place.feature_code.startswith(("PCL", "TERR"))}
    shares = {code: count / whole for code, count in counts.most_common(MOST_COUNTRIES)}
    return Setting(countries=shares, places=tuple(found.values()))


def unknown_names(words: Sequence[Tokens], resolutions: Sequence[Resolution]) -> list[Unknown]:
    """Return the names that a server may be asked about, each once, in text order.

    Only what the gazetteer does not have at all: an ambiguous name stays the article's own riddle.
    """
    numbers: dict[str, list[int]] = {}
    for i, one in enumerate(resolutions):
        if one.status == "unresolved" and not one.alternatives and is_askable(one):
            numbers.setdefault(bare_key(key(one.mention.text)), []).append(i)
    tied = ties(words, [r.mention for r in resolutions])
    wholes = [(tie.part, place) for tie in tied if (place := resolutions[tie.whole].place) and is_area(place)]
    return [
        Unknown(
            text=sent_form(resolutions[own[0]].mention.text),
            mentions=tuple(own),
            feature_words=frozenset(w for i in own if (w := resolutions[i].mention.feature_word)),
            inside=tuple({place.id: place for part, place in wholes if part in own}.values()),
        )
        for own in numbers.values()
    ]


def is_askable(resolution: Resolution) -> bool:
    """Tell whether a mention is a name that a server could know: no word of the language, no coordinates."""
    mention = resolution.mention
    text = sent_form(mention.text)
    strict = key(text)
    if mention.kind != "name" or not 1 < len(text) <= LONGEST or _BARRED.search(text):
        return False
    letters = [c for c in text if c.isalpha()]
    is_name = any(c.isupper() or not (c.islower() or c.isupper()) for c in letters)
    return is_name and len(letters) > 1 and strict not in GROUP_OF_WORD and _NO_NAMES.isdisjoint(mention.reasons)


def is_area(place: Place) -> bool:
    """Tell whether a place is one that others lie in: beside a town, a comma more often lists than contains."""
    return place.feature_code.startswith(("PCL", "TERR", "ADM", "RGN"))


def sent_form(text: str) -> str:
    """Return a name as it is sent: composed, in one line, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def questions(unknown: Unknown, setting: Setting, *, language: str) -> list[Asked]:
    """Return what to ask of a name, to be tried in order until one has an answer.

    With its container where the wording names one; with the word beside it where that makes a name ("Hamra airbase");
    by itself; without a feature word of its own, for a server finds only what has every word. The countries of the
    article are a filter and no mere preference: a preference hides places of the same name.
    """
    inside = {p.country_code.lower() for p in unknown.inside if p.country_code}
    countries = tuple(sorted(inside or {code.lower() for code in setting.countries}))
    if not countries:
        return []
    names = list(dict.fromkeys(_variants(unknown)))
    texts = [(f"{names[0]}, {p.name}", names[0]) for p in unknown.inside if not p.feature_code.startswith("PCL")][:1]
    texts += [(name, name) for name in names]
    return [Asked(name, Question(text=text, countries=countries, language=language)) for text, name in texts]


def _variants(unknown: Unknown) -> Iterator[str]:
    """Yield the forms of a name to ask for, the fullest first; maps write "Air Base" where news write "airbase"."""
    strict = key(unknown.text)
    taken = strip_feature(strict)
    words = [taken[1]] if taken else sorted(unknown.feature_words)
    for word in words:
        if GROUP_OF_WORD.get(word) in _SITES:
            yield f"{taken[0] if taken else unknown.text} {_ON_MAPS.get(word, word)}"
    yield unknown.text
    if taken:
        yield taken[0]


def anywhere(unknown: Unknown, *, language: str) -> Asked:
    """Return the question without any country: its answer is only ever told, never pinned."""
    return Asked(unknown.text, Question(text=unknown.text, language=language))


def is_withheld(text: str, withheld: Collection[str]) -> bool:
    """Tell whether a text holds a name that is never to be sent, whatever stands beside it."""
    whole = f" {bare_key(key(text))} "
    return any(f" {name} " in whole for name in withheld)
