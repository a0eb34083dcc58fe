"""Proves the curated tables; ``make check-gazetteer`` runs it. Exit status 1 if anything is wrong.

Known and right exceptions stand in ``exceptions.csv`` with their reasons: ``check,id,other,reason``. An exception for
an area (``check`` is ``area``) covers the country and province of every row within that area's precision.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from checks import (
    Agreement,
    Finding,
    check_airports,
    check_aliases,
    check_cells,
    check_country,
    check_pairs,
    check_unit,
    compare_airports,
    how_checked,
    tidied,
)
from curated import Atlas, Entry, Exempt, read_codes, read_entries, read_exempt, write_csv

from geomap.gazetteer.lookup import distance_km
from geomap.gazetteer.tables import ALIAS_TABLE, read_aliases, read_rows, table_files

FOLDER = Path(__file__).resolve().parent.parent


def find_all(folder: Path) -> tuple[list[Entry], list[Finding], list[Agreement]]:
    """Check the tables of a folder; return its curated rows, what is wrong, and the agreement with OurAirports."""
    entries = list(read_entries(folder))
    atlas = Atlas.of(folder)
    countries = {row.country_code for row in read_rows(folder / "countries.tsv")}
    wrong = list(check_cells(entries, read_codes(folder / "feature_codes.txt"), countries))
    if any(finding.check == "point" for finding in wrong):
        return entries, wrong, []
    agreements = compare_airports(entries, read_rows(folder / "airports.tsv.xz"))
    wrong += check_country(entries, atlas)
    wrong += check_unit(entries, atlas)
    wrong += check_pairs(entries)
    wrong += check_aliases(entries)
    wrong += check_airports(agreements)
    wrong += lost_aliases(folder, entries)
    exempt = read_exempt(folder / "exceptions.csv")
    return entries, list(without(wrong, exempt, entries)), agreements


def lost_aliases(folder: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the rows of ``aliases.csv`` whose place no table has, and those given twice."""
    if not (folder / ALIAS_TABLE).is_file():
        return
    known = {entry.id for entry in entries}
    for path in table_files(folder):
        if path.suffixes[0] == ".tsv" and not path.name.startswith("demonyms"):
            known.update(row.id for row in read_rows(path))
    seen: set[tuple[str, str]] = set()
    for line, alias in enumerate(read_aliases(folder / ALIAS_TABLE), 2):
        entry = Entry(ALIAS_TABLE, line, {"id": alias.place})
        if alias.place not in known:
            yield Finding("alias", entry, f"no table has the place of {alias.alias!r}")
        if alias[:2] in seen:
            yield Finding("alias", entry, f"{alias.alias!r} is given twice")
        seen.add(alias[:2])


def without(findings: Iterable[Finding], exempt: Sequence[Exempt], entries: Sequence[Entry]) -> Iterator[Finding]:
    """Leave out what is listed as an exception."""
    single = {(e.check, frozenset((e.id, e.other))) for e in exempt}
    named = {e.id for e in exempt if e.check == "area"}
    areas = [entry for entry in entries if entry.id in named]
    for finding in findings:
        if (finding.check, frozenset((finding.entry.id, finding.other))) in single:
            continue
        if finding.check == "admin1" and ("unit", frozenset((finding.other, ""))) in single:
            continue
        if finding.check in {"country", "admin1"} and any(
            distance_km(finding.entry.point, area.point) <= area.precision_km for area in areas
        ):
            continue
        yield finding


def show(findings: Sequence[Finding], entries: Sequence[Entry], agreements: Sequence[Agreement]) -> None:
    """Print what is wrong, then counts and the agreement with OurAirports."""
    for finding in findings:
        where = f"{finding.entry.table}:{finding.entry.line}"
        print(f"{finding.check:8} {where:20} {finding.entry.id:40} {finding.what}")
    tables = Counter(entry.table for entry in entries)
    print("\nrows      " + ", ".join(f"{count:,} in {table}" for table, count in sorted(tables.items())))
    print(f"names     {sum(len(list(filter(None, entry.names))) for entry in entries):,}")
    if agreements:
        apart = sorted(a.apart_km for a in agreements)
        print(
            f"OurAirports knows {len(apart)} of the airfields: median {statistics.median(apart):.2f} km apart,"
            f" nine of ten within {apart[int(len(apart) * 0.9)]:.2f} km, at most {apart[-1]:.1f} km"
        )
    wrong = Counter(finding.check for finding in findings)
    print("wrong     " + (", ".join(f"{n} {check}" for check, n in wrong.most_common()) or "nothing"))


def rewrite(folder: Path, day: str) -> None:
    """Write the curated tables anew: aliases that repeat a name left out, ``checked`` as it is."""
    entries, _, agreements = find_all(folder)
    agreeing = {a.entry.id for a in agreements if a.apart_km <= max(1.0, a.entry.precision_km)}
    atlas = Atlas.of(folder)
    for table in sorted({entry.table for entry in entries}):
        rows = [tidied(entry.cells) for entry in entries if entry.table == table]
        if table != "disputed.csv":
            checked = (how_checked(entry, atlas, agreeing, day) for entry in entries if entry.table == table)
            rows = [{**cells, "checked": how} for cells, how in zip(rows, checked, strict=True)]
        write_csv(folder / table, rows)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="folder of the tables")
    parser.add_argument("--write", metavar="DAY", help="first drop repeated aliases and set `checked`, with this day")
    options = parser.parse_args()
    if options.write:
        rewrite(options.folder, options.write)
    entries, findings, agreements = find_all(options.folder)
    show(findings, entries, agreements)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
