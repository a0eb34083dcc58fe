"""A store to test, of both kinds: a file, and a database of a real PostgreSQL with PostGIS of the tests' own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[3] / "tests" / "nominatim"))
sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))

from nominatim_postgres import Cluster, PostgresError
from store_databases import database, prepare

from geomap.archive.store.opening import Store, open_store


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Run a PostgreSQL on the loopback interface. These tests never pass by being skipped."""
    with Cluster() as server:
        try:
            server.create()
        except PostgresError as error:
            pytest.fail(f"{error}; `make system` installs it")
        server.start()
        prepare(server)
        yield server


@pytest.fixture(params=["file", "postgis"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a new store may be made, once in a file and once in PostGIS."""
    return str(tmp_path / "archive.gpkg") if request.param == "file" else database(request.getfixturevalue("cluster"))


@pytest.fixture
def postgis(cluster: Cluster) -> str:
    """Return the address of a database without a store."""
    return database(cluster)


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    """Open a new store of either kind."""
    with open_store(location, make=True) as opened:
        yield opened
