"""Tellings for the tests: one that is complete, and twins of it that differ in what a test is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from geomap.archive.nouns import Source, Telling
from geomap.model import Casualties, LonLat

QAIM = LonLat(41.09, 34.37)
FRIDAY = dt.date(2024, 2, 2)
SATURDAY = dt.date(2024, 2, 3)


def told(outlet: str | None = "euphrates.example", *, published: dt.date | None = SATURDAY, **changes: Any) -> Telling:
    """Return what an outlet tells of an American air strike on Qaim, with some changes.

    Two outlets have different words for it; one outlet tells it in one article unless ``article`` says another.
    """
    article = changes.pop("article", outlet or "?")
    one = Telling(
        key=f"{article}/1",
        source=Source(key=article, article_id=article, outlet=outlet, published_on=published),
        incident_id="1",
        group="1",
        kind="strike",
        attacked_base=False,
        sub_event_type="Air/drone strike",
        status="reported",
        attribution="stated",
        precision="settlement",
        radius_km=5.0,
        point=QAIM,
        place_id="geonames:99532",
        place_name="Al-Qa'im",
        country_code="IQ",
        admin1="Anbar",
        date_start=FRIDAY,
        date_end=FRIDAY,
        actors=("United States",),
        quotes=(f"It struck Qaim, said {str(outlet)[0]}.",),
    )
    return replace(one, **changes)


def number(low: int, best: int | None = None, high: int | None = None) -> Casualties:
    """Return a number of people; one figure means exactly so many."""
    return Casualties(low=low, best=low if best is None else best, high=low if high is None else high)


def at_least(low: int) -> Casualties:
    """Return an open number."""
    return Casualties(low=low, best=low, high=None)
