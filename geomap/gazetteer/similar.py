"""Names that nobody listed: the places of a known country whose names are romanised alike, or nearly.

First the same folded form, then the same consonants with a folded form that is alike enough. Several places far apart
that fit about as well are no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.folding import family_of, folded, likeness, skeleton
from geomap.gazetteer.names import bare_key
from geomap.gazetteer.store import KINDS, Hit, Store
from geomap.model import LonLat

APPROXIMATE, STRIPPED = KINDS.index("approximate"), KINDS.index("stripped")
ALIKE = 0.8  # least likeness of folded forms; from benchmarks/gazetteer_names.py
MARGIN = 0.1  # a rival this much less alike is no rival
ONE_PLACE_KM = 30.0
# letters of one Arabic or Persian sound that no folded form levels, because each also stands for another sound
SWAPS = (("dh", "z"), ("z", "dh"))


def similar(store: Store, keys: Sequence[str], country: str) -> list[Hit]:
    """Return the places of a country that one of some keys may mean by a spelling that the index does not have.

    Parameters
    ----------
    store
        The gazetteer.
    keys
        Strict keys to try, the nearest to the name as written first.
    country
        Code of the country that is known.

    Returns
    -------
    Hits of one place, or of several within ``ONE_PLACE_KM``; empty where nothing is alike or the choice is open.
    """
    forms = list(dict.fromkeys(fold for strict in keys for fold in _folds(strict, country)))
    for fold in forms:
        rows = {row for strict in store.similar_keys(fold) for row in _rows(store, strict, country)}
        if rows:
            return _agreed(store, rows)
    for fold in forms:
        if rows := _alike(store, fold, country):
            return _agreed(store, rows)
    return []


def _folds(strict: str, country: str) -> Iterator[str]:
    """Yield the folded forms of a key, also without an article written into the word, and with letters swapped."""
    bare = bare_key(strict)
    family = family_of(country)
    if fold := folded(bare, family):
        yield fold
    if family != "slavic":
        more = [bare[2:]] if bare.startswith("al") else []
        more += [bare.replace(one, other) for one, other in SWAPS if one in bare]
        yield from filter(None, (folded(variant, family) for variant in more))


def _alike(store: Store, fold: str, country: str) -> set[int]:
    """Return the rows with the same consonants that are most alike, and those about as alike."""
    bones = skeleton(fold)
    best: dict[int, float] = {}
    for strict in store.skeleton_keys(bones) if bones else ():
        score = likeness(fold, folded(bare_key(strict), family_of(country)))
        if score >= ALIKE - MARGIN:
            for row in _rows(store, strict, country):
                best[row] = max(score, best.get(row, 0.0))
    top = max(best.values(), default=0.0)
    return {row for row, score in best.items() if score >= top - MARGIN} if top >= ALIKE else set()


def _rows(store: Store, strict: str, country: str) -> list[int]:
    """Return the rows of a country that have a key as their name, or else as the half of one: "Kirkuk refinery"."""
    hits = [hit for hit in store.hits(strict) if store.countries[store.country[hit.row]] == country]
    return [hit.row for hit in hits if hit.kind != STRIPPED] or [hit.row for hit in hits]


def _agreed(store: Store, rows: set[int]) -> list[Hit]:
    """Return the rows if they are one place; a province is one with what lies in it and has its name."""
    units = {store.admin1[row] - 1 for row in rows}
    first, *others = sorted(rows - units) or sorted(rows)
    here = LonLat(store.lon[first], store.lat[first])
    near = all(distance_km(here, LonLat(store.lon[row], store.lat[row])) < ONE_PLACE_KM for row in others)
    return [Hit(row, APPROXIMATE) for row in sorted(rows)] if near else []
