"""Choosing: which event a telling joins, which it must not, and why."""

from __future__ import annotations

import datetime as dt

import pytest

from geomap.archive.matching import choose, summarise
from geomap.archive.nouns import Event, Link, Telling
from geomap.model import LonLat
from tests.archive.matching.made import FRIDAY, SATURDAY, at_least, number, told

SUNDAY, MONDAY = SATURDAY + dt.timedelta(days=1), SATURDAY + dt.timedelta(days=2)
HUSAYBA = {"place_id": "husayba", "place_name": "Husaybah", "point": LonLat(40.95, 34.40)}
ANBAR = {"precision": "province", "radius_km": 75.0, "place_id": "anbar", "place_name": "Anbar"}
DISTRICT = {"precision": "district", "radius_km": 25.0, "place_id": "d", "place_name": "Al-Qa'im District"}
WIRE = "American warplanes struck a depot of the group near the border late on Friday, a security source said."
UNDATED = {"date_start": None, "date_end": None, "published": None}
BASE = {"attacked_base": True, "weapons": ("rockets",), "sub_event_type": "Shelling/artillery/missile attack"}


def event(*tellings: Telling, name: str = "e") -> Event:
    """Return an event that some tellings tell."""
    return summarise(name, tellings, [Link(score=1.0)] * len(tellings))


def joins(a: Telling, b: Telling) -> bool:
    """Tell whether one telling joins the event of another."""
    return choose(b, [event(a)]).event is not None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param({}, {}, id="the same told by two"),
        pytest.param({}, {"place_id": "osm:1", "place_name": "Qa'im"}, id="another spelling, another gazetteer"),
        pytest.param({}, {"date_start": None, "date_end": SATURDAY}, id="no day named"),
        pytest.param({"killed": at_least(6)}, {"killed": number(16), "published": MONDAY}, id="the toll rises"),
        pytest.param({}, {"status": "denied"}, id="a denial of it"),
        pytest.param({"status": "claimed"}, {}, id="a claim of it"),
        pytest.param({}, {"status": "intercepted"}, id="shot down or not"),
        pytest.param({}, DISTRICT, id="only its district named"),
        pytest.param({"quotes": (WIRE,)}, ANBAR | {"quotes": (WIRE,)}, id="only its province named, by the same words"),
        pytest.param({"date_end": SATURDAY}, {"date_end": SATURDAY}, id="a night of two days"),
        pytest.param(UNDATED | {"quotes": (WIRE,)}, UNDATED | {"quotes": (WIRE,)}, id="no date, but the same words"),
    ],
)
def test_these_are_one(a, b):
    """Different words for one event."""
    assert joins(told("a.example", **a), told("b.example", **b))
    assert joins(told("b.example", **b), told("a.example", **a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param({}, HUSAYBA, id="the next town in the same night"),
        pytest.param(
            {"killed": number(4), "quotes": ("A house was hit.",)},
            HUSAYBA | {"killed": number(4), "quotes": ("Jets hit a house.",)},
            id="the next town, as many dead in a house",
        ),
        pytest.param({}, ANBAR | {"quotes": ("Raids hit Anbar.",)}, id="only the province, nothing else"),
        pytest.param(BASE, BASE | {"date_start": SUNDAY, "date_end": SUNDAY}, id="the base again two days later"),
        pytest.param(BASE, BASE | {"date_start": SATURDAY, "date_end": SATURDAY}, id="the base again the next day"),
        pytest.param(
            {"date_end": SATURDAY}, {"date_start": SATURDAY, "date_end": SUNDAY, "quotes": ("x",)}, id="the next night"
        ),
        pytest.param(
            {"quotes": ("A school was hit.",)},
            {"quotes": ("A convoy was bombed.",), "actors": ("Russia",), "sub_event_type": "Armed clash"},
            id="another attacker, another thing",
        ),
        pytest.param({}, {"status": "threatened"}, id="a threat"),
        pytest.param(UNDATED, UNDATED, id="two articles without any date on one town"),
    ],
)
def test_these_stay_two(a, b):
    """What is alike but not one."""
    assert not joins(told("a.example", **a), told("b.example", **b))
    assert not joins(told("b.example", **b), told("a.example", **a))


def test_the_link_says_why():
    """A probability and the features that decided, strongest first."""
    choice = choose(told("b", quotes=(WIRE,)), [event(told("a", quotes=(WIRE,)))])
    assert choice.event is not None
    assert 0.5 <= choice.link.score <= 1.0
    assert choice.link.by == "matching"
    assert {"shared quotation", "same fine place"} <= set(choice.link.reasons)


def test_nothing_to_choose_from_founds_an_event():
    """No event, and no doubt about it."""
    choice = choose(told(), [])
    assert choice.event is None
    assert choice.link == Link(score=1.0)


def test_a_founder_says_how_sure_it_is_alone():
    """The probability that it is none of the events there are."""
    assert choose(told("b", **HUSAYBA), [event(told("a"))]).link.score > 0.5


def test_an_article_never_stands_twice_in_an_event():
    """Not even where all its words are the same."""
    first = told("a", quotes=(WIRE,))
    again = told("a", key="a/2", quotes=(WIRE,))
    assert choose(again, [event(told("b", quotes=(WIRE,)), first)]).event is None


def test_one_telling_that_cannot_be_keeps_all_out():
    """An event drifts nowhere: what any of its tellings excludes is excluded."""
    vague = told("b", date_start=None, date_end=None, published=SUNDAY)
    assert choose(told("c", date_start=MONDAY, date_end=MONDAY), [event(told("a"), vague)]).event is None


def test_the_best_of_several_is_chosen():
    """The one with more in common, wherever it stands in the row."""
    close = event(told("a", killed=number(16)), name="close")
    loose = event(told("b", killed=number(3), actors=()), name="loose")
    for events in ([close, loose], [loose, close]):
        chosen = choose(told("c", killed=number(16)), events).event
        assert chosen is not None
        assert chosen.id == "close"


def test_an_event_of_hundreds_is_still_compared():
    """Only some of its tellings are compared in full."""
    many = event(*(told(f"o{n}.example") for n in range(300)))
    assert choose(told("new.example"), [many]).event is not None


def test_min_score_is_the_callers():
    """Who wants fewer merges asks for more certainty."""
    a, b = event(told("a")), told("b", date_start=None, date_end=SATURDAY)
    assert choose(b, [a]).event is not None
    assert choose(b, [a], min_score=0.999).event is None


def test_friday_is_friday():
    """The days that the pairs above are made of."""
    assert FRIDAY.strftime("%A") == "Friday"
