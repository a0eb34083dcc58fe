"""``geomap store export``: the events of a store in the formats of other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import json_errors_option, quiet_option, say
from geomap.cli.store_options import filter_options, opened, query_of, store_options
from geomap.errors import UsageError

NAMES = ("geojson", "geojsonl", "csv", "gpkg", "xlsx", "parquet")


@click.command("export")
@click.option("-f", "--format", "name", type=click.Choice(NAMES), help="Format; else by the suffix of the output.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here.")
@click.option("--tellings", is_flag=True, help="A row for each telling of an event instead of one for the event.")
@filter_options
@click.option("--overwrite", is_flag=True, help="Replace an existing output.")
@store_options
@quiet_option
@json_errors_option
def export(
    output: Path | None, location: str | None, config_file: Path | None, *, tellings: bool, quiet: bool, **given: Any
) -> None:
    """Write events, or their tellings; gpkg and xlsx hold both.

    Without -o, text formats go to standard output, as GeoJSON if no format is named.

    \b
    geomap store export -o events.geojson
    geomap store export --since 2024-01-01 --country IQ -o events.parquet
    geomap store export --tellings --format csv > tellings.csv
    """  # noqa: D301
    from geomap.archive.store.finding import events
    from geomap.output.files import new_file
    from geomap.output.tables.formats import format_of

    name: str = given["name"] or (format_of(output) if output else "geojson")
    if name not in NAMES:
        raise UsageError(f"a store is not exported as {name}", hint=f"use one of {', '.join(NAMES)}")
    with opened(location, config_file) as store:
        found, layer = events(store, query_of(given)), "tellings" if tellings else "events"
        if output is None:
            _print(found, name, layer)
            return
        with new_file(output, overwrite=given["overwrite"]) as part:
            _write(found, part, name, layer)
    say(quiet=quiet)(f"{output}")


def _print(found: Iterable[Any], name: str, layer: Any) -> None:
    from geomap.archive.views.features import layer_features

    if name not in {"geojson", "geojsonl", "csv"}:
        raise UsageError(f"{name} needs a file to be written to", hint="use -o FILE")
    _text(layer_features(found, layer), name, sys.stdout)


def _text(features: Iterator[dict[str, Any]], name: str, file: Any) -> None:
    from geomap.output.geojson import collection, feature_line
    from geomap.output.tables.delimited import write_csv

    if name == "csv":
        write_csv(features, file)
    elif name == "geojsonl":
        file.writelines(feature_line(one) + "\n" for one in features)
    else:
        file.write(collection(list(features), None))


def _write(found: Iterable[Any], path: Path, name: str, layer: Any) -> None:
    from geomap.archive.views.features import LAYERS, layer_features
    from geomap.output.tables.frame import write_parquet
    from geomap.output.tables.gdal import write_geopackage, write_xlsx

    if name in {"geojson", "geojsonl", "csv"}:
        with path.open("w", encoding="utf-8", newline="") as file:
            _text(layer_features(found, layer), name, file)
    elif name == "parquet":
        write_parquet(list(layer_features(found, layer)), path)
    else:
        kept = list(found)
        layers: dict[str, list[dict[str, Any]]] = {one: list(layer_features(kept, one)) for one in LAYERS}
        (write_geopackage if name == "gpkg" else write_xlsx)(layers, path)
