"""Articles in WARC (ISO 28500): the pages that a crawl was answered with; the rest is passed over and counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geomap.config import ReadingConfig
from geomap.corpus.cutting import stretches
from geomap.corpus.extras import library
from geomap.corpus.files import opened
from geomap.corpus.nouns import Cut, Given, InputFile, Stretch
from geomap.errors import ArticleError
from geomap.model import Article, Span
from geomap.reading.raw import BYTES_A_MEGABYTE, Raw, too_large
from geomap.reading.source import Told, read_raw

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_OK = 200
_LIMIT_MB = ReadingConfig().max_megabytes


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
    if records:
        _check_whole(file, last)
    ends = [*pages[1:], last + 1] if pages else []
    return Cut(tuple(stretches(zip(pages, ends, strict=True), size)), records - len(pages))


def _records(file: InputFile, start: int = 0) -> Iterator[Any]:
    """Yield the records from a byte on."""
    warc = library("fastwarc.warc")
    with opened(file, start) as stream:
        yield from warc.ArchiveIterator(stream, parse_http=False)


def _is_page(record: Any) -> bool:
    """Tell whether a record is a page that a server sent; its answer's head is read then."""
    if record.record_type != library("fastwarc.warc").WarcRecordType.response or not record.is_http:
        return False
    record.parse_http(auto_decode="all")
    return record.http_headers.status_code == _OK and record.http_content_type in _PAGES


def _check_whole(file: InputFile, last: int) -> None:
    """Make sure that the last record is as long as it says: a crawl that was stopped leaves half of one."""
    for record in _records(file, last):
        said = record.headers.get("Content-Length")
        if said is None or len(record.reader.read()) < int(said):
            raise ArticleError(
                f"{file.url} ends within the record at byte {last}", hint="fetch it again, or cut it off there"
            )
        return


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
        "page": record.reader.read(int(_LIMIT_MB * BYTES_A_MEGABYTE) + 1),
    }


def fields(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a page as they are."""
    return raw


def article(found: Any) -> tuple[Article, list[Span] | None]:
    """Return the article of a page.

    Raises
    ------
    ArticleError
        There is no text in it, or it is too large.
    """
    name = found["url"] or found["id"]
    if len(found["page"]) > _LIMIT_MB * BYTES_A_MEGABYTE:
        raise too_large(name, _LIMIT_MB)
    raw = Raw(name=name, data=found["page"], is_html=True, charset=found["charset"], url=found["url"])
    return read_raw(raw, Told(id=found["id"])), None
