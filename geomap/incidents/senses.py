"""What a verb means where it stands."""

from __future__ import annotations

from typing import NamedTuple

from geomap.incidents.clauses import clause_of
from geomap.incidents.lexicons import Verb
from geomap.incidents.scenes import JOINTS, Scene


class Use(NamedTuple):
    """A verb where it stands."""

    scene: Scene
    at: int
    verb: Verb
    passive: bool

    @property
    def behind(self) -> int:
        """The word behind the verb."""
        return self.at + len(self.verb.words)


class Sense(NamedTuple):
    """What a use means: the frame it opens, the way it takes its place, the weapon; ``NOTHING`` is no strike."""

    frame: str
    way: str
    weapon: str


NOTHING = Sense("", "", "")


def struck(weapon: str) -> Sense:
    """Return the sense of a strike on an object."""
    return Sense("strike", "object", weapon)


def attacked(weapon: str = "") -> Sense:
    """Return the sense of an attack on an object without weapons from afar."""
    return Sense("attack", "object", weapon)


def own_clause(scene: Scene, i: int) -> tuple[int, int]:
    """Return the clause of a verb, with the strike or the weapon that a relative clause belongs to."""
    start, end = clause_of(scene.line, scene.breaks, i, JOINTS)
    words, sets = scene.line.words, scene.lexicons.sets
    if start < 2 or words[start - 1] not in {"that", "which"}:
        return start, end
    before = start - 2 - (words[start - 2] == ",")
    events = (sets["nouns_strong"], sets["nouns_weak"], scene.lexicons.weapons)
    return (max(0, before - 3), end) if any(words[before] in known for known in events) else (start, end)
