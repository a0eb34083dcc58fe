"""Named features, by minimal pairs: what one change of a telling does to the score."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from geomap.archive.matching import compare
from geomap.archive.matching.choosing import load_model
from geomap.archive.matching.vetoes import veto
from geomap.model import LonLat
from geomap.scoring import total
from tests.archive.matching.drawn import tellings
from tests.archive.matching.made import FRIDAY, QAIM, SATURDAY, at_least, number, told

NEIGHBOUR = {"place_id": "husayba", "place_name": "Husaybah", "point": LonLat(40.95, 34.40)}
ANBAR = {"precision": "province", "radius_km": 75.0, "place_id": "anbar", "place_name": "Anbar"}
DISTRICT = {"precision": "district", "radius_km": 25.0, "place_id": "d", "place_name": "Al-Qa'im District"}
SITE = {"precision": "site", "radius_km": 1.5, "place_id": "h3", "place_name": "K-9 depot", "point": LonLat(41.1, 34.4)}
LONG = "American warplanes struck a depot of the group near the border late on Friday, a source said."
NIGHT = {"date_start": FRIDAY, "date_end": SATURDAY}
NEXT_NIGHT = {"date_start": SATURDAY, "date_end": SATURDAY + dt.timedelta(days=1)}
SUNDAY, TUESDAY = SATURDAY + dt.timedelta(days=1), SATURDAY + dt.timedelta(days=3)
UNDATED = {"date_start": None, "date_end": None, "published": None}
HOUTHIS = {"actors": ("Houthis",)}
GROUP = {"actors": ("Kataib Hezbollah",)}


@pytest.mark.parametrize(
    ("feature", "a", "b"),
    [
        ("same fine place", {}, {}),
        ("same region", ANBAR, ANBAR),
        ("names alike", {}, {"place_id": "osm:1", "place_name": "Qa'im"}),
        ("names alike of town and region", {}, DISTRICT),
        ("another place", {}, NEIGHBOUR),
        ("another name nearby", {}, NEIGHBOUR | {"radius_km": 10.0, "point": LonLat(41.0, 34.4)}),
        ("a site by a town", {}, SITE),
        ("inside the province", {}, ANBAR),
        ("inside the district", SITE, DISTRICT),
        ("outside the district", NEIGHBOUR | {"point": LonLat(40.78, 34.37)}, DISTRICT),
        ("far for its precision", {}, NEIGHBOUR),
        ("same day", {}, {}),
        ("another day", {}, {"date_start": SATURDAY, "date_end": SATURDAY}),
        ("another night", NIGHT, NEXT_NIGHT),
        ("eve of the night", {}, NIGHT),
        ("day not named", {}, {"date_start": None, "date_end": SATURDAY}),
        ("no date at all", UNDATED, UNDATED),
        ("days before its article", {}, {"date_start": None, "date_end": SUNDAY}),
        ("a day apart, not named", {}, {"date_start": None, "date_end": TUESDAY}),
        ("told days later", {}, {"published": SATURDAY + dt.timedelta(days=4)}),
        ("same kind", {}, {}),
        ("another kind", {}, {"kind": "attack"}),
        ("a base in both", {"attacked_base": True}, {"attacked_base": True}),
        ("same way", {}, {}),
        ("another way", {}, {"sub_event_type": "Shelling/artillery/missile attack"}),
        ("same weapon", {"weapons": ("drone",)}, {"weapons": ("Shahed drones",)}),
        ("another weapon", {"weapons": ("drone",)}, {"weapons": ("mortar shells",)}),
        ("same actor", {}, {}),
        ("akin actor", GROUP, {"actors": ("Iraqi militias",)}),
        ("other actor", {}, HOUTHIS),
        ("same target", {"targets": ("Houthis",)}, {"targets": ("Houthis",)}),
        ("other target", {"targets": ("Houthis",)}, {"targets": ("Israel",)}),
        ("attacker was attacked", HOUTHIS, {"actors": ("Israel",), "targets": ("Houthis",)}),
        ("same number killed", {"killed": number(16)}, {"killed": number(16)}),
        ("killed differ", {"killed": number(16)}, {"killed": number(4)}),
        ("same number injured", {"injured": number(25)}, {"injured": at_least(25)}),
        ("injured differ", {"injured": number(25)}, {"injured": number(2)}),
        ("shared quotation", {"quotes": (LONG,)}, {"quotes": (LONG + " He gave no name.",)}),
        ("shared words", {"quotes": ("A bakery burned.",)}, {"quotes": ("Jets hit a bakery.",)}),
        (
            "no word shared",
            {"quotes": ("Grenades tore through cafeteria windows, waiters recalled.",)},
            {"quotes": ("Prisoners escaped amid chaotic flooding downstream.",)},
        ),
        ("same thing hit", {"quotes": ("A clinic was hit.",)}, {"quotes": ("Jets hit the hospital.",)}),
        ("another thing hit", {"quotes": ("A school was hit.",)}, {"quotes": ("Jets hit the hospital.",)}),
        ("denied beside told", {}, {"status": "denied"}),
        ("told with less certainty", {}, {"status": "claimed"}),
    ],
)
def test_each_feature_has_its_pair(feature, a, b):
    """The feature stands for this pair, in either order, and only where the pair is as it is."""
    one, two = told("a.example", **a), told("b.example", **b)
    assert compare(one, two) == compare(two, one)
    assert feature in compare(one, two)


@pytest.mark.parametrize(
    ("feature", "b"),
    [
        ("another place", {"place_id": "osm:1"}),
        ("another day", NIGHT),
        ("another night", NIGHT),
        ("other actor", {"actors": ()}),
        ("other target", {"targets": ("Israel",)}),
        ("killed differ", {"killed": at_least(3)}),
        ("another weapon", {"weapons": ("mortar shells",)}),
        ("same outlet", {}),
        ("days before its article", {"date_start": None, "date_end": SATURDAY}),
        ("no date at all", {"date_start": None, "date_end": None}),
    ],
)
def test_each_twin_lacks_it(feature, b):
    """What is not said, or can be meant alike, speaks neither for nor against."""
    assert feature not in compare(told("a.example", killed=at_least(1)), told("b.example", **b))


def test_an_outlet_that_repeats_its_formula_quotes_nobody():
    """The same sentence from one outlet on two days is no shared quotation; from two outlets it is."""
    later = told("a.example", article="later", quotes=(LONG,))
    features = compare(told("a.example", quotes=(LONG,)), later)
    assert "same outlet" in features
    assert "shared quotation" not in features


def test_what_came_before_is_not_what_was_hit():
    """ "Hours after the strike on a school" names no target of this one."""
    school = told("a", quotes=("Jets hit a school.",))
    cafe = told("b", quotes=("Jets hit a cafe, hours after the strike on the school.",))
    assert "another thing hit" in compare(school, cafe)


def test_every_feature_has_a_weight():
    """No feature is made that the model does not know, and the other way round."""
    made = {case[0] for case in test_each_feature_has_its_pair.pytestmark[0].args[1]}
    assert made | {"same outlet", "akin target", "outside the province"} == set(load_model().weights)


@settings(max_examples=200)
@given(tellings(), tellings())
def test_order_never_matters(a, b):
    """Two tellings fit each other alike from both sides."""
    assert veto(a, b) == veto(b, a)
    if veto(a, b) is None:
        assert compare(a, b) == compare(b, a)
        assert set(compare(a, b)) <= set(load_model().weights)


def test_evidence_adds_up():
    """The same number killed makes a match likelier, another attacker less likely."""
    model, base = load_model(), told("a", killed=number(16), point=QAIM)
    same = total(compare(base, told("b", killed=number(16))), model)
    silent = total(compare(base, told("b")), model)
    other = total(compare(base, told("b", actors=("Houthis",))), model)
    assert other < silent < same
