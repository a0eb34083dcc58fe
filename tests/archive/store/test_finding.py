"""Queries give what a look at every event would give; the same on a file and on PostGIS."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from store_samples import everything, put, some

from geomap.archive.nouns import Event, Query
from geomap.archive.store.adding import add
from geomap.archive.store.finding import count, events, find
from geomap.archive.store.opening import Store
from geomap.archive.store.rows import days
from geomap.errors import OutputError
from geomap.model import BBox


def meets(event: Event, query: Query) -> bool:
    """Tell whether an event is wanted, without any index."""
    first, last = days(event)
    box = query.box
    return all((
        query.kind in {None, event.kind},
        query.country_code in {None, event.country_code},
        query.grade in {None, event.grade},
        query.actor is None or any(query.actor.casefold() in one.casefold() for one in event.actors),
        query.since is None or (last is not None and last >= query.since),
        query.until is None or (first is not None and first <= query.until),
        box is None or (event.point is not None and event.precision != "country" and _inside(event.point, box)),
    ))  # fmt: skip


def _inside(point, box: BBox) -> bool:
    within = box.west <= point.lon <= box.east
    crossing = box.west > box.east and (point.lon >= box.west or point.lon <= box.east)
    return box.south <= point.lat <= box.north and (within or crossing)


def _questions(draw: random.Random) -> Query:
    west, south = draw.uniform(28, 48), draw.uniform(26, 38)
    boxes = (None, BBox(west, south, west + draw.uniform(0, 12), south + draw.uniform(0, 8)), BBox(45, 20, 35, 60))
    day = dt.date(2022, 12, 30) + dt.timedelta(draw.randrange(12))
    return Query(
        box=draw.choice(boxes),
        since=draw.choice((None, day)),
        until=draw.choice((None, day + dt.timedelta(draw.randrange(4)))),
        kind=draw.choice((None, None, "strike", "attack")),
        country_code=draw.choice((None, None, "IQ")),
        actor=draw.choice((None, None, "army", "RIVER brig", "50%")),
        grade=draw.choice((None, None, "single", "several")),
    )


def odd_reports() -> list[dict]:
    """Return reports of events without days, without a place, known only to a country, and beyond the antimeridian."""
    made = some(8, seed=5)
    for number, report in enumerate(made):
        one, place = report["incidents"][0], report["places"][0]
        match number:
            case 0 | 1:
                one |= {"date_start": None, "date_end": None}
            case 2:
                one |= {"place": None, "precision": "country"}
            case 3:
                one |= {"precision": "country"}
            case 4:
                place |= {"lon": 179.9, "lat": -16.5}
            case 5:
                place |= {"lon": -179.9, "lat": -16.5}
            case 6:
                one |= {"date_start": None}
    made[1]["article"]["published_on"] = None
    return made


def test_queries_agree_with_a_look_at_every_event(store: Store) -> None:
    """Boxes, days, kinds, countries, actors and grades, alone and together."""
    put(store, [*some(), *odd_reports()], batch=5)
    every, draw = everything(store), random.Random(7)
    hits = 0
    for _ in range(300):
        query = _questions(draw)
        wanted = {name for name, one in every.items() if meets(one, query)}
        assert {one.id for one in events(store, query)} == wanted, query
        assert count(store, query) == len(wanted)
        hits += len(wanted)
    assert hits > 300


def test_a_box_across_the_antimeridian(store: Store) -> None:
    """Both sides of it are one box."""
    put(store, odd_reports())
    found = list(events(store, Query(box=BBox(179, -20, -179, -10))))
    assert {one.point.lon for one in found if one.point} == {179.9, -179.9}


def test_the_latest_come_first_and_undated_ones_last(store: Store) -> None:
    """An event without days counts on those of its articles; without these, too, it comes last."""
    put(store, [*some(), *odd_reports()])
    found = [days(one)[1] for one in events(store)]
    known = [day for day in found if day is not None]
    assert known == sorted(known, reverse=True)
    assert found[len(known) :] == [None] * (len(found) - len(known)) != []
    assert [one.id for one in events(store, limit=3)] == [one.id for one in events(store)][:3]


def test_country_wide_events_are_no_points(store: Store) -> None:
    """They are kept and listed, and no box contains them."""
    put(store, odd_reports())
    wide = [one for one in events(store) if one.precision == "country"]
    world = {one.id for one in events(store, Query(box=BBox(-180, -90, 180, 90)))}
    assert len(wide) == 2
    assert world.isdisjoint(one.id for one in wide)


def test_an_event_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    """As long as it is the only one."""
    put(store, some())
    every = everything(store)
    name = next(iter(every))
    assert find(store, name) == every[name] == find(store, name[:12]) == find(store, name[:12].upper())
    for wrong, said in (("zzzz", "no event"), ("", "not the id"), ("%", "not the id"), ("_a", "not the id")):
        with pytest.raises(OutputError, match=said):
            find(store, wrong)
    first = next(letter for letter in "0123456789abcdef" if sum(one[0] == letter for one in every) > 1)
    with pytest.raises(OutputError, match="several"):
        find(store, first)


def test_a_reader_sees_one_state(store: Store) -> None:
    """What is added while events are read does not come among them, and does not wait for the reader."""
    put(store, some(20))
    reading = events(store)
    first = next(reading)
    list(add(store, some(20, seed=9)))
    ids = [first.id, *(one.id for one in reading)]
    assert len(ids) == len(set(ids)) < count(store)
