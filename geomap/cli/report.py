"""``geomap report``: one article to its full report on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from geomap.cli.options import (
    article_options,
    config_option,
    configuration,
    json_errors_option,
    network,
    network_options,
    quiet_option,
    say,
    tell_network,
)
from geomap.cli.reading import Told, read_article


@click.command("report")
@click.argument("article")
@article_options
@network_options
@config_option
@json_errors_option
@quiet_option
def command(
    article: str, config_file: Path | None, *, quiet: bool, online: bool, offline: bool, **told: str | None
) -> None:
    """Print the report of ARTICLE (a file, a URL, or - for standard input) as one JSON object."""
    from geomap.output.report import to_json
    from geomap.pipeline import geoparse, load_engine

    config = configuration(config_file, **network([article], online=online, offline=offline))
    tell = say(quiet=quiet)
    read = read_article(article, config, Told.of(told), tell)
    with load_engine(config, progress=tell) as engine:
        report = geoparse(read, engine)
        tell_network(engine, [report], tell)
    click.echo(to_json(report))
