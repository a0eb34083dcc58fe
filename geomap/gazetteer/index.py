"""From rows to index entries: under which keys a place is found, and which of its rivals is likelier a priori."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator

from geomap.gazetteer.features import strip_feature
from geomap.gazetteer.folding import SLAVIC, Family, WordFold, folded, skeleton
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.tables import Row

NAME, ALIAS, FORMER, ABBREVIATION, STRIPPED, APPROXIMATE = range(6)
# where a name may be written with and without the Arabic article
ARTICLE_COUNTRIES = frozenset(
    "IQ SY YE SA JO LB PS IL AE BH QA KW OM EG SD SS LY TN DZ MA MR SO DJ EH IR AF TR TD ER KM ML NE".split()
)
# where names reach news in many romanisations, so that a folded form is worth its room
ROMANISED = ARTICLE_COUNTRIES | frozenset("UA RU BY MD AM AZ GE KZ KG TJ TM UZ PK IN MM ET CN NP BD LK".split())
_SOFT = re.compile("[ijy]+")
_CLASS_PRIOR = {
    "PCLI": 5.0,
    "PCL": 4.0,
    "CONT": 5.0,
    "ADM1": 4.5,
    "PPLC": 3.0,
    "ADM2": 1.0,
    "OCN": 4.0,
    "SEA": 3.0,
    "RGN": 2.5,
}
KIND_PENALTY = {NAME: 0.0, ALIAS: 0.3, FORMER: 0.8, ABBREVIATION: 0.3, STRIPPED: 0.5, APPROXIMATE: 1.5}


def entries(row: Row) -> dict[str, int]:
    """Return the strict keys of a row, each with the best kind of name it stands for.

    A Ukrainian or Russian name in another table of letters is still the name: Mykolaiv and Mykolayiv are one.
    """
    found: dict[str, int] = {}
    trusted = row.curated or row.kind.startswith("PCL") or row.kind == "ADM1"
    has_articles = row.country_code in ARTICLE_COUNTRIES
    has_features = not row.kind.startswith("PPL")
    same = _respelled(row) if row.country_code in SLAVIC else frozenset()
    for kind, names in ((NAME, (row.name,)), (ALIAS, row.aliases), (FORMER, row.former_names)):
        for name in names:
            for strict, own in _forms(name, NAME if name in same else kind, has_articles, has_features):
                if own < found.get(strict, 99) and (trusted or _is_long_enough(strict)):
                    found[strict] = own
    return found


def _respelled(row: Row) -> frozenset[str]:
    """Return the aliases of a row that are its name as another table of letters has it: i, y and j alone differ."""
    own = _SOFT.sub("i", key(row.name))
    return frozenset(name for name in row.aliases if _SOFT.sub("i", key(name)) == own)


def _forms(name: str, kind: int, has_articles: bool, has_features: bool) -> list[tuple[str, int]]:  # noqa: FBT001
    """Return the keys of one name: strict, without articles, without feature words."""
    if kind == ALIAS and "." in name and name.replace(".", "").isalpha() and len(name) < 8:
        kind = ABBREVIATION
    strict = key(name)
    if not strict:
        return []
    found = [(strict, kind)]
    if has_articles and (bare := bare_key(strict)) != strict:
        found.append((bare, kind))
    if has_features and (stripped := strip_feature(strict)):
        found.append((stripped[0], max(kind, STRIPPED) if kind != FORMER else STRIPPED))
        found.append((bare_key(stripped[0]), STRIPPED))
    return found


def _is_long_enough(strict: str) -> bool:
    """Keys of one or two Latin letters and bare numbers are noise of the source, not names in news."""
    return len(strict) > 2 and not strict.isdigit() if strict.isascii() else len(strict) > 1


def prior_of(feature_code: str, population: int, kind: int, *, curated: bool) -> float:
    """Return how likely a place is meant among all of its name, before any context.

    Fame by class and population (powers of ten), more for the curated layer, less for looser kinds of names.
    """
    people = 0 if feature_code.startswith("ADM") else population
    fame = _CLASS_PRIOR.get(feature_code, 0.0) + math.log10(people + 1)
    return fame + (1.0 if curated else 0.0) - KIND_PENALTY[kind]


def approximate_entries(keys: Collection[str], family: Family, word: WordFold | None = None) -> Iterator[str]:
    """Yield ``folded|strict`` and ``skeleton~strict`` for keys of one spelling family.

    A key with an article is left out where the one without is there too: both lead to the same places.
    """
    for strict in keys:
        bare = bare_key(strict)
        if (bare == strict or bare not in keys) and (fold := folded(bare, family, word)):
            yield f"{fold}|{strict}"
            if bones := skeleton(fold):
                yield f"{bones}~{strict}"
