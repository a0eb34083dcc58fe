"""A report read back from the JSON it was written as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from geomap.errors import ArticleError
from geomap.model import (
    Aggregate,
    Article,
    Candidate,
    Casualties,
    Evidence,
    Incident,
    Mention,
    Place,
    Provenance,
    Report,
    Resolution,
    Sentence,
    Span,
)

_Data = Mapping[str, Any]


def read_report(data: Any, *, schema: str) -> Report:
    """Read a report from plain data.

    Raises
    ------
    ArticleError
        The data has another schema, lacks a key, or quotes what the article does not say.
    """
    if not isinstance(data, Mapping) or data.get("schema") != schema:
        found = data.get("schema") if isinstance(data, Mapping) else type(data).__name__
        raise ArticleError(
            f"this is not a report of schema {schema!r} but {found!r}", hint="make it with geomap report"
        )
    try:
        return _report(data)
    except (KeyError, TypeError, ValueError) as error:
        name = f"{type(error).__name__}: {error}"
        raise ArticleError(f"the report is damaged ({name})", hint="make it again with geomap report") from error


def _report(data: _Data) -> Report:
    places = {place["id"]: _place(place) for place in data["places"]}
    article = _article(data["article"], data["sentences"])
    mentions = data["mentions"]
    return Report(
        article=article,
        resolutions=tuple(_resolution(mention, places, article) for mention in mentions),
        roles=tuple(mention["role"] for mention in mentions),
        incidents=tuple(_incident(incident, places) for incident in data["incidents"]),
        aggregates=tuple(_aggregate(aggregate) for aggregate in data["aggregates"]),
        provenance=Provenance(
            geomap=data["provenance"]["geomap"],
            gazetteer=data["provenance"]["gazetteer"],
            config_sha256=data["provenance"]["config_sha256"],
        ),
        warnings=tuple(data.get("warnings", ())),
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _article(data: _Data, sentences: list[_Data]) -> Article:
    return Article(
        id=data["id"],
        text=data["text"],
        title=data["title"],
        url=data["url"],
        published_on=_day(data["published_on"]),
        sentences=tuple(
            Sentence(start=one["start"], end=one["end"], zone=one["zone"], repeats=one.get("repeats"))
            for one in sentences
        ),
    )


def _place(data: _Data) -> Place:
    return Place(
        id=data["id"],
        name=data["name"],
        lon=data["lon"],
        lat=data["lat"],
        feature_code=data.get("feature_code", ""),
        country_code=data.get("country_code"),
        admin1=data.get("admin1"),
        admin2=data.get("admin2"),
        source=data.get("source", ""),
    )


def _resolution(data: _Data, places: Mapping[str, Place], article: Article) -> Resolution:
    start, end = data["start"], data["end"]
    if article.text[start:end] != data["text"]:
        raise ValueError(f"the mention {data['text']!r} is not what stands at {start} to {end}")
    return Resolution(
        mention=Mention(
            start=start,
            end=end,
            text=data["text"],
            sentence=data["sentence"],
            kind=data.get("kind", "name"),
            feature_word=data.get("feature_word"),
            antecedent=data.get("antecedent"),
        ),
        status=data["status"],
        place=None if data["place"] is None else places[data["place"]],
        score=data["score"],
        reasons=dict(data["reasons"]),
        alternatives=tuple(
            Candidate(place=_place(other["place"]), score=other["score"]) for other in data["alternatives"]
        ),
        why_not=data.get("why_not"),
    )


def _casualties(data: _Data | None) -> Casualties | None:
    return None if data is None else Casualties(low=data["low"], best=data["best"], high=data["high"])


def _evidence(items: list[_Data]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            sentence=one["sentence"],
            trigger=Span(one["trigger"]["start"], one["trigger"]["end"]) if one.get("trigger") else None,
            mention=one.get("mention"),
            rules=tuple(one.get("rules", ())),
        )
        for one in items
    )


def _incident(data: _Data, places: Mapping[str, Place]) -> Incident:
    return Incident(
        id=data["id"],
        group=data["group"],
        kind=data["kind"],
        attacked_base=data["attacked_base"],
        sub_event_type=data["sub_event_type"],
        status=data["status"],
        place=None if data["place"] is None else places[data["place"]],
        relation=data["relation"],
        precision=data["precision"],
        radius_km=data["radius_km"],
        geo_precision=data["geo_precision"],
        where_prec=data["where_prec"],
        date_start=_day(data["date_start"]),
        date_end=_day(data["date_end"]),
        time_precision=data["time_precision"],
        date_as_written=data["date_as_written"],
        attribution=data["attribution"],
        actors=tuple(data["actors"]),
        targets=tuple(data["targets"]),
        weapons=tuple(data["weapons"]),
        killed=_casualties(data["killed"]),
        injured=_casualties(data["injured"]),
        casualty_scope=data["casualty_scope"],
        evidence=_evidence(data["evidence"]),
        attributed_to=data.get("attributed_to"),
        caused_by=data.get("caused_by"),
        why_not_located=data.get("why_not_located"),
    )


def _aggregate(data: _Data) -> Aggregate:
    return Aggregate(
        count=data["count"],
        count_as_written=data["count_as_written"],
        regions=tuple(data["regions"]),
        since=_day(data["since"]),
        evidence=_evidence(data["evidence"]),
    )
