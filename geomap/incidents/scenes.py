"""A line with everything found in it, and what a trigger is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geomap.incidents.actors import ActorHit, find_actors
from geomap.incidents.clauses import CAUSE, CLAUSE, RELATIVE, REPORT, STOP, Break, clause_of, find_breaks
from geomap.incidents.lexicons import Lexicons, Words
from geomap.incidents.lines import Line
from geomap.incidents.standins import stand_ins
from geomap.incidents.weapons import WeaponHit, find_weapons

WALLS = frozenset({CAUSE, CLAUSE, STOP})
SAYINGS = WALLS | {REPORT}  # where somebody goes on to tell
JOINTS = SAYINGS | {RELATIVE}
BE = frozenset({"was", "were", "is", "are", "been", "being", "be", "get", "got"})
GAMES = frozenset({"football", "soccer", "baseball"})
PITCHES = frozenset({(w,) for w in ("pitch", "field", "ground", "stadium")})
PEOPLE = frozenset({"who", "whom", "whose"})
WORKERS = frozenset({"nurses", "teachers", "dockers", "commuters"})  # who walk out, and who die in air raids
FAR_WEAPONS = frozenset({"air", "drone", "missile", "rocket", "artillery", "mortar", "tank"})


class Trigger(NamedTuple):
    """A word that tells of an event: its words, what kind it is and what is known of the weapon.

    ``start`` is the first word of a noun's phrase (the verb itself for verbs). ``frame`` is ``strike``, ``attack``,
    ``intercept`` or ``anaphor`` (a strike that only refers back); ``way`` is how a verb takes its place: ``noun``,
    ``object``, ``launch`` or ``land``.
    """

    first: int
    last: int
    start: int
    lemma: str
    frame: str
    way: str
    weapon: str = ""
    form: str = ""
    passive: bool = False
    plural: bool = False


@dataclass(frozen=True, eq=False)
class Scene:
    """A line with everything found in it that the rules ask about, found when they ask.

    ``carried`` is the class of the weapon told before the line.
    """

    line: Line
    lexicons: Lexicons
    carried: str = ""

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Where clauses begin and end."""
        return find_breaks(self.line, self.lexicons)

    @cached_property
    def walls(self) -> tuple[Break, ...]:
        """The breaks that part what happened from what else is told."""
        return tuple([b for b in self.breaks if b.kind in WALLS])

    @cached_property
    def actors(self) -> tuple[ActorHit, ...]:
        """Armed actors and groups."""
        return find_actors(self.line, self.lexicons)

    @cached_property
    def weapons(self) -> tuple[WeaponHit, ...]:
        """Weapons in use, and words that stand for them."""
        found = find_weapons(self.line, self.lexicons)
        return tuple(sorted((*stand_ins(self.line, self.carried, found, self.lexicons), *found)))


def clause_at(scene: Scene, i: int) -> tuple[int, int]:
    """Return the words of the clause that a word stands in."""
    walls = scene.walls
    return clause_of(scene.line, walls, i, WALLS) if walls else (0, len(scene.line.words))


def weapons_within(scene: Scene, start: int, end: int) -> Sequence[WeaponHit]:
    """Return the weapons between two words that strike from afar."""
    return [w for w in scene.weapons if start <= w.first < end and w.kind in FAR_WEAPONS]


def is_vetoed(scene: Scene, i: int) -> bool:
    """Tell whether the clause is about an earthquake, a walkout or a match."""
    start, end = clause_at(scene, i)
    words, sets = scene.line.words, scene.lexicons.sets
    unarmed = not weapons_within(scene, start, end)
    if sets["veto"].isdisjoint(words) and not (unarmed and not sets["veto_unarmed"].isdisjoint(words)):
        return False
    veto = sets["veto"] | sets["veto_unarmed"] if unarmed else sets["veto"]
    end = next((k for k in range(i, end) if words[k] in PEOPLE), end)  # "killed men who watched football"
    if weapons_within(scene, start, end):
        veto = veto - WORKERS
    return any(words[k] in veto and not _is_harmless(words, k) for k in range(start, end))


def _is_harmless(words: Words, k: int) -> bool:
    """Tell "tried to storm a base" from a storm, and a football pitch from a match."""
    return words[k - 1 : k + 1] == ("to", "storm") or (words[k] in GAMES and words[k + 1 : k + 2] in PITCHES)
