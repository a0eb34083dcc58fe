"""Takes out of a store, in few questions, all that a batch of reports can touch."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from geomap.archive.nouns import Event, Link, Telling
from geomap.archive.store import rows
from geomap.archive.store.schema import article, block, decision, event, move, telling

MOST = 10_000  # values of one question; SQLite takes 32,766
_Value = TypeVar("_Value", str, int)


def cut(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """Yield distinct values in pieces that a question can hold; sorted ones are found faster."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), MOST):
        yield ordered[start : start + MOST]


@dataclass(slots=True, kw_only=True)
class Numbers:
    """The rows that were read: the numbers of tellings by key, of events by id the number and the whole row."""

    tellings: dict[str, int] = field(default_factory=dict)
    events: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)


def known_articles(db: Connection, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the rows of articles that are there already, by their keys."""
    wanted = select(article)
    parts = (db.execute(wanted.where(article.c.key.in_(part))).mappings() for part in cut(keys))
    return {row["key"]: dict(row) for part in parts for row in part}


def tellings_of(db: Connection, article_keys: Iterable[str]) -> dict[str, list[tuple[Telling, str]]]:
    """Return the tellings of articles with the ids of their events, by the articles' keys."""
    found: dict[str, list[tuple[Telling, str]]] = defaultdict(list)
    wanted = rows.select_tellings().order_by(None).order_by(telling.c.fid)
    for part in cut(article_keys):
        for row in db.execute(wanted.where(telling.c.article_key.in_(part))):
            found[row.article_key].append((rows.telling_of(rows.telling_values(row)), row.event_id))
    return found


def leads(db: Connection, keys: Iterable[str]) -> list[tuple[str, int, str]]:
    """Return which tellings have a block, and their events: block, number of the telling, id of the event."""
    wanted = select(block.c.key, block.c.telling, telling.c.event_id).join_from(block, telling)
    found: list[tuple[str, int, str]] = []
    for part in cut(keys):
        found += [tuple(row) for row in db.execute(wanted.where(block.c.key.in_(part)))]
    return found


def load_events(db: Connection, ids: Iterable[str], numbers: Numbers | None = None) -> dict[str, Event]:
    """Return events by their ids, each with its tellings; what is not there is left out."""
    found: dict[str, Event] = {}
    for part in cut(ids):
        listed = db.execute(rows.select_events().where(event.c.id.in_(part))).all()
        found |= {one.id: one for one in with_tellings(db, listed, numbers)}
        if numbers is not None:
            numbers.events |= {row.id: (row.fid, rows.event_values(row)) for row in listed}
    return found


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep the garbage collector from looking for cycles in what has none: it takes a sixth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@no_collecting()
def with_tellings(db: Connection, listed: Sequence[Any], numbers: Numbers | None = None) -> list[Event]:
    """Return the events of rows, in their order, with their tellings."""
    members: dict[str, list[tuple[Telling, Link]]] = defaultdict(list)
    for part in cut(row.id for row in listed):
        for row in db.execute(rows.select_tellings().where(telling.c.event_id.in_(part))):
            values = rows.telling_values(row)
            one = rows.telling_of(values)
            members[values["event_id"]].append((one, rows.link_of(values)))
            if numbers is not None:
                numbers.tellings[one.key] = values["fid"]
    return [rows.event_of(rows.event_values(row), members[row.id]) for row in listed]


def homes(db: Connection, article_keys: Iterable[str]) -> dict[str, tuple[str, Link]]:
    """Return where people put the tellings of articles: event and link by the telling's key. The last word counts."""
    wanted = (
        select(move.c.article_key, move.c.incident_id, move.c.to_event, decision.c.who, decision.c.why)
        .join_from(move, decision)
        .where(decision.c.undone_at.is_(None))
        .order_by(decision.c.fid)
    )
    return {
        f"{row.article_key}/{row.incident_id}": (row.to_event, decided(row.who, row.why))
        for part in cut(article_keys)
        for row in db.execute(wanted.where(move.c.article_key.in_(part)))
    }


def decided(who: str, why: str) -> Link:
    """Return the link of a telling that a person put where it is."""
    return Link(score=1.0, reasons={why or "decided": 1.0}, by=who)
