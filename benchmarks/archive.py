"""How the archive grows: ``python benchmarks/archive.py 10000 100000``.

Synthetic reports (``archive_reports.py``) go into one embedded store, as `geomap store add` puts them there. At each
size is printed: tellings and events, reports a second since the size before (CPU time; parsing and matching included,
making the reports not), peak memory, the file, and the median time of three questions: a week within 200 km, a week of
a fifth of the whole area, one event by its id.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import archive_reports

from geomap.archive.nouns import Query
from geomap.archive.store.adding import Written, add_reports
from geomap.archive.store.finding import events, find
from geomap.archive.store.opening import Store, open_store
from geomap.model import BBox

ASKED = 25


class Source:
    """Lines of reports, and the time that making them took, which is nobody's but the benchmark's."""

    def __init__(self, count: int) -> None:
        self.seconds = 0.0
        self._lines = archive_reports.lines(count)

    def take(self, count: int) -> Iterator[tuple[str, Any]]:
        """Yield so many reports, parsed, each with where it stands."""
        for number in range(count):
            began = time.process_time()
            line = next(self._lines)
            self.seconds += time.process_time() - began
            yield f"line {number}", json.loads(line)


def milliseconds(ask: Callable[[], object]) -> float:
    """Return how long a question takes, in CPU time."""
    began = time.process_time()
    ask()
    return (time.process_time() - began) * 1000


def questions(store: Store, days: int) -> tuple[float, float, float]:
    """Return the median times of the three questions."""
    draw = random.Random(3)  # noqa: S311  # a sample, not a secret
    name = next(iter(events(store))).id
    near, wide, one = [], [], []
    for _ in range(ASKED):
        since = archive_reports.BEGAN + dt.timedelta(draw.randrange(max(1, days - 7)))
        west, south = draw.uniform(30, 46), draw.uniform(28, 36)
        week = {"since": since, "until": since + dt.timedelta(6)}
        small, large = BBox(west, south, west + 4, south + 4), BBox(30, 28, 40, 33)
        near.append(milliseconds(lambda: list(events(store, Query(box=small, **week)))))  # noqa: B023
        wide.append(milliseconds(lambda: list(events(store, Query(box=large, **week)))))  # noqa: B023
        one.append(milliseconds(lambda: find(store, name)))
    return statistics.median(near), statistics.median(wide), statistics.median(one)


def line(store: Store, path: Path, source: Source, before: Written, size: int) -> tuple[Written, str]:
    """Add reports up to a size; return what the store has, and one line of the table."""
    made, began, count = source.seconds, time.process_time(), size - before.articles
    now = sum(add_reports(store, source.take(count)), before)
    seconds = time.process_time() - began - (source.seconds - made)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    near, wide, one = questions(store, size // 330)
    counts = f"{now.articles:>12,} {now.tellings:>12,} {now.founded:>12,} {count / seconds:>12,.0f}"
    return (
        now,
        f"{counts} {memory:>12,.0f} {path.stat().st_size / 1e6:>12,.0f} {near:>12.1f} {wide:>12.1f} {one:>12.1f}",
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000], metavar="REPORTS")
    parser.add_argument("--folder", type=Path, help="where to work; default: a temporary folder")
    options = parser.parse_args()
    sizes = sorted(options.sizes)
    heads = "reports,tellings,events,reports/s,memory MB,file MB,week near ms,week wide ms,event ms".split(",")
    print(" ".join(f"{head:>12}" for head in heads), flush=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path, source, total = Path(folder, "archive.gpkg"), Source(sizes[-1]), Written()
        with open_store(str(path), make=True) as store:
            for size in sizes:
                total, text = line(store, path, source, total, size)
                print(text, flush=True)


if __name__ == "__main__":
    os.nice(10)
    main()
