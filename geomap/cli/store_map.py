"""``geomap store map``: the events of a store on one page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import configuration, json_option, quiet_option, say
from geomap.cli.store_options import filter_options, location_of, opened, query_of, store_options


@click.command("map")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("maps"), show_default=True, metavar="FOLDER",
    help="The folder of maps that the map becomes one of.",
)  # fmt: skip
@click.option("--name", metavar="NAME", help="Name of the map's own folder (default: that of the store).")
@click.option("--title", metavar="TEXT", help="Title of the page.")
@click.option("--lang", "language", type=click.Choice(["en", "ar"]), help="Language of the page.")
@filter_options
@store_options
@quiet_option
@json_option
def map_(
    output: Path, location: str | None, config_file: Path | None, language: str | None,
    *, name: str | None, title: str | None, quiet: bool, as_json: bool, **given: Any,
) -> None:  # fmt: skip
    """Map the events of the store, each with every outlet's own sentence.

    Writes FOLDER/NAME/map.html and lists it in FOLDER/index.html. A map that is up to date is not made again.

    \b
    geomap store map
    geomap store map --since 2024-01-01 --country IQ --name iraq --title "Iraq in 2024"
    """  # noqa: D301
    from geomap.archive.views.build import Wanted, build
    from geomap.gazetteer.locate import open_store

    config = configuration(config_file, **{"map.language": language})
    folder = output / (name or _name_of(location_of(location, config_file)))
    tell = say(quiet=quiet)
    with opened(location, config_file) as store:
        built = build(
            store,
            folder,
            Wanted(query=query_of(given), title=title),
            config=config.map,
            gazetteer=lambda: open_store(config.gazetteer),
            tell=lambda number: number % 20_000 or tell(f"{number:,} events read"),
        )
    _write_index(output, config)
    if as_json:
        click.echo(json.dumps({"map": str(built.path), "outcome": built.outcome, **built.summary}, ensure_ascii=False))
    else:
        click.echo(f"{_counts(built.summary)}: {built.outcome}\n{built.path}")


def _counts(found: dict[str, Any]) -> str:
    counts = f"{found['events']:,} events of {found['articles']:,} articles, {found['located']:,} on the map"
    return f"{counts}, {found['first']} to {found['last']}" if found["first"] else counts


def _name_of(location: str) -> str:
    """Return the name of a store as the name of a folder: its file's, or its database's."""
    last = location.partition("?")[0].rstrip("/").replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w-]+", "-", last.removesuffix(".gpkg")).strip("-") or "archive"


def _write_index(folder: Path, config: Any) -> None:
    from geomap.output.map.index import write_index

    write_index(folder, config.map)
