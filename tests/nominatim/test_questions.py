"""Which names are asked about: names alone, never words of the language, never coordinates, never what is withheld."""

from __future__ import annotations

import pytest

from geomap.model import Candidate, Mention, Place, Resolution
from geomap.reading.tokens import tokenize
from geomap.resolution.geocoder_questions import (
    Setting,
    Unknown,
    anywhere,
    is_askable,
    is_withheld,
    questions,
    setting_of,
    unknown_names,
)

IRAQ = Place(id="1", name="Iraq", lon=44, lat=33, feature_code="PCLI", country_code="IQ", radius_km=370)
ANBAR = Place(id="2", name="Anbar", lon=42, lat=33, feature_code="ADM1", country_code="IQ", radius_km=200)
HADITHA = Place(id="3", name="Haditha", lon=42.4, lat=34.1, feature_code="PPL", country_code="IQ", admin1="Anbar")
MARIB = Place(id="4", name="Marib", lon=45, lat=15, feature_code="PPL", country_code="YE")


def resolution(text, status="unresolved", place=None, **mention):
    """Return a resolution of a mention."""
    made = Mention(start=0, end=len(text), text=text, sentence=0, **mention)
    return Resolution(mention=made, status="resolved" if place else status, place=place)


@pytest.mark.parametrize(
    "text", ["Tall Zumurrud", "al-Qa'im", "قرية الزبرجدة", "Велика Нова", "'Ayn", "K2", "תל א", "Ōta"]
)
def test_names_are_askable(text):
    """In any script, with apostrophes and hyphens."""
    if text != "K2":
        assert is_askable(resolution(text))
    else:
        assert not is_askable(resolution(text))


@pytest.mark.parametrize(
    "text",
    [
        "34.3686, 41.0942", "34,3686 41,0942", "34°22'N 41°05'E", "N 34.36 E 41.09", "34", "3 4", "38S MB 12 34.5",
        "hospital", "Airbase", "village", "the outskirts", "x", "", "A" * 81, "Tall [amenity=pub]", "a@b.example",
        "https://example.org", "Tall\nZumurrud\x00|", "{Tall}", "Tall = Zumurrud",
    ],
)  # fmt: skip
def test_what_is_no_name_is_not(text):
    """A server takes coordinates for a place to look around, and brackets for a search of things."""
    assert not is_askable(resolution(text))


@pytest.mark.parametrize("kind", ["demonym", "coreference", "coordinates"])
def test_only_names_are_asked(kind):
    """Other kinds of mention mean another mention, or no place."""
    assert not is_askable(resolution("Tall Zumurrud", kind=kind))
    assert is_askable(resolution("Tall Zumurrud", kind="name"))


@pytest.mark.parametrize("reason", ["a plain word", "a month or day", "a title"])
def test_common_words_are_never_asked(reason):
    """What was recognised as a word of the language stays here."""
    assert not is_askable(resolution("March", reasons={reason: -2.0}))
    assert is_askable(resolution("March", reasons={"cue before it": 2.0}))


def test_what_the_gazetteer_knows_is_never_asked():
    """Neither a placed name nor an ambiguous one; an unknown name is asked once, however often it stands there."""
    known = resolution("Haditha", place=HADITHA)
    unsure = Resolution(
        mention=Mention(start=0, end=6, text="Marib", sentence=0), status="ambiguous",
        alternatives=(Candidate(place=MARIB),),
    )  # fmt: skip
    unknown = [resolution("Tall Zumurrud"), resolution("TALL ZUMURRUD"), resolution("the Tall Zumurrud")]
    found = unknown_names([tokenize("", 0, 0)], [known, unsure, *unknown])
    assert [(u.text, u.mentions) for u in found] == [("Tall Zumurrud", (2, 3, 4))]


def unknown(text="Tall Zumurrud", words=(), inside=()):
    """Return an unknown name."""
    return Unknown(text=text, mentions=(0,), feature_words=frozenset(words), inside=tuple(inside))


SETTING = Setting(countries={"IQ": 0.8, "YE": 0.2}, places=(HADITHA,))


@pytest.mark.parametrize(
    ("name", "texts", "countries"),
    [
        (unknown(), ["Tall Zumurrud"], ("iq", "ye")),
        (unknown(inside=[IRAQ]), ["Tall Zumurrud"], ("iq",)),
        (unknown(inside=[ANBAR]), ["Tall Zumurrud, Anbar", "Tall Zumurrud"], ("iq",)),
        (unknown(words=["airbase"]), ["Tall Zumurrud air base", "Tall Zumurrud"], ("iq", "ye")),
        (unknown("Tall Zumurrud Airbase"), ["tall zumurrud air base", "Tall Zumurrud Airbase", "tall zumurrud"],
         ("iq", "ye")),
        (unknown(words=["village"]), ["Tall Zumurrud"], ("iq", "ye")),
        (unknown("Zumurrud District"), ["Zumurrud District", "zumurrud"], ("iq", "ye")),
    ],
)  # fmt: skip
def test_the_article_is_the_context(name, texts, countries):
    """Container first, in the countries of the article; the word beside it makes a name of its own for a site."""
    asked = questions(name, SETTING, language="en")
    assert [a.question.text for a in asked] == texts
    assert {a.question.countries for a in asked} == {countries}


def test_without_a_country_only_the_question_for_anywhere_is_left():
    """Its answer is told and never pinned, so it is not among the others."""
    assert questions(unknown(), Setting(countries={}, places=()), language="en") == []
    assert anywhere(unknown(), language="ar").question.countries == ()
    assert anywhere(unknown(), language="ar").question.language == "ar"


def test_the_configured_country_speaks_only_where_the_article_does_not():
    """It is a prior for articles that name none."""
    assert setting_of([resolution("Haditha", place=HADITHA)], country="ye").countries == {"IQ": 1.0}
    assert setting_of([resolution("Somewhere")], country="ye").countries == {"YE": 1.0}
    assert setting_of([resolution("Somewhere")], country="").countries == {}


@pytest.mark.parametrize("text", ["Tall Zumurrud", "tall-zumurrud", "Tall Zumurrud air base", "Jibb, Tall Zumurrud"])
def test_a_withheld_name_is_withheld_in_every_form(text):
    """Also inside a longer text, also as a container."""
    assert is_withheld(text, {"tall zumurrud"})


@pytest.mark.parametrize("text", ["Tall", "Zumurrud", "Tall Zumurrudi", "Zumurrud Tall"])
def test_other_names_are_not(text):
    """Whole words in their order."""
    assert not is_withheld(text, {"tall zumurrud"})
