"""Files wherever fsspec reaches: finding the input, reading it, and writing results whole or not at all."""

from __future__ import annotations

import contextlib
import os
import posixpath
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from geomap.corpus.extras import library
from geomap.corpus.nouns import InputFile, Kind
from geomap.errors import ArticleError, GeomapError, OutputError, UsageError

_PACKED = (".gz", ".bz2", ".xz", ".zst", "")
_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "jsonl": tuple(kind + packed for kind in (".jsonl", ".ndjson", ".json") for packed in _PACKED),
    "parquet": (".parquet", ".pq"),
    "warc": (".warc.gz", ".warc"),
}
HALF_WRITTEN = ".half-"


def input_files(sources: Sequence[str]) -> list[InputFile]:
    """Return the files of paths, globs, folders and addresses, each once, in the order of their addresses.

    Raises
    ------
    UsageError
        Nothing is there, a file is of no known kind, or the store needs a library that is not installed.
    """
    found: dict[str, dict[str, Any]] = {}
    for source in sources:
        found |= dict(_find(source))
    root = posixpath.commonpath([posixpath.dirname(url.partition("://")[2]) or "/" for url in found])
    return [
        InputFile(
            url=url,
            name=posixpath.relpath(url.partition("://")[2], root),
            kind=_kind(url),
            size=found[url].get("size"),
            stamp=_stamp(found[url]),
        )
        for url in sorted(found)
    ]


def _find(source: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address and the store's own words about every file of a source."""
    fs, path = _store_of(source)
    try:
        if any(mark in path for mark in "*?["):
            paths = [one for one in fs.glob(path) if fs.isfile(one)]
        elif fs.isdir(path):
            paths = [one for one in fs.find(path) if _kind_of(one)]
        else:
            paths = [path] if fs.exists(path) else []
        listed = [(str(fs.unstrip_protocol(one)), fs.info(one)) for one in paths]
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error}", hint="check the address and the permissions") from error
    if not listed:
        raise UsageError(f"there is no file {source}", hint="check the path; quote a glob with ' '")
    yield from listed


def _store_of(url: str) -> tuple[Any, str]:
    """Return the file system of an address and the path in it."""
    core = library("fsspec.core")
    try:
        fs, path = core.url_to_fs(str(url))
    except ImportError as error:
        raise UsageError(f"{url}: {error}", hint="install the library that it names, on every machine") from error
    except ValueError as error:
        raise UsageError(f"{url}: {error}", hint="give a path, or an address like s3://bucket/folder") from error
    return fs, path


def _kind_of(path: str) -> Kind | None:
    name = path.lower().partition("?")[0]
    return next((kind for kind, suffixes in _SUFFIXES.items() if name.endswith(suffixes)), None)


def _kind(url: str) -> Kind:
    kind = _kind_of(url)
    if kind is None:
        raise UsageError(f"{url} is of no known kind", hint="known: .jsonl, .jsonl.gz, .parquet, .warc.gz, .warc")
    return kind


def _stamp(info: dict[str, Any]) -> str:
    names = ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "mtime", "created")
    return next((str(info[name]) for name in names if info.get(name)), "")


@contextlib.contextmanager
def opened(file: InputFile, start: int = 0, *, unpacked: bool = False) -> Iterator[BinaryIO]:
    """Open a file of the input at a byte, decompressed by its suffix if that is asked for.

    Raises
    ------
    ArticleError
        It cannot be read.
    """
    try:
        with library("fsspec").open(file.url, "rb", compression="infer" if unpacked else None) as stream:
            if start:
                stream.seek(start)
            yield stream
    except (OSError, EOFError, ImportError, ValueError) as error:
        if isinstance(error, GeomapError):
            raise
        raise ArticleError(
            f"{file.url} cannot be read: {error}", hint="check the file; every worker must reach it there"
        ) from error


def is_packed(file: InputFile) -> bool:
    """Tell whether a file is compressed as a whole, so that its middle is reached only from its beginning."""
    return file.url.lower().endswith(tuple(filter(None, _PACKED)))


class Folder:
    """The folder that a run writes to: a path, or an address of an object store.

    ``name`` is what the user calls it, ``url`` what every machine does.

    On a disk a file is written beside its place and renamed, on an object store a put is atomic: either way readers see
    a file whole or not at all.
    """

    def __init__(self, url: str) -> None:
        self.name = url
        self._fs, self._root = _store_of(url)
        self.url = str(self._fs.unstrip_protocol(self._root))
        self._is_local = bool(self._fs.protocol == "file" or "file" in self._fs.protocol)

    def write(self, name: str, content: bytes) -> None:
        """Write a file below the folder.

        Raises
        ------
        OutputError
            It cannot be written.
        """
        try:
            if self._is_local:
                _write_local(Path(self._root, name), content)
            else:
                self._fs.pipe_file(self._path(name), content)
        except OSError as error:
            raise OutputError(
                f"cannot write {self.name}/{name}: {error}", hint="check the place and its space"
            ) from error

    def read(self, name: str) -> bytes | None:
        """Return a file below the folder; None where there is none."""
        try:
            return bytes(self._fs.cat_file(self._path(name)))
        except FileNotFoundError:
            return None

    def sizes(self) -> dict[str, int]:
        """Return the names of all files below the folder with their sizes in bytes, however many: one listing."""
        self._fs.invalidate_cache()  # others write here, too
        try:
            listed = self._fs.find(self._root, detail=True)
        except FileNotFoundError:
            return {}
        root = self._root.rstrip("/") + "/"
        return {path.removeprefix(root): int(info["size"] or 0) for path, info in listed.items()}

    def read_all(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return many files; object stores are asked for many at once."""
        if not names:
            return {}
        found = self._fs.cat([self._path(name) for name in names])
        if isinstance(found, bytes):
            return {names[0]: found}
        return {name: bytes(found[path]) for name in names if (path := self._path(name)) in found}

    def remove(self, names: Sequence[str]) -> None:
        """Remove files below the folder."""
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                self._fs.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


def _write_local(path: Path, content: bytes) -> None:
    """Write beside the place, make sure that the disk has it, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{HALF_WRITTEN}{path.name}.{uuid.uuid4().hex}")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
