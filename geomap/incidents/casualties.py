"""How many were killed and injured, as written: "at least one" is low 1, best 1, high open."""

from __future__ import annotations

from typing import NamedTuple

from geomap.incidents.lexicons import Lexicons, Words
from geomap.incidents.lines import Line
from geomap.incidents.numbers import ONE, VAGUE, number_at
from geomap.model import Casualties

LEAST = ({"at", "least"}, {"more", "than"}, {"no", "fewer", "than"}, {"over"}, {"as", "many"}, {"up", "to"})
FARTHEST = 9


class Toll(NamedTuple):
    """The people a line says were killed and injured, and where it says so."""

    at: int
    killed: Casualties | None
    injured: Casualties | None


def find_tolls(line: Line, lexicons: Lexicons) -> tuple[Toll, ...]:
    """Return the tolls of a line: one for every word such as "killed" or "wounded" that has a number."""
    found, deadly, harmful = list[Toll](), lexicons.sets["killed"], lexicons.sets["injured"]
    for i, word in enumerate(line.words):
        killed, injured = word in deadly, word in harmful
        if not killed and not injured:
            continue
        count = _count(line.words, i, lexicons)
        if count is not None:
            found.append(Toll(i, count if killed else None, count if injured else None))
    return tuple(found)


def merge_tolls(tolls: tuple[Toll, ...]) -> tuple[Casualties | None, Casualties | None]:
    """Return the killed and the injured of several tolls: the first figure of each."""
    killed = next((t.killed for t in tolls if t.killed is not None), None)
    injured = next((t.injured for t in tolls if t.injured is not None), None)
    return killed, injured


def _count(words: Words, i: int, lexicons: Lexicons) -> Casualties | None:
    """Return the number that belongs to a word: behind it if it is active, else before it."""
    if words[i] in {"fatalities", "deaths", "injuries", "lives"}:
        return _number_before(words, i, lexicons)
    active = words[i] in {"killing", "wounding", "injuring", "kills", "wounds", "injures", "kill"}
    beside = i + 1 < len(words) and (words[i + 1] in {"at", "about", "some", "more", "up"} or number_at(words, i + 1))
    if not active and not (beside and words[i + 1] not in ONE):
        passive = _number_before(words, i, lexicons)
        if passive is not None:
            return passive
    return _number_behind(words, i, lexicons)


def _number_behind(words: Words, i: int, lexicons: Lexicons) -> Casualties | None:
    for k in range(i + 1, min(i + 6, len(words))):
        if words[k] in {".", ";"} or words[k] in lexicons.verbs:
            return None
        number = number_at(words, k)
        if number is not None and _counts_people(words, number[1], lexicons):
            return _as_written(words, k, number)
    return None


def _counts_people(words: Words, i: int, lexicons: Lexicons) -> bool:
    """Tell whether a number is followed by people or by nothing it could count instead."""
    near = words[i : i + 5]
    if not lexicons.sets["persons"].isdisjoint(near):
        return True
    return not near or near[0] in {"and", ",", ".", "in", "on", "others", "dead"} or near[0] in lexicons.sets["injured"]


def _number_before(words: Words, i: int, lexicons: Lexicons) -> Casualties | None:
    """Look left for "three people were", "at least one militiaman was"."""
    k, seen_person = i - 1, words[i] in {"fatalities", "deaths", "injuries", "dead", "lives"}
    while k >= 0 and i - k <= FARTHEST:
        word = words[k]
        if word in {".", ";"} or (word in lexicons.verbs and word not in lexicons.sets["persons"]):
            return None
        if word in lexicons.sets["persons"]:
            seen_person = True
        number = number_at(words, k)
        if number is not None and not (words[k] in ONE and not seen_person):
            fits = seen_person or i - k <= 4  # "12 were killed"
            return _as_written(words, _start_of_number(words, k), _number_from(words, k)) if fits else None
        k -= 1
    return None


def _start_of_number(words: Words, k: int) -> int:
    """Return the first word of a number such as "twenty two" found from its end."""
    earlier = number_at(words, k - 1) if k else None
    return k - 1 if earlier is not None and earlier[1] == k + 1 else k


def _number_from(words: Words, k: int) -> tuple[int, int, bool]:
    number = number_at(words, _start_of_number(words, k))
    assert number is not None  # the caller found it
    return number


def _as_written(words: Words, start: int, number: tuple[int, int, bool]) -> Casualties:
    """Return a count with its bounds by the words before it."""
    value, _, vague = number
    before = set(words[max(0, start - 3) : start])
    if "up" in before and "to" in before:
        return Casualties(low=0, best=value, high=value)
    open_above = vague or any(cue <= before for cue in LEAST)
    if words[start] in VAGUE:
        return Casualties(low=value, best=value, high=None)
    return Casualties(low=value, best=value, high=None if open_above else value)
