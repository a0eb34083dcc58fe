"""What tellings say together: place, days, parties, numbers, status, grade."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.archive.matching import summarise
from geomap.archive.nouns import Event, Link, Telling
from geomap.model import Casualties
from tests.archive.matching.drawn import tellings
from tests.archive.matching.made import FRIDAY, SATURDAY, at_least, number, told

SUNDAY = SATURDAY + dt.timedelta(days=1)
WIRE = "American warplanes struck a depot of the group near the border late on Friday, a security source said."


def event(*told_by: Telling) -> Event:
    """Return an event of some tellings."""
    return summarise("e", told_by, [Link(score=1.0)] * len(told_by))


def test_the_finest_place_and_the_narrowest_days():
    """A province and a night become a site and a day where some outlet knows them."""
    province = told("a", precision="province", radius_km=75.0, place_id="anbar", place_name="Anbar", date_end=SATURDAY)
    site = told("b", precision="site", radius_km=1.5, place_id="depot", place_name="Depot")
    both = event(province, site)
    assert (both.place_name, both.precision, both.radius_km) == ("Depot", "site", 1.5)
    assert (both.date_start, both.date_end) == (FRIDAY, FRIDAY)


def test_a_named_day_beats_an_open_one():
    """A window without a beginning is wider than any other."""
    assert event(told("a", date_start=None, date_end=SATURDAY), told("b")).date_start == FRIDAY


def test_parties_are_united():
    """Each name once, in the order in which they were told."""
    both = event(
        told("a", weapons=("jets",), targets=("X",)),
        told("b", actors=("United States", "United Kingdom"), weapons=("jets", "missiles")),
    )
    assert both.actors == ("United States", "United Kingdom")
    assert both.weapons == ("jets", "missiles")
    assert both.targets == ("X",)


@pytest.mark.parametrize(
    ("said", "together"),
    [
        ([number(5)], number(5)),
        ([number(3), number(5)], Casualties(low=3, best=5, high=5)),
        ([number(5), number(3)], Casualties(low=3, best=3, high=5)),
        ([at_least(16), number(18)], Casualties(low=16, best=18, high=18)),
        ([number(16), at_least(18)], Casualties(low=16, best=18, high=None)),
        ([None, number(2)], number(2)),
        ([None, None], None),
    ],
)
def test_numbers_become_ranges(said, together):
    """Lowest, latest, highest; open where the greatest is."""
    days = [FRIDAY + dt.timedelta(days=n) for n in range(len(said))]
    outlets = [told(f"o{n}", killed=one, published=day) for n, (one, day) in enumerate(zip(said, days, strict=True))]
    assert event(*outlets).killed == together


def test_a_total_of_several_places_only_bounds():
    """Sixteen dead in two towns: at most sixteen in this one, unless somebody says how many."""
    total = told("a", killed=number(16), casualty_scope="group")
    assert event(total).killed == Casualties(low=0, best=None, high=16)
    assert event(total, told("b", killed=number(4), casualty_scope="event")).killed == number(4)


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (("claimed", "reported"), "reported"),
        (("denied", "reported"), "reported"),
        (("denied", "claimed"), "claimed"),
        (("denied", "denied"), "denied"),
        (("intercepted", "claimed"), "intercepted"),
        (("threatened", "threatened"), "threatened"),
    ],
)
def test_reported_wins(statuses, status):
    """What somebody reports as fact is reported, whoever denies it."""
    assert event(*(told(f"o{n}", status=one) for n, one in enumerate(statuses))).status == status


@pytest.mark.parametrize(
    ("grade", "a", "b"),
    [
        ("several", {}, {}),
        ("single", {}, {"outlet": "a.example", "article": "later"}),
        ("single", {"quotes": (WIRE,)}, {"quotes": (WIRE,)}),
        ("denied", {}, {"status": "denied"}),
        ("contested", {}, {"actors": ("Houthis",)}),
        ("contested", {}, {"status": "intercepted"}),
        ("contested", {"killed": number(2)}, {"killed": number(11)}),
        ("several", {"killed": number(2)}, {"killed": number(3)}),
        ("several", {"killed": at_least(2)}, {"killed": number(11)}),
        ("several", {"killed": number(2)}, {"killed": number(11), "published": SUNDAY}),
        ("contested", {"killed": number(11)}, {"killed": number(2), "published": SUNDAY}),
        ("several", {"killed": number(2)}, {"killed": number(11), "casualty_scope": "group"}),
        ("several", {}, {"status": "claimed"}),
    ],
)
def test_grades(grade, a, b):
    """One voice, several, several that contradict each other, or a denial; a toll may rise from day to day."""
    one, two = told("a.example", **a), told(**({"outlet": "b.example"} | b))
    assert event(one, two).grade == grade
    assert event(two, one).grade == grade


def test_one_telling_is_single():
    """Nobody confirms it."""
    assert event(told()).grade == "single"


@given(st.lists(tellings(), min_size=1, max_size=5))
def test_a_summary_never_fails_and_loses_nothing(some):
    """Whatever the tellings are, the event has them all, and its range holds its best number."""
    whole = event(*some)
    assert whole.tellings == tuple(some)
    assert len(whole.links) == len(some)
    assert {actor for one in some for actor in one.actors} == set(whole.actors)


@st.composite
def numbers(draw):
    """Draw a number as an article may write it: exact, at least, between, or none."""
    low, more = draw(st.integers(0, 50)), draw(st.integers(0, 50))
    return draw(st.sampled_from([None, number(low), at_least(low), Casualties(low=low, best=None, high=low + more)]))


@given(st.lists(st.tuples(numbers(), st.sampled_from(["event", "group"])), min_size=1, max_size=6))
def test_a_range_holds_what_was_said(said):
    """The best number lies in the range, and so does every number that an outlet gives for this place alone."""
    outlets = [told(f"o{n}", killed=one, casualty_scope=scope) for n, (one, scope) in enumerate(said)]
    whole = event(*outlets).killed
    if whole is None:
        return
    top = float("inf") if whole.high is None else whole.high
    assert whole.low <= (whole.best or whole.low) <= top
    own = [one for one, scope in said if one is not None and scope == "event"]
    assert all(whole.low <= one.low <= top for one in own)
