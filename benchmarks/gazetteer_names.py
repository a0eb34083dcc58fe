"""How well the normaliser finds spellings that nobody listed: ``python benchmarks/gazetteer_names.py``.

One alternate name of a place is held out; all its other names stay. *right*: the place is found by them; *wrong*:
another place is answered first; the rest is not found. *false*: all names of the place are taken away, so that any
answer far from it is false. Not asked are names whose strict form stays in the index without the held-out one: those
that the place has under another spelling too, and those that another place of the country bears.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from geomap.config import load_config
from geomap.gazetteer.folding import SHORTEST
from geomap.gazetteer.index import entries
from geomap.gazetteer.locate import open_store, tables_folder
from geomap.gazetteer.lookup import distance_km, lookup
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import Hit, Store
from geomap.gazetteer.tables import Row, read_rows

COUNTRIES = frozenset("IQ SY YE LB JO PS IL IR AF UA RU SD LY".split())
SAME_KM = 25.0


class Question(NamedTuple):
    """A spelling that is held out, and whose it is."""

    row: Row
    spelling: str
    script: str


class Without:
    """A store from which some names of one place are taken away; everything else is the store's."""

    def __init__(self, store: Store, row: int, names: Collection[str] | None) -> None:
        self._store, self._row, self._names = store, row, names

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def hits(self, strict: str) -> Sequence[Hit]:
        """Return the store's hits without what was taken away; None took every name."""
        found = self._store.hits(strict)
        gone = self._names is None or strict in self._names
        return [hit for hit in found if hit.row != self._row] if gone else found


def script_of(name: str) -> str:
    """Return the script of a name: Latin, Arabic, Cyrillic or other."""
    letters = [c for c in name if c.isalpha()]
    for script, low, high in (("Latin", 0, 0x24F), ("Arabic", 0x600, 0x6FF), ("Cyrillic", 0x400, 0x4FF)):
        if letters and all(low <= ord(c) <= high for c in letters):
            return script
    return "other"


def questions(rows: Sequence[Row], store: Store, seed: int, count: int) -> Iterator[Question]:
    """Yield up to a number of held-out spellings a script and country, drawn at random."""
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  # a sample, not a secret
    asked: Counter[tuple[str, str]] = Counter()
    for row in shuffled:
        chosen = _held_out(row, store)
        script = script_of(chosen or "")
        if chosen and script != "other" and asked[script, row.country_code] < count:
            asked[script, row.country_code] += 1
            yield Question(row, chosen, script)


def _held_out(row: Row, store: Store) -> str | None:
    """Return the spelling of a place that is asked, the same for every run; None where it has none fit to ask."""
    names = [row.name, *row.aliases, *row.former_names]
    bare = Counter(bare_key(key(name)) for name in names)
    own = store.row_of(row.id)
    fit = []
    for name in names[1:]:
        form = bare_key(key(name))
        others = {hit.row for hit in store.hits(form) if store.countries[store.country[hit.row]] == row.country_code}
        if bare[form] == 1 and len(form) >= SHORTEST and others <= {own}:
            fit.append(name)
    return random.Random(row.id).choice(fit) if fit else None  # noqa: S311


def judge(store: Store, question: Question, *, country: bool) -> tuple[str, bool]:
    """Return right, wrong or silent, and whether a place far away is answered once this one is gone."""
    row = store.row_of(question.row.id)
    assert row is not None
    own = entries(question.row._replace(name=question.spelling, aliases=(), former_names=()))
    code = question.row.country_code if country else None
    found = lookup(Without(store, row, own.keys()), question.spelling, country=code, limit=1)  # type: ignore[arg-type]
    false = lookup(Without(store, row, None), question.spelling, country=code, limit=1)  # type: ignore[arg-type]
    here = store.place(row).point
    answers = [distance_km(some[0].place.point, here) <= SAME_KM if some else None for some in (found, false)]
    return {True: "right", False: "wrong", None: "silent"}[answers[0]], answers[1] is False


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=150, help="spellings a script and country")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", choices=("right", "wrong", "silent", "false"), help="print these")
    options = parser.parse_args()
    config = load_config().gazetteer
    rows = [row for row in read_rows(tables_folder(config) / "places.tsv.xz") if row.country_code in COUNTRIES]
    print(f"{'script':10}{'country':>10}{'asked':>8}{'right':>8}{'wrong':>8}{'false':>8}")
    with open_store(config) as store:
        asked = list(questions(rows, store, options.seed, options.count))
        for script in ("Latin", "Arabic", "Cyrillic"):
            for country in (True, False):
                of_script = [q for q in asked if q.script == script]
                judged = [(q, *judge(store, q, country=country)) for q in of_script]
                counts = Counter(verdict for _, verdict, _ in judged)
                shares = [counts["right"], counts["wrong"], sum(false for _, _, false in judged)]
                cells = "".join(f"{n / len(judged):8.3f}" for n in shares)
                print(f"{script:10}{'given' if country else 'unknown':>10}{len(judged):8}{cells}")
                for q, verdict, false in judged if country else ():
                    if options.show == verdict or (options.show == "false" and false):
                        print(f"    {q.spelling}  ({q.row.name}, {q.row.country_code})")


if __name__ == "__main__":
    main()
