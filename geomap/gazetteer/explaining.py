"""Why a name means what it means: the forms it is looked for in, every candidate, every reason."""

from __future__ import annotations

import dataclasses
from typing import Any

from geomap.gazetteer.folding import family_of, folded
from geomap.gazetteer.lookup import country_code, forms, lookup
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import Store

MOST = 100


def explain_name(store: Store, name: str, *, country: str | None = None, admin1: str | None = None) -> dict[str, Any]:
    """Return everything that decides over a name.

    Parameters
    ----------
    store
        The gazetteer.
    name
        The name as written.
    country, admin1
        As for ``lookup``.

    Returns
    -------
    ``outcome`` in words; ``forms`` with the key looked for, what was done to the name, and how many places have it;
    ``candidates`` with place, score and reasons, the best first.
    """
    code = country_code(store, country) if country else None
    found = lookup(store, name, country=country, admin1=admin1, limit=MOST)
    return {
        "name": name,
        "country": code,
        "outcome": _outcome(country, code, bool(found), [c.place.name for c in found]),
        "forms": _forms(store, name, code),
        "candidates": [
            {
                "place": {**dataclasses.asdict(c.place)},
                "score": c.score,
                "name_kind": c.name_kind,
                "reasons": dict(c.reasons),
            }
            for c in found
        ],
    }


def _forms(store: Store, name: str, code: str | None) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for form in forms(name):
        what = f"without {form.feature_word!r}" if form.feature_word else "as written"
        if form.bare:
            what += ", without articles"
        told.append({"key": form.key, "what": what, "places": len(store.hits(form.key))})
    if code is not None and (fold := folded(bare_key(key(name)), family_of(code))):
        told.append({"key": fold, "what": f"spelling families of {code}", "places": len(store.similar_keys(fold))})
    return told


def _outcome(country: str | None, code: str | None, answered: bool, names: list[str]) -> str:  # noqa: FBT001
    if country and code is None:
        return f"{country} is no country that the gazetteer knows, so nothing answers"
    if not answered:
        return "nothing answers" + (f" in {code}" if code else "")
    return f"{names[0]}" + (f", before {len(names) - 1} others" if len(names) > 1 else ", the only one")
