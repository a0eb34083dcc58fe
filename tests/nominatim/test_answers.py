"""Reading what a server sends: anything at all is either read whole or refused with one kind of error."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nominatim_faults import GOOD

from geomap.resolution.geocoder_answers import BadAnswerError, Hit, read_hits, read_json
from geomap.resolution.geocoder_places import feature_code, is_coarse, name_kind, radius_km

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


def hit(**changes):
    """Return a good result with changes."""
    (one,) = read_hits([{**GOOD, **changes}])
    return one


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_a_bad_answer(body):
    """Decoding leaks no other exception."""
    try:
        read_hits(read_json(body))
    except BadAnswerError:
        return
    assert isinstance(json.loads(body), list)


@given(ANYTHING)
def test_any_json_is_results_or_a_bad_answer(payload):
    """Checking leaks no other exception."""
    try:
        found = read_hits(payload)
    except BadAnswerError:
        return
    assert found == ()


@given(st.dictionaries(st.sampled_from(sorted(GOOD)), ANYTHING))
def test_a_result_is_taken_whole_or_not_at_all(changes):
    """Whatever stands in the place of a value: a result that is taken has a point on this globe and a rank."""
    try:
        (found,) = read_hits([{**GOOD, **changes}])
    except BadAnswerError:
        return
    assert isinstance(found, Hit)
    assert math.isfinite(found.lat)
    assert abs(found.lat) <= 90
    assert abs(found.lon) <= 180
    assert 0 <= found.place_rank <= 30
    assert found.name
    assert radius_km(found) > 0
    assert feature_code(found)


@pytest.mark.parametrize(
    ("changes", "code", "radius", "coarse"),
    [
        ({}, "PPL", 3.0, False),
        ({"type": "city", "place_rank": 16}, "PPL", 8.0, False),
        ({"type": "suburb", "place_rank": 20}, "PPLX", 2.0, False),
        ({"class": "boundary", "type": "administrative", "addresstype": "state", "place_rank": 8}, "ADM1", 8.0, True),
        (
            {"class": "boundary", "type": "administrative", "addresstype": "county", "place_rank": 12},
            "ADM2",
            8.0,
            False,
        ),
        ({"class": "boundary", "type": "administrative", "addresstype": "country", "place_rank": 4}, "PCLI", 8.0, True),
        ({"class": "military", "type": "airfield", "place_rank": 30}, "AIRB", 1.0, False),
        ({"class": "military", "type": "trench", "place_rank": 30}, "INSM", 1.0, False),
        ({"class": "aeroway", "type": "aerodrome", "place_rank": 30}, "AIRP", 1.0, False),
        ({"class": "highway", "type": "residential", "place_rank": 26}, "RD", 1.5, False),
        ({"class": "unheard", "type": "of", "place_rank": 30}, "BLDG", 1.0, False),
        ({"osm_type": "way", "boundingbox": ["32", "34", "43", "45"]}, "PPL", 145.2, True),
        ({"osm_type": "way", "boundingbox": ["33.29", "33.31", "44.39", "44.41"]}, "PPL", 1.4, False),
        (
            {"osm_type": None, "osm_id": None, "class": "place", "type": "postcode", "place_rank": 21},
            "LCTY",
            14.5,
            True,
        ),
    ],
)
def test_rank_and_extent_give_kind_and_radius(changes, code, radius, coarse):
    """A point is as exact as its rank, an area as large as it is; what is too large or has no id is coarse."""
    one = hit(**changes)
    assert (feature_code(one), radius_km(one), is_coarse(one)) == (code, pytest.approx(radius, abs=0.1), coarse)


NAMES = {"name": "غيمة", "name:en": "Ghayma", "alt_name:en": "Ghaymah al-Gharbiya;Gheima", "old_name": "Tall Qadim"}


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Ghayma", "name"),
        ("al-Ghayma", "name"),
        ("غيمة", "name"),
        ("Gheima", "alias"),
        ("Ghaymah al-Gharbiya", "alias"),
        ("Tall Qadim", "former"),
        ("Ghayma village", "stripped"),
        ("Ghaymaa", "approximate"),
        ("Ghayma Qadim", None),
        ("Gharbiya", None),
        ("Iraq", None),
    ],
)
def test_a_result_must_bear_the_name(asked, kind):
    """Having the words somewhere is not bearing the name."""
    assert name_kind(asked, hit(namedetails=NAMES, name="Ghayma")) == kind
