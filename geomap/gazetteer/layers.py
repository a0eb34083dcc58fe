"""The user's own layers: places imported beside the tables that came with geomap.

A layer is a folder below the stores; ``layers.json`` lists those that count. The list is replaced in one step, so an
import that is interrupted leaves everything as it was.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError

PLACES, UNITS, NAMES, POLYGONS, IDS = "places.tsv", "units.tsv", "names.tsv", "polygons.geojson.xz", "ids.bin"
CURATED_PRIORITY = 100  # the tables of the repository: 0; its curated layer: this
NAMED_PRIORITY = 75  # its countries and provinces
DEFAULT_PRIORITY = 50
_LIST = "layers.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One imported file.

    Attributes
    ----------
    name
        How the user calls it.
    folder
        Name of its folder below ``layers``.
    priority
        Where two layers have the same place, the higher one's name and point hold.
    format
        What kind of file it was.
    source
        Name of the file.
    sha256
        Of the imported tables.
    places, names
        How many rows it has, and how many names for places of other layers.
    added
        Day of the import.
    licence
        As far as the format tells it.
    """

    name: str
    folder: str
    priority: int
    format: str
    source: str
    sha256: str
    places: int
    names: int
    added: str
    licence: str


def check_name(name: str) -> str:
    """Return a layer's name if it may be one.

    Raises
    ------
    GazetteerError
        It could not be the name of a folder everywhere.
    """
    if not _NAME.fullmatch(name):
        raise GazetteerError(f"{name!r} cannot name a layer", hint="use letters, digits, '.', '_' and '-'")
    return name


def layers_folder(stores: Path) -> Path:
    """Return the folder in which layers live."""
    return stores / "layers"


def read_layers(stores: Path) -> list[Layer]:
    """Return the layers that count, lowest priority first.

    Raises
    ------
    GazetteerError
        The list is damaged.
    """
    path = layers_folder(stores) / _LIST
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        layers = [Layer(**item) for item in listed]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise GazetteerError(
            f"the list of layers {path} is damaged: {error}", hint="delete it and add them again"
        ) from error
    return sorted(layers, key=lambda layer: (layer.priority, layer.name))


def write_layers(stores: Path, layers: Sequence[Layer]) -> None:
    """Replace the list of layers in one step, and remove the folders that are no longer listed."""
    import shutil

    folder = layers_folder(stores)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{_LIST}.{os.getpid()}"
    fresh.write_text(json.dumps([dataclasses.asdict(layer) for layer in layers], indent=1), encoding="utf-8")
    fresh.replace(folder / _LIST)
    kept = {layer.folder for layer in layers}
    for old in folder.iterdir():
        if old.is_dir() and old.name not in kept and not old.name.startswith("."):
            shutil.rmtree(old, ignore_errors=True)
