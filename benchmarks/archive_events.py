"""Made-up events of many articles, for the benchmarks of an archive's views.

Sentences are drawn from the words of the example articles, so that hardly two are alike; titles and addresses, too.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geomap.archive.nouns import Event, Grade, Link, Source, Telling
from geomap.model import Casualties, LonLat, Span

ROOT = Path(__file__).parents[1]
FIRST_DAY = dt.date(2015, 1, 1)
OUTLETS = [f"{name}.example" for name in "euphrates tigris wadi delta harbour summit courier herald".split()]
TELLINGS = (1, 1, 2, 2, 3, 3, 4, 4)  # two and a half each
GRADES: tuple[Grade, ...] = ("several", "several", "several", "contested", "denied")


def events(count: int, seed: int = 1) -> Iterator[Event]:
    """Yield a number of events with two and a half tellings each, the same for the same seed, the latest first."""
    dice = random.Random(seed)  # noqa: S311  # places, not secrets
    words = _words()
    names = [f"{dice.choice(words).title()} {dice.choice('abcdefghkmnprst').upper()}{n}" for n in range(3000)]
    for number in range(count):
        place = dice.randrange(len(names))
        spread = random.Random(place)  # noqa: S311
        where = {
            "point": LonLat(round(spread.uniform(25, 60), 4), round(spread.uniform(12, 50), 4)),
            "place_id": f"bench:{place}",
            "place_name": names[place],
            "country_code": ("IQ", "SY", "YE", "UA", "SD", "LB", "LY")[place % 7],
            "admin1": f"Province {place % 90}",
        }
        yield _event(number, count, where, dice, words)


def _words() -> list[str]:
    found: set[str] = set()
    for path in sorted((ROOT / "examples").glob("*.txt")):
        found |= set(re.findall(r"[a-z]{2,}", path.read_text(encoding="utf-8")))
    return sorted(found)


def _event(number: int, count: int, where: dict[str, Any], dice: random.Random, words: list[str]) -> Event:
    day = FIRST_DAY + dt.timedelta(days=(count - number) * 3650 // count)
    low = dice.choice((None, None, 1, 2, 3, 7))
    shared: dict[str, Any] = {
        **where,
        "kind": dice.choice(("strike", "strike", "attack")),
        "attacked_base": dice.random() < 0.2,
        "sub_event_type": "Air/drone strike",
        "status": "reported",
        "precision": dice.choice(("site", "settlement", "settlement", "district")),
        "radius_km": dice.choice((1.0, 5.0, 10.0, 25.0)),
        "date_start": day,
        "date_end": day,
        "actors": (f"Actor {dice.randrange(60)}",),
        "weapons": (dice.choice(("drone", "missile", "rockets", "artillery")),),
        "killed": None if low is None else Casualties(low=low, best=low, high=low),
    }
    told = tuple(_telling(shared, day, dice, words) for _ in range(dice.choice(TELLINGS)))
    return Event(
        id=f"{dice.getrandbits(48):012x}",
        tellings=told,
        links=(Link(score=1.0), *(_link(dice) for _ in told[1:])),
        grade="single" if len(told) == 1 else dice.choice(GRADES),
        **shared,
    )


def _link(dice: random.Random) -> Link:
    near = round(dice.uniform(0.2, 2.5), 3)
    return Link(score=round(dice.uniform(0.6, 1), 3), reasons={"near": near, "same day": 1.62, "same kind": 0.8})


def _telling(shared: dict[str, Any], day: dt.date, dice: random.Random, words: list[str]) -> Telling:
    before, after = " ".join(dice.choices(words, k=9)), " ".join(dice.choices(words, k=11))
    start = len(before) + 1
    place = shared["place_name"]
    title = " ".join(dice.choices(words, k=8)).capitalize()
    key = f"{dice.getrandbits(64):016x}"
    outlet = dice.choice(OUTLETS)
    slug = title.lower().replace(" ", "-")
    source = Source(
        key=key,
        article_id=key,
        outlet=outlet,
        title=title,
        url=f"https://{outlet}/{day:%Y/%m/%d}/{slug}",
        published_on=day + dt.timedelta(days=1),
    )
    return Telling(
        key=f"{key}/i1",
        source=source,
        incident_id="i1",
        group="g1",
        attribution="stated",
        quotes=(f"{before} struck {place} {after}.",),
        trigger=Span(start, start + 6),
        mention=Span(start + 7, start + 7 + len(place)),
        **shared,
    )
