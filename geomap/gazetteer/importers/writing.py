"""Writes a layer's tables as rows come in, in constant memory."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable
from pathlib import Path

from geomap.gazetteer.gather import HEAD
from geomap.gazetteer.layers import IDS, NAMES, PLACES, UNITS
from geomap.gazetteer.store import id_hash
from geomap.gazetteer.tables import Row

HEADER = "id\tname\tkind\tlon\tlat\tprecision_km\tcountry_code\tadmin1\tadmin2\tpopulation\taliases\tformer_names\n"
FLUSH = 100_000  # ids kept in memory
_UNSAFE = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "|": " "})


class LayerWriter:
    """The tables of one layer being written; use it as a context manager.

    Attributes
    ----------
    folder
        Where they are written.
    places, names
        How many were written.
    """

    def __init__(self, folder: Path) -> None:
        self.places = self.names = 0
        self.folder = folder
        self._places = (folder / PLACES).open("w", encoding="utf-8", newline="\n")
        self._units = (folder / UNITS).open("w", encoding="utf-8", newline="\n")
        self._names = (folder / NAMES).open("w", encoding="utf-8", newline="\n")
        self._ids = array("Q")
        self._hashes = (folder / IDS).open("wb")
        self._places.write(HEADER)
        self._units.write(HEADER)
        self._names.write("place\talias\tkind\n")

    def row(self, row: Row) -> None:
        """Append a place."""
        (self._units if row.kind.startswith(HEAD) else self._places).write(_line(row))
        self._ids.append(id_hash(row.id))
        if len(self._ids) == FLUSH:
            self._flush()
        self.places += 1

    def name(self, place: str, alias: str, kind: str) -> None:
        """Append a name of a place that another layer may have."""
        self._names.write(f"{place}\t{alias.translate(_UNSAFE)}\t{kind}\n")
        self.names += 1

    def _flush(self) -> None:
        self._ids.tofile(self._hashes)
        del self._ids[:]

    def close(self) -> str:
        """Finish the tables; return the hash of their content."""
        import numpy as np

        self._flush()
        for file in (self._places, self._units, self._names, self._hashes):
            file.close()
        ids = np.fromfile(self.folder / IDS, dtype=np.uint64)
        ids.sort()
        ids.tofile(self.folder / IDS)
        return _sha256(path for path in sorted(self.folder.iterdir()) if path.is_file())


def _line(row: Row) -> str:
    cells = (
        row.id, row.name.translate(_UNSAFE), row.kind, f"{row.lon:.6f}", f"{row.lat:.6f}", f"{row.radius_km:g}",
        row.country_code, row.admin1, row.admin2.translate(_UNSAFE), str(row.population),
        "|".join([name.translate(_UNSAFE) for name in row.aliases]),
        "|".join([name.translate(_UNSAFE) for name in row.former_names]),
    )  # fmt: skip
    return "\t".join(cells) + "\n"


def _sha256(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
