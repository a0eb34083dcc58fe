"""A file of the user's to a layer of the gazetteer: the format found out, the rows written, the store compiled.

Nothing counts before the last step, which replaces the list of layers at once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geomap.config import GazetteerConfig
from geomap.errors import GazetteerError, UsageError
from geomap.gazetteer.importers import airports, boundaries, geonames, own
from geomap.gazetteer.importers.home import Home
from geomap.gazetteer.importers.lines import first_line, read_lines
from geomap.gazetteer.importers.writing import LayerWriter
from geomap.gazetteer.layers import (
    CURATED_PRIORITY,
    DEFAULT_PRIORITY,
    POLYGONS,
    Layer,
    check_name,
    layers_folder,
    read_layers,
    write_layers,
)
from geomap.gazetteer.locate import ensure_layers, stores_folder, tables_folder
from geomap.gazetteer.tables import Row

Format = Literal["geonames", "alternate-names", "ourairports", "boundaries", "csv"]
Progress = Callable[[str], None]
_DRAWN = frozenset(".gpkg .geojson .json .shp .fgb .kml .gml".split())
_LICENCES: dict[Format, str] = {
    "geonames": geonames.LICENCE,
    "alternate-names": geonames.LICENCE,
    "ourairports": airports.LICENCE,
    "boundaries": boundaries.LICENCE,
    "csv": own.LICENCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be imported.

    Attributes
    ----------
    path
        The file.
    name
        Of the layer; the file's without it.
    priority
        Of the layer; without it that of the curated tables for a list of one's own, else ``DEFAULT_PRIORITY``.
    country, level
        For boundary files that do not tell them.
    """

    path: Path
    name: str | None = None
    priority: int | None = None
    country: str | None = None
    level: int | None = None


def detect(path: Path) -> Format:
    """Return the format of a file, by its ending and its first line.

    Raises
    ------
    UsageError
        There is no such file, or its format is none of ours.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {path}", hint="check the path")
    if path.suffix.lower() in _DRAWN:
        return "boundaries"
    line = first_line(path)
    tests: tuple[tuple[Format, bool], ...] = (
        ("geonames", geonames.is_dump_line(line)),
        ("alternate-names", geonames.is_alternate_line(line)),
        ("ourairports", {cell.strip('"') for cell in line.split(",")} >= airports.NEEDED),
        ("csv", own.headings(line).keys() >= {"name", "lon", "lat"}),
    )
    found = next((name for name, fits in tests if fits), None)
    if found is None:
        raise UsageError(
            f"{path} is of no format that geomap knows",
            hint="give a GeoNames dump, OurAirports' airports.csv, boundaries, or a CSV with name, lat and lon",
        )
    return found


def add_layer(config: GazetteerConfig, request: Request, *, progress: Progress = lambda _: None) -> Layer:
    """Import a file as a layer and compile the gazetteer with it; a layer of the same name is replaced.

    Raises
    ------
    UsageError
        The file is missing or of an unknown format.
    GazetteerError
        A row cannot be read, or nothing in the file is a place.
    """
    stores = stores_folder(config)
    folder = layers_folder(stores)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_remains(folder)
        work = folder / f".add-{os.getpid()}"
        work.mkdir()
    except OSError as error:
        raise GazetteerError(f"cannot write to {folder}: {error}", hint="see gazetteer.folder") from error
    try:
        layer = _import(config, request, work, progress)
        final = folder / layer.folder
        if final.exists():
            shutil.rmtree(work)  # the very same content is there already
        else:
            work.replace(final)
        layers = [other for other in read_layers(stores) if other.name != layer.name]
        layers = sorted([*layers, layer], key=lambda one: (one.priority, one.name))
        ensure_layers(config, layers, progress=progress)
        write_layers(stores, layers)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return layer


def remove_layer(config: GazetteerConfig, name: str, *, progress: Progress = lambda _: None) -> Layer:
    """Take a layer out and compile the gazetteer without it.

    Raises
    ------
    UsageError
        There is no such layer.
    """
    stores = stores_folder(config)
    layers = read_layers(stores)
    gone = next((layer for layer in layers if layer.name == name), None)
    if gone is None:
        known = ", ".join(layer.name for layer in layers) or "none"
        raise UsageError(f"there is no layer {name!r}", hint=f"layers: {known}")
    kept = [layer for layer in layers if layer is not gone]
    ensure_layers(config, kept, progress=progress)
    write_layers(stores, kept)
    return gone


def _import(config: GazetteerConfig, request: Request, work: Path, progress: Progress) -> Layer:
    form = detect(request.path)
    name = check_name(request.name or request.path.name.split(".")[0])
    writer = LayerWriter(work)
    try:
        _fill(form, request, writer, name, Home.of(tables_folder(config)), progress)
    except ValueError as error:
        raise GazetteerError(f"{request.path}, {error}", hint="correct that line, or remove it") from error
    finally:
        sha256 = writer.close()
    if not writer.places and not writer.names:
        raise GazetteerError(f"{request.path} holds no place", hint="nothing was added")
    default = CURATED_PRIORITY if form == "csv" else DEFAULT_PRIORITY
    return Layer(
        name=name,
        folder=f"{name}-{sha256[:12]}",
        priority=default if request.priority is None else request.priority,
        format=form,
        source=request.path.name,
        sha256=sha256,
        places=writer.places,
        names=writer.names,
        added=dt.datetime.now(dt.UTC).date().isoformat(),
        licence=_LICENCES[form],
    )


def _fill(form: Format, request: Request, writer: LayerWriter, name: str, home: Home, progress: Progress) -> None:
    """Write every row of a file, or every name."""
    if form == "boundaries":
        _fill_boundaries(request, writer, name, home)
        return
    if form == "alternate-names":
        for found in geonames.read_alternates(read_lines(request.path, progress)):
            if found is not None:
                writer.name(*found)
        return
    for row in _rows(form, request.path, name, home, progress):
        if row is not None:
            writer.row(row)


def _rows(form: Format, path: Path, name: str, home: Home, progress: Progress) -> Iterable[Row | None]:
    lines = read_lines(path, progress)
    if form == "geonames":
        return geonames.read_dump(lines, geonames.district_names(read_lines(path, progress, "looking through")))
    if form == "ourairports":
        return airports.read_airports(lines)
    return map(home.with_country, own.read_own(lines, first_line(path), name))


def _fill_boundaries(request: Request, writer: LayerWriter, name: str, home: Home) -> None:
    drawn = []
    for found in boundaries.read_shapes(request.path, name, request.country, request.level):
        if isinstance(found, boundaries.Drawn):
            unit = found._replace(row=home.with_known_id(found.row))
            drawn.append(unit)
            writer.row(unit.row)
        else:
            writer.row(home.with_country(found))
    if drawn:
        boundaries.write_polygons(writer.folder / POLYGONS, drawn)


def _clear_remains(folder: Path) -> None:
    """Remove what interrupted imports left behind."""
    for path in _remains(folder):
        shutil.rmtree(path, ignore_errors=True)


def _remains(folder: Path) -> Iterator[Path]:
    for path in folder.glob(".add-*"):
        process = path.name.rpartition("-")[2]
        with contextlib.suppress(PermissionError):  # it lives and is another user's
            try:
                os.kill(int(process), 0)
            except (ProcessLookupError, ValueError):
                yield path
