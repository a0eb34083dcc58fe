"""Look one name up, with or without what is known around it: the answer of ``geomap lookup``.

Precision first: with a country given only that country's places answer, and a name that is known only in folded form
answers only there and only where the form is not shared by several places far apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.features import GROUP_OF_WORD, agrees, strip_feature
from geomap.gazetteer.index import prior_of
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.similar import similar
from geomap.gazetteer.store import KINDS, Hit, Store
from geomap.model import Candidate, LonLat, Place

STRIPPED = KINDS.index("stripped")
__all__ = ["Form", "country_code", "distance_km", "forms", "lookup", "unit_row"]
DISTRICTS = ("ADM2", "ADM3", "ADM4")
BORDER_SLACK = 1.6  # how many radii from the middle of its province a place may still lie


class Form(NamedTuple):
    """A way to write a name, what was taken off it, how far it is from the name as given, whether articles were."""

    key: str
    feature_word: str | None
    loss: float
    bare: bool = False


def forms(name: str) -> Iterator[Form]:
    """Yield the keys under which a name is looked for, the strictest first."""
    strict = key(name.partition("(")[0]) or key(name)
    yield Form(strict, None, 0.0)
    bare = bare_key(strict)
    if bare != strict:
        yield Form(bare, None, 0.2, bare=True)
    rest, loss = strict, 0.4
    while (stripped := strip_feature(rest, GROUP_OF_WORD)) is not None:
        rest = stripped[0]
        yield Form(rest, stripped[1], loss)
        if (bare := bare_key(rest)) != rest:
            yield Form(bare, stripped[1], loss + 0.2, bare=True)
        loss += 0.4


def lookup(
    store: Store, name: str, *, country: str | None = None, admin1: str | None = None, limit: int = 10
) -> list[Candidate]:
    """Return the places a name may mean, best first.

    Parameters
    ----------
    store
        The gazetteer.
    name
        The name as written; feature words ("air base", "district") and articles may be part of it.
    country
        Name or ISO code of the country it lies in; then no other country's place answers.
    admin1
        Name of the first-level unit it is said to lie in; a prior, not a filter.
    limit
        Most candidates returned.
    """
    code = country_code(store, country) if country else None
    if country and code is None:
        return []
    unit = unit_row(store, admin1, code) if admin1 else None
    asked = list(forms(name))
    ranked = _listed(store, asked, code, unit) or (_alike(store, asked, code, unit) if code is not None else {})
    found = sorted(ranked.values(), key=lambda c: (-c.score, c.place.id))[:limit]
    return found if unit is None or not found or _is_about(store, unit, found[0].place) else []


def _listed(store: Store, asked: Sequence[Form], code: str | None, unit: int | None) -> dict[int, Candidate]:
    """Return what bears the name, by row; the forms without a feature word only where the fuller ones find nothing."""
    ranked: dict[int, Candidate] = {}
    for form in asked:
        for hit in _hits(store, form.key, code):
            if hit.row not in ranked and not (hit.kind == STRIPPED and _is_other(store, hit.row, [form])):
                ranked[hit.row] = _candidate(store, hit, form, unit)
        if ranked and form.feature_word is None:
            break
    return ranked


def _alike(store: Store, asked: Sequence[Form], code: str, unit: int | None) -> dict[int, Candidate]:
    """Return what bears a similar name: only of the kind asked for, and only in the province named."""
    near = [hit for hit in similar(store, [form.key for form in asked], code) if not _is_other(store, hit.row, asked)]
    if unit is not None:
        near = [hit for hit in near if store.admin1[hit.row] in {0, unit + 1}]
    return {hit.row: _candidate(store, hit, Form("", None, 1.0), unit) for hit in near}


def _is_other(store: Store, row: int, asked: Sequence[Form]) -> bool:
    """Tell whether a feature word of the name says that a row, which does not quite bear it, is something else."""
    code = store.codes[store.code[row]]
    return any(form.feature_word and agrees(form.feature_word, code) is False for form in asked)


def _is_about(store: Store, unit: int, place: Place) -> bool:
    """Tell whether a place lies in a first-level unit or so near that the border may be a matter of opinion."""
    apart = distance_km(place.point, LonLat(store.lon[unit], store.lat[unit]))
    return place.admin1 == store.name(unit) or apart <= BORDER_SLACK * max(store.radius[unit], 30.0)


def country_code(store: Store, country: str) -> str | None:
    """Return the ISO code of a country given by name or code, None where it is unknown."""
    if country.upper() in store.meta["country_rows"]:
        return country.upper()
    for hit in store.hits(key(country)):
        code = store.codes[store.code[hit.row]]
        if code.startswith(("PCL", "TERR")):
            return store.countries[store.country[hit.row]]
    return None


def unit_row(store: Store, name: str, country: str | None) -> int | None:
    """Return the row of a first-level unit by its name, in a country where one is given."""
    for form in forms(name):
        for hit in store.hits(form.key):
            same = country is None or store.countries[store.country[hit.row]] == country
            if same and store.codes[store.code[hit.row]] == "ADM1":
                return hit.row
    return None


def _hits(store: Store, strict: str, code: str | None) -> Sequence[Hit]:
    found = store.hits(strict)
    return found if code is None else [hit for hit in found if store.countries[store.country[hit.row]] == code]


def _candidate(store: Store, hit: Hit, form: Form, unit: int | None) -> Candidate:
    place = store.place(hit.row)
    reasons = {
        "fame": round(
            0.3 * prior_of(place.feature_code, place.population, hit.kind, curated=store.is_curated(hit.row)), 3
        )
    }
    if form.loss:
        reasons["looser spelling"] = -form.loss
    if form.feature_word and (fits := agrees(form.feature_word, place.feature_code)) is not None:
        reasons[f"is a {form.feature_word}" if fits else f"is no {form.feature_word}"] = 3.0 if fits else -2.0
    if not form.feature_word and KINDS[hit.kind] == "stripped":
        reasons["named without its feature word"] = -1.0 if place.feature_code.startswith(DISTRICTS) else -0.5
    if unit is not None:
        inside = hit.row == unit or store.admin1[hit.row] == unit + 1
        reasons["in the province named" if inside else "outside the province named"] = 2.0 if inside else -2.0
    return Candidate(place=place, name_kind=KINDS[hit.kind], score=round(sum(reasons.values()), 3), reasons=reasons)
