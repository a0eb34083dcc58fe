"""Articles in Parquet: columns ``id`` and ``text``, and where they are there ``title``, ``url``, ``published_on``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from geomap.corpus.cutting import joined, stretches
from geomap.corpus.extras import library
from geomap.corpus.files import opened
from geomap.corpus.nouns import Cut, Given, InputFile, Stretch
from geomap.errors import ArticleError
from geomap.model import Article, Span
from geomap.reading.record import article_of

_NEEDED = ("id", "text")
_COLUMNS = (*_NEEDED, "title", "url", "published_on")
_ROWS = 256  # decoded at a time


def cut(file: InputFile, size: int) -> Cut:
    """Cut every row group into stretches of ``size`` rows.

    Raises
    ------
    ArticleError
        The file is no Parquet, or has no such columns.
    """
    found: list[Stretch] = []
    with opened(file) as stream:
        table = _table(file, stream)
        before = 0
        for group in range(table.num_row_groups):
            rows = table.metadata.row_group(group).num_rows
            cuts = joined(stretches(((row, row + 1) for row in range(rows)), size))
            found += [one._replace(first=one.first + before, group=group) for one in cuts]
            before += rows
    return Cut(tuple(found))


def _table(file: InputFile, stream: Any) -> Any:
    parquet, arrow = library("pyarrow.parquet"), library("pyarrow")
    try:
        table = parquet.ParquetFile(stream)
    except arrow.ArrowInvalid as error:
        raise ArticleError(f"{file.url} is no Parquet file: {error}", hint="make it again") from error
    missing = [name for name in _NEEDED if name not in table.schema_arrow.names]
    if missing:
        raise ArticleError(f"{file.url} has no column {missing[0]}", hint=f"name its columns {', '.join(_COLUMNS)}")
    return table


def read(file: InputFile, stretch: Stretch) -> Iterator[Given]:
    """Yield the rows of a stretch, numbered within the file."""
    with opened(file) as stream:
        table = _table(file, stream)
        columns = [name for name in _COLUMNS if name in table.schema_arrow.names]
        row = 0
        for batch in table.iter_batches(batch_size=_ROWS, row_groups=[stretch.group], columns=columns):
            if row >= stretch.stop:
                return
            first, stop = max(stretch.start - row, 0), min(stretch.stop - row, len(batch))
            for at, fields_ in enumerate(batch.slice(first, max(stop - first, 0)).to_pylist(), row + first):
                yield Given(stretch.first + at - stretch.start, fields_)
            row += len(batch)


def fields(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a row, the day as it is written in JSON."""
    if raw["id"] is None:
        raise KeyError("id")
    day = raw.get("published_on")
    if isinstance(day, dt.datetime):
        day = day.date()
    return raw | {"published_on": day.isoformat() if isinstance(day, dt.date) else day}


def article(found: Any) -> tuple[Article, list[Span] | None]:
    """Return the article of the fields."""
    return article_of(found)
