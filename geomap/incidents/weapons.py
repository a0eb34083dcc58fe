"""Weapons in use: a rocket that is fired, not a rocket depot that is hit."""

from __future__ import annotations

from typing import NamedTuple

from geomap.incidents.lexicons import Lexicons
from geomap.incidents.lines import Line

WAR = frozenset({"war", "wars", "travel", "traffic"})
THROWN = frozenset({"rocks", "stones", "bottles", "bricks"})


class WeaponHit(NamedTuple):
    """A weapon or a platform in a line and its class; ``stands_in`` says that the words only refer to one."""

    first: int
    last: int
    kind: str
    stands_in: bool = False


def find_weapons(line: Line, lexicons: Lexicons) -> tuple[WeaponHit, ...]:
    """Return the weapons of a line that are in use."""
    found, last = list[WeaponHit](), 0
    starts = lexicons.weapon_starts
    for i in [i for i, word in enumerate(line.words) if word in starts]:
        hit = _weapon_at(line, i, lexicons) if i >= last else None
        if hit is None:
            continue
        last = hit.last
        if not _is_stored(line, hit.last, lexicons) and line.spot_at[i] < 0:
            found.append(hit)
    return tuple(found)


def _weapon_at(line: Line, i: int, lexicons: Lexicons) -> WeaponHit | None:
    word = line.words[i]
    for words, kind in lexicons.weapon_phrases.get(word, ()):
        if line.words[i : i + len(words)] == words:
            return WeaponHit(i, i + len(words), kind)
    kind = lexicons.weapons.get(word, "")
    if line.word(i - 1) in lexicons.sets["suicide_words"]:
        kind = "suicide"
    return WeaponHit(i, i + 1, kind) if kind else None


def _is_stored(line: Line, last: int, lexicons: Lexicons) -> bool:
    """Tell a weapon in use from a target, a thing on a shelf or no weapon: "rocket launchers", "water cannon"."""
    behind = line.word(last)
    if behind in WAR and line.words[last - 1] == "air":
        return True  # "as the air war enters its fifth day"
    if line.words[max(0, last - 3) : last - 1] == ("and", "other") and line.word(last - 4) in THROWN:
        return True  # "rocks and other projectiles"
    if line.word(last - 1).startswith("cannon") and line.word(last - 2) in lexicons.sets["harmless"]:
        return True
    return behind in lexicons.sets["platform_launchers"] and line.word(last + 1) not in {"fired", "launched"}
