"""Writing result files: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from geomap.errors import OutputError


def check_writable(path: Path, *, overwrite: bool = False) -> None:
    """Make sure that a file may be written, before any work is done for it.

    Raises
    ------
    OutputError
        It exists and is not to be replaced, or it is a folder.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder", hint="name a file")
    if path.exists() and not overwrite:
        raise OutputError(f"{path} exists already", hint="use --overwrite to replace it")


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text file in UTF-8, making its folder; readers see the old file or the new one, never a half.

    Raises
    ------
    OutputError
        The file exists and is not to be replaced, or it cannot be written.
    """
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise OutputError(f"the text for {path} holds half a surrogate pair: {error.reason}") from error
    write_bytes(path, content, overwrite=overwrite)


def write_changed(path: Path, text: str) -> bool:
    """Write a text file unless it holds this text already; tell whether it was written."""
    if path.is_file() and path.read_bytes() == text.encode("utf-8", "surrogatepass"):
        return False
    write_text(path, text, overwrite=True)
    return True


def write_bytes(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file of bytes as `write_text` does a text."""
    with new_file(path, overwrite=overwrite) as part:
        part.write_bytes(content)


@contextlib.contextmanager
def new_file(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a path beside a file, to be written to; it becomes the file when the block ends well, else it goes.

    Raises
    ------
    OutputError
        The file exists and is not to be replaced, or it cannot be written.
    """
    check_writable(path, overwrite=overwrite)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".part-") as folder:
            part = Path(folder, path.name)
            yield part
            _make_sure(part)
            part.chmod(_mode(path))
            part.replace(path)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write {path}: {reason}", hint="check the folder and its permissions") from error


def _make_sure(part: Path) -> None:
    """Wait until the disk has the file."""
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _mode(path: Path) -> int:
    """Return the mode of the file to be replaced, or what the process gives new files."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
