"""The tellings of a report: its incidents, each with its source and its sentences."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from geomap.archive.nouns import Source, Telling
from geomap.model import Casualties, LonLat, Span

_Data = Mapping[str, Any]


def article_key(article: _Data) -> str:
    """Return the hash that an article is known by: one text from one outlet on one day is one article."""
    told = [article["text"], article["title"], outlet_of(article["url"]), article["published_on"]]
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()


def outlet_of(url: str | None) -> str | None:
    """Return the host of an address without "www.", which names the outlet; None where there is none."""
    host = (urlsplit(url).hostname if url else None) or ""
    return host.removeprefix("www.") or None


def tellings(report: _Data) -> tuple[Telling, ...]:
    """Return the incidents of a report (plain data, as ``docs/report.md`` has it) as tellings, in their order."""
    article = report["article"]
    source = Source(
        key=article_key(article),
        article_id=article["id"],
        outlet=outlet_of(article["url"]),
        title=article["title"],
        url=article["url"],
        published_on=_day(article["published_on"]),
    )
    places = {place["id"]: place for place in report["places"]}
    return tuple(_telling(one, source, places, report) for one in report["incidents"])


def _telling(incident: _Data, source: Source, places: Mapping[str, _Data], report: _Data) -> Telling:
    place = places[incident["place"]] if incident["place"] else None
    return Telling(
        key=f"{source.key}/{incident['id']}",
        source=source,
        incident_id=incident["id"],
        group=incident["group"],
        kind=incident["kind"],
        attacked_base=incident["attacked_base"],
        sub_event_type=incident["sub_event_type"],
        status=incident["status"],
        attribution=incident["attribution"],
        precision=incident["precision"],
        radius_km=incident["radius_km"],
        point=LonLat(place["lon"], place["lat"]) if place else None,
        place_id=place["id"] if place else None,
        place_name=place["name"] if place else None,
        country_code=place["country_code"] if place else None,
        admin1=place["admin1"] if place else None,
        date_start=_day(incident["date_start"]),
        date_end=_day(incident["date_end"]),
        actors=tuple(incident["actors"]),
        targets=tuple(incident["targets"]),
        weapons=tuple(incident["weapons"]),
        killed=_casualties(incident["killed"]),
        injured=_casualties(incident["injured"]),
        casualty_scope=incident["casualty_scope"],
        attributed_to=incident.get("attributed_to"),
        quotes=_quotes(incident, report),
        **_marks(incident, report),
    )


def _quotes(incident: _Data, report: _Data) -> tuple[str, ...]:
    text, sentences = report["article"]["text"], report["sentences"]
    numbers = dict.fromkeys(one["sentence"] for one in incident["evidence"])
    return tuple(text[sentences[n]["start"] : sentences[n]["end"]] for n in numbers)


def _marks(incident: _Data, report: _Data) -> dict[str, Span | None]:
    """Return where the first quotation says what happened and where; None where another sentence says it."""
    if not incident["evidence"]:
        return {}
    first = incident["evidence"][0]
    sentence, number = report["sentences"][first["sentence"]], first["mention"]
    mention = None if number is None else report["mentions"][number]
    return {"trigger": _inside(first["trigger"], sentence), "mention": _inside(mention, sentence)}


def _inside(words: _Data | None, sentence: _Data) -> Span | None:
    if words is None or not sentence["start"] <= words["start"] < words["end"] <= sentence["end"]:
        return None
    return Span(words["start"] - sentence["start"], words["end"] - sentence["start"])


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _casualties(data: _Data | None) -> Casualties | None:
    return None if data is None else Casualties(low=data["low"], best=data["best"], high=data["high"])
