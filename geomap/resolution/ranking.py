"""The features of one candidate: its fame, its kind, how well it fits what the article says."""

from __future__ import annotations

import math
from collections.abc import Sequence

from geomap.gazetteer.features import agrees
from geomap.gazetteer.lookup import distance_km
from geomap.gazetteer.store import KINDS, Store
from geomap.model import LonLat
from geomap.resolution.candidates import Option
from geomap.resolution.context import Group, Surroundings

_CLASSES = (
    ("PCL", "a country"),
    ("TERR", "a country"),
    ("ADM1", "a province"),
    ("ADM", "a district"),
    ("PPLC", "a capital"),
    ("PPL", "a settlement"),
    ("AIR", "an airfield"),
    ("", "another feature"),
)


def class_of(code: str) -> str:
    """Return the class of a feature code that the model tells apart."""
    return next(name for start, name in _CLASSES if code.startswith(start))


def describe(
    option: Option, group: Group, top_population: int, store: Store, around: Surroundings, groups: Sequence[Group]
) -> dict[str, float]:
    """Return the features of a candidate that need no other choice, by name."""
    row = option.row
    code = store.codes[store.code[row]]
    population = store.population[row]
    found = {
        "fame": math.log10(population + 1) / 7,
        class_of(code): 1.0,
        f"by its {KINDS[option.kind]}": 1.0,
    }
    if option.loss:
        found["looser spelling"] = option.loss
    if store.is_curated(row):
        found["curated"] = 1.0
    if population and population == top_population:
        found["most populous of the name"] = 1.0
    elif top_population:
        found["smaller than another"] = math.log10((top_population + 1) / (population + 1)) / 7
    for word in group.feature_words:
        fits = agrees(word, code)
        if fits is not None:
            found["fits the word beside it" if fits else "does not fit the word beside it"] = 1.0
    _containment(option, group, store, around, groups, found)
    return found


def _containment(
    option: Option, group: Group, store: Store, around: Surroundings, groups: Sequence[Group], found: dict[str, float]
) -> None:
    row, country, unit = option.row, store.country[option.row], store.admin1[option.row] - 1
    number = groups.index(group)
    for parent in around.parents.get(number, ()):
        inside = any(_lies_in(row, country, unit, other, store) for other in groups[parent].options)
        found["in the container named" if inside else "not in the container named"] = 1.0
    weight = sum(around.countries.values())
    code = store.codes[store.code[row]]
    own = len(group.mentions) if code.startswith("PCL") else 0
    if around.countries.get(country, 0) - own > 0:
        found["country named here"] = 1.0
        found["share of its country"] = (around.countries[country] - own) / weight
    elif weight - own > 0:
        found["other countries named here"] = 1.0
    if unit >= 0 and around.units.get(unit, 0) > 0:
        found["province named here"] = 1.0


def _lies_in(row: int, country: int, unit: int, other: Option, store: Store) -> bool:
    if other.row == row:
        return False
    code = store.codes[store.code[other.row]]
    if code.startswith(("PCL", "TERR")):
        return country == store.country[other.row]
    if code == "ADM1":
        return unit == other.row
    if country != store.country[other.row]:
        return False
    near = distance_km(LonLat(store.lon[row], store.lat[row]), LonLat(store.lon[other.row], store.lat[other.row]))
    return near <= max(30.0, 1.5 * store.radius[other.row])


def proximity(option: Option, others: Sequence[int], store: Store) -> dict[str, float]:
    """Return the features of a candidate that depend on what the other names were taken to mean in the first pass.

    Parameters
    ----------
    option
        The candidate.
    others
        Rows chosen for the other names of the article, countries left out.
    store
        The gazetteer.
    """
    found: dict[str, float] = {}
    if not others:
        return found
    row = option.row
    here = LonLat(store.lon[row], store.lat[row])
    same_unit = sum(store.admin1[row] == store.admin1[o] and store.admin1[row] > 0 for o in others)
    same_country = sum(store.country[row] == store.country[o] for o in others)
    found["share of places in its province"] = same_unit / len(others)
    found["share of places in its country"] = same_country / len(others)
    nearest = (
        min(distance_km(here, LonLat(store.lon[o], store.lat[o])) for o in others if o != row)
        if any(o != row for o in others)
        else None
    )
    if nearest is not None:
        found["distance to the nearest other place"] = math.log10(1 + nearest) / 4
    return found
