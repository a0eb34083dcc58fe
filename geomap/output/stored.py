"""Reports read back from files: what `geomap map`, `geomap report` and `geomap batch` wrote."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from geomap.errors import ArticleError
from geomap.model import Report
from geomap.output.report import from_dict

STANDARD_INPUT = Path("-")


def stored_reports(paths: Iterable[Path], *, skip: Callable[[str], object] | None = None) -> Iterator[Report]:
    """Yield the reports of files and folders, one at a time.

    A file holds one report, or one a line (``.jsonl``); ``-`` is standard input, which may hold either; of a folder
    every ``report.json`` in it or below is taken, in the order of the names.

    Parameters
    ----------
    paths
        Files and folders.
    skip
        Called with the id of an article of which there is only an error record; without it such a record is an error.

    Raises
    ------
    ArticleError
        A file cannot be read or holds something else, or a folder holds no report.
    """
    for where, data in stored_data(paths, skip=skip):
        try:
            yield from_dict(data)
        except ArticleError as error:
            raise ArticleError(f"{where}: {error.message}", hint=error.hint) from error


def stored_data(paths: Iterable[Path], *, skip: Callable[[str], object] | None = None) -> Iterator[tuple[str, Any]]:
    """Yield what files and folders hold as plain data, unchecked, each with where it stands.

    Paths and ``skip`` are those of `stored_reports`.

    Raises
    ------
    ArticleError
        A file cannot be read or is not JSON, or a folder holds no report.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("report.json"))
            if not inside:
                raise ArticleError(f"{path} holds no report.json", hint="name a folder that geomap map wrote")
            yield from stored_data(inside, skip=skip)
        elif path == STANDARD_INPUT:
            yield from _texts(sys.stdin, "standard input", lines=_are_lines, skip=skip)
        else:
            yield from _in_file(path, skip)


def _in_file(path: Path, skip: Callable[[str], object] | None) -> Iterator[tuple[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from _texts(file, str(path), lines=lambda _: path.suffix == ".jsonl", skip=skip)
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"cannot read {path}: {error}", hint="check the path") from error


def _are_lines(first: str) -> bool:
    """Tell by its first line whether a stream holds one JSON object a line."""
    try:
        json.loads(first)
    except ValueError:
        return False
    return True


def _texts(
    file: TextIO, name: str, *, lines: Callable[[str], bool], skip: Callable[[str], object] | None
) -> Iterator[tuple[str, Any]]:
    first = file.readline()
    if not lines(first):
        yield from _data(first + file.read(), name, skip)
        return
    number = 1
    while first:
        if first.strip():
            yield from _data(first, f"{name}, line {number}", skip)
        first, number = file.readline(), number + 1


def _data(text: str, where: str, skip: Callable[[str], object] | None) -> Iterator[tuple[str, Any]]:
    """Yield what a JSON text holds; nothing where it is an error record that may be skipped."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ArticleError(f"{where} is not JSON: {error}", hint="make it again with geomap report") from error
    if skip is not None and isinstance(data, dict) and "error" in data and "schema" not in data:
        skip(str(data.get("article", {}).get("id")))
        return
    yield where, data
