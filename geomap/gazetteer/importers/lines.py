"""Lines of a text file of any size, plain or zipped, with the share read told as they go."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from geomap.errors import GazetteerError

STEP = 100_000  # lines between two words of progress


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open a file, or the one table inside a zip archive; give it with its size in bytes.

    Raises
    ------
    GazetteerError
        It cannot be read, or the archive holds no table or several.
    """
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                yield file, path.stat().st_size
            return
        with zipfile.ZipFile(path) as archive:
            member = _member(archive, path)
            with archive.open(member) as file:
                yield file, member.file_size
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        raise GazetteerError(f"cannot read {path}: {error}", hint="check the file, or fetch it again") from error


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    tables = [
        info
        for info in archive.infolist()
        if info.filename.lower().endswith((".txt", ".csv", ".tsv")) and not info.filename.lower().startswith("readme")
    ]
    named = [info for info in tables if Path(info.filename).stem == path.stem]
    if len(named or tables) != 1:
        raise GazetteerError(f"{path} holds {len(tables)} tables", hint="unzip it and add the one that is meant")
    return (named or tables)[0]


def read_lines(path: Path, progress: Callable[[str], None], doing: str = "reading") -> Iterator[str]:
    """Yield the lines of a file.

    Raises
    ------
    GazetteerError
        It cannot be read or is not UTF-8.
    """
    with opened(path) as (file, size):
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="\n")
        done = 0
        try:
            for number, line in enumerate(text, 1):
                yield line
                done += len(line)
                if number % STEP == 0:
                    progress(f"{doing} {path.name}, {number:,} lines {min(99, done * 100 // max(1, size))} %")
        except UnicodeDecodeError as error:
            raise GazetteerError(f"{path} is not UTF-8: {error}", hint="convert it to UTF-8") from error


def first_line(path: Path) -> str:
    """Return the first line of a text file, empty where there is none."""
    return next(read_lines(path, lambda _: None), "").rstrip("\r\n")
