"""Writes a store's numeric columns, its strings and its ids, chunk by chunk."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from geomap.gazetteer.store import COLUMNS, id_hash
from geomap.gazetteer.tables import Row

BLOCK = 500_000  # rows written at once


class Positions:
    """Numbers values in the order of their first appearance."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def of(self, value: str) -> int:
        """Return the number of a value."""
        return self.known.setdefault(value, len(self.known))


class ColumnWriter:
    """The columns of a store being written.

    Attributes
    ----------
    codes, countries
        The feature codes and country codes so far.
    rows
        How many rows were written.
    """

    def __init__(self, folder: Path) -> None:
        self.codes, self.countries = Positions(), Positions()
        self.rows = 0
        self._files: dict[str, IO[bytes]] = {name: (folder / f"{name}.bin").open("wb") for name in COLUMNS}
        self._strings = (folder / "strings.bin").open("wb")
        self._at = 0
        self._shared: dict[str, int] = {}  # districts: few names for many rows
        self._ids = (folder / "ids.tmp").open("wb")
        self._folder = folder

    def write(self, rows: Sequence[Row], admin1: Iterable[int]) -> None:
        """Append rows with the numbers of their first-level units."""
        columns: dict[str, list[float] | list[int]] = {
            "lon": [r.lon for r in rows],
            "lat": [r.lat for r in rows],
            "radius": [r.radius_km for r in rows],
            "population": [r.population for r in rows],
            "code": [self.codes.of(r.kind) for r in rows],
            "country": [self.countries.of(r.country_code) for r in rows],
            "admin1": list(admin1),
            "curated": [int(r.curated) for r in rows],
            "id_at": self._add([r.id for r in rows]),
            "name_at": self._add([r.name for r in rows]),
            "admin2_at": [self._shared_at(r.admin2) for r in rows],
        }
        for name, values in columns.items():
            array(COLUMNS[name], values).tofile(self._files[name])
        array("Q", [id_hash(r.id) for r in rows]).tofile(self._ids)
        self.rows += len(rows)

    def _add(self, texts: Sequence[str]) -> list[int]:
        """Append strings, each with its length in two bytes before it; return where they begin."""
        found = []
        parts: list[bytes] = []
        for text in texts:
            raw = text.encode()
            parts += (len(raw).to_bytes(2, "little"), raw)
            found.append(self._at)
            self._at += len(raw) + 2
        self._strings.write(b"".join(parts))
        return found

    def _shared_at(self, text: str) -> int:
        at = self._shared.get(text)
        if at is None:
            at = self._shared[text] = self._add([text])[0]
        return at

    def close(self) -> int:
        """Finish the files; return how many bytes of strings there are."""
        import numpy as np

        for file in (*self._files.values(), self._strings, self._ids):
            file.close()
        hashes = np.fromfile(self._folder / "ids.tmp", dtype=np.uint64)
        order = np.argsort(hashes, kind="stable")
        with (self._folder / "ids.bin").open("wb") as ids, (self._folder / "id_rows.bin").open("wb") as rows:
            for part in np.array_split(order, max(1, len(order) // BLOCK)):
                hashes[part].tofile(ids)
                part.astype(np.uint32).tofile(rows)
        (self._folder / "ids.tmp").unlink()
        return self._at


def read_points(folder: Path) -> tuple[Any, Any]:
    """Return the longitudes and latitudes just written, in single precision."""
    import numpy as np

    lon, lat = (np.fromfile(folder / f"{name}.bin", dtype="d").astype(np.float32) for name in ("lon", "lat"))
    return lon, lat


def name_rows(folder: Path, columns: ColumnWriter, names: Iterable[tuple[str, str, bool]]) -> Iterator[tuple[int, Row]]:
    """Yield, for more names of places, the number of the row and a row that holds nothing but what an index needs.

    Parameters
    ----------
    folder
        Where the columns were written.
    columns
        Their writer, closed.
    names
        Id of a place, a name, whether it is a former one; ids that no row has are passed over.
    """
    import numpy as np

    def column(name: str, kind: str) -> Any:
        return np.memmap(folder / f"{name}.bin", dtype=kind, mode="r") if columns.rows else np.empty(0, dtype=kind)

    hashes, numbers = column("ids", "Q"), column("id_rows", "I")
    code, country, population, curated = (
        column(name, COLUMNS[name]) for name in ("code", "country", "population", "curated")
    )
    codes, countries = list(columns.codes.known), list(columns.countries.known)
    for place_id, name, is_former in names:
        wanted = id_hash(place_id)
        at = int(np.searchsorted(hashes, np.uint64(wanted)))
        if at < len(hashes) and int(hashes[at]) == wanted:
            number = int(numbers[at])
            aliases, former = ((), (name,)) if is_former else ((name,), ())
            yield number, Row(
                place_id, "", codes[code[number]], 0, 0, 0, countries[country[number]], "", "",
                int(population[number]), aliases, former, bool(curated[number]),
            )  # fmt: skip
