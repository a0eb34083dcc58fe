"""Compile tables into a store: once, in seconds, atomically, keyed by the content of the tables.

Rows stream through in chunks, so that a store of twelve million places needs little more memory than a small one.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import itertools
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.columns import ColumnWriter, name_rows, read_points
from geomap.gazetteer.containment import Polygons, Units, read_polygons
from geomap.gazetteer.districts import Districts
from geomap.gazetteer.extents import derive_extents, touching
from geomap.gazetteer.gather import Gathering
from geomap.gazetteer.layers import Layer
from geomap.gazetteer.package import PackageWriter
from geomap.gazetteer.spill import NameWriter
from geomap.gazetteer.store import SCHEMA
from geomap.gazetteer.tables import DEMONYM_TABLE, Row, open_table, table_files

Progress = Callable[[str], None]
LayerFolders = Sequence[tuple[Layer, Path]]
CHUNK = 50_000
MANY = 1_000_000  # places from which on the share done is told


def tables_sha256(folder: Path, layers: Iterable[Layer] = ()) -> str:
    """Return a hash of the content of a folder's tables and of the layers beside them."""
    digest = hashlib.sha256(SCHEMA.encode())
    for path in table_files(folder):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    for layer in layers:
        digest.update(f"{layer.name}:{layer.priority}:{layer.sha256}".encode())
    return digest.hexdigest()


def compile_tables(
    tables: Path, target: Path, *, layers: LayerFolders = (), progress: Progress = lambda _: None
) -> None:
    """Compile a folder of tables, and the user's layers, into a store.

    The store appears at the target whole or not at all; an older one there is replaced.

    Parameters
    ----------
    tables
        Folder of the tables.
    target
        Folder of the store.
    layers
        The user's layers with the folders that hold them, lowest priority first.
    progress
        Is told what is being done; a share done stands at the end as "… 37 %".

    Raises
    ------
    GazetteerError
        A table is damaged, or the target cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".compile-", dir=target.parent))
    except OSError as error:
        raise GazetteerError(f"cannot write the gazetteer to {target.parent}: {error}", hint=_WRITABLE) from error
    try:
        progress("reading the tables")
        with _no_collection():
            meta = _build(work, Gathering(tables, layers), progress)
        meta |= {
            "tables_sha256": tables_sha256(tables, (layer for layer, _ in layers)),
            "layers": [layer.name for layer, _ in layers],
            "demonyms": _demonyms(tables / DEMONYM_TABLE),
        }
        (work / "meta.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        _replace(work, target)
    except OSError as error:
        raise GazetteerError(f"cannot write the gazetteer to {target}: {error}", hint=_WRITABLE) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _build(work: Path, gathering: Gathering, progress: Progress) -> dict[str, Any]:
    """Write every file but ``meta.json``; return what that is to hold."""
    polygons: Polygons = {}
    for path in gathering.polygon_files():
        polygons |= read_polygons(path)
    head = gathering.head()
    columns, names = ColumnWriter(work), NameWriter(work, gathering.total)
    counts: Counter[tuple[str, str]] = Counter()
    progress(f"writing {gathering.total:,} places")
    with closing(PackageWriter(work / "places.gpkg")) as package:
        for rows, units in _placed(head, polygons, gathering):
            names.write(columns.rows, rows)
            columns.write(rows, units)
            package.write(rows, [head[unit - 1].name if unit else "" for unit in units])
            counts.update((row.id.partition(":")[0], row.country_code) for row in rows)
            if gathering.total > MANY:
                progress(f"writing {gathering.total:,} places {min(99, columns.rows * 100 // gathering.total)} %")
        strings_size = columns.close()
        extents = derive_extents(work, head, polygons)
        package.finish(head, polygons, extents, read_points(work))
    (work / "neighbours.json").write_text(json.dumps(touching(head, polygons)), encoding="utf-8")
    states = {r.country_code: i for i, r in enumerate(head) if r.kind.startswith("PCL") and r.country_code}
    polygons.clear()
    head.clear()
    progress("indexing the names")
    for number, row in name_rows(work, columns, gathering.names()):
        names.write(number, [row])
    return {
        "schema": SCHEMA,
        "compiled_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "places": columns.rows,
        "names": names.build(progress),
        "shards": names.shards,
        "strings_size": strings_size,
        "sources": _summed(counts, 0),
        "by_country": _summed(counts, 1),
        "codes": list(columns.codes.known),
        "countries": list(columns.countries.known),
        "country_rows": states,
        "approximate_units": sorted(extents),
    }


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from walking a million rows again and again: none of them is in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _placed(head: list[Row], polygons: Polygons, gathering: Gathering) -> Iterator[tuple[list[Row], list[int]]]:
    """Yield the rows in chunks, each with the numbers of their first-level units, the districts filled in."""
    units = Units(head=head, polygons=polygons)
    known = [row for row in head if row.kind == "ADM2" and row.radius_km > 0]
    districts = Districts(rows=known, units=units, polygons=polygons)
    stream = itertools.chain(head, gathering.rest())
    while chunk := list(itertools.islice(stream, CHUNK)):
        inside = units.of(chunk)
        yield districts.fill(chunk, inside), inside


def _summed(counts: Counter[tuple[str, str]], place: int) -> dict[str, int]:
    """Return the counts by one of the two parts of their keys."""
    found: Counter[str] = Counter()
    for key, count in counts.items():
        found[key[place]] += count
    return dict(sorted(found.items()))


def _demonyms(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = open_table(path)
    columns = next(lines)
    assert isinstance(columns, dict)
    word, country = columns["demonym"], columns["country_code"]
    return {line[word].casefold(): line[country] for line in lines if isinstance(line, list) and line[country]}


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
