"""Which place a name means: containers, context, conventions, abstention and its reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geomap.config import ResolutionConfig
from geomap.model import LonLat, Mention
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.resolution.offset import BEARINGS, offset
from geomap.resolution.resolve import resolve
from geomap.toponyms.find import find, given_mentions


def resolved(text, engine, spans=(), **settings):
    """Return the resolutions of a text, of the spans given or of what is found."""
    article = make_article(text, id="t")
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    mentions = (
        given_mentions(article, words, spans)
        if spans
        else find(article, words, engine.store, tools=engine.toponym_tools, config=engine.config.toponyms)
    )
    config = replace(ResolutionConfig(), **settings)
    return resolve(words, mentions, engine.store, model=engine.resolution_model, config=config)


def place_of(name, found):
    """Return the place of the first mention of a name."""
    return next(r.place for r in found if r.mention.text == name)


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Shots were fired in Paris, Texas, on Monday.", "Paris", "US", "Texas"),
        ("Shots were fired in Paris, France, on Monday.", "Paris", "FR", None),
        ("The trial opened in Augusta, Ga., on Monday.", "Augusta", "US", "Georgia"),
        ("The trial opened in Augusta, Maine, on Monday.", "Augusta", "US", "Maine"),
        ("Police in London, Ont., made an arrest.", "London", "CA", "Ontario"),
        ("Police in London made an arrest.", "London", "GB", None),
        ("Shells hit Tripoli in Lebanon at night.", "Tripoli", "LB", None),
        ("Shells hit Tripoli in Libya at night.", "Tripoli", "LY", None),
        ("In Lebanon, shells hit Tripoli at night.", "Tripoli", "LB", None),
        ("Lebanon's Tripoli was shelled at night.", "Tripoli", "LB", None),
        ("Homs and Palmyra in Syria were bombed.", "Palmyra", "SY", None),
    ],
)
def test_the_container_decides(text, name, country, admin1, engine):
    """A comma, "in", a possessive, a container named first: each decides between places of a name."""
    place = place_of(name, resolved(text, engine))
    assert place is not None
    assert place.country_code == country
    assert admin1 in {None, place.admin1}


def test_other_names_of_the_article_decide(engine):
    """No container is named, but the neighbours are."""
    iraq = resolved("Clashes went on in Ramadi, Haditha and Rawa. Rutba was quiet.", engine)
    assert place_of("Rawa", iraq).country_code == "IQ"


def test_one_sense_an_article(engine):
    """A name that is explained once means the same throughout."""
    found = resolved("A fire broke out in Paris, Texas. Nobody was hurt in Paris. Firemen left Paris at dawn.", engine)
    assert {r.place.admin1 for r in found if r.mention.text == "Paris"} == {"Texas"}


def test_governments_are_their_capitals(engine):
    """ "Washington said" is the capital, not the state."""
    found = resolved("Washington said it had struck three sites in Syria. Tehran denied it.", engine)
    assert place_of("Washington", found).feature_code == "PPLC"
    assert place_of("Tehran", found).feature_code == "PPLC"


def test_a_province_is_not_an_airport(engine):
    """A name left after a facility word is taken off must not beat the province of exactly that name."""
    found = resolved("A drone was shot down over Anbar, in western Iraq.", engine)
    assert place_of("Anbar", found).feature_code == "ADM1"


@pytest.mark.parametrize(
    ("convention", "text", "code"),
    [
        ("city", "Shells hit Idlib in Syria.", "PPL"),
        ("district", "Shells hit Idlib in Syria.", "ADM"),
        ("city", "Shells hit Idlib province in Syria.", "ADM"),
        ("district", "Shells hit the city of Idlib in Syria.", "PPL"),
    ],
)
def test_city_or_district_is_a_convention_that_a_word_overrules(convention, text, code, engine):
    """Where city and province share a name, the setting decides, and the word beside the name before it."""
    place = place_of("Idlib", resolved(text, engine, city_or_district=convention))
    assert place.feature_code.startswith(code)


def test_unknown_names_are_unresolved_with_a_reason(engine):
    """A name that the gazetteer lacks is listed, never guessed."""
    (one,) = resolved("Shells fell on Qwxyzabad.", engine, spans=[(15, 24)])
    assert (one.status, one.place, one.why_not) == ("unresolved", None, "not in the gazetteer")


def test_doubt_is_said(engine):
    """Below the threshold nothing is pinned; the candidates are alternatives and the reason counts them."""
    (one,) = resolved("He was born in Springfield.", engine, spans=[(15, 26)], min_score=0.999)
    assert one.status == "ambiguous"
    assert one.place is None
    assert len(one.alternatives) > 1
    assert "of that name" in one.why_not


def test_probabilities_leave_room_for_none(engine):
    """A single wrong candidate is not a certainty, nor do the shares of all sum to more than one."""
    (one,) = resolved("Her name is Nice.", engine, spans=[(12, 16)])
    assert 0 < one.score < 1
    assert one.score + sum(a.score for a in one.alternatives if one.place is None or a.place.id != one.place.id) <= 2


def test_written_coordinates_are_the_place(engine):
    """They need no gazetteer and keep their precision as the radius."""
    (one,) = resolved("The crater is at 33.7869, 42.4412, they said.", engine)
    assert one.place.id == "coordinates:33.78690,42.44120"
    assert 0 < one.place.radius_km < 0.1


def test_what_refers_back_is_less_sure(engine):
    """ "The base" gets the place of its antecedent with a lower score, marked as inferred."""
    found = resolved("Rockets hit Ain al-Asad airbase in Iraq. Drones struck the base again.", engine)
    named = next(r for r in found if r.mention.text == "Ain al-Asad")
    later = next(r for r in found if r.mention.kind == "coreference")
    assert later.place == named.place
    assert later.score < named.score
    assert any("inferred" in reason for reason in later.reasons)


def test_what_refers_to_nothing_placed_says_so(engine):
    """An antecedent that stays unresolved leaves its followers so."""
    mention = Mention(start=0, end=8, text="the base", sentence=0, kind="coreference", antecedent=None)
    words = [tokenize("the base", 0, 8)]
    (one,) = resolve(words, [mention], engine.store, model=engine.resolution_model, config=ResolutionConfig())
    assert (one.status, one.why_not) == ("unresolved", "what it refers to is not placed")


@pytest.mark.parametrize(
    ("bearing", "lat", "lon"), [("north", 1, 0), ("east", 0, 1), ("south", -1, 0), ("west", 0, -1)]
)
def test_offsets_go_the_right_way(bearing, lat, lon):
    """A degree of a great circle is about 111 km."""
    point = offset(LonLat(0, 0), 111.195, BEARINGS[bearing])
    assert point == pytest.approx((lon, lat), abs=0.001)


def test_offsets_cross_the_antimeridian():
    """Longitudes stay between -180 and 180."""
    assert offset(LonLat(179.9, 0), 50, BEARINGS["east"]).lon == pytest.approx(-179.65, abs=0.01)
