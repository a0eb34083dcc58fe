"""Which sentences may tell of a strike at all: the cheap test before a line is made and read.

Most words that can be a trigger are one only in company: "landed" beside a weapon, "came" before "through". Where
the company is missing no rule finds a trigger, so that the sentence need not be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from geomap.incidents.hits import AIMED_AT
from geomap.incidents.lexicons import Lexicons, Verb, Words
from geomap.incidents.nouns import BARE, CAMPAIGNS
from geomap.incidents.verbs import ABLAZE, NEED_A_WEAPON
from geomap.incidents.weapon_verbs import BOMBS, GUNNERS

ALWAYS = frozenset[str]()


class Call(NamedTuple):
    """What a word needs to be a trigger: one word of its company in the sentence, or a whole phrase where it stands."""

    alone: bool
    company: frozenset[str]
    phrases: tuple[Words, ...]


class Calls(NamedTuple):
    """All words that can be a trigger: ``written`` small, capitalised and in capitals, and what each of them needs."""

    written: frozenset[str]
    by_word: Mapping[str, Call]

    def is_heard(self, words: Words) -> bool:
        """Tell whether some words hold a trigger with all that it needs."""
        return any(_is_met(word, self.by_word[word], words) for word in self.by_word.keys() & words)


def _is_met(word: str, call: Call, words: Words) -> bool:
    if call.alone or not call.company.isdisjoint(words):
        return True
    starts = [i for i, other in enumerate(words) if other == word] if call.phrases else []
    return any(words[i : i + len(phrase)] == phrase for i in starts for phrase in call.phrases)


@lru_cache(4)
def calls_of(lexicons: Lexicons) -> Calls:
    """Return what every trigger word of the lexicon needs."""
    arms = _arms(lexicons)
    by_word = {word: _call(lexicons, word, arms) for word in lexicons.triggers}
    written = frozenset(w for word in by_word for w in (word, word.capitalize(), word.upper()))
    return Calls(written, by_word)


def _arms(lexicons: Lexicons) -> frozenset[str]:
    """Return words of which any sentence with a weapon or a gunner in it holds one; of a phrase its least common word.

    That is its last word that is no trigger itself: "arms" of "small arms fire".
    """
    phrases = [words for known in lexicons.weapon_phrases.values() for words, _ in known]
    ends = frozenset(max(words, key=lambda w: (w not in lexicons.triggers, words.index(w))) for words in phrases)
    known = (lexicons.sets[name] for name in ("airborne", "explosive_cues", "suicide_words"))
    return ends.union(lexicons.weapons, GUNNERS, BOMBS, *known)


def _call(lexicons: Lexicons, word: str, arms: frozenset[str]) -> Call:
    verbs = lexicons.verbs.get(word, ())
    needs = [_company(lexicons, verb, arms) for verb in verbs if len(verb.words) == 1]
    if word in lexicons.strike_nouns:
        needs.append(arms if word in BARE | CAMPAIGNS else ALWAYS)
    phrases = tuple(verb.words for verb in verbs if len(verb.words) > 1)
    return Call(ALWAYS in needs, frozenset().union(*needs), phrases)


def _company(lexicons: Lexicons, verb: Verb, arms: frozenset[str]) -> frozenset[str]:
    """Return the words of which a verb of one word needs one."""
    if verb.frame in NEED_A_WEAPON or verb.frame == "launch":
        return arms
    if verb.words == ("set",):
        return ABLAZE | {"fire"}
    return {"include": AIMED_AT, "enter": lexicons.sets["targets_base"]}.get(verb.lemma, ALWAYS)
