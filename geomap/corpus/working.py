"""A piece of the input to its partition of every table: the same bytes, whoever does it and however often."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from typing import Any, NamedTuple

from geomap.corpus.files import Folder
from geomap.corpus.formats import FORMATS, Format
from geomap.corpus.nouns import Given, Piece, Tally, Trouble
from geomap.corpus.tables import TABLES, Partition, Table, incident_rows
from geomap.errors import GeomapError
from geomap.model import Report
from geomap.output.report import is_pinned, to_line
from geomap.pipeline import Engine, geoparse

_DEADLY = Trouble(
    id=None,
    kind="killed",
    message="the process that worked on it died, each time",
    remedy="try it alone on a machine with more memory; if it dies there too, tell geomap's makers",
)


def work(piece: Piece, engine: Engine, goal: Folder, deadly: Collection[int] = ()) -> dict[str, Any]:
    """Work through a piece, write its partitions and then the note that says that they are whole; return the note.

    Parameters
    ----------
    piece, engine, goal
        What to read, what to work with, where to write.
    deadly
        Numbers of the records that kill the process that works on them: they become errors unread.

    Raises
    ------
    ArticleError
        The file cannot be read, or is not what it was when the input was cut.
    OutputError
        A partition cannot be written.
    """
    partitions = {table: Partition(table) for table in TABLES}
    tally, chosen = Tally(), FORMATS[piece.file.kind]
    for given in chosen.read(piece.file, piece.stretch):
        where = {"file": piece.file.name, "number": given.number}
        found = _DEADLY if given.number in deadly else outcome(given, chosen, engine)
        tally += _add(partitions, found, where)
    if tally.articles != piece.stretch.articles:
        raise GeomapError(
            f"{piece.file.url} holds {tally.articles} articles where it held {piece.stretch.articles}",
            hint="leave the input alone while a run reads it, then run again with --overwrite",
        )
    return _write(piece, tally, partitions, goal)


class Rows(NamedTuple):
    """What the tables hold of an article that has a report."""

    report: dict[str, Any]
    incidents: list[dict[str, Any]]


def outcome(given: Given, chosen: Format, engine: Engine) -> Rows | Trouble:
    """Return what is written of a record, or why nothing is. Only a lack of memory is not survived."""
    name = None
    try:
        fields = chosen.fields(given.raw)
        name = str(fields["id"])
        article, spans = chosen.article(fields)
        return _rows(geoparse(article, engine, spans=spans))
    except MemoryError:
        raise
    except GeomapError as error:
        return Trouble(id=name, kind=error.code, message=error.message, remedy=error.hint)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return _no_article(name, f"{type(error).__name__}: {error}")
    except RecursionError:
        return _no_article(name, "nested too deeply")
    except Exception as error:  # noqa: BLE001  # one article never stops the other ten million
        message = f"{type(error).__name__}: {error}"
        return Trouble(id=name, kind="internal", message=message, remedy="tell geomap's makers, with the article")


def _no_article(name: str | None, why: str) -> Trouble:
    remedy = "compare it with what `geomap batch --help` says about its fields"
    return Trouble(id=name, kind="input", message=f"not an article: {why}", remedy=remedy)


def _rows(report: Report) -> Rows:
    incidents = incident_rows(report)
    counts = {
        "incidents": len(incidents), "pins": sum(map(is_pinned, report.incidents)), "unplaced": report.unplaced,
    }  # fmt: skip
    return Rows({"id": report.article.id, **counts, "report": to_line(report).decode().rstrip("\n")}, incidents)


def _add(partitions: dict[Table, Partition], found: Rows | Trouble, where: dict[str, Any]) -> Tally:
    """Add what became of an article to the tables: a row of reports or one of errors, never both, never none."""
    if isinstance(found, Trouble):
        row = {"kind": found.kind, "message": found.message, "remedy": found.remedy}
        partitions["errors"].add({"id": found.id, **where, **row})
        return Tally(articles=1, errors=1)
    partitions["reports"].add(found.report | where)
    for incident in found.incidents:
        partitions["incidents"].add(incident)
    counts = {name: found.report[name] for name in ("incidents", "pins", "unplaced")}
    return Tally(articles=1, reports=1, **counts)


def _write(piece: Piece, tally: Tally, partitions: dict[Table, Partition], goal: Folder) -> dict[str, Any]:
    note: dict[str, Any] = {"piece": piece.number, **tally.to_dict(), "files": {}}
    for table, partition in partitions.items():
        content, name = partition.packed(), f"{table}/{piece.part}.parquet"
        goal.write(name, content)
        sha256 = hashlib.sha256(content).hexdigest()
        note["files"][name] = {"rows": partition.rows, "bytes": len(content), "sha256": sha256}
    goal.write(note_name(piece), json.dumps(note, indent=1).encode())
    return note


def note_name(piece: Piece) -> str:
    """Return the name of the note that a whole piece leaves."""
    return f"_pieces/{piece.part}.json"
