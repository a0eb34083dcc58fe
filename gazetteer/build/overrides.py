"""Corrections by hand, each with its reason: ``overrides.csv``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rows import read_csv


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What overrides.csv says, by ``table`` and ``id``, then by ``field``; a field may be given several times."""

    by_row: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]

    def values(self, table: str, row_id: str, field: str) -> tuple[str, ...]:
        """Return every value given for a field of a row."""
        return self.by_row.get((table, row_id), {}).get(field, ())

    def value(self, table: str, row_id: str, field: str) -> str:
        """Return the value given for a field of a row, or nothing."""
        return next(iter(self.values(table, row_id, field)), "")


def read_overrides(path: Path) -> Overrides:
    """Read overrides.csv."""
    by_row: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for record in read_csv(path):
        fields = by_row[record["table"], record["id"]]
        fields[record["field"]] = (*fields.get(record["field"], ()), record["value"])
    return Overrides(by_row=by_row)
