"""The events of a store as files for other programs, written as they come: memory does not grow with the store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from geomap.archive.nouns import Event
from geomap.archive.views.features import LAYERS, Feature, Layer, layer_features
from geomap.model import LonLat
from geomap.output.geojson import bounds, feature_line
from geomap.output.tables.delimited import write_csv

BATCH = 2_000  # events that the formats of tables take at a time


class TextFormat(NamedTuple):
    """A format of one layer that can go to standard output, too."""

    write: Callable[[Iterator[Feature], TextIO], None]


class FileFormat(NamedTuple):
    """A format that only a file can hold."""

    write: Callable[[Iterable[Event], Layer, Path], None]


def _geojson(features: Iterator[Feature], file: TextIO) -> None:
    """Write a FeatureCollection, a feature a line; its box is known, and so stands, last."""
    corners = set[LonLat]()  # distinct places: far fewer than events
    file.write('{"type": "FeatureCollection", "features": [')
    for number, feature in enumerate(features):
        file.write(f"{',' if number else ''}\n{feature_line(feature)}")
        if feature["geometry"]:
            corners.add(LonLat(*feature["geometry"]["coordinates"]))
    box = bounds(corners)
    last = f', "bbox": {json.dumps(list(box))}' if box else ""
    file.write(f"\n]{last}}}\n")


def _geojson_lines(features: Iterator[Feature], file: TextIO) -> None:
    file.writelines(feature_line(feature) + "\n" for feature in features)


def _csv(features: Iterator[Feature], file: TextIO) -> None:
    write_csv(features, file)


def _gpkg(events: Iterable[Event], _: Layer, path: Path) -> None:
    from geomap.output.tables.gdal import stream_geopackage

    stream_geopackage(_both(events), path)


def _xlsx(events: Iterable[Event], _: Layer, path: Path) -> None:
    from geomap.output.tables.gdal import write_xlsx

    kept = list(events)
    write_xlsx({layer: list(layer_features(kept, layer)) for layer in LAYERS}, path)


def _parquet(events: Iterable[Event], layer: Layer, path: Path) -> None:
    from geomap.archive.views.parquet import write_parquet

    write_parquet((list(layer_features(part, layer)) for part in batches(events)), path)


FORMATS: Mapping[str, TextFormat | FileFormat] = {
    "geojson": TextFormat(_geojson),
    "geojsonl": TextFormat(_geojson_lines),
    "csv": TextFormat(_csv),
    "gpkg": FileFormat(_gpkg),
    "xlsx": FileFormat(_xlsx),
    "parquet": FileFormat(_parquet),
}


def export(events: Iterable[Event], path: Path, name: str, layer: Layer = "event") -> None:
    """Write events to a file in the format of a name; gpkg and xlsx hold both layers.

    Raises
    ------
    OutputError
        A number is not finite, or the format needs a package that is not there.
    """
    chosen = FORMATS[name]
    if isinstance(chosen, FileFormat):
        chosen.write(events, layer, path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        chosen.write(layer_features(events, layer), file)


def _both(events: Iterable[Event]) -> Iterator[dict[str, list[Feature]]]:
    found = False
    for part in batches(events):
        found = True
        yield {layer: list(layer_features(part, layer)) for layer in LAYERS}
    if not found:
        yield {layer: [] for layer in LAYERS}


def batches(events: Iterable[Event], size: int = BATCH) -> Iterator[list[Event]]:
    """Yield events in lists of a size."""
    left = iter(events)
    while part := list(islice(left, size)):
        yield part
