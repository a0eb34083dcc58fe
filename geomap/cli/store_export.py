"""``geomap store export``: the events of a store in the formats of other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

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
    from geomap.archive.views.export import export as write
    from geomap.output.files import new_file
    from geomap.output.tables.formats import format_of

    name: str = given["name"] or (format_of(output) if output else "geojson")
    if name not in NAMES:
        raise UsageError(f"a store is not exported as {name}", hint=f"use one of {', '.join(NAMES)}")
    layer: Literal["event", "telling"] = "telling" if tellings else "event"
    with opened(location, config_file) as store:
        found = events(store, query_of(given))
        if output is None:
            _print(found, name, layer)
            return
        with new_file(output, overwrite=given["overwrite"]) as part:
            write(found, part, name, layer)
    say(quiet=quiet)(f"{output}")


def _print(found: Iterable[Any], name: str, layer: Any) -> None:
    from geomap.archive.views.export import FORMATS, TextFormat
    from geomap.archive.views.features import layer_features

    chosen = FORMATS[name]
    if not isinstance(chosen, TextFormat):
        raise UsageError(f"{name} needs a file to be written to", hint="use -o FILE")
    chosen.write(layer_features(found, layer), sys.stdout)
