"""Which records kill the process that works on them: found out in a process of its own, one record after the other.

The process says which record it begins before it begins it; the one it began last when it dies is suspected. A suspect
is tried again first thing in a new process, so that a death from outside is not blamed on it, and is deadly if that
process dies of it, too. Run as ``python -m geomap.corpus.careful``, the module is that process.
"""

from __future__ import annotations

import dataclasses
import faulthandler
import json
import os
import subprocess
import sys

from geomap.config import Config
from geomap.corpus.formats import FORMATS
from geomap.corpus.nouns import InputFile, Piece, Stretch
from geomap.corpus.working import outcome
from geomap.errors import GeomapError
from geomap.pipeline import load_engine
from geomap.settings import merge

LIMIT_S = 300.0  # for one article, which takes milliseconds
_FAILED = 3


def deadly_records(piece: Piece, config: Config, memory_limit: int | None = None) -> set[int]:
    """Return the numbers of the records of a piece that kill a process.

    Parameters
    ----------
    piece, config
        What to read, and the settings to work with.
    memory_limit
        Bytes that a process may have; a record that needs more is deadly.

    Raises
    ------
    GeomapError
        The process fails before it comes to a record.
    """
    deadly: set[int] = set()
    suspect, begin = None, piece.stretch.first
    while (last := _try(piece, config, begin, memory_limit)) is not None:
        if last == suspect:
            deadly.add(last)
            begin = last + 1
        else:
            suspect, begin = last, last
    return deadly


def _try(piece: Piece, config: Config, begin: int, memory_limit: int | None) -> int | None:
    """Work through a piece from a record on, in a process of its own; return the record it died of, if it did."""
    given = {"piece": dataclasses.asdict(piece), "config": dataclasses.asdict(config)}
    job = given | {"begin": begin, "memory": memory_limit}
    done = subprocess.run(  # noqa: S603  # this very module
        [sys.executable, "-m", __name__], input=json.dumps(job).encode(), capture_output=True, check=False
    )
    begun = done.stdout.split()
    if done.returncode == 0:
        return None
    if done.returncode == _FAILED or not begun:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise GeomapError(f"{piece.part} cannot be worked on: {said}", hint="look into the worker's log")
    return int(begun[-1])


def main() -> None:
    """Be the process that may die: read the job from standard input, say each record's number before it is begun."""
    job = json.load(sys.stdin)
    stretch, file = Stretch(*job["piece"]["stretch"]), InputFile(**job["piece"]["file"])
    try:
        with load_engine(merge(Config(), job["config"], "the job")) as engine:
            _limit_memory(job["memory"])
            for given in FORMATS[file.kind].read(file, stretch):
                if given.number >= job["begin"]:
                    sys.stdout.write(f"{given.number}\n")
                    sys.stdout.flush()
                    faulthandler.dump_traceback_later(LIMIT_S, exit=True)
                    outcome(given, FORMATS[file.kind], engine)
    except GeomapError as error:
        sys.stderr.write(f"{error.message}\n")
        sys.exit(_FAILED)
    except MemoryError:
        os._exit(1)  # nothing more can be relied on


def _limit_memory(most: int | None) -> None:
    """Let the process have no more memory than the worker may; the gazetteer, which is shared, is mapped already."""
    try:
        import resource
    except ImportError:  # Windows
        return
    if most:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main()
