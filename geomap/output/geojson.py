"""Incidents as GeoJSON (RFC 7946): flat properties of scalars, the same bytes for the same report.

An incident without a place, or known only to a country, is a feature without geometry: listed, never pinned.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from geomap.errors import OutputError
from geomap.model import (
    BBox,
    Casualties,
    Evidence,
    Incident,
    IncidentKind,
    LonLat,
    Place,
    Provenance,
    Report,
    Sentence,
    Span,
)
from geomap.output.report import check_quotations, is_pinned

Category = Literal["strike", "base", "attack"]

# Simplestyle 1.1: what geojson.io, GitHub and others draw a point with. Same colours as the map's own.
_STYLE: Mapping[Category, tuple[str, str]] = {
    "strike": ("#b3261e", "circle"),
    "base": ("#1d4f8c", "square"),
    "attack": ("#8a5a00", "triangle"),
}
# ACLED's time precision: the day is known, the week is known, the month is known.
_DATE_PRECISION = {1: "day", 2: "week", 3: "month"}
COUNTRY_ONLY = "known only to a country"
NO_PLACE = "no place is named for it"


class Attacked(Protocol):
    """What decides how something is drawn: an incident, a telling or an event."""

    @property
    def attacked_base(self) -> bool: ...  # noqa: D102  # as of an incident
    @property
    def kind(self) -> IncidentKind: ...  # noqa: D102


def to_geojson(report: Report) -> str:
    """Return a FeatureCollection of the report's incidents, one feature a line, in article order.

    Raises
    ------
    OutputError
        A quotation is not the article's own text, or a number is not finite.
    """
    check_quotations(report)
    return collection(features(report), report.provenance)


def collection(found: Sequence[Mapping[str, Any]], made: Provenance | None) -> str:
    """Return features as a FeatureCollection with its box and with what it was made by, one feature a line."""
    head: dict[str, Any] = {"type": "FeatureCollection"}
    box = bounds(point for one in found if one["geometry"] for point in _points(one["geometry"]["coordinates"]))
    if box is not None:
        head["bbox"] = list(box)
    if made is not None:
        head |= {"generator": f"geomap {made.geomap}", "gazetteer": made.gazetteer, "config_sha256": made.config_sha256}
    body = ",\n".join(feature_line(one) for one in found)
    opened = feature_line(head)[:-1]
    return f'{opened}, "features": [\n{body}\n]}}\n' if found else f'{opened}, "features": []}}\n'


def _points(coordinates: Any) -> Iterator[LonLat]:
    """Yield the corners of a geometry, however deep its coordinates are nested."""
    if isinstance(coordinates[0], int | float):
        yield LonLat(*coordinates)
        return
    for part in coordinates:
        yield from _points(part)


def features(report: Report) -> list[dict[str, Any]]:
    """Return one GeoJSON feature an incident, numbered in the order of the article."""
    ordered = in_article_order(report)
    return [_feature(report, incident, number) for number, incident in enumerate(ordered, 1)]


def in_article_order(report: Report) -> list[Incident]:
    """Return the incidents in the order in which the article tells them."""

    def first_words(incident: Incident) -> tuple[int, int]:
        if not incident.evidence:
            return len(report.article.text), 0
        evidence = incident.evidence[0]
        place = None if evidence.mention is None else report.resolutions[evidence.mention].mention.start
        start = report.article.sentences[evidence.sentence].start
        return start, start if place is None else place

    return sorted(report.incidents, key=first_words)


def category(incident: Attacked) -> Category:
    """Return what an incident is drawn as: an attacked base, a strike or another attack."""
    if incident.attacked_base:
        return "base"
    return "strike" if incident.kind == "strike" else "attack"


def simple_style(kind: Category) -> dict[str, str]:
    """Return the simplestyle properties of a point."""
    colour, symbol = _STYLE[kind]
    return {"marker-color": colour, "marker-symbol": symbol, "marker-size": "medium"}


def bounds(points: Iterable[LonLat]) -> BBox | None:
    """Return the smallest box around the points; west exceeds east where it crosses the antimeridian."""
    listed = list(points)
    if not listed:
        return None
    lons = sorted({point.lon for point in listed})
    gaps = [(after - before, before, after) for before, after in itertools.pairwise(lons)]
    widest = max(gaps, default=(0.0, 0.0, 0.0))
    west, east = (lons[0], lons[-1]) if widest[0] <= lons[0] + 360 - lons[-1] else (widest[2], widest[1])
    lats = [point.lat for point in listed]
    return BBox(round(west, 6), round(min(lats), 6), round(east, 6), round(max(lats), 6))


def feature_line(value: Mapping[str, Any]) -> str:
    """Return a feature as one line of JSON.

    Raises
    ------
    OutputError
        A number is not finite.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise OutputError(f"a feature holds a number that is not finite: {error}") from error


def _feature(report: Report, incident: Incident, number: int) -> dict[str, Any]:
    place = incident.place
    geometry = None
    if place is not None and is_pinned(incident):
        geometry = {"type": "Point", "coordinates": [round(place.lon, 6), round(place.lat, 6)]}
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": geometry,
        "properties": _properties(report, incident, number),
    }


def _properties(report: Report, incident: Incident, number: int) -> dict[str, Any]:
    evidence = incident.evidence[0] if incident.evidence else None
    sentence = report.article.sentences[evidence.sentence] if evidence else None
    quote = report.article.quote(sentence) if sentence else None
    title = incident.place.name if incident.place else None
    kind = category(incident)
    return {
        "title": title or (_as_written(report, evidence) or "place unknown"),
        "description": quote,
        **simple_style(kind),
        "incident_id": incident.id,
        "number": number,
        "group": incident.group,
        "category": kind,
        "kind": incident.kind,
        "attacked_base": incident.attacked_base,
        "sub_event_type": incident.sub_event_type,
        "status": incident.status,
        "attribution": incident.attribution,
        "attributed_to": incident.attributed_to,
        **_where(report, incident, evidence),
        **_when(incident),
        **_who(incident),
        **_source(report, evidence, sentence),
    }


def _where(report: Report, incident: Incident, evidence: Evidence | None) -> dict[str, Any]:
    place = incident.place
    resolution = report.resolutions[evidence.mention] if evidence and evidence.mention is not None else None
    return {
        **_place(place),
        "place_as_written": resolution.mention.text if resolution else None,
        "relation": incident.relation,
        "precision": incident.precision if place else None,
        "radius_m": round(incident.radius_km * 1000) if is_pinned(incident) else None,
        "geo_precision": incident.geo_precision,
        "where_prec": incident.where_prec,
        "score": round(resolution.score, 4) if resolution and place else None,
        "why_not_on_map": _why_not(incident, resolution.why_not if resolution else None),
    }


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return dict.fromkeys(("place", "gazetteer_id", "gazetteer", "feature_code", "country_code", "admin1", "admin2"))
    return {
        "place": place.name,
        "gazetteer_id": place.id,
        "gazetteer": place.source,
        "feature_code": place.feature_code,
        "country_code": place.country_code,
        "admin1": place.admin1,
        "admin2": place.admin2,
    }


def _why_not(incident: Incident, unresolved: str | None) -> str | None:
    if is_pinned(incident):
        return None
    if incident.place is not None:
        return incident.why_not_located or COUNTRY_ONLY
    return incident.why_not_located or unresolved or NO_PLACE


def _when(incident: Incident) -> dict[str, Any]:
    return {
        "date_start": day_text(incident.date_start),
        "date_end": day_text(incident.date_end),
        "date_precision": _DATE_PRECISION.get(incident.time_precision or 0),
        "time_precision": incident.time_precision,
        "date_as_written": incident.date_as_written,
    }


def _who(incident: Incident) -> dict[str, Any]:
    return {
        "actors": joined(incident.actors),
        "targets": joined(incident.targets),
        "weapons": joined(incident.weapons),
        **people("killed", incident.killed),
        **people("injured", incident.injured),
        "casualty_scope": incident.casualty_scope,
        "caused_by": incident.caused_by,
    }


def people(name: str, counted: Casualties | None) -> dict[str, int | None]:
    """Return a number of people as three columns."""
    return {
        f"{name}_low": counted.low if counted else None,
        f"{name}_best": counted.best if counted else None,
        f"{name}_high": counted.high if counted else None,
    }


def _source(report: Report, evidence: Evidence | None, sentence: Sentence | None) -> dict[str, Any]:
    article = report.article
    trigger = evidence.trigger if evidence else None
    mention = report.resolutions[evidence.mention].mention if evidence and evidence.mention is not None else None
    return {
        "source_sentence": article.quote(sentence) if sentence else None,
        "source_locator": f"sentence {evidence.sentence + 1}" if evidence else None,
        "quote_start": sentence.start if sentence else None,
        "quote_end": sentence.end if sentence else None,
        "trigger": article.quote(Span(*trigger)) if trigger else None,
        "trigger_start": trigger[0] if trigger else None,
        "trigger_end": trigger[1] if trigger else None,
        "mention_start": mention.start if mention else None,
        "mention_end": mention.end if mention else None,
        "rules": joined(evidence.rules) if evidence else None,
        "article_id": article.id,
        "source_title": article.title,
        "source_url": article.url,
        "published": day_text(article.published_on),
    }


def _as_written(report: Report, evidence: Evidence | None) -> str | None:
    if evidence is None or evidence.mention is None:
        return None
    return report.resolutions[evidence.mention].mention.text


def joined(parts: Iterable[str]) -> str | None:
    """Return several values as one cell; None where there is none."""
    return "; ".join(parts) or None


def day_text(day: dt.date | None) -> str | None:
    """Return a day as ISO text."""
    return day.isoformat() if day else None
