"""One line of a batch: an article in, a report or an error record out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from geomap.errors import GeomapError
from geomap.model import Report
from geomap.output.report import is_pinned, plain_line, to_line
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
        given = _fields(line)
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
    pins = sum(map(is_pinned, report.incidents))
    return Record(to_line(report), incidents=len(report.incidents), pins=pins, unplaced=report.unplaced)


def failed(name: str | None, code: str, message: str) -> Record:
    """Return the record of an article that could not be read."""
    error = {"error": {"code": code, "message": message}, "article": {"id": name}}
    return Record(plain_line(error), failed=True)


def _fields(line: bytes) -> Any:
    """Return the fields of an article's line."""
    import orjson

    try:
        fields = orjson.loads(line)
    except ValueError:  # such as half a surrogate pair, another encoding than UTF-8
        return json.loads(line)
    if isinstance(fields, dict) and isinstance(fields.get("id"), float):  # so an id of more than 64 bits is read
        return json.loads(line)
    return fields
