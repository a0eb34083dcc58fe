"""Every row of every table and layer once: what goes into a store, in the order in which it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.layers import CURATED_PRIORITY, IDS, NAMED_PRIORITY, NAMES, PLACES, POLYGONS, UNITS, Layer
from geomap.gazetteer.store import id_hash
from geomap.gazetteer.tables import (
    ALIAS_TABLE,
    CURATED_TABLES,
    DEMONYM_TABLE,
    POLYGON_TABLE,
    Alias,
    Row,
    open_table,
    read_aliases,
    read_rows,
    table_files,
)

# names of countries and provinces were chosen by hand: a dump adds to them but does not replace them
NAMED_BY_HAND = frozenset(("countries.tsv", "admin1.tsv.xz"))
HEAD = ("PCL", "ADM1", "ADM2")  # countries, units, districts


class Gathering:
    """Rows that are held until all their layers were seen, by id, each with the priority that its point has.

    The packaged tables are held whole; of layers only those rows that another table or layer has too. Everything else
    streams by.
    """

    def __init__(self, tables: Path, layers: Sequence[tuple[Layer, Path]]) -> None:
        self._tables, self._layers = tables, layers
        self._held: dict[str, Row] = {}
        self._priority: dict[str, int] = {}
        self._head: set[str] = set()
        self._shared = _shared_ids([folder / IDS for _, folder in layers])
        self.total = sum(layer.places for layer, _ in layers)
        extra: list[Alias] = []
        for path in table_files(tables):
            if path.name == ALIAS_TABLE:
                extra = list(read_aliases(path))
            elif path.name not in {POLYGON_TABLE, DEMONYM_TABLE}:
                self._hold(read_rows(path), _priority_of(path.name))
        self._name(extra)
        for layer, folder in layers:
            self._hold(_rows_of(folder / UNITS), layer.priority)
        self.total += len(self._held)

    def _hold(self, rows: Iterable[Row], priority: int) -> None:
        for row in _marked(rows, priority):
            held = self._held.get(row.id)
            if held is None:
                self._held[row.id], self._priority[row.id] = row, priority
            elif priority >= self._priority[row.id]:
                self._held[row.id], self._priority[row.id] = joined(held, row), priority
            else:
                self._held[row.id] = joined(row, held)

    def _name(self, aliases: Iterable[Alias]) -> None:
        for alias in aliases:
            row = self._held.get(alias.place)
            if row is None:
                raise GazetteerError(f"{ALIAS_TABLE} names {alias.place}, which no table has", hint="correct that line")
            self._held[alias.place] = (
                row._replace(former_names=(*row.former_names, alias.alias))
                if alias.kind == "former"
                else row._replace(aliases=(*row.aliases, alias.alias))
            )

    def head(self) -> list[Row]:
        """Return the countries, units and districts, which the other rows refer to; they are no longer held."""
        self._head = {name for name, row in self._held.items() if row.kind.startswith(HEAD)}
        return [self._held.pop(name) for name in sorted(self._head)]

    def rest(self) -> Iterator[Row]:
        """Yield every other row: those of the layers as they are read, then what was held."""
        for layer, folder in self._layers:
            for row in _marked(_rows_of(folder / PLACES), layer.priority):
                if row.id in self._held or (self._shared and id_hash(row.id) in self._shared):
                    self._hold([row], layer.priority)
                elif row.id not in self._head:
                    yield row
        for name in sorted(self._held):
            yield self._held.pop(name)

    def names(self) -> Iterator[tuple[str, str, bool]]:
        """Yield more names of places from the layers: id, name, whether it is a former one."""
        for _, folder in self._layers:
            if (folder / NAMES).is_file():
                lines = open_table(folder / NAMES)
                next(lines)
                yield from ((line[0], line[1], line[2] == "former") for line in lines if isinstance(line, list))

    def polygon_files(self) -> list[Path]:
        """Return the files with polygons, those of higher layers last."""
        return [self._tables / POLYGON_TABLE, *(folder / POLYGONS for _, folder in self._layers)]


def _priority_of(table: str) -> int:
    return CURATED_PRIORITY if table in CURATED_TABLES else NAMED_PRIORITY if table in NAMED_BY_HAND else 0


def joined(older: Row, newer: Row) -> Row:
    """Join two rows of one place: the newer one's name and point win, the names of both are kept."""
    names = dict.fromkeys((*newer.aliases, older.name, *older.aliases))
    return newer._replace(
        radius_km=newer.radius_km or older.radius_km,
        admin1=older.admin1 or newer.admin1,
        admin2=newer.admin2 or older.admin2,
        population=newer.population or older.population,
        aliases=tuple(name for name in names if name != newer.name),
        former_names=tuple(dict.fromkeys((*newer.former_names, *older.former_names))),
        curated=newer.curated or older.curated,
    )


def _marked(rows: Iterable[Row], priority: int) -> Iterable[Row]:
    """Return the rows, marked as entered by hand where their table or layer ranks so."""
    return (row._replace(curated=True) for row in rows) if priority >= CURATED_PRIORITY else rows


def _rows_of(path: Path) -> Iterator[Row]:
    return read_rows(path) if path.is_file() else iter(())


def _shared_ids(files: Sequence[Path]) -> frozenset[int]:
    """Return the hashes of ids that several layers have."""
    import numpy as np

    if len(files) < 2:
        return frozenset()
    found: set[int] = set()
    seen: Any = np.empty(0, dtype=np.uint64)
    for path in files:
        own = np.fromfile(path, dtype=np.uint64) if path.is_file() else np.empty(0, dtype=np.uint64)
        found.update(np.intersect1d(seen, own).tolist())
        seen = np.union1d(seen, own)
    return frozenset(found)
