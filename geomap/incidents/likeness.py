"""When two places of an article are one: a town and its district, a base under two spellings."""

from __future__ import annotations

from geomap.incidents.codes import contains, rank
from geomap.incidents.distance import is_within
from geomap.model import Place

SAME_PLACE_KM = 12.0
_LOOSE = frozenset(
    "al el district city governorate province base airbase air airport the of international".split()
)  # words that two names of one place need not share


def same_place(a: Place | None, b: Place | None) -> bool:
    """Tell whether two places can be one: same row, a town and its district, near each other under like names."""
    if a is None or b is None:
        return False
    if a.id == b.id or (contains(a, b) and rank(a) == rank(b) + 1) or (contains(b, a) and rank(b) == rank(a) + 1):
        return a.id == b.id or _alike(a.name, b.name)
    near = is_within(a, b, max(SAME_PLACE_KM, a.radius_km, b.radius_km))
    return near and _alike(a.name, b.name)


def _alike(a: str, b: str) -> bool:
    """Tell whether one name says no more than the other: "Qaim" and "Qaim district"."""
    one, two = _stem(a), _stem(b)
    return bool(one and two) and (one <= two or two <= one)


def _stem(name: str) -> set[str]:
    words = name.lower().replace("-", " ").replace("'", "").replace("’", "").split()
    return {w for w in words if w not in _LOOSE}
