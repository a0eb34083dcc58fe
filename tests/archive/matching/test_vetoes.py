"""What two tellings are never one event for, each beside its twin where nothing stands against it."""

from __future__ import annotations

import datetime as dt

import pytest

from geomap.archive.matching.vetoes import veto
from geomap.model import LonLat
from tests.archive.matching.made import FRIDAY, SATURDAY, told

SUNDAY = SATURDAY + dt.timedelta(days=1)
FAR = {"place_id": "far", "point": LonLat(40.45, 35.02)}
COUNTRY = {"precision": "country", "radius_km": 300.0, "place_id": "iq", "place_name": "Iraq"}
ANBAR = {"precision": "province", "radius_km": 75.0, "place_id": "anbar", "place_name": "Anbar"}
NINEVEH = {"precision": "province", "radius_km": 75.0, "place_id": "nineveh", "place_name": "Nineveh"}


@pytest.mark.parametrize(
    ("why", "a", "twin", "b"),
    [
        ("one article keeps them apart", told("a"), told("b"), told("a", key="a/2")),
        ("one is only a threat", told("a"), told("b"), told("b", status="threatened")),
        ("days apart", told("a"), told("b", date_start=SATURDAY), told("b", date_start=SUNDAY, date_end=SUNDAY)),
        ("no place", told("a"), told("b"), told("b", point=None, place_id=None)),
        ("too far apart", told("a"), told("b", place_id="near"), told("b", **FAR)),
        ("a wide area", told("a", **COUNTRY), told("b", **COUNTRY), told("b")),
        ("another region", told("a", **ANBAR), told("b", **ANBAR), told("b", **NINEVEH)),
        (
            "days apart",
            told("a", date_start=None, date_end=SATURDAY),
            told("b", date_start=FRIDAY),
            told("b", date_start=FRIDAY - dt.timedelta(days=9), date_end=FRIDAY - dt.timedelta(days=8)),
        ),
    ],
)
def test_minimal_pairs(why, a, twin, b):
    """The veto fires for one and not for its twin, whichever of the two comes first."""
    assert veto(a, b) == veto(b, a) == why
    assert veto(a, twin) is None
    assert veto(twin, a) is None


def test_threats_may_be_one():
    """Two articles can tell one threat."""
    assert veto(told("a", status="threatened"), told("b", status="threatened")) is None
