"""Names that begin with a text: for people who look for a place, not for finding places in articles."""

from __future__ import annotations

import itertools

from geomap.gazetteer.index import prior_of
from geomap.gazetteer.lookup import country_code
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import KINDS, Store
from geomap.model import Candidate

MOST_KEYS = 20_000  # keys looked at: enough for any text that somebody would type


def search_prefix(store: Store, text: str, *, country: str | None = None, limit: int = 20) -> list[Candidate]:
    """Return the places one of whose names begins with a text, the likelier first.

    Parameters
    ----------
    store
        The gazetteer.
    text
        Beginning of a name; case, marks and articles do not matter.
    country
        Name or ISO code; then only its places.
    limit
        Most places returned.
    """
    code = country_code(store, country) if country else None
    if not key(text) or (country and code is None):
        return []
    prefixes = dict.fromkeys((key(text), bare_key(key(text))))
    keys = itertools.chain.from_iterable(store.keys_from(prefix) for prefix in prefixes)
    best: dict[int, tuple[float, int]] = {}
    for strict in itertools.islice(keys, MOST_KEYS):
        for row, kind in store.hits(strict):
            if code is None or store.countries[store.country[row]] == code:
                best[row] = max(best.get(row, (-99.0, kind)), (_prior(store, row, kind), kind))
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return [
        Candidate(place=store.place(row), name_kind=KINDS[kind], score=round(prior, 3)) for row, (prior, kind) in ranked
    ]


def _prior(store: Store, row: int, kind: int) -> float:
    return prior_of(store.codes[store.code[row]], store.population[row], kind, curated=store.is_curated(row))
