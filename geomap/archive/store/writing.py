"""Writes what a batch changed, in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Insert,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.types import TypeEngine

from geomap.archive.nouns import Link, Telling
from geomap.archive.store import rows
from geomap.archive.store.loading import Numbers, cut
from geomap.archive.store.schema import block, event, telling
from geomap.archive.store.working import Working

# What the indexes of space and time hold, and what that depends on: where it stays as it is, they are left alone.
_INDEXED = frozenset({"geom", "first_day", "last_day"})
_FOUND_BY = ("longitude", "latitude", "precision", "first_day", "last_day")


def next_fid(db: Connection, table: Table) -> int:
    """Return the number of the next row. Nobody else writes meanwhile."""
    return int(db.execute(select(func.coalesce(func.max(table.c.fid), 0))).scalar_one()) + 1


def write(db: Connection, work: Working, numbers: Numbers) -> None:
    """Write events and tellings: what was removed goes first, empty events go last."""
    remove(db, telling.c.fid, [numbers.tellings[key] for key in work.removed])
    write_events(db, work, numbers)
    _write_tellings(db, work)
    remove(db, event.c.id, [name for name in work.gone if name in numbers.events])


def execute_many(db: Connection, statement: Insert | Update, given: Sequence[Mapping[str, Any]]) -> None:
    """Execute a statement for many rows, which name the same columns.

    SQLAlchemy would build the parameters of each row anew; here each column is made ready at once.
    """
    if not given:
        return
    compiled: Any = statement.compile(dialect=db.dialect, column_keys=list(given[0]))
    names = list(compiled.positiontup if compiled.positional else given[0])
    columns = [_bound(compiled.binds[name].type, [row[name] for row in given], db.dialect) for name in names]
    values: list[Any] = list(zip(*columns, strict=True))
    if not compiled.positional:
        values = [dict(zip(names, row, strict=True)) for row in values]
    db.exec_driver_sql(str(compiled), values)


def _bound(kind: TypeEngine[Any], values: list[Any], dialect: Dialect) -> list[Any]:
    """Return values as the driver takes them."""
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if process is None else [process(value) for value in values]


def remove(db: Connection, column: Column[Any], values: Iterable[Any]) -> None:
    """Delete the rows with certain values in a column."""
    for part in cut(values):
        db.execute(delete(column.table).where(column.in_(part)))


def write_events(db: Connection, work: Working, numbers: Numbers) -> None:
    """Write the events that are new or changed, in the order in which they were founded."""
    work.summarise()
    fid = next_fid(db, event)
    new: list[dict[str, Any]] = []
    kept: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    for name in work.events:
        if name not in work.changed:
            continue
        if name in numbers.events:
            number, row = numbers.events[name]
            now = rows.event_row(work.events[name], number)
            same = all(now[column] == row[column] for column in _FOUND_BY)
            (kept if same else moved).append(now)
        else:
            new.append(rows.event_row(work.events[name], fid))
            fid += 1
    execute_many(db, insert(event), new)
    update_rows(db, event, [{name: row[name] for name in row if name not in _INDEXED} for row in kept])
    update_rows(db, event, moved)


def update_rows(db: Connection, table: Table, changed: Sequence[Mapping[str, Any]]) -> None:
    """Write changed rows in place, by their numbers."""
    if not changed:
        return
    names = [name for name in changed[0] if name != "fid"]
    change = update(table).where(table.c.fid == bindparam("row_fid"))
    change = change.values({name: bindparam(f"new_{name}") for name in names})
    values = [{"row_fid": row["fid"], **{f"new_{name}": row[name] for name in names}} for row in changed]
    execute_many(db, change, values)


def _write_tellings(db: Connection, work: Working) -> None:
    places = _places(work)
    told, blocks = [], []
    for fid, (key, one) in enumerate(work.new.items(), next_fid(db, telling)):
        name, link = places[key]
        told.append(rows.telling_row(one, fid=fid, event_id=name, link=link))
        blocks += [{"telling": fid, "key": block_key} for block_key in work.keys[key]]
    execute_many(db, insert(telling), told)
    execute_many(db, insert(block), blocks)


def _places(work: Working) -> dict[str, tuple[str, Link]]:
    """Return the event and the link of every telling of a changed event."""
    found: dict[str, tuple[str, Link]] = {}
    for name in work.changed:
        one = work.events[name]
        pairs: Iterable[tuple[Telling, Link]] = zip(one.tellings, one.links, strict=True)
        found |= {member.key: (name, link) for member, link in pairs}
    return found
