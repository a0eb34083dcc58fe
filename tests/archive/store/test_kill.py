"""``kill -9`` at random moments of ``geomap store add`` loses nothing that was reported, and leaves nothing half."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from store_databases import database
from store_samples import everything, put, some

from geomap.archive.matching import summarise
from geomap.archive.store.opening import open_store
from geomap.archive.tellings import tellings
from geomap.cli.main import main
from geomap.errors import OutputError

GIVEN = some(24)
TOLD = {report["article"]["id"]: {one.key for one in tellings(report)} for report in GIVEN}


def adding(file: Path, location: str) -> tuple[int, int]:
    """Start ``geomap store add`` in a process of its own; return its id and where it reports to."""
    reads, writes = os.pipe()
    child = os.fork()
    if child:
        os.close(writes)
        return child, reads
    os.dup2(writes, 1)
    sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), io.StringIO()
    try:
        main(["store", "add", str(file), "--store", location, "--batch", "2", "--json"])
    finally:
        os._exit(1)


def reported(child: int, reads: int) -> int:
    """Wait for the end of a process; return how many articles it had reported as written."""
    os.waitpid(child, 0)
    with os.fdopen(reads) as file:
        lines = [line for line in file if line.endswith("\n")]
    return json.loads(lines[-1])["articles"] if lines else 0


def check(location: str, least: int) -> None:
    """Make sure that a store has the first articles whole, at least those that were reported, and nothing else."""
    try:
        with open_store(location) as store:
            found = everything(store)
    except OutputError:
        assert least == 0  # there is no store yet
        return
    told: dict[str, set[str]] = {}
    for event in found.values():
        assert event == summarise(event.id, event.tellings, event.links)
        for one in event.tellings:
            told.setdefault(one.source.article_id, set()).add(one.key)
    assert told == {name: TOLD[name] for name in list(TOLD)[: len(told)]}
    assert len(told) >= least
    if "://" not in location:
        with closing(sqlite3.connect(location)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.slow
def test_killed_at_any_moment(location: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Fifty moments on a file, twelve on PostGIS; run again to its end, the store is as if nothing had happened."""
    file, is_file = tmp_path / "in.jsonl", "://" not in location
    file.write_text("".join(json.dumps(one) + "\n" for one in GIVEN), encoding="utf-8")
    with open_store(str(tmp_path / "whole.gpkg"), make=True) as store:
        put(store, GIVEN)
        whole = everything(store)
    began = time.perf_counter()
    assert reported(*adding(file, fresh(location, 0, request))) == len(GIVEN)
    length, draw, midway = time.perf_counter() - began, random.Random(11), 0
    for number in range(1, 51 if is_file else 13):
        where = fresh(location, number, request)
        child, reads = adding(file, where)
        time.sleep(draw.uniform(0 if is_file else length / 3, length))
        os.kill(child, signal.SIGKILL)
        done = reported(child, reads)
        midway += 0 < done < len(GIVEN)
        check(where, done)
        with open_store(where, make=True) as store:
            put(store, GIVEN)
            assert everything(store) == whole
    assert midway


def fresh(location: str, number: int, request: pytest.FixtureRequest) -> str:
    """Return where one more store may be made."""
    if "://" not in location:
        return f"{location}.{number}.gpkg"
    return database(request.getfixturevalue("cluster"))
