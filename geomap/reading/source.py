"""One source to one article: a text file, an HTML file, a web page, standard input."""

from __future__ import annotations

import datetime as dt
import re
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from geomap.config import ReadingConfig
from geomap.errors import ArticleError
from geomap.model import Article
from geomap.reading.article import make_article
from geomap.reading.decoding import decode, is_page, refuse_binary
from geomap.reading.raw import BYTES_A_MEGABYTE, Raw, too_large

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def _say_nothing(message: str) -> None:
    """Drop a message."""


def read(  # all but the source is optional and named
    source: str | Path,
    *,
    config: ReadingConfig | None = None,
    title: str | None = None,
    url: str | None = None,
    published_on: dt.date | None = None,
    stdin: BinaryIO | None = None,
    notify: Callable[[str], None] = _say_nothing,
) -> Article:
    """Read an article.

    Parameters
    ----------
    source
        A file, an ``http`` or ``https`` address, or ``-`` for standard input. Whether it is text or a page is decided
        by the content.
    config
        Limits of size and time.
    title, url, published_on
        What is known about the article; it wins over what the page says.
    stdin
        Standard input, where it is not the process's own.
    notify
        Called with what the user should know: redirects, an encoding that was guessed.

    Raises
    ------
    ArticleError
        The source is missing, empty, too large, binary, or in no encoding that fits.
    NetworkError
        The address cannot be reached, or must not be.
    """
    limits = config or ReadingConfig()
    return read_raw(_open(source, limits, stdin, notify), Told(title, url, published_on), notify=notify)


class Told(NamedTuple):
    """What the caller knows about an article, and the id that it shall have."""

    title: str | None = None
    url: str | None = None
    published_on: dt.date | None = None
    id: str | None = None


def read_raw(raw: Raw, told: Told, *, notify: Callable[[str], None] = _say_nothing) -> Article:
    """Read an article from bytes that are at hand: a page or a text, by their content.

    Raises
    ------
    ArticleError
        They are empty, binary, or in no encoding that fits.
    """
    refuse_binary(raw)
    page = is_page(raw)
    text = decode(raw, page=page, notify=notify)
    return _from_page(text, raw, told) if page else _from_text(text, raw, told)


def _from_text(text: str, raw: Raw, told: Told) -> Article:
    url = told.url or raw.url
    article = make_article(text, id=told.id, title=told.title, url=url, published_on=told.published_on)
    return article if article.title else replace(article, title=_headline(article))


def _from_page(text: str, raw: Raw, told: Told) -> Article:
    from geomap.reading.page import extract

    found = extract(text, name=raw.name, url=told.url or raw.url)
    return make_article(
        found.text,
        id=told.id,
        title=told.title or found.title,
        url=told.url or raw.url or found.url,
        published_on=told.published_on or found.published_on,
    )


def _headline(article: Article) -> str | None:
    """Return the longest headline of a plain text; a section label above it ("Iraq") is shorter."""
    lines = [article.quote(s) for s in article.sentences if s.zone == "headline"]
    return max(lines, key=len, default=None)


def _open(source: str | Path, limits: ReadingConfig, stdin: BinaryIO | None, notify: Callable[[str], None]) -> Raw:
    if source == "-":
        return Raw(name="standard input", data=_limited(stdin or sys.stdin.buffer, "standard input", limits))
    if isinstance(source, str) and _ADDRESS.match(source):
        from geomap.reading.web import fetch

        return fetch(source, limits, notify=notify)
    return _read_file(Path(source), limits)


def _read_file(path: Path, limits: ReadingConfig) -> Raw:
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ArticleError(f"{name} is a folder", hint="give one file; for many articles there is geomap batch")
        if status.st_size > limits.max_megabytes * BYTES_A_MEGABYTE:
            raise too_large(name, limits.max_megabytes, status.st_size)
        with path.open("rb") as file:
            data = _limited(file, name, limits)
    except FileNotFoundError as error:
        hint = f"did you mean https://{name}?" if name.startswith("www.") else "check the path"
        raise ArticleError(f"there is no file {name}", hint=hint) from error
    except PermissionError as error:
        raise ArticleError(f"{name} may not be read", hint="check its permissions") from error
    except (OSError, ValueError) as error:
        if isinstance(error, ArticleError):
            raise
        raise ArticleError(f"{name} cannot be read: {error}", hint="check the path and the disk") from error
    return Raw(name=name, data=data, is_html=True if path.suffix.lower() in _PAGE_SUFFIXES else None)


def _limited(stream: BinaryIO, name: str, limits: ReadingConfig) -> bytes:
    """Read a stream to its end, but never more than the limit."""
    most = int(limits.max_megabytes * BYTES_A_MEGABYTE)
    data = stream.read(most + 1)
    if len(data) > most:
        raise too_large(name, limits.max_megabytes)
    return data
