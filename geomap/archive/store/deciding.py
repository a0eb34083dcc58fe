"""People join events and part them; every decision says who, when and why, and can be undone.

A decision holds for every telling of the events it was about: an article that is added again puts its tellings where
people left them. The latest decision about a telling counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from geomap.archive.nouns import Event, Link, Telling
from geomap.archive.store import rows
from geomap.archive.store.finding import resolve
from geomap.archive.store.loading import Numbers, decided, load_events
from geomap.archive.store.matcher import MATCHER
from geomap.archive.store.opening import Store
from geomap.archive.store.schema import decision, event, move, telling
from geomap.archive.store.working import Working, event_id
from geomap.archive.store.writing import next_fid, write_events
from geomap.errors import OutputError


class Said(NamedTuple):
    """Who decided, and why."""

    who: str
    why: str = ""


class _Move(NamedTuple):
    telling: Telling
    old: str
    new: str
    before: Link
    after: Link


def merge(store: Store, kept: str, other: str, said: Said) -> Event:
    """Make one event of two, under the id of the first; return it.

    Raises
    ------
    OutputError
        They are one already, or one of them is not there.
    """
    with store.writing() as db:
        into, away = resolve(db, kept), resolve(db, other)
        if into == away:
            raise OutputError(f"{kept} and {other} are one event already", hint="name two events")
        work, numbers = _load(db, [into, away])
        link = decided(said.who, said.why)
        moves = [_Move(one, into, into, why, why) for one, why in _members(work, into)]
        moves += [_Move(one, away, into, why, link) for one, why in _members(work, away)]
        _note(db, "merge", (into, away), said, moves)
        _carry_out(db, work, numbers, moves)
        return work.events[into]


def split(store: Store, name: str, which: str, said: Said) -> tuple[Event, Event]:
    """Take one telling out of an event, into an event of its own; return what is left and what is new.

    Parameters
    ----------
    store
        The store.
    name
        The event's id.
    which
        The telling's key, the beginning of it, or its number in the event, counted from 1.
    said
        Who decides, and why.

    Raises
    ------
    OutputError
        The event does not have that telling, or no other.
    """
    with store.writing() as db:
        old = resolve(db, name)
        work, numbers = _load(db, [old])
        chosen = _chosen(work.events[old], which)
        if len(work.events[old].tellings) == 1:
            raise OutputError(f"event {old} has one telling only", hint="there is nothing to take out of it")
        new = _free_id(db, chosen.key)
        link = decided(said.who, said.why)
        moves = [
            _Move(one, old, new if one == chosen else old, why, link if one == chosen else why)
            for one, why in _members(work, old)
        ]
        _note(db, "split", (old, new), said, moves)
        _carry_out(db, work, numbers, moves)
        return work.events[old], work.events[new]


def undo(store: Store, number: int, said: Said) -> list[Event]:
    """Take a decision back: what it moved goes where it was, with the reasons it had; return the events it touched.

    Raises
    ------
    OutputError
        There is no such decision, it was undone before, or a later one builds on it.
    """
    with store.writing() as db:
        _require_last(db, number)
        noted = [dict(row) for row in db.execute(select(move).where(move.c.decision == number)).mappings()]
        names = {name for row in noted for name in (row["from_event"], row["to_event"])}
        work, numbers = _load(db, names)
        now = {(name, one.key): (one, why) for name in work.events for one, why in _members(work, name)}
        moves = []
        for row in noted:
            old, new = row["to_event"], row["from_event"]
            there = now.get((old, f"{row['article_key']}/{row['incident_id']}"))
            if there is not None and old != new:
                moves.append(_Move(there[0], old, new, there[1], rows.link_of(row)))
        _carry_out(db, work, numbers, moves)
        undone = {"undone_by": said.who, "undone_why": said.why, "undone_at": dt.datetime.now(dt.UTC)}
        db.execute(update(decision).where(decision.c.fid == number).values(undone))
        return list(work.events.values())


def decisions(store: Store, name: str | None = None) -> list[dict[str, Any]]:
    """Return the decisions, the latest first: all, or those about an event."""
    wanted = select(decision).order_by(decision.c.fid.desc())
    if name is not None:
        about = select(move.c.decision).where((move.c.from_event == name) | (move.c.to_event == name))
        wanted = wanted.where(decision.c.fid.in_(about))
    with store.reading() as db:
        return [dict(row) for row in db.execute(wanted).mappings()]


def _load(db: Connection, names: Iterable[str]) -> tuple[Working, Numbers]:
    numbers = Numbers()
    events = load_events(db, names, numbers)
    return Working(matcher=MATCHER, events=events, taken=lambda _: True), numbers


def _members(work: Working, name: str) -> list[tuple[Telling, Link]]:
    one = work.events[name]
    return list(zip(one.tellings, one.links, strict=True))


def _chosen(one: Event, which: str) -> Telling:
    if which.isdecimal() and 1 <= int(which) <= len(one.tellings):
        return one.tellings[int(which) - 1]
    found = [telling for telling in one.tellings if telling.key.startswith(which)]
    if len(found) != 1:
        hint = f"give its number in `geomap store show {one.id}`"
        raise OutputError(f"event {one.id} has no telling {which}", hint=hint)
    return found[0]


def _free_id(db: Connection, key: str) -> str:
    turn = 0
    while db.execute(select(event.c.fid).where(event.c.id == event_id(key, turn))).first() is not None:
        turn += 1
    return event_id(key, turn)


def _carry_out(db: Connection, work: Working, numbers: Numbers, moves: Sequence[_Move]) -> None:
    """Move the tellings and write the events that this changes."""
    for one in moves:
        if one.old != one.new:
            work.move(one.telling, one.old, one.new, one.after, lambda telling: numbers.tellings[telling.key])
    write_events(db, work, numbers)
    moved = [
        {"number": numbers.tellings[one.telling.key], "event_id": one.new, **rows.link_values(one.after)}
        for one in moves
        if one.old != one.new
    ]
    if moved:
        db.execute(update(telling).where(telling.c.fid == bindparam("number")), moved)
    db.execute(delete(event).where(event.c.id.in_(work.gone & numbers.events.keys())))


def _note(db: Connection, verb: str, about: tuple[str, str], said: Said, moves: Sequence[_Move]) -> None:
    number, now = next_fid(db, decision), dt.datetime.now(dt.UTC)
    head = {"fid": number, "verb": verb, "event_id": about[0], "other_id": about[1], "decided_at": now}
    db.execute(insert(decision), [head | {"who": said.who, "why": said.why}])
    noted: list[Mapping[str, Any]] = [
        {
            "fid": fid,
            "decision": number,
            "article_key": one.telling.source.key,
            "incident_id": one.telling.incident_id,
            "from_event": one.old,
            "to_event": one.new,
            **rows.link_values(one.before),
        }
        for fid, one in enumerate(moves, next_fid(db, move))
    ]
    db.execute(insert(move), noted)


def _require_last(db: Connection, number: int) -> None:
    found = db.execute(select(decision.c.undone_at).where(decision.c.fid == number)).first()
    if found is None:
        raise OutputError(f"there is no decision {number}", hint="see `geomap store decisions`")
    if found.undone_at is not None:
        raise OutputError(f"decision {number} was undone already", hint="see `geomap store decisions`")
    mine, later = move.alias("mine"), move.alias("later")
    same = (later.c.article_key == mine.c.article_key) & (later.c.incident_id == mine.c.incident_id)
    wanted = (
        select(later.c.decision)
        .join_from(mine, later, same & (later.c.decision > number))
        .join(decision, decision.c.fid == later.c.decision)
        .where(mine.c.decision == number, decision.c.undone_at.is_(None))
        .order_by(later.c.decision.desc())
    )
    if (last := db.execute(wanted).scalar()) is not None:
        raise OutputError(f"decision {last} builds on decision {number}", hint=f"undo {last} first")
