"""One line of a batch: an article in, a report or an error record out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from geomap.errors import GeomapError
from geomap.model import Report
from geomap.output.geojson import is_pinned
from geomap.pipeline import Engine, geoparse
from geomap.reading.record import article_of


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
        article, spans = article_of(given)
        return report_record(geoparse(article, engine, spans=spans))
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
    return Record(_encoded(text), incidents=len(report.incidents), pins=pins, unplaced=report.unplaced)


def failed(name: str | None, code: str, message: str) -> Record:
    """Return the record of an article that could not be read."""
    error = {"error": {"code": code, "message": message}, "article": {"id": name}}
    return Record(_encoded(json.dumps(error, ensure_ascii=False)), failed=True)


def _encoded(text: str) -> bytes:
    """Return a line in UTF-8; half a surrogate pair in an id or a message is written as its escape."""
    return text.encode("utf-8", errors="backslashreplace") + b"\n"
