"""Reports read back from files: what `geomap map` and `geomap batch` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from geomap.errors import ArticleError
from geomap.model import Report
from geomap.output.report import from_dict


def stored_reports(paths: Iterable[Path]) -> Iterator[Report]:
    """Yield the reports of files and folders, one at a time.

    A file holds one report (``.json``) or one a line (``.jsonl``); of a folder every ``report.json`` in it or below is
    taken, in the order of the names.

    Raises
    ------
    ArticleError
        A file cannot be read or holds something else, or a folder holds no report.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("report.json"))
            if not inside:
                raise ArticleError(f"{path} holds no report.json", hint="name a folder that geomap map wrote")
            yield from stored_reports(inside)
        else:
            yield from _in_file(path)


def _in_file(path: Path) -> Iterator[Report]:
    try:
        with path.open(encoding="utf-8") as file:
            texts = enumerate(file, 1) if path.suffix == ".jsonl" else [(0, file.read())]
            for number, text in texts:
                if text.strip() or not number:
                    yield _report(text, f"{path}, line {number}" if number else str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"cannot read {path}: {error}", hint="check the path") from error


def _report(text: str, where: str) -> Report:
    try:
        return from_dict(json.loads(text))
    except json.JSONDecodeError as error:
        raise ArticleError(f"{where} is not JSON: {error}", hint="make it again with geomap report") from error
    except ArticleError as error:
        raise ArticleError(f"{where}: {error.message}", hint=error.hint) from error
