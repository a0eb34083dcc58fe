"""What docs/distributed.md shows is true: its commands run, with the scheduler and the workers they start."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import written
from crawl import write_crawl
from machines import ROOT, Machines

PAGE = ROOT / "docs" / "distributed.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SERVER = "tcp://scheduler:8786"


def blocks(language: str) -> list[str]:
    """Return the blocks of a language."""
    return [block for kind, block in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if kind == language]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with the archive that the page speaks of."""
    from made_articles import lines

    archive = tmp_path / "archive"
    archive.mkdir()
    for number in range(3):
        content = "".join(lines(12, seed=number)).encode()
        (archive / f"{number}.jsonl.gz").write_bytes(gzip.compress(content, mtime=0))
    write_crawl(archive / "crawl.warc.gz", pages=3)
    return tmp_path


def test_every_command_and_every_python_block_of_the_page_runs(desk: Path) -> None:
    """The scheduler listens on a port of its own; everything else is as the page has it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    (desk / "machines").mkdir()
    running = Machines(desk / "machines")
    ran = []
    try:
        for line in "".join(blocks("console")).splitlines():
            command = line.removeprefix("$ ")
            if command == "dask scheduler":
                running.start_scheduler()
            elif command.startswith("dask worker "):
                assert command.startswith(f"dask worker {SERVER} ")
                arguments = command.removeprefix(f"dask worker {SERVER} ").split()
                running.start("worker", running.address, *arguments, "--no-dashboard")
            elif command.startswith("geomap "):
                ours = command.replace(SERVER, running.address).replace("geomap", f"{sys.executable} -m geomap", 1)
                done = subprocess.run(
                    ["/bin/bash", "-c", ours], cwd=desk, env=environment, capture_output=True, text=True, check=False,
                    timeout=180,
                )  # fmt: skip
                assert done.returncode == 0, f"{command}\n{done.stderr}"
                assert "36 articles" in done.stderr
            else:
                assert command.startswith(("pip ", "python benchmarks/corpus_runs.py")), command
            ran.append(command)
    finally:
        running.stop()
    assert len(ran) >= 6
    written.same(desk / "tables", desk / "tables-alone")
    code = "\n".join(blocks("python"))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=desk, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "3 0 10\n"


def test_the_layout_that_the_page_shows_is_the_one_written(desk: Path, config) -> None:
    """Every file and every column of the page's drawing."""
    from geomap.corpus import run

    run(desk / "archive", desk / "out", config=config)
    (drawn,) = blocks("text")[:1]
    there = {path.parent.name for path in (desk / "out").rglob("*")} | {path.name for path in (desk / "out").iterdir()}
    for name in ("reports", "incidents", "errors", "_pieces", "_plan.json", "_SUCCESS.json"):
        assert name in drawn
        assert name in there
    import pyarrow.parquet as pq

    for table in ("reports", "errors"):
        columns = re.search(rf"{table}/part-\S+ …\s+(.*)", drawn)
        assert columns is not None
        assert columns[1].split(", ") == pq.read_schema(desk / "out" / table / "part-000000.parquet").names


def test_the_page_has_commands() -> None:
    """The tests above would pass on a page without any."""
    assert sum(line.startswith("$ geomap batch") for line in "".join(blocks("console")).splitlines()) >= 3
    assert len(blocks("python")) >= 2
