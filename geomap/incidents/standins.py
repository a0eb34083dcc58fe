"""Words that stand for the weapons of the sentence before: "One of them killed a farmer", "The other hit a bus"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap.incidents.lexicons import Lexicons
from geomap.incidents.lines import Line
from geomap.incidents.weapons import WeaponHit

STAND_INS = frozenset("one another two three both others several some most other second".split())
FIRED = frozenset({"mortar", "artillery", "tank", "rocket"})
FLYING = frozenset({"drone", "missile", "rocket"})
DEBRIS = frozenset({"debris", "fragments", "wreckage"})  # of drones and missiles, where the article tells of them
LANDING = frozenset({"missile", "rocket", "artillery", "mortar", "tank", "drone"})
STEPS = frozenset({"had", "have", "also", "then", "later", "was", "were"})
COUNTS = STAND_INS - {"other", "second"}
RANKED = frozenset({"other", "others", "first", "second", "third", "rest"})
THEM = frozenset({"them", "these", "those"})


def stand_ins(line: Line, kind: str, weapons: Sequence[WeaponHit], lexicons: Lexicons) -> Iterator[WeaponHit]:
    """Yield the words of a line that stand for a weapon told before, in the line itself or ahead of it (``kind``)."""
    if not kind and not weapons:
        return
    starts = [0, *(i + 1 for i, word in enumerate(line.words) if word in {";", "and", "but"})]
    told = list(weapons)
    for i in starts:
        own = [w.kind for w in told if w.last <= i and w.kind in LANDING]
        used = own[-1] if own else (kind if line.word(i - 1) not in {"and", "but"} else "")
        length = _length(line, i, lexicons) if used else 0
        if length:
            told.append(WeaponHit(i, i + length, used, stands_in=True))
            yield told[-1]
    for i, word in enumerate(line.words if kind in FIRED and not weapons else ()):
        if word == "rounds" and _acts(line, i + 1, lexicons):
            yield WeaponHit(i, i + 1, kind)  # "On Saturday three rounds had hit X"
    for i, word in enumerate(line.words if kind in FLYING and not weapons else ()):
        if word in DEBRIS and _acts(line, i + 1, lexicons):
            yield WeaponHit(i, i + 1, kind)


def _length(line: Line, i: int, lexicons: Lexicons) -> int:
    """Return how many words at the start of a clause stand for a weapon: "one", "the other", "two of them"."""
    words = line.words[i : i + 4]
    if words[:1] and words[0] in COUNTS:
        if words[1:2] == ("more",):
            return 2 if _acts(line, i + 2, lexicons) else 0
        if words[1:2] == ("of",):
            return 3 if len(words) > 2 and words[2] in THEM else 0
        return 1 if _acts(line, i + 1, lexicons) else 0
    ranked = words[:1] in {("the",), ("a",)} and len(words) > 1 and words[1] in RANKED
    return 2 if ranked and _acts(line, i + 2, lexicons) else 0


def _acts(line: Line, i: int, lexicons: Lexicons) -> bool:
    """Tell whether a verb of striking follows, days aside: "One on Saturday hit a school"."""
    near = line.words[i : i + 3]
    if near[:1] == ("on",):
        return not lexicons.verbs.keys().isdisjoint(line.words[i + 1 : i + 4])
    return not lexicons.verbs.keys().isdisjoint(near[: 1 + (near[:1] != () and near[0] in STEPS)])
