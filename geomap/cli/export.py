"""``geomap export``: stored reports to the formats of other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import json_errors_option, quiet_option, say
from geomap.errors import UsageError
from geomap.model import Report

NAMES = ("geojson", "geojsonl", "csv", "kml", "gpkg", "xlsx", "parquet")
LAYERS = ("incidents", "mentions", "places", "areas")


@click.command("export")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option("-f", "--format", "name", type=click.Choice(NAMES), help="Format; else by the suffix of the output.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here.")
@click.option(
    "-l",
    "--layer",
    "layers",
    type=click.Choice(LAYERS),
    multiple=True,
    help="What to write; may be given again for gpkg and xlsx.",
)
@click.option(
    "--layout",
    type=click.Choice(("geomap", "acled", "ucdp")),
    default="geomap",
    show_default=True,
    help="Names of the incidents' columns.",
)
@click.option("--overwrite", is_flag=True, help="Replace an existing output.")
@quiet_option
@json_errors_option
def command(reports: tuple[str, ...], output: Path | None, *, overwrite: bool, quiet: bool, **choice: Any) -> None:
    """Write each REPORT (report.json, a .jsonl of `geomap batch`, a folder of maps, or - for standard input).

    Without -o, text formats go to standard output, as GeoJSON if no format is named.

    \b
    geomap export maps/ -o incidents.gpkg
    geomap export out.jsonl --format csv > incidents.csv
    geomap export maps/ --layout acled -o acled-like.csv
    geomap report story.txt | geomap export - --format kml -o story.kml
    """  # noqa: D301
    from geomap.output.files import new_file
    from geomap.output.tables.formats import FORMATS, TextFormat, export, format_of

    name: str = choice["name"] or (format_of(output) if output else "geojson")
    wanted = _wanted(name, choice)
    chosen = FORMATS[name]
    if output is None:
        if not isinstance(chosen, TextFormat):
            raise UsageError(f"{name} needs a file to be written to", hint="use -o FILE")
        chosen.write(_read(reports, quiet=quiet), wanted, sys.stdout)
        return
    with new_file(output, overwrite=overwrite) as part:
        export(_read(reports, quiet=quiet), part, name, wanted)
    say(quiet=quiet)(f"{output}")


def _wanted(name: str, choice: dict[str, Any]) -> Any:
    from geomap.output.tables.formats import MANY_LAYERS, Wanted, default_layers

    layers = choice["layers"] or default_layers(name)
    if len(layers) > 1 and name not in MANY_LAYERS:
        raise UsageError(f"{name} holds one layer", hint="use --layer once, or gpkg or xlsx")
    if choice["layout"] != "geomap" and "incidents" not in layers:
        raise UsageError("--layout names the columns of incidents", hint="use --layer incidents")
    return Wanted(layers=tuple(dict.fromkeys(layers)), layout=choice["layout"])


def _read(sources: tuple[str, ...], *, quiet: bool) -> Iterator[Report]:
    """Yield the reports; error records of a batch are counted and said, not exported."""
    from geomap.output.stored import stored_reports

    skipped: list[str] = []
    yield from stored_reports((Path(one) for one in sources), skip=skipped.append)
    if skipped:
        say(quiet=quiet)(f"{len(skipped)} error records were left out, the first of article {skipped[0]}")
