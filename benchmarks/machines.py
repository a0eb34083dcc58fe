"""A real Dask scheduler and real worker processes, which may be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_S = 120.0


def until(true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.05)


@dataclass
class Machines:
    """A scheduler with its workers, each a process; ``folder`` holds their logs."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start ``dask`` with arguments; what it says goes into a log."""
        log = self.folder / f"{arguments[0]}-{len(self.processes)}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments], stdout=file, stderr=file, cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def start_scheduler(self) -> None:
        """Start the scheduler and wait for its address."""
        note = self.folder / "scheduler.json"
        arguments = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(note))
        self.start("scheduler", *arguments)
        until(lambda: note.exists() and note.stat().st_size > 0, "the scheduler")
        import json

        self.address = json.loads(note.read_text(encoding="utf-8"))["address"]

    def start_worker(self, *arguments: str, nanny: bool = False, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker process of one thread; without a nanny it stays dead once it is killed."""
        keeper = ("--nanny",) if nanny else ("--no-nanny",)
        fixed = ("--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder))
        return self.start("worker", self.address, *keeper, *fixed, *arguments, **environment)

    def stop(self) -> None:
        """Kill whatever is left, nannies with their workers."""
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def machines(folder: Path, workers: int = 2, *, bound: bool = False) -> Iterator[Machines]:
    """Run a scheduler and workers that stay dead once they are killed, each bound to a core if that is asked for."""
    running = Machines(folder)
    try:
        running.start_scheduler()
        cores = os.sched_getaffinity(0)
        for number in range(workers):
            if bound:
                os.sched_setaffinity(0, {sorted(cores)[number % len(cores)]})  # what it starts inherits it
            running.start_worker()
        os.sched_setaffinity(0, cores)
        yield running
    finally:
        running.stop()
