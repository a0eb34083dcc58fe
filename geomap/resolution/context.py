"""What the article says around a name: which names contain which, which countries and provinces it speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.store import Store
from geomap.model import Mention, Token
from geomap.resolution.candidates import Option

_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeastern northwestern southeastern"
    " southwestern northeast northwest southeast southwest rural greater".split()
)
MAX_GAP = 4  # words between a place and the container named after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All mentions of one name in an article: one sense is chosen for them together."""

    key: str
    mentions: tuple[int, ...]
    options: tuple[Option, ...]
    feature_words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Evidence of the whole article.

    Attributes
    ----------
    parents
        By group: the groups that some mention of it is said to lie in.
    countries
        By position in ``store.countries``: how often the article speaks of it, demonyms and datelines included.
    units
        By row of a first-level unit: how often the article names it.
    """

    parents: Mapping[int, frozenset[int]]
    countries: Mapping[int, float]
    units: Mapping[int, float]


def containers(words: Sequence[Sequence[Token]], mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return pairs (part, whole) of mention numbers that the wording ties: "B, A", "A's B", "B in A", "in A, …, B"."""
    found: list[tuple[int, int]] = []
    for i, (left, right) in enumerate(pairwise(mentions)):
        if left.sentence != right.sentence:
            continue
        between = [t.text for t in words[left.sentence] if left.end <= t.start and t.end <= right.start]
        gap = [w.casefold() for w in between if w.casefold() not in GROUP_OF_WORD]
        if gap in ([","], ["("]) or (gap and gap[0] in {"in", "of"} and _is_plain(gap[1:])):
            found.append((i, i + 1))
        elif gap and gap[0] in _POSSESSIVES and _is_plain(gap[1:]):
            found.append((i + 1, i))
    return found


def _is_plain(gap: Sequence[str]) -> bool:
    """Tell whether nothing but directions and articles stands between a place and its container."""
    return len(gap) <= MAX_GAP and all(w in _DIRECTIONS or w in {"the", "'s", "’s", "-", ","} for w in gap)


def observe(
    groups: Sequence[Group], pairs: Sequence[tuple[int, int]], demonyms: Mapping[str, int], store: Store
) -> Surroundings:
    """Collect the evidence of an article.

    Parameters
    ----------
    groups
        Its names.
    pairs
        What ``containers`` found.
    demonyms
        Country codes with how often their demonyms occur.
    store
        The gazetteer.
    """
    group_of = {m: g for g, group in enumerate(groups) for m in group.mentions}
    parents: dict[int, set[int]] = {}
    for part, whole in pairs:
        if group_of[part] != group_of[whole]:
            parents.setdefault(group_of[part], set()).add(group_of[whole])
    countries: Counter[int] = Counter()
    units: Counter[int] = Counter()
    positions = {code: i for i, code in enumerate(store.countries)}
    for code, count in demonyms.items():
        if code in positions:
            countries[positions[code]] += count
    for group in groups:
        _count(group, store, countries, units)
    return Surroundings(parents={g: frozenset(p) for g, p in parents.items()}, countries=countries, units=units)


def _count(group: Group, store: Store, countries: Counter[int], units: Counter[int]) -> None:
    """Count a name as its country or unit where it may be one."""
    times = len(group.mentions)
    for option in group.options:
        code = store.codes[store.code[option.row]]
        if code.startswith("PCL"):
            countries[store.country[option.row]] += times
        elif code == "ADM1" and option.loss < 0.5:
            units[option.row] += times
