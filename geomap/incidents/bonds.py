"""What ties a place to its sentence, and which of two places only says where the other one lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.incidents.codes import contains, rank
from geomap.incidents.lexicons import Lexicons
from geomap.incidents.lines import Line, Spot

FREE, CONTAINER, ANCHOR, ALIAS = "free", "container", "anchor", "alias"
COMPASS = frozenset("north south east west northeast northwest southeast southwest".split())
COMPASS_ADJECTIVES = frozenset(f"{word}ern" for word in COMPASS) | {"central"}
QUARTERS = frozenset("district districts neighbourhood neighborhood quarter quarters suburb suburbs area".split())
QUOTES = frozenset('"“”‘()[]*«»' + "'")
INSIDE = frozenset({"in", "of", "inside", "within", "across"})
BESIDE = frozenset({"near", "outside", "around", "from", "beside"})
ARTICLES = (("a",), ("an",), ("the",))
APPOSITION = 5
REGIONS = frozenset(
    "countryside province governorate district region oblast county state prefecture subdistrict municipality".split()
)


class Bond(NamedTuple):
    """What ties a spot to its sentence.

    ``prep`` is the governing preposition ("" for a verb's object, None where nothing governs), ``prep_at`` where it
    stands, ``host`` the word before it. ``head`` is the first spot of a list, ``parent`` the spot this one belongs to
    when it is a container, an anchor or an alias of it (``standing``). ``part`` is the word of "outskirts of".
    """

    prep: str | None
    prep_at: int
    host: int
    relation: str
    head: int
    standing: str = FREE
    parent: int | None = None


def settled(line: Line, bond: Bond, lexicons: Lexicons) -> Bond:
    """Recognise "B in A" and "B near A": the second place says where the first one lies."""
    host = bond.host
    comma = host > 0 and line.words[host] == ","
    host = over_feature_words(line, _over_apposition(line, host - 1 if comma else host, lexicons), lexicons)
    owner = line.spot_at[host] if host >= 0 else -1
    if (bond.prep not in INSIDE | BESIDE and bond.relation != "near") or owner < 0 or owner == bond.head:
        return bond
    inner, outer = line.spots[owner], line.spots[bond.head]
    if bond.prep in BESIDE or bond.relation:
        if bond.prep == "from" and not _is_across(line, inner):
            return bond
        return bond._replace(standing=ANCHOR, parent=owner)
    if bond.prep == "across" and comma and line.word(outer.last) == "from":
        return bond._replace(standing=ANCHOR, parent=owner)  # "X, across the river A from B"
    holds = _is_coarser(outer, inner) or _is_called_a_region(line, bond, outer) or inner.resolution.place is None
    if (comma and not holds) or (_is_coarser(inner, outer) and not _is_part(line, inner, outer)):
        return bond
    return bond._replace(standing=CONTAINER, parent=owner)


def _is_across(line: Line, inner: Spot) -> bool:
    """Tell "across the A from B", which says where something lies, from "fired from B"."""
    return "across" in line.words[max(0, inner.first - 2) : inner.first]


def _is_called_a_region(line: Line, bond: Bond, outer: Spot) -> bool:
    """Tell "B, in the countryside of A", "B, in A district", whatever the gazetteer takes A for."""
    return line.word(outer.last) in REGIONS or not REGIONS.isdisjoint(line.words[bond.prep_at : outer.first])


def _is_part(line: Line, inner: Spot, outer: Spot) -> bool:
    """Tell a district of a city, whatever the gazetteer takes it for, and what lies "in northern A"."""
    quarter = line.word(inner.last) in QUARTERS and "city" in line.words[outer.first - 2 : outer.first]
    return quarter or line.word(outer.first - 1) in COMPASS_ADJECTIVES


def _over_apposition(line: Line, i: int, lexicons: Lexicons) -> int:
    """Step over ", a border village" between a place and what it lies in: "B, a village in A"."""
    k = i
    while k > 0 and i - k < APPOSITION and line.spot_at[k] < 0 and line.words[k] != ",":
        k -= 1
    told = line.words[k + 1 : i + 1]
    named = not lexicons.sets["feature_words"].isdisjoint(told)
    return k - 1 if line.words[k] == "," and told[:1] in ARTICLES and named else i


def over_feature_words(line: Line, i: int, lexicons: Lexicons) -> int:
    """Step over the words that only say what kind of place a name is: "district", "air base", "refugee camp"."""
    features, facilities = lexicons.sets["feature_words"], lexicons.sets["facility_words"]
    while i > 0 and line.spot_at[i] < 0:
        word = line.words[i]
        known = word in features or word in facilities or word in QUOTES
        if not known and not _qualifies_a_kind(line, i, lexicons):
            break
        i -= 1
    return i


def _qualifies_a_kind(line: Line, i: int, lexicons: Lexicons) -> bool:
    """Tell "air" of "air base" and "displacement" of "displacement camp"."""
    sets, behind = lexicons.sets, line.word(i + 1)
    if line.words[i] not in sets["kind_modifiers"]:
        return False
    return behind in sets["feature_words"] or behind in sets["facility_words"] or behind in sets["targets_base"]


def _is_coarser(outer: Spot, inner: Spot) -> bool:
    a, b = outer.resolution.place, inner.resolution.place
    if a is None:
        return False
    return rank(a) > (rank(b) if b is not None else 1)


def is_container(line: Line, owner: int, number: int, words: Sequence[str]) -> bool:
    """Tell "Mosul, Iraq" from "Mosul, Kirkuk and Erbil"."""
    inner, outer = line.spots[owner], line.spots[number]
    if any(w in words for w in ("and", "or", "&", "plus")):
        return False
    a, b = outer.resolution.place, inner.resolution.place
    if a is not None and b is not None:
        return contains(a, b) or (rank(a) > rank(b) and a.country_code == b.country_code)
    return _is_coarser(outer, inner)
