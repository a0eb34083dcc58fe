"""Compile tables into a store: once, in seconds, atomically, keyed by the content of the tables."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer import index
from geomap.gazetteer.containment import assign_admin1, read_polygons
from geomap.gazetteer.geopackage import write_geopackage
from geomap.gazetteer.store import COLUMNS, KIND_BITS, SCHEMA
from geomap.gazetteer.tables import (
    ALIAS_TABLE,
    DEMONYM_TABLE,
    POLYGON_TABLE,
    Alias,
    Row,
    open_table,
    read_aliases,
    read_rows,
    table_files,
)

Progress = Callable[[str], None]
# where names reach news in many romanisations, so that a folded form is worth its room
ROMANISED = index.ARTICLE_COUNTRIES | frozenset("UA RU BY MD AM AZ GE KZ KG TJ TM UZ PK IN MM ET CN NP BD LK".split())


def tables_sha256(folder: Path) -> str:
    """Return a hash of the content of a folder's tables."""
    digest = hashlib.sha256(SCHEMA.encode())
    for path in table_files(folder):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def compile_tables(tables: Path, target: Path, *, progress: Progress = lambda _: None) -> None:
    """Compile a folder of tables into a store.

    The store appears at the target whole or not at all; an older one there is replaced.

    Parameters
    ----------
    tables
        Folder of the tables.
    target
        Folder of the store.
    progress
        Is told what is being done.

    Raises
    ------
    GazetteerError
        A table is damaged, or the target cannot be written.
    """
    progress("reading the tables")
    rows = _read(tables)
    polygons = read_polygons(tables / POLYGON_TABLE)
    progress(f"placing {len(rows):,} places in their provinces")
    admin1 = assign_admin1(rows, polygons)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".compile-", dir=target.parent))
    except OSError as error:
        raise GazetteerError(f"cannot write the gazetteer to {target.parent}: {error}", hint=_WRITABLE) from error
    try:
        progress("writing the GeoPackage")
        write_geopackage(work / "places.gpkg", rows, admin1, polygons)
        progress("indexing the names")
        names = _write_index(work, rows)
        size = _write_columns(work, rows, admin1)
        counts = {"names": names, "strings_size": size}
        meta = _meta(rows, counts, tables_sha256(tables), _demonyms(tables / DEMONYM_TABLE))
        (work / "meta.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        _replace(work, target)
    except OSError as error:
        raise GazetteerError(f"cannot write the gazetteer to {target}: {error}", hint=_WRITABLE) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _read(tables: Path) -> list[Row]:
    """Read every place once, sorted by id, with the extra spellings of the alias table."""
    rows: dict[str, Row] = {}
    extra: list[Alias] = []
    for path in table_files(tables):
        if path.name == ALIAS_TABLE:
            extra = list(read_aliases(path))
        elif path.name not in {POLYGON_TABLE, DEMONYM_TABLE}:
            for row in read_rows(path):
                rows[row.id] = _joined(rows[row.id], row) if row.id in rows else row
    for alias in extra:
        if (named := rows.get(alias.place)) is None:
            raise GazetteerError(f"{ALIAS_TABLE} names {alias.place}, which no table has", hint="correct that line")
        rows[alias.place] = (
            named._replace(former_names=(*named.former_names, alias.alias))
            if alias.kind == "former"
            else named._replace(aliases=(*named.aliases, alias.alias))
        )
    return [rows[name] for name in sorted(rows)]


def _joined(older: Row, newer: Row) -> Row:
    """Join two rows of one place: the later table's name and point win, the names of both are kept."""
    names = dict.fromkeys((*newer.aliases, older.name, *older.aliases))
    return newer._replace(
        radius_km=newer.radius_km or older.radius_km,
        admin1=older.admin1 or newer.admin1,
        admin2=newer.admin2 or older.admin2,
        population=newer.population or older.population,
        aliases=tuple(name for name in names if name != newer.name),
        former_names=tuple(dict.fromkeys((*newer.former_names, *older.former_names))),
    )


def _demonyms(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = open_table(path)
    columns = next(lines)
    assert isinstance(columns, dict)
    word, country = columns["demonym"], columns["country_code"]
    return {line[word].casefold(): line[country] for line in lines if isinstance(line, list) and line[country]}


def _write_index(work: Path, rows: list[Row]) -> int:
    """Write the tries and the postings; return how many keys there are."""
    import marisa_trie
    import numpy as np

    keys: list[str] = []
    postings = array("I")
    priors = array("f")
    romanised: set[str] = set()
    for number, row in enumerate(rows):
        found = index.entries(row)
        keys.extend(found)
        postings.extend([number << KIND_BITS | kind for kind in found.values()])
        priors.extend([index.prior(row, kind) for kind in found.values()])
        if row.country_code in ROMANISED:
            romanised.update(found)
    trie = marisa_trie.Trie(keys)
    trie.save(str(work / "names.marisa"))
    numbers = np.fromiter((trie[k] for k in keys), dtype=np.uint32, count=len(keys))
    packed = np.frombuffer(postings, dtype=np.uint32)
    order = np.lexsort((packed, -np.frombuffer(priors, dtype=np.float32), numbers))
    counts = np.bincount(numbers, minlength=len(trie))
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.uint32)
    (work / "offsets.bin").write_bytes(offsets.tobytes())
    (work / "postings.bin").write_bytes(packed[order].tobytes())
    marisa_trie.Trie(list(index.approximate_entries(iter(romanised)))).save(str(work / "approximate.marisa"))
    return len(trie)


class _Strings:
    """Collects strings, each once, with a two-byte length before it."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._known: dict[str, int] = {}

    def add(self, text: str) -> int:
        at = self._known.get(text)
        if at is None:
            at = self._known[text] = len(self.data)
            raw = text.encode("utf-8")
            self.data += len(raw).to_bytes(2, "little") + raw
        return at


def _positions(values: Iterable[str]) -> dict[str, int]:
    return {value: i for i, value in enumerate(sorted(set(values)))}


def _write_columns(work: Path, rows: list[Row], admin1: list[int]) -> int:
    """Write the columns and the strings; return how many bytes of strings there are."""
    codes, countries = _positions(r.kind for r in rows), _positions(r.country_code for r in rows)
    strings = _Strings()
    columns: dict[str, list[float] | list[int]] = {
        "lon": [r.lon for r in rows],
        "lat": [r.lat for r in rows],
        "radius": [r.radius_km for r in rows],
        "population": [r.population for r in rows],
        "code": [codes[r.kind] for r in rows],
        "country": [countries[r.country_code] for r in rows],
        "admin1": admin1,
        "id_at": [strings.add(r.id) for r in rows],
        "name_at": [strings.add(r.name) for r in rows],
        "admin2_at": [strings.add(r.admin2) for r in rows],
    }
    for name, values in columns.items():
        (work / f"{name}.bin").write_bytes(array(COLUMNS[name], values).tobytes())
    (work / "strings.bin").write_bytes(bytes(strings.data))
    return len(strings.data)


def _meta(rows: list[Row], counts: dict[str, int], sha256: str, demonyms: dict[str, str]) -> dict[str, object]:
    sources: dict[str, int] = {}
    by_country: dict[str, int] = {}
    for row in rows:
        sources[row.id.partition(":")[0]] = sources.get(row.id.partition(":")[0], 0) + 1
        by_country[row.country_code] = by_country.get(row.country_code, 0) + 1
    return {
        "schema": SCHEMA,
        "tables_sha256": sha256,
        "compiled_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "places": len(rows),
        **counts,
        "sources": dict(sorted(sources.items())),
        "by_country": dict(sorted(by_country.items())),
        "codes": sorted({r.kind for r in rows}),
        "countries": sorted({r.country_code for r in rows}),
        "country_rows": {r.country_code: i for i, r in enumerate(rows) if r.kind.startswith("PCL") and r.country_code},
        "demonyms": demonyms,
    }


def _replace(work: Path, target: Path) -> None:
    """Put the finished folder in the place of the old one; the moment without either is as short as two renames."""
    if not target.exists():
        work.replace(target)
        return
    old = target.with_name(f".old-{os.getpid()}-{target.name}")
    target.replace(old)
    work.replace(target)
    shutil.rmtree(old, ignore_errors=True)


_WRITABLE = "make that folder writable, or name another by gazetteer.folder"
