"""Working through pieces on a Dask cluster: a bounded number at a time, again where a worker died."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

import distributed

from geomap.config import Config
from geomap.corpus.careful import deadly_records
from geomap.corpus.files import Folder
from geomap.corpus.nouns import Cut, InputFile, Piece
from geomap.corpus.planning import Making, cut_file
from geomap.corpus.plugin import EnginePlugin, plugin_of_worker
from geomap.corpus.working import work
from geomap.errors import GeomapError, NetworkError, UsageError

AHEAD = 2  # pieces on their way for each thread of the workers: one is worked on, one waits
RETRIES = 2  # of a piece after an error that may pass: an object store that does not answer
CAREFUL_TRIES = 3  # of a piece that is worked on carefully, each of several deaths
STEP_S = 0.02
LOOK_S = 5.0
_GONE_S = 30.0

_VERSIONS = ("python", "dask", "distributed")


@dataclass(slots=True)
class Cluster:
    """The workers of a scheduler, with the engine loaded in each."""

    client: Any
    plugin: str
    say: Callable[[str], None]
    _run: str = field(default_factory=lambda: uuid.uuid4().hex[:8])

    @classmethod
    def enlist(cls, client: Any, config: Config, making: Making, say: Callable[[str], None]) -> Self:
        """Check the versions of all who are there, and give every worker, also a later one, the engine.

        Raises
        ------
        UsageError, GazetteerError
            A worker or the scheduler has other versions, or another gazetteer.
        """
        check_versions(client)
        plugin = EnginePlugin(config, making)
        client.register_plugin(plugin)
        return cls(client=client, plugin=plugin.name, say=say)

    def cut(self, files: Sequence[InputFile], size: int) -> list[Cut]:
        """Cut files, each by some worker."""
        found: dict[int, Cut] = {}
        jobs = ((number, (cut_file, file, size)) for number, file in enumerate(files))
        for number, result in self._bounded(jobs, {}):
            if isinstance(result, BaseException):
                raise result
            found[number] = result
        return [found[number] for number in range(len(files))]

    def work(self, pieces: Sequence[Piece], goal: Folder) -> Iterator[dict[str, Any]]:
        """Yield the notes of pieces as they finish.

        A piece whose workers died more often than the scheduler allows is worked on carefully: what kills is found out
        in a process of its own, and becomes an error record.
        """
        again: dict[int, Any] = {}
        tries: dict[int, int] = {}
        by_number = {piece.number: piece for piece in pieces}
        jobs = ((piece.number, (work_on_worker, self.plugin, piece, goal.url)) for piece in pieces)
        for number, result in self._bounded(jobs, again):
            if not isinstance(result, BaseException):
                yield result
            elif not isinstance(result, distributed.KilledWorker | MemoryError):
                raise result
            else:
                tries[number] = tries.get(number, 0) + 1
                if tries[number] > CAREFUL_TRIES:
                    raise _hopeless(by_number[number]) from result
                self.say(f"{by_number[number].part}: its workers died; looking for the article that kills them")
                again[number] = (work_carefully_on_worker, self.plugin, by_number[number], goal.url)

    def _bounded(self, jobs: Iterator[tuple[int, Any]], again: dict[int, Any]) -> Iterator[tuple[int, Any]]:
        """Yield results or errors as they come; what is put into ``again`` meanwhile is done next."""
        running = distributed.as_completed(loop=self.client.loop)
        numbers: dict[str, int] = {}
        while True:
            room = AHEAD * self._threads() - len(numbers)
            for number, job in _next_jobs(jobs, again, room):
                future = self.client.submit(
                    *job, key=f"geomap-{self._run}-{number}-{uuid.uuid4().hex[:8]}", pure=False, retries=RETRIES
                )
                numbers[future.key] = number
                running.add(future)
            if not numbers:
                return
            self._wait(running)
            for future in running.next_batch():
                yield numbers.pop(future.key), _outcome(future)

    def _threads(self) -> int:
        try:
            return max(1, int(sum(self.client.nthreads().values())))
        except OSError as error:
            raise _gone() from error

    def _wait(self, running: Any) -> None:
        """Wait until something is done; say so where nobody is left to do it."""
        looked = began = time.monotonic()
        told = False
        while not running.has_ready():
            time.sleep(STEP_S)
            if (now := time.monotonic()) - looked < LOOK_S:
                continue
            looked = now
            if self.client.status != "running":
                if now - began > _GONE_S:
                    raise _gone()
            elif not told and not self.client.nthreads():
                self.say("no worker is there; waiting for one: dask worker ADDRESS --nthreads 1")
                told = True


def _outcome(future: Any) -> Any:
    """Return the result of a future that is done, or its error."""
    try:
        return future.exception() or future.result()
    except (OSError, asyncio.CancelledError, concurrent.futures.CancelledError) as error:
        raise _gone() from error


def _next_jobs(jobs: Iterator[tuple[int, Any]], again: dict[int, Any], room: int) -> Iterator[tuple[int, Any]]:
    """Yield jobs that there is room for, those that are done again first."""
    for _ in range(room):
        if again:
            yield again.popitem()
        elif (job := next(jobs, None)) is not None:
            yield job
        else:
            return


def connect(address: str) -> Any:
    """Return a client of the scheduler at an address.

    Raises
    ------
    NetworkError
        None answers there.
    UsageError
        It is no address.
    """
    _check_address(address)
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it has to say is said by our errors
    try:
        return distributed.Client(address, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError) as error:
        hint = "start one with `dask scheduler`, and give the address that it prints"
        raise NetworkError(f"no Dask scheduler answers at {address}", hint=hint) from error


def _check_address(address: str) -> None:
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        known = parts.hostname and parts.port
    except ValueError:
        known = None
    if not known:
        raise UsageError(f"{address} is no address of a scheduler", hint="give one like tcp://host:8786")


def check_versions(client: Any) -> None:
    """Make sure that the scheduler and the workers that are there have the client's versions.

    Raises
    ------
    UsageError
        They have not, or they have no geomap.
    """
    found = client.get_versions(packages=["geomap"])
    mine = found["client"]["packages"]
    everybody = {"scheduler": found["scheduler"], **{f"worker {one}": data for one, data in found["workers"].items()}}
    for who, data in everybody.items():
        theirs = data["packages"]
        for name in (*_VERSIONS, "geomap"):
            if theirs.get(name) != mine.get(name):
                raise UsageError(
                    f"the {who} has {name} {theirs.get(name)}, the client has {mine.get(name)}",
                    hint="install the same on all of them: pip install 'geomap[dask]'",
                )


def work_on_worker(plugin_name: str, piece: Piece, goal: str) -> dict[str, Any]:
    """Work through a piece with the engine of the worker (the task)."""
    plugin, address = plugin_of_worker(plugin_name)
    return work(piece, plugin.engine(address), Folder(goal))


def work_carefully_on_worker(plugin_name: str, piece: Piece, goal: str) -> dict[str, Any]:
    """Find out which records of a piece kill, then work through it without them (the task)."""
    plugin, address = plugin_of_worker(plugin_name)
    limit = distributed.get_worker().memory_manager.memory_limit
    deadly = deadly_records(piece, plugin.own_config(), limit)
    return work(piece, plugin.engine(address), Folder(goal), deadly)


def _gone() -> NetworkError:
    return NetworkError("the scheduler went away", hint="start it and its workers, then use --resume")


def _hopeless(piece: Piece) -> GeomapError:
    first, last = piece.stretch.first, piece.stretch.first + piece.stretch.articles - 1
    return GeomapError(
        f"every worker that works on articles {first} to {last} of {piece.file.url} dies",
        hint="give the workers more memory (dask worker --memory-limit), look into their logs, then use --resume",
    )
