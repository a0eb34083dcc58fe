"""The compiled gazetteer, read-only: memory-mapped columns and a trie of names. Opening it costs milliseconds.

A store is a folder, written by ``compile.py``: ``places.gpkg`` is the readable truth and opens in QGIS;
``names.N.marisa`` and ``approximate.N.marisa`` are tries of keys, a key in the shard that its checksum names;
``postings.bin`` says which places a key may mean, the likelier first; ``ids.bin`` finds a row by its id; each numeric
column is a ``.bin`` file; ``strings.bin``, ``neighbours.json`` and ``meta.json`` hold the rest.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
import json
import mmap
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

import marisa_trie

from geomap.errors import GazetteerError
from geomap.model import NameKind, Place

SCHEMA = "geomap.store/7"
KINDS: tuple[NameKind, ...] = ("name", "alias", "former", "abbreviation", "stripped", "approximate")
KIND_BITS = 3
COLUMNS: dict[str, Literal["d", "f", "I", "H", "B"]] = {
    "lon": "d", "lat": "d", "radius": "f", "population": "I", "code": "H", "country": "H", "admin1": "I",
    "curated": "B", "id_at": "I", "name_at": "I", "admin2_at": "I",
}  # fmt: skip
FILES: dict[str, Literal["d", "f", "I", "H", "B", "Q"]] = {
    **COLUMNS, "ids": "Q", "id_rows": "I", "offsets": "I", "postings": "I", "strings": "B",
}  # fmt: skip


def shard_of(text: str, shards: int) -> int:
    """Return the shard of a strict key, or of a folded form with the mark that ends it."""
    return zlib.crc32(text.encode()) % shards if shards > 1 else 0


def id_hash(place_id: str) -> int:
    """Return the number under which an id is looked up."""
    return int.from_bytes(hashlib.blake2b(place_id.encode(), digest_size=8).digest(), "little")


class Hit(NamedTuple):
    """A row of the store that a name may mean, and by which kind of name it was found (an index into ``KINDS``)."""

    row: int
    kind: int


class Store:
    """One compiled folder. Use it as a context manager, or call ``close``.

    Attributes
    ----------
    lon, lat, radius, population
        Columns by row; degrees, degrees, kilometres, people.
    code, country
        Columns by row; positions in ``codes`` and ``countries``.
    admin1
        Column by row: 1 + the row of the first-level unit, 0 where unknown.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._maps: list[mmap.mmap] = []
        self._views: list[memoryview[Any]] = []
        try:
            self.meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if self.meta["schema"] != SCHEMA:
                raise GazetteerError(f"the store {folder} has schema {self.meta['schema']}", hint=_REMEDY)
            self._shards = int(self.meta["shards"])
            self._names = [self._trie("names", number) for number in range(self._shards)]
            columns: dict[str, Any] = {name: self._map(f"{name}.bin", kind) for name, kind in FILES.items()}
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise GazetteerError(f"the compiled gazetteer {folder} is damaged: {error}", hint=_REMEDY) from error
        self._bases = list(itertools.accumulate((len(trie) for trie in self._names), initial=0))
        self._approximate: dict[int, marisa_trie.Trie] = {}
        self.lon: memoryview[float] = columns["lon"]
        self.lat: memoryview[float] = columns["lat"]
        self.radius: memoryview[float] = columns["radius"]
        self.population: memoryview[int] = columns["population"]
        self.code: memoryview[int] = columns["code"]
        self.country: memoryview[int] = columns["country"]
        self.admin1: memoryview[int] = columns["admin1"]
        self._curated: memoryview[int] = columns["curated"]
        self._id_at, self._name_at, self._admin2_at = columns["id_at"], columns["name_at"], columns["admin2_at"]
        self._ids, self._id_rows = columns["ids"], columns["id_rows"]
        self._offsets, self._postings, self._strings = columns["offsets"], columns["postings"], columns["strings"]
        self.codes: list[str] = self.meta["codes"]
        self.countries: list[str] = self.meta["countries"]
        if not self._is_whole(columns):
            raise GazetteerError(f"the compiled gazetteer {folder} is incomplete", hint=_REMEDY)

    def _is_whole(self, columns: dict[str, Any]) -> bool:
        return (
            all(len(columns[name]) == self.meta["places"] for name in (*COLUMNS, "ids", "id_rows"))
            and len(self._offsets) == self._bases[-1] + 1
            and len(self._postings) == self._offsets[-1]
            and len(self._strings) == self.meta["strings_size"]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.lon)

    def close(self) -> None:
        """Let go of the files."""
        for view in reversed(self._views):
            view.release()
        for mapped in self._maps:
            mapped.close()
        self._views.clear()
        self._maps.clear()

    def hits(self, strict: str) -> Sequence[Hit]:
        """Return what a strict key may mean, the likelier first; empty where it is unknown."""
        shard = shard_of(strict, self._shards) if self._shards > 1 else 0
        number = self._names[shard].get(strict)
        if number is None:
            return ()
        number += self._bases[shard]
        first, last = self._offsets[number], self._offsets[number + 1]
        if last - first == 1:
            packed = self._postings[first]
            return (_new(Hit, (packed >> KIND_BITS, packed & _KIND)),)
        return [_new(Hit, (p >> KIND_BITS, p & _KIND)) for p in self._postings[first:last].tolist()]

    def keys_from(self, prefix: str) -> Iterator[str]:
        """Yield the strict keys that begin with a text."""
        for trie in self._names:
            yield from trie.iterkeys(prefix)

    def similar_keys(self, fold: str) -> list[str]:
        """Return the strict keys whose folded form is the one given."""
        return self._approximately(f"{fold}|")

    def skeleton_keys(self, bones: str) -> list[str]:
        """Return the strict keys whose folded form has the consonants given."""
        return self._approximately(f"{bones}~")

    def _approximately(self, prefix: str) -> list[str]:
        shard = shard_of(prefix, self._shards)
        trie = self._approximate.get(shard)
        if trie is None:
            trie = self._approximate[shard] = self._trie("approximate", shard)
        return [entry[len(prefix) :] for entry in trie.keys(prefix)]

    def place(self, row: int) -> Place:
        """Return a row as a place."""
        unit, place_id = self.admin1[row], self.string(self._id_at[row])
        return Place(
            id=place_id,
            name=self.name(row),
            lon=self.lon[row],
            lat=self.lat[row],
            feature_code=self.codes[self.code[row]],
            country_code=self.countries[self.country[row]] or None,
            admin1=self.name(unit - 1) if unit else None,
            admin2=self.string(self._admin2_at[row]) or None,
            source=_SOURCES.get(place_id.partition(":")[0], "user"),
            population=self.population[row],
            radius_km=round(self.radius[row], 2),
        )

    def id(self, row: int) -> str:
        """Return the id of a row."""
        return self.string(self._id_at[row])

    def name(self, row: int) -> str:
        """Return the name of a row."""
        return self.string(self._name_at[row])

    def is_curated(self, row: int) -> bool:
        """Tell whether somebody entered a row by hand: the curated tables have it, or a layer that ranks with them."""
        return self._curated[row] == 1

    def row_of(self, place_id: str) -> int | None:
        """Return the row of an id, None where there is none."""
        wanted = id_hash(place_id)
        at = bisect.bisect_left(self._ids, wanted)
        while at < len(self._ids) and self._ids[at] == wanted:
            if self.id(self._id_rows[at]) == place_id:
                return int(self._id_rows[at])
            at += 1
        return None

    def string(self, at: int) -> str:
        """Return the string stored at an offset."""
        size = self._strings[at] | self._strings[at + 1] << 8
        return str(self._strings[at + 2 : at + 2 + size], "utf-8")

    def _trie(self, name: str, shard: int) -> marisa_trie.Trie:
        return marisa_trie.Trie().mmap(str(self.folder / f"{name}.{shard}.marisa"))

    def _map(self, name: str, kind: Literal["d", "f", "I", "H", "B", "Q"]) -> memoryview[Any]:
        with (self.folder / name).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        whole = memoryview(mapped)
        view: memoryview[Any] = whole.cast(kind)
        self._maps.append(mapped)
        self._views += (whole, view)
        return view


_new = tuple.__new__  # half the cost of Hit(...), which every look-up pays
_KIND = (1 << KIND_BITS) - 1
_REMEDY = "run `geomap gazetteer compile`"
_SOURCES = {
    "geonames": "geonames",
    "ourairports": "ourairports",
    "naturalearth": "naturalearth",
    "geomap": "curated",
    "derived": "geonames",
}
