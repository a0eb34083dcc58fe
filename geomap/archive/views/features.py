"""Events and their tellings as GeoJSON features: flat properties of scalars, as the files of one article have them.

*event* has a feature an event, *telling* one for each article that tells it, with that article's own sentence: the
names of the layers are those of the store's own tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, get_args

from geomap.archive.nouns import Event, Link, Telling, Told
from geomap.output.geojson import COUNTRY_ONLY, NO_PLACE, category, day_text, joined, people, simple_style

Layer = Literal["event", "telling"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
Feature = dict[str, Any]


def layer_features(events: Iterable[Event], layer: Layer) -> Iterator[Feature]:
    """Yield the features of one layer, event by event."""
    for event in events:
        if layer == "event":
            yield event_feature(event)
        else:
            yield from telling_features(event)


def event_feature(event: Event) -> Feature:
    """Return an event as one feature: what its sources say together, quoting the first of them."""
    first = event.tellings[0]
    days = sorted(source.published_on for source in event.sources if source.published_on)
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": _geometry(event),
        "properties": {
            "title": event.place_name or "place unknown",
            "description": _sentence(first),
            **simple_style(category(event)),
            "event_id": event.id,
            **_what(event),
            "grade": event.grade,
            "sources": len(event.sources),
            "tellings": len(event.tellings),
            "outlets": joined(outlets(event)),
            "source_urls": joined(source.url for source in event.sources if source.url),
            **_where(event),
            **_when(event),
            **_who(event),
            **_quotation(first),
            "first_published": day_text(days[0] if days else None),
            "last_published": day_text(days[-1] if days else None),
        },
    }


def telling_features(event: Event) -> Iterator[Feature]:
    """Yield a feature for each telling of an event: what that article says, and why it was put here."""
    for telling, link in zip(event.tellings, event.links, strict=True):
        yield {
            "type": "Feature",
            "id": telling.key,
            "geometry": _geometry(telling),
            "properties": _telling(event, telling, link),
        }


def _telling(event: Event, telling: Telling, link: Link) -> dict[str, Any]:
    return {
        "title": telling.place_name or "place unknown",
        "description": _sentence(telling),
        **simple_style(category(telling)),
        "telling_id": telling.key,
        "event_id": event.id,
        **_what(telling),
        "attribution": telling.attribution,
        "attributed_to": telling.attributed_to,
        **_where(telling),
        **_when(telling),
        **_who(telling),
        "casualty_scope": telling.casualty_scope,
        **_quotation(telling),
        "outlet": telling.source.outlet,
        "article_id": telling.source.article_id,
        "source_title": telling.source.title,
        "source_url": telling.source.url,
        "published": day_text(telling.source.published_on),
        "joined_by": link.by,
        "joined_score": round(link.score, 4),
        "joined_because": joined(f"{name} {weight:+.2f}" for name, weight in link.reasons.items()),
    }


def outlets(event: Event) -> tuple[str, ...]:
    """Return who tells an event, each once, in order."""
    return tuple(dict.fromkeys(source.outlet for source in event.sources if source.outlet))


def is_pinned(told: Told) -> bool:
    """Tell whether an event or a telling has a point on the map."""
    return told.point is not None and told.precision != "country"


def _geometry(told: Told) -> dict[str, Any] | None:
    if told.point is None or not is_pinned(told):
        return None
    return {"type": "Point", "coordinates": [round(told.point.lon, 6), round(told.point.lat, 6)]}


def _what(told: Told) -> dict[str, Any]:
    return {
        "category": category(told),
        "kind": told.kind,
        "attacked_base": told.attacked_base,
        "sub_event_type": told.sub_event_type,
        "status": told.status,
    }


def _where(told: Told) -> dict[str, Any]:
    why_not = None if is_pinned(told) else COUNTRY_ONLY if told.place_id else NO_PLACE
    return {
        "place": told.place_name,
        "gazetteer_id": told.place_id,
        "country_code": told.country_code,
        "admin1": told.admin1,
        "precision": told.precision if told.place_id else None,
        "radius_m": round(told.radius_km * 1000) if is_pinned(told) else None,
        "why_not_on_map": why_not,
    }


def _when(told: Told) -> dict[str, Any]:
    return {"date_start": day_text(told.date_start), "date_end": day_text(told.date_end)}


def _who(told: Told) -> dict[str, Any]:
    return {
        "actors": joined(told.actors),
        "targets": joined(told.targets),
        "weapons": joined(told.weapons),
        **people("killed", told.killed),
        **people("injured", told.injured),
    }


def _sentence(telling: Telling) -> str | None:
    return telling.quotes[0] if telling.quotes else None


def _quotation(telling: Telling) -> dict[str, Any]:
    """Return the sentence and where in it the words for what happened and for the place stand."""
    found: dict[str, Any] = {"source_sentence": _sentence(telling)}
    for name, span in (("trigger", telling.trigger), ("mention", telling.mention)):
        found[f"{name}_at"] = None if span is None else span.start
        found[f"{name}_length"] = None if span is None else span.end - span.start
    return found
