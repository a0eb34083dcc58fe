"""Runs on a real scheduler and real worker processes: whoever dies, every article has its record, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import written
from machines import ROOT, Machines, machines, until
from written import ARTICLES

from geomap.corpus import run
from geomap.corpus.cluster import connect
from geomap.corpus.running import Watch
from geomap.errors import GazetteerError, NetworkError, UsageError

pytestmark = pytest.mark.slow


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Machines]:
    """Run a scheduler with two workers."""
    (tmp_path / "machines").mkdir()
    with machines(tmp_path / "machines") as running:
        yield running


def done(folder: Path, count: int) -> None:
    """Wait until a run has finished so many pieces."""
    until(lambda: len(list(folder.glob("_pieces/part-*"))) >= count, "pieces")


def test_a_killed_worker_loses_nothing_and_doubles_nothing(pair, archive, alone, config, tmp_path):
    """One of two workers dies in the middle; all is as the single process has it, record by record, byte by byte."""
    goal, client = tmp_path / "tables", connect(pair.address)
    until(lambda: len(client.nthreads()) == 2, "the workers")

    def kill() -> None:
        done(goal, 5)
        pair.processes[1].send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    summary = run(archive, goal, client=client, config=config, articles_a_piece=12)
    killer.join()
    assert pair.processes[1].wait() == -signal.SIGKILL
    assert len(client.nthreads()) == 1
    client.close()
    assert (summary.tally.articles, summary.tally.errors) == (ARTICLES, 2)
    assert written.numbers(goal) == list(range(1, ARTICLES + 1))
    for table in ("reports", "incidents", "errors"):
        assert written.rows(goal, table) == written.rows(alone, table)
    written.same(goal, alone)


def test_workers_may_come_later(archive, alone, config, tmp_path):
    """A run without workers says so and waits; those who join get the engine and do the work."""
    goal, said = tmp_path / "tables", []
    (tmp_path / "machines").mkdir()
    with machines(tmp_path / "machines", workers=0) as running:
        client = connect(running.address)
        worker = threading.Thread(target=lambda: (until(lambda: bool(said), "a word"), running.start_worker()))
        worker.start()
        run(archive, goal, client=client, config=config, articles_a_piece=12, watch=Watch(said.append))
        worker.join()
        client.close()
    assert said == ["no worker is there; waiting for one: dask worker ADDRESS --nthreads 1"]
    written.same(goal, alone)


def batch(address: str, archive: Path, goal: Path, *more: str) -> list[str]:
    """Return the command line of a run."""
    command = [sys.executable, "-m", "geomap", "batch", str(archive), "--scheduler", address, "-o", str(goal)]
    return [*command, "--piece", "12", *more]


def test_a_killed_client_is_gone_on_with(pair, archive, alone, tmp_path):
    """The pieces that were whole are not done again; the result is the uninterrupted one."""
    goal = tmp_path / "tables"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    client = subprocess.Popen(batch(pair.address, archive, goal), env=environment, cwd=tmp_path)
    done(goal, 4)
    client.kill()
    client.wait()
    assert not (goal / "_SUCCESS.json").exists()
    refused = subprocess.run(
        batch(pair.address, archive, goal), env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "holds what an interrupted run left" in refused.stderr
    whole = {path: path.stat().st_mtime_ns for path in goal.glob("_pieces/*")}
    again = subprocess.run(
        batch(pair.address, archive, goal, "--resume"), env=environment, cwd=tmp_path, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert again.returncode == 1, again.stderr  # two articles have no report
    assert "20 pieces were done before" in again.stderr
    assert "240 articles" in again.stderr
    assert all(path.stat().st_mtime_ns == then for path, then in whole.items())
    written.same(goal, alone)


def test_a_scheduler_that_goes_away_is_said(pair, archive, alone, config, tmp_path):
    """With the remedy; what was written stays, and a single process may go on with it."""
    goal, client = tmp_path / "tables", connect(pair.address)

    def kill() -> None:
        done(goal, 2)
        pair.processes[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(NetworkError, match="the scheduler went away") as caught:
        run(archive, goal, client=client, config=config, articles_a_piece=12)
    killer.join()
    client.close()
    assert "--resume" in caught.value.hint
    for worker in pair.processes[1:]:
        worker.kill()
    assert run(archive, goal, config=config, existing="resume", articles_a_piece=12).pieces_before >= 2
    written.same(goal, alone)


def test_an_article_that_kills_workers_becomes_an_error_record(config, tmp_path):
    """It takes more memory than a worker may have; its neighbours have their reports all the same."""
    source, goal = tmp_path / "in.jsonl", tmp_path / "tables"
    with source.open("w", encoding="utf-8") as file:
        for number in range(20):
            file.write(f'{{"id": "a{number}", "text": "Two rockets hit Balad airbase on day {number}, police said."')
            file.write(', "junk": [' + "[]," * 12_000_000 + "[]]}\n" if number == 13 else "}\n")
    (tmp_path / "machines").mkdir()
    said: list[str] = []
    with machines(tmp_path / "machines", workers=0) as running:
        for _ in range(2):
            running.start_worker("--memory-limit", "450MB", nanny=True)
        client = connect(running.address)
        until(lambda: len(client.nthreads()) == 2, "the workers")
        summary = run(source, goal, client=client, config=config, articles_a_piece=5, watch=Watch(said.append))
        client.close()
    assert (summary.tally.reports, summary.tally.errors) == (19, 1)
    (error,) = written.rows(goal, "errors")
    assert (error["id"], error["number"], error["kind"]) == (None, 14, "killed")
    assert "memory" in error["remedy"]
    assert [row["id"] for row in written.rows(goal, "reports")] == [f"a{n}" for n in range(20) if n != 13]
    assert any("looking for the article" in one for one in said)


def another(folder: Path, *, version: str | None = None, row: str | None = None) -> Path:
    """Return a copy of geomap of another version, or with another row in its gazetteer."""
    import shutil

    shutil.copytree(ROOT / "geomap", folder / "geomap", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "gazetteer", folder / "gazetteer")
    if version:
        (folder / "geomap" / "version.py").write_text(f'__version__ = "{version}"\n', encoding="utf-8")
    if row:
        with (folder / "gazetteer" / "sites.csv").open("a", encoding="utf-8") as file:
            file.write(row)
    return folder


def test_a_worker_of_another_version_is_refused(pair, archive, config, tmp_path):
    """Before any work, with both versions in the message."""
    home = another(tmp_path / "other", version="9.9.9")
    pair.start_worker(PYTHONPATH=str(home))
    client = connect(pair.address)
    until(lambda: len(client.nthreads()) == 3, "the workers")
    with pytest.raises(UsageError, match=r"worker .* has geomap 9\.9\.9, the client has "):
        run(archive, tmp_path / "tables", client=client, config=config)
    client.close()


def test_a_worker_with_another_gazetteer_is_refused(pair, archive, config, tmp_path):
    """Its results would differ; both hashes are named, and nothing is compiled for it."""
    home = another(tmp_path / "other", row="\n")
    pair.start_worker(PYTHONPATH=str(home))
    client = connect(pair.address)
    until(lambda: len(client.nthreads()) == 3, "the workers")
    with pytest.raises(GazetteerError, match=r"worker .* has the gazetteer \w{16}, the client has \w{16}"):
        run(archive, tmp_path / "tables", client=client, config=config)
    client.close()


def test_an_address_without_a_scheduler():
    """One clear message, whether nobody answers there or it is no address."""
    with pytest.raises(NetworkError, match="no Dask scheduler answers"):
        connect("tcp://127.0.0.1:1")
    with pytest.raises(UsageError, match="no address of a scheduler"):
        connect("somewhere")
