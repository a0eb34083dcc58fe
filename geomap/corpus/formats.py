"""The kinds of files that articles come in, each as the four things one does with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from geomap.corpus import jsonl, parquet, warc
from geomap.corpus.nouns import Cut, Given, InputFile, Kind, Stretch
from geomap.model import Article, Span


class Format(NamedTuple):
    """How files of a kind are cut and read, and how a record becomes fields, and those an article."""

    cut: Callable[[InputFile, int], Cut]
    read: Callable[[InputFile, Stretch], Iterator[Given]]
    fields: Callable[[Any], Any]
    article: Callable[[Any], tuple[Article, list[Span] | None]]


FORMATS: dict[Kind, Format] = {
    "jsonl": Format(jsonl.cut, jsonl.read, jsonl.fields, jsonl.article),
    "parquet": Format(parquet.cut, parquet.read, parquet.fields, parquet.article),
    "warc": Format(warc.cut, warc.read, warc.fields, warc.article),
}
