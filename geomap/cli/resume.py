"""The file a batch writes to: ``FILE.part`` until the run is done, and what an interrupted one left is gone on with."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from geomap.config import Config, config_sha256
from geomap.errors import OutputError, UsageError
from geomap.version import __version__

_BLOCK = 1 << 16


class Part:
    """An output in the making; use it as a context manager.

    It takes the output's name when the block ends well. After an error or an interruption, even a power cut, the
    finished lines stay in it for ``--resume``; an empty one goes.
    """

    def __init__(self, output: Path, *, again: bool, resume: bool) -> None:
        self.output, self.path = output, output.with_name(output.name + ".part")
        self._resume = resume
        if self.path.exists() and not resume and not again:
            raise OutputError(
                f"{self.path} is what an interrupted run left",
                hint="use --resume to go on with it, or --overwrite to begin again",
            )
        if resume and self.path.exists():
            _cut_half_line(self.path)
        self._file = self.path.open("ab" if resume else "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
        if kind is None:
            self.path.replace(self.output)
        elif not self.path.stat().st_size:
            self.path.unlink()

    def write(self, line: bytes) -> int:
        """Write a line."""
        return self._file.write(line)

    def skip(self, articles: Iterator[bytes], config: Config) -> int:
        """Take the articles that are done from the input; return how many those are.

        Raises
        ------
        UsageError
            What is done belongs to another input, other settings or another version.
        """
        if not self._resume:
            return 0
        count = 0
        with self.path.open("rb") as done:
            for count, line in enumerate(done, 1):
                record, article = json.loads(line), next(articles, None)
                name = record["article"]["id"]
                if article is None or _id(article) != name:
                    raise UsageError(
                        f"{self.path}, line {count} is of article {name!r}, which is not the input's",
                        hint="give the input of the interrupted run, or use --overwrite without --resume",
                    )
                _check_provenance(record.get("provenance"), config, self.path)
        return count


def _cut_half_line(path: Path) -> None:
    """Cut what was being written when the run was killed: all that stands after the last line feed."""
    with path.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - _BLOCK)
            file.seek(start)
            at = file.read(end - start).rfind(b"\n")
            if at >= 0:
                file.truncate(start + at + 1)
                return
            end = start
        file.truncate(0)


def _id(article: bytes) -> str | None:
    try:
        return str(json.loads(article)["id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _check_provenance(made: Any, config: Config, path: Path) -> None:
    if made and (made["geomap"], made["config_sha256"]) != (__version__, config_sha256(config)):
        raise UsageError(
            f"{path} was begun with another version or other settings",
            hint="use the same ones, or --overwrite without --resume",
        )
