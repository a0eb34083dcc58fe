"""``geomap gazetteer add``, ``list``, ``remove`` and ``fetch``: places of the user's own."""

from __future__ import annotations

import dataclasses
import json
import time
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import config_option, configuration, json_option
from geomap.cli.telling import telling

_PRIORITY = click.option(
    "--priority", type=click.IntRange(0, 1000), metavar="N",
    help="Where two layers have the same place the higher one's point holds; the curated tables have 100.",
)  # fmt: skip


@click.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", metavar="LAYER", help="Name of the layer; default: the file's.")
@_PRIORITY
@click.option("--country", metavar="CC", help="Country of a boundary file that does not tell it.")
@click.option("--level", type=click.IntRange(1, 5), help="Level of a boundary file that does not tell it: 1 provinces.")
@config_option
@json_option
def add(config_file: Path | None, file: Path, *, as_json: bool, **given: Any) -> None:
    """Add a file of places as a layer.

    \b
    GeoNames country dump (IQ.txt, IQ.zip), its file of alternate names, OurAirports' airports.csv,
    boundaries (GeoPackage, GeoJSON, Shapefile: geoBoundaries, Natural Earth, ...),
    or a CSV of your own with the columns name, lat and lon.
    """  # noqa: D301  # \b keeps click from wrapping
    from geomap.gazetteer.importers.add import Request, add_layer

    country = given.pop("country")
    request = Request(path=file, country=country.upper() if country else None, **given)
    layer = add_layer(configuration(config_file).gazetteer, request, progress=telling())
    data = dataclasses.asdict(layer)
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else f"added {_line(data)}")


def _line(layer: dict[str, Any]) -> str:
    rows = ", ".join(f"{layer[what]:,} {what}" for what in ("places", "names") if layer[what])
    return f"{layer['name']}: {rows} ({layer['format']}, priority {layer['priority']}, added {layer['added']})"


@click.command("list")
@config_option
@json_option
def list_(config_file: Path | None, *, as_json: bool) -> None:
    """List the layers that were added, the one that holds most first."""
    from geomap.gazetteer.layers import read_layers
    from geomap.gazetteer.locate import stores_folder

    layers = [
        dataclasses.asdict(each) for each in reversed(read_layers(stores_folder(configuration(config_file).gazetteer)))
    ]
    if as_json:
        click.echo(json.dumps(layers, ensure_ascii=False))
    else:
        click.echo("\n".join(map(_line, layers)) or "no layers were added")


@click.command("remove")
@click.argument("layer")
@config_option
@json_option
def remove(config_file: Path | None, layer: str, *, as_json: bool) -> None:
    """Take a layer out again."""
    from geomap.gazetteer.importers.add import remove_layer

    gone = remove_layer(configuration(config_file).gazetteer, layer, progress=telling())
    data = dataclasses.asdict(gone)
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else f"removed {_line(data)}")


@click.command("fetch")
@click.argument("countries", nargs=-1, required=True, metavar="CC...")
@click.option("--from", "base", metavar="URL", help="Where the dumps are; default: gazetteer.dumps_url.")
@_PRIORITY
@config_option
@json_option
def fetch(
    config_file: Path | None, countries: tuple[str, ...], *, base: str | None, priority: int | None, as_json: bool
) -> None:
    """Download GeoNames country dumps and add each as a layer; run again after a break it goes on where it stopped."""
    from geomap.gazetteer.fetch import PAUSE_S, dump_url, fetch_dump
    from geomap.gazetteer.importers.add import Request, add_layer
    from geomap.gazetteer.locate import stores_folder

    config = configuration(config_file)
    urls = {code: dump_url(base or config.gazetteer.dumps_url, code) for code in map(_code, countries)}
    folder, tell, done = stores_folder(config.gazetteer) / "downloads", telling(), []
    for number, (code, url) in enumerate(urls.items()):
        time.sleep(PAUSE_S if number else 0)
        path = fetch_dump(
            url, folder, timeout_s=config.reading.timeout_s, user_agent=config.reading.user_agent, progress=tell
        )
        request = Request(path=path, name=f"geonames-{code}", priority=priority)
        done.append(dataclasses.asdict(add_layer(config.gazetteer, request, progress=tell)))
    click.echo(json.dumps(done, ensure_ascii=False) if as_json else "\n".join(f"added {_line(each)}" for each in done))


def _code(text: str) -> str:
    return text if text == "allCountries" else text.upper()
