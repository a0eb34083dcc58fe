"""Runs over a corpus on a Dask cluster: articles a second of one worker and of two, and a run whose worker is killed.

Every worker is bound to a core of its own. The machine may have other work: so besides the clock's seconds there are
those that a run would have taken on a calm machine, which leave out the time in which a worker was ready to run but
other processes had its core (Linux' ``schedstat``). Both are printed.
"""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from machines import Machines, machines, until
from made_articles import lines

from geomap.corpus import run
from geomap.corpus.cluster import connect
from geomap.corpus.running import Watch
from geomap.corpus.tables import TABLES

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
NS = 1e9


@dataclass(frozen=True, slots=True)
class Spent:
    """What processes have used: seconds of the clock, of work, and of waiting for a core."""

    wall: float
    work: list[float]
    waited: list[float]

    @property
    def calm(self) -> float:
        """Seconds that the slowest worker would have taken with its core to itself."""
        return self.wall - min(self.waited)


def work_s(pid: int) -> float:
    """Return the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S


def waited_s(pid: int) -> float:
    """Return how long the busiest thread of a process was ready to run, but had no core."""
    found = [path.read_text(encoding="ascii").split() for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return max((int(ran), int(waited)) for ran, waited, _ in found)[1] / NS


@contextmanager
def cluster(workers: int) -> Iterator[tuple[Machines, Any]]:
    """Run a scheduler and workers, each on a core of its own."""
    with tempfile.TemporaryDirectory() as folder, machines(Path(folder), workers, bound=True) as running:
        client = connect(running.address)
        until(lambda: len(client.nthreads()) == workers, "the workers")
        yield running, client
        client.close()


def timed(source: Path, goal: Path, workers: int, piece: int) -> Spent:
    """Run over a corpus and return what that took from the moment it was cut to the last piece."""
    with cluster(workers) as (running, client):
        warm = goal.with_name(f"{goal.name}-warm")
        run(source.with_name("warm.jsonl"), warm, client=client, articles_a_piece=20)
        pids = [worker.pid for worker in running.processes[1:]]
        seen: list[tuple[float, list[tuple[float, float]]]] = []

        def look(done: int, of: int) -> None:
            if done in {0, of}:
                seen.append((time.perf_counter(), [(work_s(pid), waited_s(pid)) for pid in pids]))

        run(source, goal, client=client, articles_a_piece=piece, watch=Watch(progress=look))
    (began, before), (ended, after) = seen
    used = [(work - work0, wait - wait0) for (work, wait), (work0, wait0) in zip(after, before, strict=True)]
    return Spent(ended - began, [work for work, _ in used], [wait for _, wait in used])


def killed(source: Path, goal: Path, piece: int, pieces: int) -> None:
    """Run on two workers and kill one when half of the pieces are done."""
    with cluster(2) as (running, client):

        def kill() -> None:
            until(lambda: len(list(goal.glob("_pieces/part-*"))) >= pieces // 2, "half of the pieces", patience_s=3600)
            running.processes[1].send_signal(signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        run(source, goal, client=client, articles_a_piece=piece)
        killer.join()
        print(f"one of two workers killed in the middle; {len(client.nthreads())} left at the end")


def compare(one: Path, other: Path) -> None:
    """Print how the records of two runs differ."""
    for table in TABLES:
        rows = [
            [r for part in sorted((f / table).iterdir()) for r in pq.read_table(part).to_pylist()] for f in (one, other)
        ]
        keys = [
            [(row.get("file"), row["number"], row.get("id"), row.get("incident_id")) for row in some] for some in rows
        ]
        lost, strange = len(set(keys[0]) - set(keys[1])), len(set(keys[1]) - set(keys[0]))
        twice = len(keys[1]) - len(set(keys[1])) if table != "incidents" else max(0, len(keys[1]) - len(keys[0]))
        verdict = "the same" if rows[0] == rows[1] else "DIFFERENT"
        print(f"  {table:<10} {len(rows[0]):>7,} rows, {lost} lost, {twice} twice, {strange} not known: {verdict}")
    names = [{str(p.relative_to(f)): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (one, other)]
    print(f"  files       {len(names[0]):>7,}, {'the same to the byte' if names[0] == names[1] else 'DIFFERENT'}")


def write(path: Path, count: int, *, brief: bool = False) -> None:
    """Write a corpus."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines(count, brief=brief))


def throughput(folder: Path, count: int, piece: int, rounds: int) -> None:
    """Print articles a second of one worker and of two, by turns; of the rounds, the least disturbed counts."""
    source = folder / "timed.jsonl"
    write(source, count)
    found: dict[int, list[Spent]] = {1: [], 2: []}
    for number in range(rounds):
        for workers, runs in found.items():
            runs.append(timed(source, folder / f"{workers}-{number}", workers, piece))
    best = {workers: min(runs, key=lambda spent: spent.calm) for workers, runs in found.items()}
    for workers, spent in best.items():
        rates = f"{count / spent.wall:.0f} articles/s by the clock, {count / spent.calm:.0f} on a calm machine"
        loads = zip(spent.work, spent.waited, strict=True)
        load = ", ".join(f"{work:.1f} s of work and {wait:.1f} s without a core" for work, wait in loads)
        print(f"{workers} worker(s): {rates} ({load})")
    print(f"two workers against one: {best[1].calm / best[2].calm:.2f} x on a calm machine (best of {rounds} rounds)")
    for number, (one, two) in enumerate(zip(found[1], found[2], strict=True), 1):
        share = sum(one.work) / max(two.work)
        print(f"  round {number}: {one.wall / two.wall:.2f} x by the clock, {one.calm / two.calm:.2f} x calm,", end=" ")
        print(
            f"{share:.2f} x by the work of the busier; {sum(one.work):.1f} s of work by one, {sum(two.work):.1f} by two"
        )


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="of the run whose worker is killed; 0 for none")
    parser.add_argument("--timed", type=int, default=4_000, help="of each timed run; 0 for none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--piece", type=int, default=100)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "warm.jsonl", 80)
        if asked.timed:
            throughput(folder, asked.timed, asked.piece, asked.rounds)
        if asked.articles:
            whole(folder, asked.articles, asked.piece)


def whole(folder: Path, count: int, piece: int) -> None:
    """Compare the run of a single process over short articles with one whose worker is killed."""
    source = folder / "in.jsonl"
    write(source, count, brief=True)
    began = time.process_time()
    summary = run(source, folder / "alone", articles_a_piece=piece)
    used = time.process_time() - began
    print(
        f"{count:,} short articles in one process: {used:.0f} s of work, {count / used:.0f} articles a second of work"
    )
    size = {table: sum(p.stat().st_size for p in (folder / "alone" / table).iterdir()) for table in TABLES}
    print(
        f"  {source.stat().st_size / count:.0f} bytes in; out: "
        + ", ".join(f"{table} {n / count:.0f}" for table, n in size.items())
    )
    killed(source, folder / "killed", piece, summary.pieces)
    compare(folder / "alone", folder / "killed")


if __name__ == "__main__":
    main()
