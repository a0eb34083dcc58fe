"""What the words of a name, their combination and its likeliest place tell; worked out once each, for they recur."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from geomap.memo import remembered
from geomap.scoring import NO_CLUE, Clue, clue
from geomap.toponyms.lexicons import Lexicons
from geomap.toponyms.words import is_contraction

REMEMBERED = 1 << 14  # words, and combinations, kept at most
_NO_NAMES = frozenset(("a known body or make", "a month or day", "a word of grammar", "a plain word", "a title"))
_PERSON = frozenset(("a given name", "a family name"))
_COUNTS = ("one place of the name", "few places of the name", "many places of the name")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facts:
    """What is told by words and by facts about them.

    Attributes
    ----------
    demonyms, peoples
        Keys of demonyms; of these and the names of peoples, faiths, parts of the world.
    single
        The only word of a name to its facts.
    first
        The first word of several to the facts about it.
    last
        The last word of several to the facts about it.
    whole
        All facts of a name, and the sort of place that it is known as (empty where unknown), to the sort of the name
        and the clue of the facts.
    fame
        What makes a place likely to be meant to its clue: the power of ten of its people (-1 where not known), its
        class, the kind of name, how many places have it (a position in ``_COUNTS``), whether it is curated.
    size
        How many people a place has, 1.0 for ten million on a logarithmic scale, to its clue.
    """

    demonyms: Container[str]
    peoples: Container[str]
    single: Callable[[str], tuple[str, ...]]
    first: Callable[[str], tuple[str, ...]]
    last: Callable[[str], tuple[str, ...]]
    whole: Callable[[tuple[str, ...], str], tuple[str, Clue]]
    fame: Callable[[int, str, str, int, bool], Clue]
    size: Callable[[float], Clue]


def load_facts(lexicons: Lexicons, demonyms: Collection[str], weights: Mapping[str, float]) -> Facts:
    """Make the memory of what facts tell."""

    def whole(facts: tuple[str, ...], place: str) -> tuple[str, Clue]:
        return sort_of(facts, place), clue(weights, dict.fromkeys(facts, 1.0))

    def fame(people: int, place: str, kind: str, count: int, is_curated: bool) -> Clue:  # noqa: FBT001  # a column
        facts = [f"people: 10 to the {people}" if people >= 0 else "people not known"]
        facts += ["a place of conflict news"] * is_curated
        facts += [f"may be {place}", f"known by its {kind}", _COUNTS[count]]
        return clue(weights, dict.fromkeys(facts, 1.0))

    def size(value: float) -> Clue:
        return Clue(weights.get("fame", 0.0) * value, (("fame", value),)) if "fame" in weights else NO_CLUE

    return Facts(
        demonyms=frozenset(demonyms),
        peoples=lexicons.peoples.union(demonyms),
        single=remembered(partial(_single, lexicons), REMEMBERED),
        first=remembered(partial(_first, lexicons), REMEMBERED),
        last=remembered(partial(_last, lexicons), REMEMBERED),
        whole=lru_cache(REMEMBERED)(whole),
        fame=lru_cache(REMEMBERED)(fame),
        size=size,
    )


def sort_of(facts: Sequence[str], place: str) -> str:
    """Return the sort of a name from the facts about it and the sort of place that it is known as, if any."""
    if not _NO_NAMES.isdisjoint(facts):
        return "a plain word"
    if not place:
        return "a feature by its last word" if "ends with a feature word" in facts else "unknown"
    is_person = place != "a country" and not _PERSON.isdisjoint(facts) and "has an article" not in facts
    return f"{place} or a person" if is_person else place


def _single(lexicons: Lexicons, word: str) -> tuple[str, ...]:
    found = lexicons.telling.single.get(word, ())
    if _is_title(word, lexicons):
        found += ("a title",)
    if _is_grammar(word, lexicons) or is_contraction(word):
        found += ("a word of grammar",)
    return found + _at_end(word)


def _first(lexicons: Lexicons, word: str) -> tuple[str, ...]:
    found = lexicons.telling.first.get(word, ())
    if _is_title(word, lexicons):
        found += ("begins with a title",)
    return (*found, "begins with grammar") if _is_grammar(word, lexicons) else found


def _last(lexicons: Lexicons, word: str) -> tuple[str, ...]:
    return lexicons.telling.last.get(word, ()) + _at_end(word)


def _is_title(word: str, lexicons: Lexicons) -> bool:
    return word.rstrip(".") in lexicons.titles


def _is_grammar(word: str, lexicons: Lexicons) -> bool:
    return lexicons.kind_of_word(word) != "another word"


def _at_end(word: str) -> tuple[str, ...]:
    if word[-1].isdigit():
        return ("ends with a number",)
    is_adjective = word.startswith("ال") and word.endswith(("ية", "ي", "يين"))
    return ("formed like an Arabic adjective",) if is_adjective else ()
