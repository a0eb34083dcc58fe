"""``geomap batch``: a JSON Lines file of articles to one of reports, in order, however many there are."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from geomap.cli.options import config_option, configuration, json_errors_option, quiet_option, say
from geomap.config import Config
from geomap.errors import GeomapError, OutputError, UsageError
from geomap.model import Span
from geomap.pipeline import Engine, geoparse, load_engine

CHUNK = 32  # articles handed to a worker at a time


@click.command("batch")
@click.argument("source", metavar="IN.jsonl")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here instead of standard output."
)
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--overwrite", is_flag=True, help="Replace an existing output.")
@config_option
@quiet_option
@json_errors_option
def command(
    source: str,
    output: Path | None,
    jobs: int,
    config_file: Path | None,
    *,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Write one report a line for the articles of IN.jsonl.

    Its lines are {"id", "text", "title"?, "url"?, "published_on"?, "mentions"?: [{"start", "end"}]}; given mentions
    are taken as they are and only resolved.

    An article that cannot be read gives a line {"article": {"id": …}, "error": {…}} and the run goes on; the exit
    code is then 1.
    """
    config = configuration(config_file)
    failed = 0
    count = 0
    with _lines(source) as lines, _goal(output, overwrite=overwrite) as goal:
        for text in _reports(lines, config, jobs):
            failed += text.startswith('{"error"')
            count += 1
            goal.write(text + "\n")
    say(quiet=quiet)(f"{count} articles, {failed} errors")
    if failed:
        raise GeomapError(f"{failed} of {count} articles could not be read", hint='look for lines with "error"')


def _reports(lines: Iterable[str], config: Config, jobs: int) -> Iterator[str]:
    wanted = (line for line in lines if line.strip())
    if jobs == 1:
        with load_engine(config) as engine:
            for line in wanted:
                yield report_line(line, engine)
        return
    import multiprocessing

    load_engine(config).store.close()  # compile once, before the workers ask for it
    with multiprocessing.get_context("spawn").Pool(jobs, initializer=_start, initargs=(config,)) as pool:
        yield from pool.imap(_work, wanted, chunksize=CHUNK)


def _start(config: Config) -> None:
    """Give a worker process its engine."""
    global _work_engine  # noqa: PLW0603  # a worker process has one engine for its whole life
    _work_engine = load_engine(config)


_work_engine: Engine | None = None


def _work(line: str) -> str:
    assert _work_engine is not None
    return report_line(line, _work_engine)


def report_line(line: str, engine: Engine) -> str:
    """Turn one input line into one output line; an article that cannot be read becomes an error line."""
    from geomap.output.report import to_json
    from geomap.reading.article import make_article

    name = None
    try:
        given = json.loads(line)
        name = str(given["id"])
        article = make_article(
            given["text"], id=name, title=given.get("title"), url=given.get("url"),
            published_on=dt.date.fromisoformat(given["published_on"]) if given.get("published_on") else None,
        )  # fmt: skip
        spans = [Span(m["start"], m["end"]) for m in given["mentions"]] if given.get("mentions") is not None else None
        return to_json(geoparse(article, engine, spans=spans))
    except GeomapError as error:
        return _error_line(name, error.code, error.message)
    except (ValueError, KeyError, TypeError) as error:
        return _error_line(name, "input", f"not an article: {type(error).__name__}: {error}")


def _error_line(name: str | None, code: str, message: str) -> str:
    return json.dumps({"error": {"code": code, "message": message}, "article": {"id": name}}, ensure_ascii=False)


@contextmanager
def _lines(source: str) -> Iterator[TextIO]:
    if source == "-":
        yield sys.stdin
        return
    try:
        file = Path(source).open(encoding="utf-8", errors="replace")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UsageError(f"cannot read {source}: {error.strerror}", hint="give a JSON Lines file, or -") from error
    with file:
        yield file


@contextmanager
def _goal(output: Path | None, *, overwrite: bool) -> Iterator[TextIO]:
    """Open the output; a file appears under its name only when it is whole."""
    if output is None:
        yield sys.stdout
        return
    if output.exists() and not overwrite:
        raise OutputError(f"{output} exists", hint="use --overwrite, or another -o")
    part = output.with_name(output.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise OutputError(f"cannot write {output}: {error}", hint="choose a writable place") from error
    finally:
        part.unlink(missing_ok=True)
