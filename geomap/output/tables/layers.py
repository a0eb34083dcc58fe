"""What a table holds: reports as GeoJSON features of one layer, which every format then writes in its own way.

*incidents* has a feature an incident; *mentions* one a place name in the text, placed or not; *places* one a distinct
place; *areas* the circle within which each pinned incident lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, get_args

from geomap.model import Place, Report, Resolution, Role
from geomap.output.geojson import features
from geomap.output.report import check_quotations, is_pinned
from geomap.output.tables.circles import circle

Layer = Literal["incidents", "mentions", "places", "areas"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
Feature = dict[str, Any]

# The columns that an area takes from its incident.
_OF_AREA = (
    *("title", "description", "incident_id", "category", "status", "place", "gazetteer_id", "country_code"),
    *("precision", "radius_m", "date_start", "date_end", "date_precision", "article_id", "source_url"),
)


def layer_features(reports: Iterable[Report], layer: Layer) -> Iterator[Feature]:
    """Yield the features of one layer, report by report, in article order.

    A place that several reports name is yielded once; what an article says twice in two reports of it, too.

    Raises
    ------
    OutputError
        A quotation is not the article's own text.
    """
    make = {"incidents": features, "mentions": _mentions, "places": _places, "areas": _areas}[layer]
    seen: set[str] = set()
    for report in reports:
        check_quotations(report)
        for feature in make(report):
            key = feature["id"] if layer == "places" else f"{report.article.id} {feature['id']}"
            if key not in seen:
                seen.add(key)
                yield feature


class _Mentioned(NamedTuple):
    """A mention with its number, its role and the report it stands in."""

    report: Report
    number: int
    resolution: Resolution
    role: Role


def _mentions(report: Report) -> Iterator[Feature]:
    for number, (resolution, role) in enumerate(zip(report.resolutions, report.roles, strict=True)):
        one = _Mentioned(report, number, resolution, role)
        place = resolution.place
        yield {
            "type": "Feature",
            "id": f"{report.article.id}:{resolution.mention.start}",
            "geometry": None if place is None else _point(place),
            "properties": _mention(one) | _place(place) | _article(report),
        }


def _mention(one: _Mentioned) -> dict[str, Any]:
    mention, resolution = one.resolution.mention, one.resolution
    sentence = one.report.article.sentences[mention.sentence]
    best = resolution.alternatives[0].place.name if resolution.alternatives else None
    return {
        "title": mention.text,
        "description": one.report.article.quote(sentence),
        "mention_number": one.number,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "sentence": mention.sentence,
        "zone": sentence.zone,
        "role": one.role,
        "mention_kind": mention.kind,
        "status": resolution.status,
        "score": round(resolution.score, 4),
        "runner_up": best,
        "why_not_on_map": resolution.why_not,
    }


def _places(report: Report) -> Iterator[Feature]:
    for place in report.places:
        yield {
            "type": "Feature",
            "id": place.id,
            "geometry": _point(place),
            "properties": {"title": place.name, **_place(place)},
        }


def _areas(report: Report) -> Iterator[Feature]:
    placed = {one.id: one for one in report.incidents if is_pinned(one)}
    for feature in features(report):
        incident = placed.get(feature["id"])
        if incident is None or incident.place is None:
            continue
        yield {
            "type": "Feature",
            "id": f"{feature['id']}:area",
            "geometry": circle(incident.place.point, incident.radius_km),
            "properties": {name: feature["properties"][name] for name in _OF_AREA},
        }


def _point(place: Place) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(place.lon, 6), round(place.lat, 6)]}


def _place(place: Place | None) -> dict[str, Any]:
    return {
        "place": place and place.name,
        "gazetteer_id": place and place.id,
        "gazetteer": place and place.source,
        "feature_code": place and place.feature_code,
        "country_code": place and place.country_code,
        "admin1": place and place.admin1,
        "admin2": place and place.admin2,
    }


def _article(report: Report) -> dict[str, Any]:
    article = report.article
    return {
        "article_id": article.id,
        "source_title": article.title,
        "source_url": article.url,
        "published": article.published_on.isoformat() if article.published_on else None,
    }
