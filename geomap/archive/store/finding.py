"""Events come out: one by its id, or all that a query wants, the latest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, cast, column, func, literal_column, or_, select, table

from geomap.archive.nouns import Event, Query
from geomap.archive.store import rows
from geomap.archive.store.loading import load_events, with_tellings
from geomap.archive.store.opening import Store
from geomap.archive.store.schema import event, move
from geomap.archive.store.types import WGS84
from geomap.errors import OutputError
from geomap.model import BBox

CHUNK = 500
_INDEX = table("event_place_time", *map(column, ("id", "west", "east", "south", "north", "first", "last")))
_BOXES = table("rtree_event_geom", *map(column, ("id", "minx", "maxx", "miny", "maxy")))


def events(store: Store, query: Query | None = None, *, limit: int | None = None) -> Iterator[Event]:
    """Yield the events that a query wants, the latest first, undated ones last; memory does not grow with them.

    An event without days of its own is found under those on which its articles were published.
    """
    wanted = rows.select_events().where(*conditions(query or Query(), store.is_file))
    wanted = wanted.order_by(event.c.last_day.desc().nulls_last(), event.c.id.desc()).limit(limit)
    with store.reading() as db:
        for part in db.execution_options(yield_per=CHUNK).execute(wanted).partitions():
            yield from with_tellings(db, part)


def count(store: Store, query: Query | None = None) -> int:
    """Return how many events a query wants."""
    wanted = select(func.count()).select_from(event).where(*conditions(query or Query(), store.is_file))
    with store.reading() as db:
        return int(db.execute(wanted).scalar_one())


def find(store: Store, name: str) -> Event:
    """Return the event of an id, or of the beginning of one; of an event that was merged, what it became.

    Raises
    ------
    OutputError
        No event has it, or several have.
    """
    with store.reading() as db:
        return load_events(db, [resolve(db, name)]).popitem()[1]


def resolve(db: Any, name: str) -> str:
    """Return the whole id of an event that is given by its id, the beginning of it, or that of a merged one.

    Raises
    ------
    OutputError
        No event has it, or several have.
    """
    if not name.isalnum():
        raise OutputError(f"{name!r} is not the id of an event", hint="see `geomap store list`")
    named = event.c.id.startswith(name.lower(), autoescape=True)
    found = db.execute(select(event.c.id).where(named).order_by(event.c.id).limit(3)).scalars().all()
    if len(found) > 1:
        raise OutputError(f"{name} begins the ids of several events", hint=f"such as {', '.join(found)}")
    if found:
        return str(found[0])
    merged = select(move.c.to_event).where(move.c.from_event == name.lower()).order_by(move.c.fid.desc()).limit(1)
    later = db.execute(merged.where(move.c.to_event != move.c.from_event)).scalar()
    if later is None:
        raise OutputError(f"there is no event {name}", hint="see `geomap store list`")
    return resolve(db, later)


def conditions(query: Query, is_file: bool) -> list[ColumnElement[bool]]:  # noqa: FBT001
    """Return what a query asks of a row of ``event``."""
    values = {name: getattr(query, name) for name in ("kind", "country_code", "grade")}
    asked: list[ColumnElement[bool]] = [event.c[name] == value for name, value in values.items() if value is not None]
    if query.actor is not None:
        asked.append(event.c.actors.icontains(query.actor, autoescape=True))
    if query.box is not None:
        asked.append(_in_file(query, query.box) if is_file else _in_postgis(query, query.box))
    if query.since is not None:
        asked.append(event.c.last_day >= query.since)
    if query.until is not None:
        asked.append(event.c.first_day <= query.until)
    return asked


def _in_file(query: Query, box: BBox) -> ColumnElement[bool]:
    """Ask the index over space and time, or the one over space alone where no days are asked for."""
    dated = query.since is not None or query.until is not None
    index, names = (_INDEX, ("west", "east", "south", "north")) if dated else (_BOXES, ("minx", "maxx", "miny", "maxy"))
    west, east, south, north = (index.c[name] for name in names)
    when = [index.c.last >= _day_number(query.since)] if query.since is not None else []
    when += [index.c.first <= _day_number(query.until)] if query.until is not None else []
    found = [
        select(index.c.id).where(west <= part.east, east >= part.west, south <= part.north, north >= part.south, *when)
        for part in _parts(box)
    ]
    exact = or_(
        *(
            and_(event.c.longitude.between(part.west, part.east), event.c.latitude.between(part.south, part.north))
            for part in _parts(box)
        )
    )
    return and_(or_(*(event.c.fid.in_(one) for one in found)), exact)


def _in_postgis(query: Query, box: BBox) -> ColumnElement[bool]:
    inside = [
        literal_column("geom").op("&&", is_comparison=True)(func.ST_MakeEnvelope(*part, WGS84)) for part in _parts(box)
    ]
    when = literal_column("daterange(first_day, last_day, '[]')").op("&&", is_comparison=True)(
        func.daterange(cast(query.since, Date), cast(query.until, Date), "[]")
    )
    return and_(or_(*inside), when) if query.since or query.until else or_(*inside)


def _parts(box: BBox) -> list[BBox]:
    """Return a box as boxes that do not cross the antimeridian."""
    if box.west <= box.east:
        return [box]
    return [box._replace(east=180.0), box._replace(west=-180.0)]


def _day_number(day: dt.date) -> float:
    """Return a day as SQLite's ``julianday`` counts: the 1st of January 2000 began at 2451544.5."""
    return day.toordinal() - dt.date(2000, 1, 1).toordinal() + 2451544.5
