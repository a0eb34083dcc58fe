"""What a Dask worker of a run carries: the engine, loaded once a process, of the client's version and gazetteer."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import distributed
from distributed.diagnostics.plugin import WorkerPlugin

from geomap.config import Config, load_config
from geomap.corpus.planning import Making
from geomap.corpus.stores import engine_of_machine, gazetteer_sha256
from geomap.errors import GazetteerError, UsageError
from geomap.pipeline import Engine
from geomap.version import __version__


class EnginePlugin(WorkerPlugin):  # type: ignore[misc]  # Dask has no types
    """Loads the engine when a worker joins, and gives it to the tasks.

    The store is memory-mapped, so that the workers of a machine share its pages. Where it is and whether it is compiled
    yet is each machine's own affair; what is in it is not.
    """

    idempotent = True

    def __init__(self, config: Config, making: Making) -> None:
        self.config, self.making = config, making
        self.name = f"geomap-{making.geomap}-{making.gazetteer[:16]}-{making.config_sha256[:16]}"
        self._engine: Engine | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"config": self.config, "making": self.making, "name": self.name, "_engine": None}

    async def setup(self, worker: Any) -> None:
        """Load the engine, without keeping the worker from answering the scheduler."""
        await asyncio.to_thread(self.engine, worker.address)

    def own_config(self) -> Config:
        """Return the client's settings, with the folder of stores that this machine has."""
        own = load_config().gazetteer.folder
        return dataclasses.replace(self.config, gazetteer=dataclasses.replace(self.config.gazetteer, folder=own))

    def engine(self, address: str) -> Engine:
        """Return the engine, loaded on the first call.

        Raises
        ------
        UsageError
            The worker has another version of geomap than the client.
        GazetteerError
            It has another gazetteer.
        """
        if self._engine is None:
            config = self.own_config()
            check_same(address, __version__, gazetteer_sha256(config.gazetteer), self.making)
            self._engine = engine_of_machine(config)
        return self._engine


def check_same(address: str, version: str, gazetteer: str, making: Making) -> None:
    """Make sure that a worker would come to the client's results.

    Raises
    ------
    UsageError, GazetteerError
        It has another version, or another gazetteer.
    """
    if version != making.geomap:
        raise UsageError(
            f"the worker {address} has geomap {version}, the client has {making.geomap}",
            hint="install the same version on both",
        )
    if gazetteer != making.gazetteer:
        raise GazetteerError(
            f"the worker {address} has the gazetteer {gazetteer[:16]}, the client has {making.gazetteer[:16]}",
            hint="install the same geomap and add the same layers (geomap gazetteer list) on both",
        )


def plugin_of_worker(name: str) -> tuple[EnginePlugin, str]:
    """Return the plugin of the worker that runs this task, and the worker's address."""
    worker = distributed.get_worker()
    plugin: EnginePlugin = worker.plugins[name]
    return plugin, str(worker.address)
