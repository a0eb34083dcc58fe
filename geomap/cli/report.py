"""``geomap report``: one article to its full report on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from geomap.cli.options import article_options, config_option, configuration, json_errors_option, quiet_option, say
from geomap.cli.reading import Told, read_article


@click.command("report")
@click.argument("article")
@article_options
@config_option
@json_errors_option
@quiet_option
def command(article: str, config_file: Path | None, *, quiet: bool, **told: str | None) -> None:
    """Print the report of ARTICLE (a file, a URL, or - for standard input) as one JSON object."""
    from geomap.output.report import to_json
    from geomap.pipeline import geoparse, load_engine

    config = configuration(config_file)
    tell = say(quiet=quiet)
    read = read_article(article, config, Told.of(told), tell)
    with load_engine(config, progress=tell) as engine:
        report = geoparse(read, engine)
    click.echo(to_json(report))
