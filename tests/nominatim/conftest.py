"""A real Nominatim for these tests, on the loopback interface, built by ``make nominatim-fixture``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import nominatim_build as build
from nominatim_postgres import Cluster
from nominatim_servers import Front, NominatimServer

from geomap.config import NominatimConfig
from geomap.pipeline import Engine
from geomap.resolution.geocoder_fallback import open_geocoder

OPERATOR = "Example Desk geomap (maps@example.org)"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def built() -> Path:
    """Return the archive of the database. These tests never pass by being skipped."""
    if not build.is_ready():
        pytest.fail("the tests' Nominatim is not built: run `make nominatim-fixture`")
    return build.archive()


@pytest.fixture(scope="session")
def database(built: Path) -> Iterator[Cluster]:
    """Run the database that the tests share."""
    with Cluster() as cluster:
        cluster.restore(built)
        cluster.start()
        yield cluster


@pytest.fixture(scope="session")
def nominatim(database: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NominatimServer]:
    """Run the Nominatim that the tests share."""
    with NominatimServer(database.dsn, tmp_path_factory.mktemp("nominatim")) as server:
        yield server


@pytest.fixture
def own_nominatim(database: Cluster, tmp_path: Path) -> Iterator[NominatimServer]:
    """Run a Nominatim that a test may kill or freeze."""
    with NominatimServer(database.dsn, tmp_path) as server:
        yield server


@pytest.fixture
def front(nominatim: NominatimServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Run nginx before the shared Nominatim."""
    with Front(nominatim.domain, tmp_path_factory.mktemp("nginx")) as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., NominatimConfig]:
    """Return a maker of settings for a server on this machine, with a memory of the test's own."""

    def make(domain: str, **changes: object) -> NominatimConfig:
        base = NominatimConfig(
            enabled=True, domain=domain, scheme="http", user_agent=OPERATOR, min_interval_s=0.0, timeout_s=5.0,
            cache_file=str(tmp_path / "memory.sqlite"),
        )  # fmt: skip
        return replace(base, **changes)  # type: ignore[arg-type]

    return make


@pytest.fixture
def asking(engine: Engine, settings: Callable[..., NominatimConfig]) -> Callable[..., Engine]:
    """Return a maker of engines whose geocoder asks a server on this machine."""

    def make(domain: str, **changes: object) -> Engine:
        return replace(engine, geocoder=open_geocoder(settings(domain, **changes)))

    return make
