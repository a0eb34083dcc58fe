"""One line of a batch: an article in, a report or an error record out."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from geomap.cli.outcome import unplaced
from geomap.errors import GeomapError
from geomap.model import Report, Span
from geomap.output.geojson import is_pinned
from geomap.pipeline import Engine, geoparse


class Record(NamedTuple):
    """A line of the output, with its line feed, and what it counts for."""

    line: bytes
    failed: bool = False
    incidents: int = 0
    pins: int = 0
    unplaced: int = 0


@dataclass(slots=True)
class Counts:
    """What a run found."""

    articles: int = 0
    errors: int = 0
    incidents: int = 0
    pins: int = 0
    unplaced: int = 0

    def add(self, record: Record) -> None:
        """Count a line."""
        self.articles += 1
        self.errors += record.failed
        self.incidents += record.incidents
        self.pins += record.pins
        self.unplaced += record.unplaced


def record_of(line: bytes, engine: Engine) -> Record:
    """Turn one input line into one output line; an article that cannot be read becomes an error record."""
    name = None
    try:
        given = json.loads(line)
        name = str(given["id"])
        return report_record(_report(given, name, engine))
    except GeomapError as error:
        return failed(name, error.code, error.message)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return failed(name, "input", f"not an article: {type(error).__name__}: {error}")
    except RecursionError:
        return failed(name, "input", "not an article: nested too deeply")


def report_record(report: Report) -> Record:
    """Return the record of a report."""
    from geomap.output.report import to_json

    text = to_json(report)
    pins = sum(map(is_pinned, report.incidents))
    return Record(_encoded(text), incidents=len(report.incidents), pins=pins, unplaced=unplaced(report))


def _report(given: dict[str, Any], name: str, engine: Engine) -> Report:
    from geomap.reading.article import make_article

    day = given.get("published_on")
    article = make_article(
        given["text"], id=name, title=given.get("title"), url=given.get("url"),
        published_on=dt.date.fromisoformat(day) if day else None,
    )  # fmt: skip
    mentions = given.get("mentions")
    spans = None if mentions is None else [_span(one, len(article.text)) for one in mentions]
    return geoparse(article, engine, spans=spans)


def _span(given: dict[str, int], length: int) -> Span:
    span = Span(given["start"], given["end"])
    if not 0 <= span.start < span.end <= length:
        raise ValueError(f"the mention at {span.start} to {span.end} does not lie in the text")
    return span


def failed(name: str | None, code: str, message: str) -> Record:
    """Return the record of an article that could not be read."""
    error = {"error": {"code": code, "message": message}, "article": {"id": name}}
    return Record(_encoded(json.dumps(error, ensure_ascii=False)), failed=True)


def _encoded(text: str) -> bytes:
    """Return a line in UTF-8; half a surrogate pair in an id or a message is written as its escape."""
    return text.encode("utf-8", errors="backslashreplace") + b"\n"
