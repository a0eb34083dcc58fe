"""Where the compiled store is, and opening it: compiled on first use, found again by the stamp of the tables."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from geomap.config import GazetteerConfig
from geomap.errors import GazetteerError
from geomap.gazetteer.layers import Layer, layers_folder, read_layers
from geomap.gazetteer.store import SCHEMA, Store
from geomap.gazetteer.tables import default_folder, table_files

NOTED = 8  # stamps remembered: checkouts and sets of layers that take turns
KEPT_S = 3600.0  # a store or a half-made one that nothing notes is left alone this long: another process may be at it


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
    """Open the store that belongs to the tables and layers, compiling it first where there is none.

    Raises
    ------
    GazetteerError
        The tables are missing or damaged, or the store is damaged.
    """
    return Store(ensure_compiled(config, progress=progress))


def ensure_compiled(
    config: GazetteerConfig, *, progress: Callable[[str], None] | None = None, again: bool = False
) -> Path:
    """Return the folder of the store of the tables and layers.

    Compiles where it is missing or where it is asked for again; then beside the old one, which stays until the new
    one is whole.
    """
    stores = stores_folder(config)
    return ensure_layers(config, read_layers(stores), progress=progress, again=again)


def ensure_layers(
    config: GazetteerConfig,
    layers: Sequence[Layer],
    *,
    progress: Callable[[str], None] | None = None,
    again: bool = False,
) -> Path:
    """Return the folder of the store of the tables with the layers given, listed yet or not."""
    tables, stores = tables_folder(config), stores_folder(config)
    stamp = _stamp(tables, layers)
    if not again and (known := _known(stores, stamp)):
        return known
    from geomap.gazetteer.compile import compile_tables, tables_sha256

    name = tables_sha256(tables, layers)[:16]
    folder = stores / name
    if again or not (folder / "meta.json").is_file():
        folder = next(free for free in _names(stores, name) if not free.exists())
        folders = [(layer, layers_folder(stores) / layer.folder) for layer in layers]
        compile_tables(tables, folder, layers=folders, progress=progress or (lambda _: None))
    _remember(stores, stamp, folder)
    _prune(stores)
    return folder


def _names(stores: Path, name: str) -> itertools.chain[Path]:
    return itertools.chain([stores / name], (stores / f"{name}-{number}" for number in itertools.count(2)))


def _stamp(tables: Path, layers: Sequence[Layer]) -> str:
    """Names, sizes and times of the tables: what changes when a table does, without reading it."""
    if not tables.is_dir():
        raise GazetteerError(f"no folder {tables} of gazetteer tables", hint="check gazetteer.tables")
    parts = [SCHEMA, str(tables)]
    for path in table_files(tables):
        stat = path.stat()
        parts.append(f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}")
    parts += [f"{layer.name}:{layer.priority}:{layer.sha256}" for layer in layers]
    return "|".join(parts)


def _noted(stores: Path) -> dict[str, str]:
    try:
        return dict(json.loads((stores / "current.json").read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return {}


def _known(stores: Path, stamp: str) -> Path | None:
    noted = _noted(stores)
    folder = stores / str(noted.get(stamp, ""))
    return folder if stamp in noted and (folder / "meta.json").is_file() else None


def _remember(stores: Path, stamp: str, folder: Path) -> None:
    noted = {stamp: folder.name} | {s: name for s, name in _noted(stores).items() if s != stamp}
    note = stores / "current.json"
    fresh = note.with_name(f".current.{os.getpid()}")
    fresh.write_text(json.dumps(dict(itertools.islice(noted.items(), NOTED))), encoding="utf-8")
    fresh.replace(note)


def _prune(stores: Path) -> None:
    """Remove stores that no stamp leads to any more, and what interrupted compiles left behind."""
    import shutil
    import time

    noted = set(_noted(stores).values())
    for path in stores.iterdir():
        is_store = path.name.startswith((".compile-", ".old-")) or (path / "meta.json").is_file()
        if is_store and path.name not in noted and time.time() - path.stat().st_mtime > KEPT_S:
            shutil.rmtree(path, ignore_errors=True)
