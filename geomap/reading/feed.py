"""RSS and Atom feeds: which articles they announce."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from geomap.config import ReadingConfig
from geomap.errors import ArticleError
from geomap.reading.raw import BYTES_A_MEGABYTE, Raw, too_large


class Entry(NamedTuple):
    """An article that a feed announces. ``key`` is what the feed calls it, or else its address."""

    key: str
    url: str
    title: str | None
    published_on: dt.date | None


def read_feed(source: str, config: ReadingConfig, *, known: Raw, notify: Callable[[str], None]) -> Raw:
    """Read a feed from a file or an address; an address is asked only for what is newer than what is known.

    Raises
    ------
    ArticleError
        The file cannot be read or is too large.
    NetworkError
        The address cannot be reached, or answers with something else.
    """
    if is_web(source):
        from geomap.reading.web import FEEDS, fetch

        return fetch(source, config, notify=notify, kinds=FEEDS, known=known)
    try:
        path = Path(source)
        if path.stat().st_size > config.max_megabytes * BYTES_A_MEGABYTE:
            raise too_large(source, config.max_megabytes, path.stat().st_size)
        return Raw(name=source, data=path.read_bytes())
    except OSError as error:
        raise ArticleError(f"cannot read the feed {source}: {error.strerror}", hint="check the path") from error


def entries(raw: Raw) -> list[Entry]:
    """Return the entries of a feed, the oldest first; those without an address on the web are left out.

    Raises
    ------
    ArticleError
        It is no feed.
    """
    import feedparser

    # Nothing but bytes goes in, so that the library opens no address and no file of its own.
    headers = {"content-location": raw.url} if raw.url else {}
    parsed = feedparser.parse(raw.data, response_headers=headers)
    if not parsed.get("version"):
        raise ArticleError(
            f"{raw.name} is no RSS or Atom feed", hint="look for the feed's address in the page's source"
        )
    found = [_entry(one) for one in reversed(parsed.entries) if is_web(one.get("link", ""))]
    undated = dt.date.min
    return sorted(found, key=lambda entry: entry.published_on or undated)


def _entry(data: Mapping[str, Any]) -> Entry:
    when = data.get("published_parsed") or data.get("updated_parsed")
    day = dt.date(when.tm_year, when.tm_mon, when.tm_mday) if when else None
    return Entry(data.get("id") or data["link"], data["link"], data.get("title") or None, day)


def is_web(address: str) -> bool:
    """Tell whether an address may be asked over the web; a feed must not make us read local files."""
    return urlsplit(address).scheme in ("http", "https")
