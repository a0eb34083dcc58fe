"""Who did it to whom: whether two lists of actors can mean the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Literal

from geomap.incidents.lexicons import Actor, Lexicons, load_lexicons, words_of

Agreement = Literal["same", "akin", "other", "unsaid"]


@cache
def lexicons() -> Lexicons:
    """Return the word lists of the incident rules, read once."""
    return load_lexicons()


@cache
def _actors() -> Mapping[str, Actor]:
    """Return the actors by name; a force goes by its state's, and the state is what counts."""
    found: dict[str, Actor] = {}
    for aliases in lexicons().aliases.values():
        for alias in aliases:
            known = found.setdefault(alias.actor.name, alias.actor)
            if alias.actor.kind == "state" and known.kind != "state":
                found[alias.actor.name] = alias.actor
    return found


def agreement(a: Collection[str], b: Collection[str]) -> Agreement:
    """Tell how two lists of actors go together.

    ``akin`` are a group that is only described and one that its description fits, a coalition and the state that leads
    it, and groups of one country: they may be the same.
    """
    if not a or not b:
        return "unsaid"
    if not set(a).isdisjoint(b):
        return "same"
    return "akin" if any(_are_akin(one, two) for one in a for two in b) else "other"


@cache
def _are_akin(one: str, two: str) -> bool:
    kind_one, kind_two = _kind(one), _kind(two)
    if "state" in {kind_one, kind_two} and "coalition" not in {kind_one, kind_two}:
        return False
    if {kind_one, kind_two} == {"generic"}:
        return True
    lands_one, lands_two = _lands(one), _lands(two)
    return not lands_one or not lands_two or not lands_one.isdisjoint(lands_two)


def _kind(name: str) -> str:
    actor = _actors().get(name)
    if actor is None:
        return "generic"
    return "state" if actor.kind == "force" else actor.kind


@cache
def _lands(name: str) -> frozenset[str]:
    """Return the countries an actor is of: its home, or those that its description names."""
    actor = _actors().get(name)
    if actor is not None:
        return frozenset({actor.country} - {""})
    return frozenset(
        alias.actor.country
        for word in words_of(name)
        for alias in lexicons().aliases.get(word, ())
        if alias.words == (word,) and alias.actor.kind == "state" and alias.role == "alias"
    )
