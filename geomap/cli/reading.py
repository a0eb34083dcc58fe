"""Reading an article for a verb, with what the command line tells about it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self

from geomap.config import Config
from geomap.model import Article


class Told(NamedTuple):
    """What the command line tells about an article; it wins over what the source says."""

    published: dt.date | None = None
    title: str | None = None
    source_url: str | None = None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Take the article options out of a verb's options."""
        return cls(options.get("published"), options.get("title"), options.get("source_url"))


def read_article(source: str, config: Config, told: Told, notify: Callable[[str], None]) -> Article:
    """Read a file, a URL or standard input (``-``)."""
    from geomap.reading.source import read

    return read(
        source,
        config=config.reading,
        title=told.title,
        url=told.source_url,
        published_on=told.published,
        stdin=sys.stdin.buffer,
        notify=notify,
    )
