"""The gazetteer of a run: one for the client and all workers, by its content; compiled once a machine."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from geomap.config import Config, GazetteerConfig
from geomap.gazetteer.compile import tables_sha256
from geomap.gazetteer.layers import read_layers
from geomap.gazetteer.locate import stores_folder, tables_folder
from geomap.pipeline import Engine, load_engine


def gazetteer_sha256(config: GazetteerConfig) -> str:
    """Return the hash of the tables and layers of this machine, whether they are compiled or not."""
    return tables_sha256(tables_folder(config), read_layers(stores_folder(config)))


def engine_of_machine(config: Config) -> Engine:
    """Load an engine; where the gazetteer must be compiled first, the other workers of the machine wait for it."""
    with _one_at_a_time():
        return load_engine(config)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows: each may compile, which costs time and harms nothing
        yield
        return
    name = f"geomap-{os.getuid()}.lock"
    with Path(tempfile.gettempdir(), name).open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
