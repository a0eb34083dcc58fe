"""Tellings drawn by hypothesis: many of them close to each other, some anywhere, some without a place or a date."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from geomap.archive.nouns import Telling
from geomap.model import LonLat
from tests.archive.matching.made import told

RADII = {"site": 1.5, "settlement": 5.0, "district": 25.0, "province": 75.0, "country": 300.0}
CENTRES = (LonLat(41.09, 34.37), LonLat(179.98, -16.5), LonLat(-179.98, 65.0), LonLat(10.0, 89.6), LonLat(0.0, -0.01))
PLACES = {"x": CENTRES[0], "y": LonLat(41.2, 34.4), "z": CENTRES[1]}
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 20))


@st.composite
def points(draw: st.DrawFn) -> LonLat:
    """Draw a point within a few hundred kilometres of a centre, or anywhere."""
    if draw(st.booleans()):
        return LonLat(draw(st.floats(-180, 180)), draw(st.floats(-90, 90)))
    centre = draw(st.sampled_from(CENTRES))
    lon = centre.lon + draw(st.floats(-2.0, 2.0))
    return LonLat((lon + 180.0) % 360.0 - 180.0, max(-90.0, min(90.0, centre.lat + draw(st.floats(-1.0, 1.0)))))


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    """Draw a telling of one of a few articles and places."""
    precision = draw(st.sampled_from(sorted(RADII)))
    start = draw(st.none() | DAYS)
    end = draw(st.none() | DAYS.map(lambda day: max(day, start or day)))
    place = draw(st.none() | st.sampled_from(sorted(PLACES)))
    return told(
        draw(st.sampled_from([None, "a.example", "b.example"])),
        article=draw(st.sampled_from("abcdefgh")),
        published=draw(st.none() | DAYS),
        precision=precision,
        radius_km=RADII[precision] * draw(st.sampled_from([1.0, 1.0, 3.0])),
        point=draw(st.none() | points()) if place is None else PLACES[place],
        place_id=place,
        date_start=start,
        date_end=end,
    )
