"""The set-up of PostGIS in ``docs/archive.md`` works as it is written, on the tests' own server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from nominatim_postgres import Cluster, binaries
from store_samples import some

ROOT = Path(__file__).parents[3]


def commands() -> list[str]:
    """Return the commands of the page's shell blocks."""
    page = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
    return [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]


def test_the_packages_are_those_that_the_tests_install() -> None:
    """What the page asks for is what `make system` installs."""
    assert "postgresql-postgis" in commands()[0]
    assert "postgresql-postgis" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_commands_run_as_they_are_written(cluster: Cluster, tmp_path: Path) -> None:
    """Only the host is another, and the server's own user needs no sudo here."""
    (tmp_path / "out.jsonl").write_text("".join(json.dumps(one) + "\n" for one in some(5)), encoding="utf-8")
    (tmp_path / "geomap").write_text(f'#!/bin/sh\nexec {sys.executable} -m geomap "$@"\n', encoding="utf-8")
    (tmp_path / "geomap").chmod(0o755)
    path = os.pathsep.join([str(tmp_path), str(binaries()), os.environ["PATH"]])
    server = {"PGHOST": "127.0.0.1", "PGPORT": str(cluster.port), "PGUSER": "postgres"}
    for command in commands()[1:]:
        local = command.removeprefix("sudo -u postgres ").replace("db.example.org", f"127.0.0.1:{cluster.port}")
        done = subprocess.run(
            local, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False,
            env={**os.environ, **server, "PATH": path, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert "geomap" not in local or "articles" in done.stdout
