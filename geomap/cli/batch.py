"""``geomap batch``: a JSON Lines file of articles to one of reports, in order, however many there are.

Articles are read, worked on and written as they come, a bounded number at a time, so that memory does not grow with
the archive.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import click

from geomap.cli.collecting import collect_seldom
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
from geomap.cli.outcome import FAIL_EMPTY, STRICT, outcome_options
from geomap.cli.progress import progress_bar
from geomap.cli.records import Counts, Record, record_of
from geomap.cli.resume import Part
from geomap.config import Config
from geomap.errors import GeomapError, OutputError, UsageError
from geomap.pipeline import Engine, load_engine

CHUNK = 16  # articles handed to a worker at a time
_WHERE = ('look for the lines with "error"', "they are in the table errors")
AHEAD = 3  # chunks a worker may be ahead of what is written


@click.command("batch")
@click.argument("source", metavar="IN.jsonl")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--overwrite", is_flag=True, help="Replace an existing output.")
@click.option("--resume", is_flag=True, help="Go on where an interrupted run to the same output stopped.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Work on the Dask cluster there (none: in this process) and write tables: docs/distributed.md.",
)
@click.option("--piece", type=click.IntRange(1), metavar="N", help="Articles in a partition, with --scheduler.")
@network_options
@outcome_options
@config_option
@quiet_option
@json_errors_option
def command(source: str, output: str | None, jobs: int, config_file: Path | None, *, quiet: bool, **flags: Any) -> int:
    """Write one report a line for the articles of IN.jsonl (- for standard input), in their order.

    Its lines are {"id", "text", "title"?, "url"?, "published_on"?, "mentions"?: [{"start", "end"}]}; given mentions
    are taken as they are and only resolved.

    An article that cannot be read gives a line {"error": {…}, "article": {"id": …}} and the run goes on; the exit code
    is then 1. Until a run is done its lines are in FILE.part; --resume goes on with them after an interruption.

    \b
    geomap batch in.jsonl -o out.jsonl -j 2
    geomap batch in.jsonl -o out.jsonl --resume
    geomap batch 'archive/*.warc.gz' --scheduler tcp://host:8786 -o tables
    """  # noqa: D301
    if flags["resume"] and output is None:
        raise UsageError("--resume needs the file to go on with", hint="use -o FILE")
    config = configuration(config_file, **network(online=flags["online"], offline=flags["offline"]))
    if flags["piece"] and not flags["scheduler"]:
        raise UsageError("--piece is for runs with --scheduler", hint="leave it out")
    if flags["scheduler"]:
        from geomap.cli.batch_tables import to_tables

        return _status(to_tables(source, output, config, jobs, quiet=quiet, flags=flags), flags)
    if config.nominatim.enabled and jobs > 1:
        raise UsageError("a geocoder is asked one name at a time", hint="use -j 1, or --offline")
    counts, began = Counts(), time.perf_counter()
    with (
        _articles(source, quiet=quiet) as lines,
        _goal(Path(output) if output else None, overwrite=flags["overwrite"], resume=flags["resume"]) as goal,
    ):
        done = goal.skip(lines, config) if isinstance(goal, Part) else 0
        write = goal.write if isinstance(goal, Part) else sys.stdout.buffer.write
        for record in _records(lines, config, jobs, say(quiet=quiet)):
            counts.add(record)
            write(record.line)
    _sum_up(counts, time.perf_counter() - began, done, quiet=quiet)
    return _status(counts, flags)


def _sum_up(counts: Counts, seconds: float, done: int, *, quiet: bool) -> None:
    rate = counts.articles / max(seconds, 1e-9)
    before = f", {done:,} were done before" if done else ""
    say(quiet=quiet)(
        f"{counts.articles:,} articles in {seconds:.1f} s ({rate:.0f} a second){before}:"
        f" {counts.incidents:,} incidents, {counts.pins:,} on the map, {counts.errors:,} errors"
    )


def _status(counts: Counts, flags: dict[str, Any]) -> int:
    if counts.errors:
        raise GeomapError(f"{counts.errors} articles could not be read", hint=_WHERE[bool(flags["scheduler"])])
    if flags["fail_empty"] and not counts.incidents:
        return FAIL_EMPTY
    return STRICT if flags["strict"] and counts.unplaced else 0


def _records(lines: Iterable[bytes], config: Config, jobs: int, tell: Callable[[str], None]) -> Iterator[Record]:
    if jobs == 1:
        with load_engine(config) as engine:
            collect_seldom()
            for line in lines:
                yield record_of(line, engine)
            tell_network(engine, (), tell)
        return
    load_engine(config).store.close()  # compile once, before the workers ask for it
    yield from _in_processes(iter(lines), config, jobs)


def _in_processes(lines: Iterator[bytes], config: Config, jobs: int) -> Iterator[Record]:
    """Yield records in order; never more chunks are on their way than the workers can use."""
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    spawn = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[Record]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_start, initargs=(config,)) as pool:
        try:
            while chunk := list(islice(lines, CHUNK)):
                waiting.append(pool.submit(_work, chunk))
                if len(waiting) >= jobs * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise GeomapError("a worker process died", hint="use fewer jobs, then --resume") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start(config: Config) -> None:
    """Give a worker process its engine."""
    global _work_engine  # noqa: PLW0603  # a worker process has one engine for its whole life
    _work_engine = load_engine(config)
    collect_seldom()


_work_engine: Engine | None = None


def _work(chunk: list[bytes]) -> list[Record]:
    assert _work_engine is not None
    return [record_of(line, _work_engine) for line in chunk]


@contextmanager
def _articles(source: str, *, quiet: bool) -> Iterator[Iterator[bytes]]:
    """Open the input; lines of blanks are left out."""
    if source == "-":
        yield _lines(sys.stdin.buffer, None)
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UsageError(f"cannot read {source}: {error.strerror}", hint="give a JSON Lines file, or -") from error
    with file, progress_bar(Path(source).stat().st_size, quiet=quiet) as bar:
        yield _lines(file, bar)


def _lines(file: BinaryIO, bar: Any) -> Iterator[bytes]:
    for line in file:
        if not line.isspace():
            yield line
        if bar is not None:
            bar.update(len(line))


@contextmanager
def _goal(output: Path | None, *, overwrite: bool, resume: bool) -> Iterator[Part | None]:
    """Open the output; a file appears under its name only when it is whole."""
    if output is None:
        yield None
        sys.stdout.buffer.flush()
        return
    if output.exists() and not overwrite:
        raise OutputError(f"{output} exists", hint="use --overwrite, or another -o")
    try:
        with Part(output, again=overwrite, resume=resume) as part:
            yield part
    except GeomapError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write {output}: {error.strerror}", hint="choose a writable place") from error
