"""``geomap feed``: the new articles of a feed to reports."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from geomap.cli.feed_state import State
from geomap.cli.options import (
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
from geomap.cli.records import Counts, Record, failed, report_record
from geomap.config import Config
from geomap.errors import GeomapError, OutputError
from geomap.reading.feed import Entry


@click.command("feed")
@click.argument("source", metavar="URL|FILE")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Append to this file.")
@click.option("--list", "only_list", is_flag=True, help="Print the new entries instead of reading them.")
@click.option("--max", "most", type=click.IntRange(1), default=50, show_default=True, help="Most articles in one run.")
@click.option(
    "--pause", type=click.FloatRange(0), default=2.0, show_default=True, metavar="SECONDS",
    help="Pause between two articles.",
)  # fmt: skip
@click.option("--state", type=click.Path(path_type=Path), metavar="FILE", help="Where to note what was read.")
@network_options
@config_option
@quiet_option
@json_errors_option
def command(
    source: str, output: Path | None, state: Path | None, config_file: Path | None,
    *, only_list: bool, most: int, pause: float, quiet: bool, **flags: bool,
) -> None:  # fmt: skip
    """Report on the articles that the RSS or Atom feed at URL|FILE has announced since the last time.

    Reads each new article's page and writes one report a line, as `geomap batch` does. What was read is noted; the
    server is asked only for a feed newer than the last one. An article that cannot be read gives an error record and
    is tried again the next time.

    \b
    geomap feed https://example.org/rss.xml -o reports.jsonl
    geomap feed https://example.org/rss.xml --list
    """  # noqa: D301
    from geomap.reading.feed import entries, read_feed

    config = configuration(config_file, **network([source], **flags))
    tell = say(quiet=quiet)
    noted = State(state or _default_state(source))
    feed = read_feed(source, config.reading, known=noted.version, notify=tell)
    found = [] if feed.unchanged else entries(feed)
    new = [entry for entry in found if entry.key not in noted]
    if only_list:
        for entry in new:
            click.echo(json.dumps(entry._asdict(), ensure_ascii=False, default=str))
        return
    network((entry.url for entry in new), **flags)  # the pages of a feed in a file are on the web
    counts = Counts()
    with _appended(output) as write:
        for entry, record in _read_all(new[:most], config, pause, tell):
            counts.add(record)
            write(record.line)
            if not record.failed:
                noted.add(entry.key)
    if len(new) <= most and not counts.errors:  # else the server must send the feed again
        noted.keep(feed)
    tell(f"{counts.articles} new articles, {counts.incidents} incidents, {counts.errors} errors")
    if counts.errors:
        raise GeomapError(f"{counts.errors} articles could not be read", hint='look for the lines with "error"')


def _read_all(
    new: list[Entry], config: Config, pause_s: float, tell: Callable[[str], None]
) -> Iterator[tuple[Entry, Record]]:
    from geomap.pipeline import geoparse, load_engine

    if not new:
        return
    with load_engine(config, progress=tell) as engine:
        for number, entry in enumerate(new):
            if number:
                time.sleep(pause_s)
            try:
                article = read_article(entry.url, config, Told(entry.published_on, entry.title, entry.url), tell)
                yield entry, report_record(geoparse(article, engine))
            except GeomapError as error:
                yield entry, failed(entry.url, error.code, error.message)
        tell_network(engine, (), tell)


@contextmanager
def _appended(output: Path | None) -> Iterator[Callable[[bytes], Any]]:
    """Give a function that writes a whole line at once."""
    if output is None:
        yield _flushed(sys.stdout.buffer)
        return
    try:
        with output.open("ab") as file:
            yield _flushed(file)
    except OSError as error:
        if isinstance(error, GeomapError):
            raise
        raise OutputError(f"cannot write {output}: {error.strerror}", hint="choose a writable place") from error


def _flushed(file: BinaryIO) -> Callable[[bytes], None]:
    def write(line: bytes) -> None:
        file.write(line)
        file.flush()

    return write


def _default_state(source: str) -> Path:
    import platformdirs

    name = hashlib.sha256(source.encode()).hexdigest()[:16]
    return Path(platformdirs.user_state_dir("geomap", appauthor=False)) / "feeds" / f"{name}.json"
