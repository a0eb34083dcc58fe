"""Who: armed actors by name, states by their adjectives, and groups without a name as they are written."""

from __future__ import annotations

from typing import NamedTuple

from geomap.incidents.lexicons import Alias, Lexicons
from geomap.incidents.lines import Line

LINKS = frozenset(
    "backed led aligned affiliated linked supported sponsored allied controlled held made built supplied style occupied"
    " administered manufactured run flagged owned registered chartered bound".split()
)

SHORTEST = 2  # "US" in a sentence of capitals may be "us", unless a noun follows


class ActorHit(NamedTuple):
    """An actor in a line. ``armed`` says that the words mean its forces and no other part of it."""

    first: int
    last: int
    name: str
    kind: str
    country: str
    armed: bool


def find_actors(line: Line, lexicons: Lexicons) -> tuple[ActorHit, ...]:
    """Return the actors of a line in order, the longest name at each place."""
    found, last = list[ActorHit](), 0
    starts = lexicons.actor_starts
    for i in [i for i, word in enumerate(line.words) if word in starts]:
        if i < last:
            continue
        alias = alias_at(line, i, lexicons)
        hit = _generic_at(line, i, alias, lexicons) or _named_at(line, i, alias, lexicons)
        if hit is not None:
            found.append(hit)
            last = hit.last
    return tuple(found)


def alias_at(line: Line, i: int, lexicons: Lexicons) -> Alias | None:
    """Return the longest actor's name that stands at a word."""
    words = line.words
    for alias in lexicons.aliases.get(words[i], ()):
        name = alias.words
        if (len(name) == 1 or words[i : i + len(name)] == name) and _written_right(line, i, alias):
            return alias
    return None


def is_demonym(line: Line, i: int, lexicons: Lexicons) -> bool:
    """Tell whether a word is the adjective of a state."""
    alias = alias_at(line, i, lexicons)
    return alias is not None and alias.role == "alias" and alias.actor.kind == "state"


def _written_right(line: Line, i: int, alias: Alias) -> bool:
    if alias.exact:
        written = line.texts[i]
        clear = "." in written or not line.in_capitals or len(written) > SHORTEST
        return written.isupper() and (clear or line.word(i + 1).isalpha())
    return line.texts[i][:1].isupper() or alias.actor.kind != "state"


def _named_at(line: Line, i: int, alias: Alias | None, lexicons: Lexicons) -> ActorHit | None:
    if alias is None:
        return None
    last = i + len(alias.words)
    actor = alias.actor
    if line.word(last) in LINKS and actor.kind in {"state", "group"}:
        return None
    end = _end_of_force(line, last, lexicons)
    armed = actor.kind != "state" or end > last
    return ActorHit(i, end, actor.name, actor.kind, actor.country, armed)


def _end_of_force(line: Line, last: int, lexicons: Lexicons) -> int:
    """Return the end of a name with the force words behind it: "Israeli fighter jets", "US air force"."""
    end = last
    while end < len(line.words) and end - last < 3 and line.words[end] in lexicons.sets["force_words"]:
        end += 1
    return end


def _generic_at(line: Line, i: int, first: Alias | None, lexicons: Lexicons) -> ActorHit | None:
    """Return a group that is described and not named: modifiers, then a word such as "militias".

    ``first`` is the actor's name that stands at the word itself.
    """
    last, linked = i, False
    while last < len(line.words) and last - i < 8:  # no description is longer
        word = line.words[last]
        if word in lexicons.sets["groups_generic"] and (last > i or line.word(i) in lexicons.sets["groups_generic"]):
            end = _last_generic(line, last, lexicons)
            return ActorHit(i, end, line.written(i, end), "generic", "", armed=True)
        alias = alias_at(line, last, lexicons) if last > i else first
        if (
            alias is not None
            and (linked or last == i or alias.actor.kind == "state")
            and _describes(line, i, last, alias)
        ):
            last += len(alias.words)
        elif word in lexicons.sets["group_modifiers"] or word in LINKS:
            linked = linked or word in LINKS or word == "pro"
            last += 1
        else:
            return None
    return None


def _describes(line: Line, start: int, at: int, alias: Alias) -> bool:
    """Tell whether an actor's name is part of a description: "Iran-backed", "pro-Iran", "Palestinian gunmen"."""
    following = line.word(at + len(alias.words))
    before = line.word(at - 1) if at > start else ""
    return following in LINKS or before in {"pro", "anti", "backed", "-"} or alias.actor.kind == "state"


def _last_generic(line: Line, at: int, lexicons: Lexicons) -> int:
    end = at + 1
    while line.word(end) in lexicons.sets["groups_generic"]:
        end += 1
    return end
