"""Articles in JSON Lines, plain or compressed: a line a record, lines of blanks left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from geomap.corpus.cutting import joined, stretches
from geomap.corpus.files import is_packed, opened
from geomap.corpus.nouns import Cut, Given, InputFile, Stretch
from geomap.model import Article, Span
from geomap.reading.record import article_of


def cut(file: InputFile, size: int) -> Cut:
    """Cut a file into stretches of ``size`` lines; of a compressed one, no more than is good for it."""
    with opened(file, unpacked=True) as stream:
        found = stretches(_places(stream), size)
    return Cut(tuple(joined(found) if is_packed(file) else found))


def _places(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Yield where each line begins and ends."""
    at = 0
    for line in stream:
        if not line.isspace():
            yield at, at + len(line)
        at += len(line)


def read(file: InputFile, stretch: Stretch) -> Iterator[Given]:
    """Yield the lines of a stretch, numbered by records."""
    at, number = stretch.start, stretch.first
    with opened(file, stretch.start, unpacked=True) as stream:
        while at < stretch.stop and (line := stream.readline()):
            at += len(line)
            if not line.isspace():
                yield Given(number, line)
                number += 1


def fields(raw: bytes) -> Any:
    """Return the fields of a line."""
    return json.loads(raw)


def article(found: Any) -> tuple[Article, list[Span] | None]:
    """Return the article of the fields, and the spans that are given."""
    return article_of(found)
