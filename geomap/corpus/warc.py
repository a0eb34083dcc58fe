"""Articles in WARC (ISO 28500): the pages that a crawl was answered with; the rest is passed over and counted."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any

from geomap.config import ReadingConfig
from geomap.corpus.cutting import stretches
from geomap.corpus.extras import library
from geomap.corpus.files import is_packed, opened
from geomap.corpus.http_body import page_bytes
from geomap.corpus.nouns import Cut, Given, InputFile, Stretch
from geomap.errors import ArticleError
from geomap.model import Article, Span
from geomap.reading.raw import BYTES_A_MEGABYTE, Raw, too_large
from geomap.reading.source import Told, read_raw

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_OK = 200
_LENGTH = re.compile(
    rb"WARC/.*?^content-length:[ \t]*(\d+)[ \t]*(?=\r\n).*?\r\n\r\n", re.IGNORECASE | re.DOTALL | re.MULTILINE
)
_END = b"\r\n\r\n"
_BLOCK = 1 << 20
_LIMIT_MB = ReadingConfig().max_megabytes
_LIMIT = int(_LIMIT_MB * BYTES_A_MEGABYTE)


def cut(file: InputFile, size: int) -> Cut:
    """Cut a file into stretches of ``size`` pages.

    Raises
    ------
    ArticleError
        The file is no WARC, or ends within a record.
    """
    pages: list[int] = []
    records, last = 0, 0
    for record in _records(file):
        records, last = records + 1, record.stream_pos
        if _is_page(record):
            pages.append(last)
    if file.size:
        _check_whole(file, last)
    ends = [*pages[1:], last + 1] if pages else []
    return Cut(tuple(stretches(zip(pages, ends, strict=True), size)), records - len(pages))


def _records(file: InputFile, start: int = 0) -> Iterator[Any]:
    """Yield the records from a byte on."""
    warc = library("fastwarc.warc")
    with opened(file, start) as stream:
        yield from warc.ArchiveIterator(stream, parse_http=False)


def _is_page(record: Any) -> bool:
    """Tell whether a record is a page that a server sent; the head of its answer is read then."""
    if record.record_type != library("fastwarc.warc").WarcRecordType.response or not record.is_http:
        return False
    record.parse_http(auto_decode="none")  # decoding would end the whole file where it fails
    return record.http_headers.status_code == _OK and record.http_content_type in _PAGES


def _check_whole(file: InputFile, last: int) -> None:
    """Make sure that the last record is as long as it says: a crawl that was stopped leaves half of one."""
    with opened(file, last) as stream:
        source: Any = gzip.GzipFile(fileobj=stream) if is_packed(file) else stream
        head = source.read(_BLOCK)
        rest = len(head)
        while block := source.read(_BLOCK):  # what is packed ends here with EOFError where it is cut off
            rest += len(block)
    found = _LENGTH.match(head)
    if found is None or not 0 <= rest - found.end() - int(found[1]) <= len(_END):
        raise ArticleError(
            f"{file.url} ends within the record at byte {last}", hint="fetch it again, or cut it off there"
        )


def read(file: InputFile, stretch: Stretch) -> Iterator[Given]:
    """Yield the pages of a stretch, numbered by pages."""
    number = stretch.first
    for record in _records(file, stretch.start):
        if record.stream_pos >= stretch.stop:
            return
        if _is_page(record):
            yield Given(number, _page(record))
            number += 1


def _page(record: Any) -> dict[str, Any]:
    """Return what is used of a record; of one that is too large, enough to tell so."""
    return {
        "id": str(record.record_id).removeprefix("<urn:uuid:").rstrip(">"),
        "url": record.headers.get("WARC-Target-URI"),
        "charset": record.http_charset,
        "transfer": record.http_headers.get("Transfer-Encoding"),
        "content": record.http_headers.get("Content-Encoding"),
        "body": record.reader.read(_LIMIT + 1),
    }


def fields(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a page as they are."""
    return raw


def article(found: Any) -> tuple[Article, list[Span] | None]:
    """Return the article of a page.

    Raises
    ------
    ArticleError
        There is no text in it, it is too large, or it cannot be decoded.
    """
    name = found["url"] or found["id"]
    try:
        page = page_bytes(found["body"], transfer=found["transfer"], content=found["content"], most=_LIMIT + 1)
    except ValueError as error:
        raise ArticleError(f"{name} cannot be decoded: {error}", hint="fetch the page again") from error
    if len(page) > _LIMIT:
        raise too_large(name, _LIMIT_MB)
    raw = Raw(name=name, data=page, is_html=True, charset=found["charset"], url=found["url"])
    return read_raw(raw, Told(id=found["id"])), None
