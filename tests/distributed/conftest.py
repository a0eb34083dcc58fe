"""Puts this folder's helpers and the generator of articles on the path, and makes the input that the runs share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "benchmarks")]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a JSON Lines file of varied articles, one of them empty and one no article at all."""
    from made_articles import lines
    from written import ARTICLES

    path = tmp_path_factory.mktemp("archive") / "in.jsonl"
    written = list(lines(ARTICLES - 2))
    written.insert(70, '{"id": "empty", "text": " "}\n')
    written.insert(150, "no JSON\n")
    path.write_text("".join(written), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def alone(archive: Path, config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what one process makes of the archive, without a cluster."""
    from geomap.corpus import run

    folder = tmp_path_factory.mktemp("alone") / "tables"
    run(archive, folder, config=config, articles_a_piece=12)
    return folder
