"""``geomap report``: one article to its full report on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
from geomap.cli.outcome import outcome, outcome_options
from geomap.cli.reading import Told, read_article


@click.command("report")
@click.argument("article")
@article_options
@network_options
@outcome_options
@click.option("-v", "--verbose", is_flag=True, help="Say what was found, too.")
@config_option
@json_errors_option
@quiet_option
def command(article: str, config_file: Path | None, *, quiet: bool, online: bool, offline: bool, **options: Any) -> int:
    """Print the report of ARTICLE (a file, a URL, or - for standard input) as one JSON object.

    \b
    geomap report story.txt --date 2024-01-24 | jq .incidents
    geomap report story.txt --fail-empty > report.json
    """  # noqa: D301
    from geomap.output.report import is_pinned, to_json
    from geomap.pipeline import geoparse, load_engine

    config = configuration(config_file, **network([article], online=online, offline=offline))
    tell = say(quiet=quiet)
    read = read_article(article, config, Told.of(options), tell)
    with load_engine(config, progress=tell) as engine:
        report = geoparse(read, engine)
        tell_network(engine, [report], tell)
    click.echo(to_json(report))
    if options["verbose"]:
        pins = sum(map(is_pinned, report.incidents))
        tell(f"{len(report.resolutions)} names, {len(report.incidents)} incidents, {pins} on the map")
    return outcome([report], fail_empty=options["fail_empty"], strict=options["strict"])
