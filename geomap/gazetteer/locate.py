"""Where the compiled store is, and opening it: compiled on first use, found again by the stamp of the tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from geomap.config import GazetteerConfig
from geomap.errors import GazetteerError
from geomap.gazetteer.store import SCHEMA, Store
from geomap.gazetteer.tables import default_folder, table_files


def tables_folder(config: GazetteerConfig) -> Path:
    """Return the folder of the tables that are compiled."""
    return Path(config.tables).expanduser() if config.tables else default_folder()


def stores_folder(config: GazetteerConfig) -> Path:
    """Return the folder in which compiled stores live."""
    if config.folder:
        return Path(config.folder).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("geomap", appauthor=False)) / "gazetteer"


def open_store(config: GazetteerConfig, *, progress: Callable[[str], None] | None = None) -> Store:
    """Open the store that belongs to the tables, compiling it first where there is none.

    Raises
    ------
    GazetteerError
        The tables are missing or damaged, or the store is damaged.
    """
    return Store(ensure_compiled(config, progress=progress))


def ensure_compiled(
    config: GazetteerConfig, *, progress: Callable[[str], None] | None = None, again: bool = False
) -> Path:
    """Return the folder of the store of the tables, compiling where it is missing or where it is asked for again."""
    tables, stores = tables_folder(config), stores_folder(config)
    stamp = _stamp(tables)
    if not again and (known := _known(stores, stamp)):
        return known
    from geomap.gazetteer.compile import compile_tables, tables_sha256

    folder = stores / tables_sha256(tables)[:16]
    if again or not (folder / "meta.json").is_file():
        compile_tables(tables, folder, progress=progress or (lambda _: None))
    _remember(stores, stamp, folder)
    return folder


def _stamp(tables: Path) -> str:
    """Names, sizes and times of the tables: what changes when a table does, without reading it."""
    if not tables.is_dir():
        raise GazetteerError(f"no folder {tables} of gazetteer tables", hint="check gazetteer.tables")
    parts = [SCHEMA, str(tables)]
    for path in table_files(tables):
        stat = path.stat()
        parts.append(f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}")
    return "|".join(parts)


def _known(stores: Path, stamp: str) -> Path | None:
    try:
        noted = json.loads((stores / "current.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    folder = stores / str(noted.get(stamp, ""))
    return folder if stamp in noted and (folder / "meta.json").is_file() else None


def _remember(stores: Path, stamp: str, folder: Path) -> None:
    note = stores / "current.json"
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps({stamp: folder.name}), encoding="utf-8")
    fresh.replace(note)
