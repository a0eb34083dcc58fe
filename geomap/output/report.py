"""A report as JSON, and back: the one shape every consumer reads (``geomap.report/1``).

Offsets count Unicode code points into ``article.text``; absent facts are null. Reading back keeps everything the JSON
holds; how a mention was recognised and a candidate's name kind are not part of it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from itertools import chain
from typing import Any

from geomap.errors import OutputError
from geomap.model import (
    Aggregate,
    Article,
    Candidate,
    Casualties,
    Evidence,
    Incident,
    Place,
    Report,
    Resolution,
    Role,
    Sentence,
)

SCHEMA = "geomap.report/1"


def to_json(report: Report, *, indent: int | None = None) -> str:
    """Return the report as one JSON text, on one line unless an indent is given.

    Raises
    ------
    OutputError
        A quotation is not the article's own text, or a number is not finite.
    """
    try:
        return json.dumps(to_dict(report), ensure_ascii=False, allow_nan=False, indent=indent)
    except ValueError as error:
        raise OutputError(f"report {report.article.id!r} holds a number that is not finite: {error}") from error


def to_line(report: Report) -> bytes:
    """Return the report as a line of an archive: compact JSON in UTF-8 with its line feed.

    Raises
    ------
    OutputError
        A quotation is not the article's own text, or a number is not finite.
    """
    import orjson

    data = to_dict(report)
    if not _is_finite(data):  # orjson would write null
        raise OutputError(f"report {report.article.id!r} holds a number that is not finite")
    try:
        return orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # half a surrogate pair in an id, a number of more than 64 bits
        return plain_line(data)


def plain_line(data: Mapping[str, Any]) -> bytes:
    """Return data as a line of JSON in UTF-8; half a surrogate pair in it is written as its escape."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors="backslashreplace") + b"\n"


def to_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain data with its keys in the order of the format.

    Raises
    ------
    OutputError
        A quotation is not the article's own text at its offsets.
    """
    check_quotations(report)
    article = report.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "published_on": _day(article.published_on),
            "text": article.text,
        },
        "sentences": [_sentence(sentence) for sentence in article.sentences],
        "places": [_place(place) for place in report.places],
        "mentions": [_mention(r, role) for r, role in zip(report.resolutions, report.roles, strict=True)],
        "incidents": [_incident(incident) for incident in report.incidents],
        "aggregates": [_aggregate(aggregate) for aggregate in report.aggregates],
        "provenance": {
            "geomap": report.provenance.geomap,
            "gazetteer": report.provenance.gazetteer,
            "config_sha256": report.provenance.config_sha256,
        },
        "warnings": list(report.warnings),
    }


def from_dict(data: Mapping[str, Any]) -> Report:
    """Read a report back from plain data.

    Raises
    ------
    ArticleError
        The data is not a report of this schema, or a quotation in it is not the article's text.
    """
    from geomap.output.reread import read_report

    return read_report(data, schema=SCHEMA)


def is_pinned(incident: Incident) -> bool:
    """Tell whether an incident has a point on the map."""
    return incident.place is not None and incident.precision != "country"


def check_quotations(report: Report) -> None:
    """Make sure that every quotation is the article's own characters at its offsets.

    Raises
    ------
    OutputError
        One is not.
    """
    article = report.article
    for number, resolution in enumerate(report.resolutions):
        mention = resolution.mention
        if article.text[mention.start : mention.end] != mention.text:
            where = f"characters {mention.start} to {mention.end} of article {article.id!r}"
            raise OutputError(f"mention {number} quotes {mention.text!r}, which is not what stands at {where}")
    cited = [evidence for incident in report.incidents for evidence in incident.evidence]
    cited += [evidence for aggregate in report.aggregates for evidence in aggregate.evidence]
    for evidence in cited:
        _check_evidence(evidence, article, len(report.resolutions))


def _is_finite(data: Mapping[str, Any]) -> bool:
    """Tell whether every number that need not be whole is finite, and the numbers of people."""
    mentions, incidents = data["mentions"], data["incidents"]
    others = [other for mention in mentions for other in mention["alternatives"]]
    people = [one for incident in incidents for one in (incident["killed"], incident["injured"]) if one]
    numbers = chain(
        [one["score"] for one in mentions],
        [one["score"] for one in others],
        *[one["reasons"].values() for one in mentions],
        [place[axis] for place in data["places"] for axis in ("lon", "lat")],
        [other["place"][axis] for other in others for axis in ("lon", "lat")],
        [incident["radius_km"] for incident in incidents],
        [number for one in people for number in one.values() if number is not None],
    )
    return all(map(math.isfinite, numbers))


def _check_evidence(evidence: Evidence, article: Article, mentions: int) -> None:
    trigger = evidence.trigger
    if not 0 <= evidence.sentence < len(article.sentences):
        raise OutputError(f"article {article.id!r} has no sentence {evidence.sentence}, which an incident cites")
    if evidence.mention is not None and not 0 <= evidence.mention < mentions:
        raise OutputError(f"article {article.id!r} has no mention {evidence.mention}, which an incident cites")
    if trigger is not None and not 0 <= trigger[0] < trigger[1] <= len(article.text):
        raise OutputError(f"the trigger {tuple(trigger)} lies outside the text of article {article.id!r}")


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {"start": sentence.start, "end": sentence.end, "zone": sentence.zone, "repeats": sentence.repeats}


def _place(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "lon": round(place.lon, 6),
        "lat": round(place.lat, 6),
        "feature_code": place.feature_code,
        "country_code": place.country_code,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "source": place.source,
    }


def _alternative(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "place": {
            "id": place.id,
            "name": place.name,
            "lon": round(place.lon, 6),
            "lat": round(place.lat, 6),
            "feature_code": place.feature_code,
            "country_code": place.country_code,
            "admin1": place.admin1,
        },
        "score": round(candidate.score, 4),
    }


def _mention(resolution: Resolution, role: Role) -> dict[str, Any]:
    mention = resolution.mention
    placed = resolution.status == "resolved" and resolution.place is not None
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "sentence": mention.sentence,
        "role": role,
        "status": resolution.status,
        "place": resolution.place.id if placed and resolution.place else None,
        "score": round(resolution.score, 4),
        "reasons": dict(resolution.reasons),  # rounded where they are worked out
        "alternatives": [_alternative(candidate) for candidate in resolution.alternatives],
        "kind": mention.kind,
        "feature_word": mention.feature_word,
        "antecedent": mention.antecedent,
        "why_not": resolution.why_not,
    }


def _casualties(people: Casualties | None) -> dict[str, Any] | None:
    return None if people is None else {"low": people.low, "best": people.best, "high": people.high}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    trigger = evidence.trigger
    return {
        "sentence": evidence.sentence,
        "trigger": None if trigger is None else {"start": trigger[0], "end": trigger[1]},
        "mention": evidence.mention,
        "rules": list(evidence.rules),
    }


def _incident(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "group": incident.group,
        "kind": incident.kind,
        "attacked_base": incident.attacked_base,
        "sub_event_type": incident.sub_event_type,
        "status": incident.status,
        "place": None if incident.place is None else incident.place.id,
        "relation": incident.relation,
        "precision": incident.precision,
        "radius_km": incident.radius_km,
        "geo_precision": incident.geo_precision,
        "where_prec": incident.where_prec,
        "date_start": _day(incident.date_start),
        "date_end": _day(incident.date_end),
        "time_precision": incident.time_precision,
        "date_as_written": incident.date_as_written,
        "attribution": incident.attribution,
        "actors": list(incident.actors),
        "targets": list(incident.targets),
        "weapons": list(incident.weapons),
        "killed": _casualties(incident.killed),
        "injured": _casualties(incident.injured),
        "casualty_scope": incident.casualty_scope,
        "evidence": [_evidence(evidence) for evidence in incident.evidence],
        "attributed_to": incident.attributed_to,
        "caused_by": incident.caused_by,
        "why_not_located": incident.why_not_located,
    }


def _aggregate(aggregate: Aggregate) -> dict[str, Any]:
    return {
        "count": aggregate.count,
        "count_as_written": aggregate.count_as_written,
        "regions": list(aggregate.regions),
        "since": _day(aggregate.since),
        "evidence": [_evidence(evidence) for evidence in aggregate.evidence],
    }
