"""Builds the name index in pieces that fit in memory: entries are spilled to disk by shard, then each shard is built.

A key belongs to the shard that its checksum names, so that a look-up asks one trie. A usual store has one shard.
"""

from __future__ import annotations

import functools
import math
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from geomap.gazetteer.folding import Family, family_of, folded_word
from geomap.gazetteer.index import KIND_PENALTY, NAME, ROMANISED, approximate_entries, entries, prior_of
from geomap.gazetteer.store import KIND_BITS, shard_of
from geomap.gazetteer.tables import Row

FLUSH = 20_000  # entries of a shard kept in memory where there are several
ROWS_A_SHARD = 600_000
FAMILIES: tuple[Family | None, ...] = (None, "eastern", "french", "slavic")


class Spill:
    """Strings, each with some numbers, kept on disk once they are many.

    Attributes
    ----------
    texts
        The strings held; none may hold a line feed.
    numbers
        The columns of numbers, as long as ``texts``.
    """

    def __init__(self, path: Path, typecodes: str = "") -> None:
        self._path = path
        self.texts: list[str] = []
        self.numbers: list[array[Any]] = [array(code) for code in typecodes]

    def relieve(self) -> None:
        """Write what is held to disk, if it is much."""
        if len(self.texts) >= FLUSH:
            self._flush()

    def _flush(self) -> None:
        if not self.texts:
            return
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(self.texts) + "\n")
        self.texts.clear()
        for place, held in enumerate(self.numbers):
            with self._column(place).open("ab") as binary:
                held.tofile(binary)
            del held[:]

    def _column(self, place: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{place}")

    def read(self) -> tuple[list[str], list[Any]]:
        """Return the strings and a numpy array a column; what was on disk is removed."""
        import numpy as np

        if not self._path.exists():
            return self.texts, [np.frombuffer(held, dtype=held.typecode) for held in self.numbers]
        self._flush()
        texts = self._path.read_text(encoding="utf-8").split("\n")[:-1]
        columns = [np.fromfile(self._column(i), dtype=held.typecode) for i, held in enumerate(self.numbers)]
        for path in (self._path, *(self._column(i) for i in range(len(columns)))):
            path.unlink()
        return texts, columns


class NameWriter:
    """The name index of a store being written."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.shards = max(1, math.ceil(rows / ROWS_A_SHARD))
        self._folder = folder
        self._entries = [Spill(folder / f"entries.{n}.tmp", "IfB") for n in range(self.shards)]
        self._approximate = [Spill(folder / f"approximate.{n}.tmp") for n in range(self.shards)]
        self._fold = functools.lru_cache(200_000)(folded_word)

    def write(self, start: int, rows: Iterable[Row]) -> None:
        """Take the names of rows, the first of which has the number ``start``."""
        for number, row in enumerate(rows, start):
            family = FAMILIES.index(family_of(row.country_code)) if row.country_code in ROMANISED else 0
            fame = prior_of(row.kind, row.population, NAME, curated=row.curated)
            for strict, kind in entries(row).items():
                spill = self._entries[shard_of(strict, self.shards)]
                packed, priors, families = spill.numbers
                spill.texts.append(strict)
                packed.append(number << KIND_BITS | kind)
                priors.append(fame - KIND_PENALTY[kind])
                families.append(family)
        if self.shards > 1:
            for spill in self._entries:
                spill.relieve()

    def build(self, progress: Callable[[str], None]) -> int:
        """Write the tries and the postings; return how many keys there are."""
        import numpy as np

        total = keys = 0
        folder = self._folder
        with (folder / "offsets.bin").open("wb") as offsets, (folder / "postings.bin").open("wb") as postings:
            offsets.write(np.zeros(1, dtype=np.uint32).tobytes())
            for number, spill in enumerate(self._entries):
                counts, packed = self._build_shard(number, *spill.read())
                offsets.write((total + np.cumsum(counts)).astype(np.uint32).tobytes())
                postings.write(packed.tobytes())
                total, keys = total + len(packed), keys + len(counts)
                if self.shards > 1:
                    progress(f"indexing the names {min(99, (number + 1) * 100 // self.shards)} %")
        for number, spill in enumerate(self._approximate):
            _save_trie(spill.read()[0], self._folder / f"approximate.{number}.marisa")
        return keys

    def _build_shard(self, number: int, keys: list[str], columns: Sequence[Any]) -> tuple[Any, Any]:
        """Write one trie; return how many postings each of its keys has, and the postings in their order."""
        import numpy as np

        packed, priors, families = columns
        for place, family in enumerate(FAMILIES):
            if family is not None:
                self._spill_approximate({keys[i] for i in np.flatnonzero(families == place)}, family)
        trie = _save_trie(keys, self._folder / f"names.{number}.marisa")
        numbers = np.fromiter(map(trie.get, keys), dtype=np.uint32, count=len(keys))
        del keys
        order = np.lexsort((packed, numbers))
        rows = packed[order] >> KIND_BITS
        repeated = (numbers[order][1:] == numbers[order][:-1]) & (rows[1:] == rows[:-1])
        kept = order[np.concatenate(([True], ~repeated))] if len(order) else order
        kept = kept[np.lexsort((packed[kept], -priors[kept], numbers[kept]))]
        return np.bincount(numbers[kept], minlength=len(trie)), packed[kept]

    def _spill_approximate(self, keys: set[str], family: Family) -> None:
        for entry in approximate_entries(keys, family, self._fold):
            spill = self._approximate[shard_of(entry[: _prefix(entry)], self.shards)]
            spill.texts.append(entry)
            if self.shards > 1:
                spill.relieve()


def _prefix(entry: str) -> int:
    """Return the length of the folded form or the skeleton, with the mark that ends it."""
    return max(entry.find("|"), entry.find("~")) + 1


def _save_trie(keys: list[str], path: Path) -> Any:
    import marisa_trie

    trie = marisa_trie.Trie(keys)
    trie.save(str(path))
    return trie
