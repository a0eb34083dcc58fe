"""Fixtures that every area shares: the real gazetteer, compiled once, the engine over it, a browser for pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pages import browser, open_page

__all__ = ["browser", "open_page"]

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
STORES = ROOT / ".cache" / "gazetteer"

os.environ["GEOMAP_GAZETTEER_FOLDER"] = str(STORES)  # tests leave the user's own folder alone


@pytest.fixture(scope="session")
def config():
    """Return the default configuration with the tests' own store folder."""
    from geomap.config import load_config

    return load_config(environment={"GEOMAP_GAZETTEER_FOLDER": str(STORES)}, folder=ROOT / "tests")


@pytest.fixture(scope="session")
def store(config) -> Iterator:
    """Open the real gazetteer, compiled from the tables in the repository."""
    from geomap.gazetteer.locate import open_store

    with open_store(config.gazetteer) as opened:
        yield opened


@pytest.fixture(scope="session")
def engine(config) -> Iterator:
    """Everything the pipeline needs."""
    from geomap.pipeline import load_engine

    with load_engine(config) as loaded:
        yield loaded


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of evaluation data beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the evaluation data is not beside the checkout")
    return SHARED
