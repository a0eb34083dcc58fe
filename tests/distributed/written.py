"""Reads what a run wrote, and compares two runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ARTICLES = 240  # in the archive that the runs share


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table, in the order of its partitions."""
    return [row for part in sorted((folder / table).glob("part-*")) for row in pq.read_table(part).to_pylist()]


def numbers(folder: Path) -> list[int]:
    """Return the numbers of all records that have a row, of reports or of errors."""
    return sorted(row["number"] for table in ("reports", "errors") for row in rows(folder, table))


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a run by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def success(folder: Path) -> dict[str, Any]:
    """Return the note that a run is whole."""
    return dict(json.loads((folder / "_SUCCESS.json").read_text(encoding="utf-8")))


def same(one: Path, other: Path) -> None:
    """Assert that two runs wrote the same files to the byte."""
    left, right = files(one), files(other)
    assert left.keys() == right.keys()
    assert [name for name in left if left[name] != right[name]] == []
