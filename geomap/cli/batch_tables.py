"""``geomap batch --scheduler``: a corpus to a folder of Parquet tables, on the workers of a Dask cluster."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from geomap.cli.options import say
from geomap.cli.progress import progress_bar
from geomap.cli.records import Counts
from geomap.config import Config
from geomap.errors import UsageError

if TYPE_CHECKING:
    from geomap.corpus.nouns import Existing, Summary

HERE = "none"


def to_tables(
    source: str, goal: str | None, config: Config, jobs: int, *, quiet: bool, flags: dict[str, Any]
) -> Counts:
    """Work through a corpus and return what was found.

    Raises
    ------
    UsageError
        No folder is named, the input is standard input, or an option makes no sense here.
    """
    if goal is None:
        raise UsageError("--scheduler writes a folder of tables", hint="use -o FOLDER")
    if source == "-":
        raise UsageError("workers cannot read standard input", hint="give a path, a glob or an address")
    if jobs > 1:
        raise UsageError("--jobs is for batches without a scheduler", hint="start more workers: dask worker ADDRESS")
    began = time.perf_counter()
    done = _run(source, goal, config, flags, quiet=quiet)
    tally = done.tally
    seconds = time.perf_counter() - began
    rate = f" ({tally.articles / max(seconds, 1e-9):.0f} a second)"
    before = f", {done.pieces_before} of {done.pieces} pieces were done before" if done.pieces_before else rate
    over = f"; {done.passed_over:,} other records were passed over" if done.passed_over else ""
    say(quiet=quiet)(
        f"{tally.articles:,} articles in {seconds:.1f} s{before}: {tally.incidents:,} incidents,"
        f" {tally.pins:,} on the map, {tally.errors:,} errors{over}"
    )
    return Counts(tally.articles, tally.errors, tally.incidents, tally.pins, tally.unplaced)


def _run(source: str, goal: str, config: Config, flags: dict[str, Any], *, quiet: bool) -> Summary:
    from geomap.corpus.extras import library
    from geomap.corpus.running import ARTICLES_A_PIECE, Watch, run

    size = flags["piece"] or ARTICLES_A_PIECE
    existing: Existing = "resume" if flags["resume"] else "overwrite" if flags["overwrite"] else "refuse"
    here = flags["scheduler"] == HERE
    client = None if here else library("geomap.corpus.cluster").connect(flags["scheduler"])
    with ExitStack() as stack:
        if client is not None:
            stack.callback(client.close)
        watch = Watch(say(quiet=quiet), _shower(stack, quiet=quiet))
        return run(source, goal, client=client, config=config, existing=existing, articles_a_piece=size, watch=watch)


def _shower(stack: ExitStack, *, quiet: bool) -> Callable[[int, int], None]:
    """Return what shows how far a run is, on a bar that opens once the length is known."""
    bars: list[Any] = []
    shown = [0]

    def show(done: int, of: int) -> None:
        if not bars:
            bars.append(stack.enter_context(progress_bar(of, quiet=quiet)))
        if bars[0] is not None:
            bars[0].update(done - shown[0])
        shown[0] = done

    return show
