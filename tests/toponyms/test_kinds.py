"""Mentions that are no plain names: coordinates, demonyms, "the base"; and the feature word beside a name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geomap.config import ToponymsConfig
from geomap.coordinates import coordinates_in
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.toponyms.find import find


def found_in(text, engine, **settings):
    """Return the mentions of a text."""
    article = make_article(text, id="t")
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    config = replace(ToponymsConfig(), **settings)
    return find(article, words, engine.store, tools=engine.toponym_tools, config=config)


@pytest.mark.parametrize(
    ("written", "lat", "lon"),
    [
        ("33.7869, 42.4412", 33.7869, 42.4412),
        ("33.7869 N, 42.4412 E", 33.7869, 42.4412),
        ("N33.7869 W42.4412", 33.7869, -42.4412),
        ("-1.29210, 36.82190", -1.2921, 36.8219),
        ("33°47′12″N 42°26′28″E", 33.786667, 42.441111),
        ("33° 47' 12\" S, 42° 26' 28\" W", -33.786667, -42.441111),
        ("33.7869°N, 42.4412°E", 33.7869, 42.4412),
        ("38S KC 62951 40708", 33.78, 42.44),
        ("38SKC6295140708", 33.78, 42.44),
    ],
)
def test_coordinates_are_read(written, lat, lon):
    """Decimal degrees, degrees with minutes and seconds, MGRS; south and west are negative."""
    (one,) = coordinates_in(f"The crater at {written} was wide.")
    assert one.point.lat == pytest.approx(lat, abs=2e-4)
    assert one.point.lon == pytest.approx(lon, abs=2e-4)
    assert one.radius_km < 3


@pytest.mark.parametrize(
    "text",
    [
        "It fell 33.78 to 42.44 points.",
        "Version 3.141 and 2.718 came out.",
        "Prices rose 95.123, 190.456 in all.",
        "The 38S bus and KC 123",
        "99.9999, 42.1234",
    ],
)
def test_other_numbers_are_no_coordinates(text):
    """Two decimals are no position, nor is a point beyond the pole."""
    assert coordinates_in(text) == []


def test_demonyms_are_mentions_only_where_asked_for(engine):
    """By default "Iraqi" is evidence for a country; as a mention it is marked as what it is."""
    text = "Iraqi and South Korean troops left Mosul."
    assert [m.text for m in found_in(text, engine)] == ["Mosul"]
    asked = found_in(text, engine, demonyms=True)
    assert [(m.text, m.kind) for m in asked] == [("Iraqi", "demonym"), ("South Korean", "demonym"), ("Mosul", "name")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rockets hit Balad airbase. The base was shelled again.", "Balad"),
        ("Shells fell on al-Hol camp. Gunmen attacked the camp at night.", "al-Hol"),
        ("Drones hit the port of Hodeidah. A missile struck the port later.", "Hodeidah"),
        ("Fighting neared Pokrovsk. Shells hit the city.", "Pokrovsk"),
    ],
)
def test_a_noun_refers_to_the_site_named_before(text, expected, engine):
    """The mention is marked as inferred and names its antecedent."""
    mentions = found_in(text, engine)
    later = [m for m in mentions if m.kind == "coreference"]
    assert [mentions[m.antecedent].text for m in later] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Fighting neared Pokrovsk. The city has a theatre.",
        "Rockets hit Balad airbase. Missiles struck the base at Taji.",
        "Rockets hit Mosul. Missiles struck the base.",
        "Rockets hit Balad airbase. " + "Nothing else was reported by anybody here. " * 6 + "Drones struck the base.",
    ],
)
def test_a_noun_refers_to_nothing_where_that_is_unsure(text, engine):
    """No violence, another place named, another kind of place, or too long ago."""
    assert [m for m in found_in(text, engine) if m.kind == "coreference"] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rockets landed at Balad airbase.", ["airbase"]),
        ("He came from the village of Kocho.", ["village"]),
        ("Both the towns of Saraqib and Binnish fell.", ["town", "town"]),
        ("Aleppo and Damascus airports closed.", ["airport", "airport"]),
        ("قصف الطيران مدينة الرقة", ["city"]),
        ("Jets struck the Arak heavy-water reactor.", ["heavy water reactor"]),
        ("Jets left the air-base of Balad.", ["air base"]),
        ("Mosul is calm.", [None]),
        ("They drank Arak-heavy water.", [None]),
    ],
)
def test_feature_words_stay_beside_the_name(text, words, engine):
    """A plural counts for every member of its list; foreign words are given in English."""
    assert [m.feature_word for m in found_in(text, engine)] == words
