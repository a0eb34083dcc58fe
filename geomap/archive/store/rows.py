"""Tellings and events as rows of their tables, and back, without loss."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, Select, select

from geomap.archive.nouns import Event, Link, Source, Telling, Told
from geomap.archive.store.schema import article, event, telling
from geomap.model import Casualties, LonLat, Span

Values = dict[str, Any]
_NOTHING = "[]"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().raw_decode  # what we wrote begins with its value: nothing to look for around it


_SOURCE = (article.c.article_id, article.c.outlet, article.c.title, article.c.url, article.c.published_on)
_TELLING = (*(column for column in telling.c if column.name != "geom"), *_SOURCE)
_EVENT = tuple(column for column in event.c if column.name != "geom")
_source_values = itemgetter("article_key", *(column.name for column in _SOURCE))
_TELLING_NAMES = tuple(column.name for column in _TELLING)
_EVENT_NAMES = tuple(column.name for column in _EVENT)


def select_tellings() -> Select[Any]:
    """Return the question for tellings with their sources, those of an event in the order in which they came.

    The index of tellings by event has them in this very order, so that nothing is sorted.
    """
    joined = select(*_TELLING).join_from(telling, article, article.c.key == telling.c.article_key)
    return joined.order_by(telling.c.event_id, telling.c.fid)


def select_events() -> Select[Any]:
    """Return the question for events, in no order."""
    return select(*_EVENT)


def telling_values(row: Row[Any]) -> Values:
    """Return a row of ``select_tellings`` by its columns; to ask the row itself for each of them takes longer."""
    return dict(zip(_TELLING_NAMES, row, strict=True))


def event_values(row: Row[Any]) -> Values:
    """Return a row of ``select_events`` by its columns."""
    return dict(zip(_EVENT_NAMES, row, strict=True))


def telling_row(one: Telling, *, fid: int, event_id: str, link: Link) -> Values:
    """Return a telling as a row."""
    trigger, mention = one.trigger or (None, None), one.mention or (None, None)
    return {
        "fid": fid,
        "geom": None if one.precision == "country" else one.point,
        "article_key": one.source.key,
        "incident_id": one.incident_id,
        "event_id": event_id,
        **link_values(link),
        "incident_group": one.group,
        **_told(one),
        "attribution": one.attribution,
        "casualty_scope": one.casualty_scope,
        "attributed_to": one.attributed_to,
        "quotes": _encode(one.quotes),
        "trigger_start": trigger[0],
        "trigger_end": trigger[1],
        "mention_start": mention[0],
        "mention_end": mention[1],
    }


def link_values(link: Link) -> Values:
    """Return a link as the columns it fills."""
    return {
        "link_score": link.score,
        "link_by": link.by,
        "link_reasons": _encode(dict(link.reasons)) if link.reasons else "{}",
    }


def event_row(one: Event, fid: int) -> Values:
    """Return an event as a row, with what maps and lists show of it."""
    first, last = days(one)
    outlets = dict.fromkeys(source.outlet or source.article_id for source in one.sources)
    return {
        "fid": fid,
        "geom": None if one.precision == "country" else one.point,
        "id": one.id,
        "title": ", ".join(part for part in (one.sub_event_type, one.place_name or "place unknown") if part),
        "category": "base" if one.attacked_base else one.kind,
        "grade": one.grade,
        "sources": len(one.sources),
        "outlets": "; ".join(outlets),
        **_told(one),
        "first_day": first,
        "last_day": last,
    }


def days(one: Event) -> tuple[dt.date | None, dt.date | None]:
    """Return the days under which an event is found: its own, or else those on which it was published."""
    start, end = one.date_start or one.date_end, one.date_end or one.date_start
    if start is None or end is None:
        published = [source.published_on for source in one.sources if source.published_on is not None]
        return (min(published), max(published)) if published else (None, None)
    return min(start, end), max(start, end)


def _told(one: Told) -> Values:
    lon, lat = one.point or (None, None)
    killed, injured = one.killed, one.injured
    return {
        "kind": one.kind,
        "attacked_base": one.attacked_base,
        "sub_event_type": one.sub_event_type,
        "status": one.status,
        "precision": one.precision,
        "radius_km": one.radius_km,
        "longitude": lon,
        "latitude": lat,
        "place_id": one.place_id,
        "place_name": one.place_name,
        "country_code": one.country_code,
        "admin1": one.admin1,
        "date_start": one.date_start,
        "date_end": one.date_end,
        "actors": _listed(one.actors),
        "targets": _listed(one.targets),
        "weapons": _listed(one.weapons),
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
        "injured_low": injured.low if injured else None,
        "injured_best": injured.best if injured else None,
        "injured_high": injured.high if injured else None,
    }


def telling_of(row: Mapping[str, Any]) -> Telling:
    """Return the telling of a row (``telling_values``)."""
    return Telling(
        key=f"{row['article_key']}/{row['incident_id']}",
        source=_source(*_source_values(row)),
        incident_id=row["incident_id"],
        group=row["incident_group"],
        attribution=row["attribution"],
        casualty_scope=row["casualty_scope"],
        attributed_to=row["attributed_to"],
        quotes=tuple(_decode(row["quotes"])[0]),
        trigger=None if row["trigger_start"] is None else Span(row["trigger_start"], row["trigger_end"]),
        mention=None if row["mention_start"] is None else Span(row["mention_start"], row["mention_end"]),
        **_read(row),
    )


def link_of(row: Mapping[str, Any]) -> Link:
    """Return why the telling of a row belongs to its event."""
    return Link(score=row["link_score"], reasons=_decode(row["link_reasons"])[0], by=row["link_by"])


def event_of(row: Mapping[str, Any], members: Sequence[tuple[Telling, Link]]) -> Event:
    """Return the event of a row (``event_values``) with its tellings and their links."""
    return Event(
        id=row["id"],
        tellings=tuple(one for one, _ in members),
        links=tuple(link for _, link in members),
        grade=row["grade"],
        **_read(row),
    )


def _read(row: Mapping[str, Any]) -> Values:
    return {
        "kind": row["kind"],
        "attacked_base": row["attacked_base"],
        "sub_event_type": row["sub_event_type"],
        "status": row["status"],
        "precision": row["precision"],
        "radius_km": row["radius_km"],
        "point": None if row["longitude"] is None else LonLat(row["longitude"], row["latitude"]),
        "place_id": row["place_id"],
        "place_name": row["place_name"],
        "country_code": row["country_code"],
        "admin1": row["admin1"],
        "date_start": row["date_start"],
        "date_end": row["date_end"],
        "actors": _tuple(row["actors"]),
        "targets": _tuple(row["targets"]),
        "weapons": _tuple(row["weapons"]),
        "killed": _casualties(row["killed_low"], row["killed_best"], row["killed_high"]),
        "injured": _casualties(row["injured_low"], row["injured_best"], row["injured_high"]),
    }


@lru_cache(maxsize=1 << 12)
def _source(
    key: str, article_id: str, outlet: str | None, title: str | None, url: str | None, day: dt.date | None
) -> Source:
    return Source(key=key, article_id=article_id, outlet=outlet, title=title, url=url, published_on=day)


@lru_cache(maxsize=1 << 12)
def _casualties(low: int | None, best: int | None, high: int | None) -> Casualties | None:
    return None if low is None else Casualties(low=low, best=best, high=high)


@lru_cache(maxsize=1 << 12)
def _listed(words: tuple[str, ...]) -> str:
    return _encode(words) if words else _NOTHING


@lru_cache(maxsize=1 << 12)
def _tuple(text: str) -> tuple[str, ...]:
    return () if text == _NOTHING else tuple(json.loads(text))
