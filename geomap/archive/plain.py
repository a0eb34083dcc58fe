"""Events as plain data and as GeoJSON features, for JSON and for the tables."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from geomap.archive.nouns import Event, Telling
from geomap.model import Casualties, LonLat


def event_data(event: Event) -> dict[str, Any]:
    """Return an event with its tellings as what JSON holds; the names are those of the nouns."""
    plain: dict[str, Any] = _plain(event)
    return plain


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def event_feature(event: Event) -> dict[str, Any]:
    """Return an event as a GeoJSON feature with flat properties; what is known only to a country has no geometry."""
    outlets = dict.fromkeys(one.outlet or one.article_id for one in event.sources)
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": _geometry(event),
        "properties": {
            "title": event.place_name or "place unknown",
            "description": next((quote for one in event.tellings for quote in one.quotes), None),
            "event_id": event.id,
            "category": "base" if event.attacked_base else event.kind,
            "grade": event.grade,
            "number_of_sources": len(event.sources),
            "outlets": "; ".join(outlets),
            **_told(event),
            "source_urls": "; ".join(one.url for one in event.sources if one.url) or None,
        },
    }


def telling_feature(event: Event, number: int) -> dict[str, Any]:
    """Return one telling of an event as a GeoJSON feature: the article's sentence, and why it belongs there."""
    one, link = event.tellings[number], event.links[number]
    return {
        "type": "Feature",
        "id": one.key,
        "geometry": _geometry(one),
        "properties": {
            "title": one.place_name or "place unknown",
            "description": one.quotes[0] if one.quotes else None,
            "event_id": event.id,
            "telling": one.key,
            "category": "base" if one.attacked_base else one.kind,
            **_told(one),
            "attribution": one.attribution,
            "attributed_to": one.attributed_to,
            "casualty_scope": one.casualty_scope,
            "article_id": one.source.article_id,
            "outlet": one.source.outlet,
            "source_title": one.source.title,
            "source_url": one.source.url,
            "published": _day(one.source.published_on),
            "score": round(link.score, 4),
            "decided_by": link.by,
            "reasons": "; ".join(link.reasons) or None,
        },
    }


def _geometry(one: Event | Telling) -> dict[str, Any] | None:
    point: LonLat | None = one.point
    if point is None or one.precision == "country":
        return None
    return {"type": "Point", "coordinates": [round(point.lon, 6), round(point.lat, 6)]}


def _told(one: Event | Telling) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "attacked_base": one.attacked_base,
        "sub_event_type": one.sub_event_type,
        "status": one.status,
        "place": one.place_name,
        "gazetteer_id": one.place_id,
        "country_code": one.country_code,
        "admin1": one.admin1,
        "precision": one.precision if one.point else None,
        "radius_m": round(one.radius_km * 1000) if _geometry(one) else None,
        "date_start": _day(one.date_start),
        "date_end": _day(one.date_end),
        "actors": _joined(one.actors),
        "targets": _joined(one.targets),
        "weapons": _joined(one.weapons),
        **_people("killed", one.killed),
        **_people("injured", one.injured),
    }


def _people(name: str, people: Casualties | None) -> dict[str, int | None]:
    low, best, high = (people.low, people.best, people.high) if people else (None, None, None)
    return {f"{name}_low": low, f"{name}_best": best, f"{name}_high": high}


def _joined(words: Sequence[str]) -> str | None:
    return "; ".join(words) or None


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
