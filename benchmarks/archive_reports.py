"""Synthetic reports for the archive: events of a made-up war, each told by several outlets in their own words.

The same numbers give the same reports. Sizes are those of real ones: 25 sentences, 25 names, two or three incidents.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

BEGAN = dt.date(2023, 1, 1)
OUTLETS = [
    f"{name}.example" for name in "tribune herald wire post monitor gazette observer bulletin courier dawn".split()
]
ACTORS = "Northern Army;River Brigades;Eastern Command;Coastal Guard;Free Valley Front;Republican Guard".split(";")
WEAPONS = (
    ("drone", "Air/drone strike"),
    ("airstrike", "Air/drone strike"),
    ("rockets", "Shelling/artillery/missile attack"),
    ("shelling", "Shelling/artillery/missile attack"),
)
FILLER = (
    "Residents said they had heard aircraft for several hours before the first explosion shook their windows.",
    "Officials gave no further details and said that an inquiry into what had happened was under way.",
    "Aid groups have warned that roads into the area are cut and that fuel for hospitals is running out.",
    "The two sides have blamed each other for the collapse of the truce that was announced last month.",
    "Satellite pictures published by a research group showed damage to several buildings near the river.",
)
TOLD = (
    "A {weapon} hit {place} on {day}, killing {killed} people, {who} said.",
    "{who} said that a {weapon} struck {place} on {day} and left {killed} dead.",
    "At least {killed} people were killed when a {weapon} hit {place} on {day}, according to {who}.",
)
WHO = ("local officials", "two security sources", "the health ministry", "witnesses", "a monitoring group")


class Place(NamedTuple):
    """A town of the made-up war, somewhere between 30 and 50 degrees."""

    id: str
    name: str
    lon: float
    lat: float
    country_code: str


class Happened(NamedTuple):
    """What really happened; reports tell it, more or less exactly."""

    place: Place
    day: dt.date
    actor: str
    weapon: tuple[str, str]
    killed: int


def places(count: int, draw: random.Random) -> list[Place]:
    """Return towns."""
    starts, ends = (
        "Tel Bir Ras Kafr Dayr Wadi Ain Jabal Umm Khan".split(),
        "Salem Nur Hadid Zeit Amal Sabah Noor".split(),
    )
    return [
        Place(
            f"made:{n}", f"{draw.choice(starts)} {draw.choice(ends)} {n}", round(draw.uniform(30, 50), 4),
            round(draw.uniform(28, 40), 4), draw.choice(("IQ", "SY", "YE", "SD", "UA")),
        )
        for n in range(count)
    ]  # fmt: skip


def reports(count: int, *, seed: int = 1, towns: int = 3000, days: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield reports in the order in which they were published; ten thousand a month unless days are given."""
    draw = random.Random(seed)  # noqa: S311  # a sample, not a secret
    where, length = places(towns, draw), days or max(3, count // 330)
    number = 0
    for day in range(length):
        due = (day + 1) * count // length - number
        today = [_happen(where, BEGAN + dt.timedelta(day), draw) for _ in range(max(1, due * 3 // 5))]
        for _ in range(due):
            yield report(
                number, BEGAN + dt.timedelta(day), draw.sample(today, min(len(today), draw.choice((2, 2, 3)))), draw
            )
            number += 1


def _happen(where: list[Place], day: dt.date, draw: random.Random) -> Happened:
    return Happened(draw.choice(where), day, draw.choice(ACTORS), draw.choice(WEAPONS), draw.randint(1, 20))


def report(number: int, day: dt.date, told: list[Happened], draw: random.Random) -> dict[str, Any]:
    """Return one article's report."""
    outlet, name = draw.choice(OUTLETS), f"a{number}"
    sentences = [_sentence(one, draw) for one in told]
    sentences += [f"{draw.choice(FILLER)} It was the {number}th such note." for _ in range(25 - len(told))]
    text, spans, at = " ".join(sentences), [], 0
    for one in sentences:
        spans.append({"start": at, "end": at + len(one), "zone": "body"})
        at += len(one) + 1
    known = {one.place.id: _place(one.place) for one in told}
    return {
        "schema": "geomap.report/1",
        "article": {
            "id": name, "title": f"{told[0].weapon[0].capitalize()} hits {told[0].place.name}",
            "url": f"https://www.{outlet}/{name}", "published_on": day.isoformat(), "text": text,
        },
        "sentences": spans,
        "places": list(known.values()),
        "mentions": _mentions(text, spans, told),
        "incidents": [_incident(name, n, one, draw) for n, one in enumerate(told)],
        "aggregates": [],
        "provenance": {"geomap": "0.1.0", "gazetteer": "made-up", "config_sha256": "0" * 64},
    }  # fmt: skip


def _sentence(one: Happened, draw: random.Random) -> str:
    killed = max(1, one.killed + draw.choice((0, 0, 0, 1, -1)))
    return draw.choice(TOLD).format(
        weapon=one.weapon[0], place=one.place.name, day=f"{one.day:%A}", killed=killed, who=draw.choice(WHO)
    )


def _place(place: Place) -> dict[str, Any]:
    return {
        "id": place.id, "name": place.name, "lon": place.lon, "lat": place.lat, "feature_code": "PPL",
        "country_code": place.country_code, "admin1": "Some Province", "admin2": None, "source": "made-up",
    }  # fmt: skip


def _mentions(text: str, spans: list[dict[str, Any]], told: list[Happened]) -> list[dict[str, Any]]:
    """Return 25 mentions: one a sentence, as heavy as real ones."""
    found = []
    for number, span in enumerate(spans):
        one = told[number % len(told)].place
        start = text.index(one.name, span["start"]) if number < len(told) else span["start"]
        end = start + (len(one.name) if number < len(told) else 5)
        rivals = [{"place": _place(one), "score": 0.02}] * 2
        found.append({
            "start": start, "end": end, "text": text[start:end], "sentence": number, "role": "event_location",
            "status": "resolved", "place": one.id, "score": 0.97, "reasons": {"exact name": 0.4, "in": 0.3},
            "alternatives": rivals,
        })  # fmt: skip
    return found


def _incident(name: str, number: int, one: Happened, draw: random.Random) -> dict[str, Any]:
    killed = max(1, one.killed + draw.choice((0, 0, 1)))
    key = hashlib.sha256(f"{name}/{number}".encode()).hexdigest()
    return {
        "id": key[:12], "group": key[12:24], "kind": "strike", "attacked_base": False,
        "sub_event_type": one.weapon[1], "status": "reported", "place": one.place.id, "relation": "in",
        "precision": "settlement", "radius_km": 5.0, "geo_precision": 1, "where_prec": 1,
        "date_start": one.day.isoformat(), "date_end": one.day.isoformat(), "time_precision": 1,
        "date_as_written": f"{one.day:%A}", "attribution": "stated",
        "actors": [one.actor] if draw.random() < 0.7 else [], "targets": [], "weapons": [one.weapon[0]],
        "killed": {"low": killed, "best": killed, "high": killed}, "injured": None, "casualty_scope": "event",
        "evidence": [{"sentence": number, "trigger": None, "mention": number, "rules": ["in behind the trigger"]}],
        "attributed_to": "local officials", "caused_by": None, "why_not_located": None,
    }  # fmt: skip


def lines(count: int, **how: int) -> Iterator[str]:
    """Yield reports as lines of JSON."""
    return (json.dumps(one, ensure_ascii=False) + "\n" for one in reports(count, **how))
