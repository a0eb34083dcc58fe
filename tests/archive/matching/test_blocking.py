"""Blocks: whatever may be one event shares one, and there are never many."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from geomap.archive.matching import blocking_keys
from geomap.archive.matching.cells import KM_PER_DEG, cells_of
from geomap.archive.matching.vetoes import veto
from geomap.gazetteer.distance import distance_km
from geomap.model import LonLat
from tests.archive.matching.drawn import points, tellings
from tests.archive.matching.made import FRIDAY, told


@settings(max_examples=400)
@given(tellings(), tellings())
@example(told("a"), told("b", place_id=None, point=LonLat(41.0, 34.5)))
def test_what_no_veto_keeps_apart_shares_a_block(a, b):
    """Within the limits of space and time two tellings of two articles always meet."""
    if veto(a, b) is None:
        assert set(blocking_keys(a)) & set(blocking_keys(b))


@settings(max_examples=400)
@given(points(), st.floats(0, 200), st.floats(0, 360), st.floats(0, 1), st.floats(0, 200))
def test_circles_that_touch_share_a_cell(a, radius, course, share, other):
    """Also over the antimeridian and near the poles."""
    lat = a.lat + share * (radius + other) / KM_PER_DEG * (1 if course < 180 else -1)
    b = LonLat((a.lon + course + 180.0) % 360.0 - 180.0 if abs(a.lat) > 89 else a.lon, max(-90.0, min(90.0, lat)))
    if distance_km(a, b) <= radius + other:
        assert set(cells_of(a, radius)) & set(cells_of(b, other))


@given(tellings())
def test_there_are_never_many_blocks(telling):
    """However wide the area and however long the window."""
    assert len(blocking_keys(telling)) <= 400
    assert len(set(blocking_keys(telling))) == len(blocking_keys(telling))


def test_a_town_and_a_day_have_few():
    """The common case is cheap."""
    assert len(blocking_keys(told())) <= 6


def test_without_a_point_there_are_none():
    """What has no place stays alone."""
    assert blocking_keys(told(point=None, place_id=None)) == ()


def test_a_country_meets_only_itself():
    """A wide area has blocks of its own: its distance to others means nothing."""
    country = {"precision": "country", "radius_km": 300.0, "place_id": "iq"}
    assert set(blocking_keys(told("a", **country))) == set(blocking_keys(told("b", **country)))
    assert not set(blocking_keys(told("a", **country))) & set(blocking_keys(told("b")))


def test_a_season_is_cut_to_its_last_days():
    """A window of months has no more blocks than one of ten days."""
    long = told(date_start=FRIDAY - dt.timedelta(days=200))
    short = told(date_start=FRIDAY - dt.timedelta(days=9))
    assert blocking_keys(long) == blocking_keys(short)


def test_without_any_date_only_the_undated_meet():
    """Neither the incident nor its article has a day."""
    undated = {"date_start": None, "date_end": None, "published": None}
    assert set(blocking_keys(told("a", **undated))) == set(blocking_keys(told("b", **undated)))
    assert not set(blocking_keys(told("a", **undated))) & set(blocking_keys(told("b")))
