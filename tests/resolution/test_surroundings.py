"""What an article says without naming a place: demonyms, armed groups, violence, ports and their cities."""

from __future__ import annotations

import pytest

from geomap.pipeline import geoparse
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.resolution.spoken import spoken_of

DEMONYMS = {"syrian": "SY", "saudi arabian": "SA"}


def spoken(text):
    """Return what a text speaks of."""
    article = make_article(text, id="t")
    return spoken_of([tokenize(article.text, s.start, s.end) for s in article.sentences], DEMONYMS)


def places(text, engine):
    """Return the names of a text with their places."""
    return [(r.mention.text, r.place) for r in geoparse(make_article(text, id="t"), engine).resolutions]


def test_demonyms_of_one_word_and_two_are_counted():
    """ "Saudi Arabian" counts once, and lower case is no demonym."""
    assert dict(spoken("Syrian and Saudi Arabian envoys met Syrian aides over syrian food.").demonyms) == {
        "SY": 2,
        "SA": 1,
    }


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Fighters of ISIL fled.", {"IQ", "SY"}),
        ("Fighters of Boko Haram fled.", {"NG"}),
        ("The Moro Islamic Liberation Front fled.", {"PH"}),
        ("Fighters fled.", set()),
        ("The Moro museum opened.", set()),
    ],
)
def test_armed_groups_hint_at_where_they_fight(text, countries):
    """Groups of one word and of two tell of countries."""
    assert spoken(text).fought_in == countries


def test_violence_is_noticed():
    """An article on missiles is one of war, one on a fair is not; how the word begins is no matter."""
    assert spoken("Two missiles fell.").is_war
    assert spoken("Artillery was heard.").is_war
    assert not spoken("Two clowns fell.").is_war


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Syrian officials inspected Tadmur by bus.", "Tadmur", "SY"),
        ("US jets struck ISIS camps near Palmyra on Monday.", "Palmyra", "SY"),
        ("Near Al Baghdadi, one strike destroyed an ISIL tunnel.", "Al Baghdadi", "IQ"),
        ("Near Hit, one strike destroyed an ISIL tunnel.", "Hit", "IQ"),
        ("Coalition jets struck ISIL fighters near Palmyra.", "Palmyra", "SY"),
    ],
)
def test_demonyms_and_groups_choose_the_country(text, name, country, engine):
    """No country is named, and yet one is meant."""
    assert [p.country_code for n, p in places(text, engine) if n == name] == [country]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Rockets hit a school in Tripoli on Monday, the Lebanese army said.", "Tripoli", "LB"),
        ("Rockets hit a school in Tripoli on Monday, the Libyan army said.", "Tripoli", "LY"),
        ("Mozambican helicopters bombed insurgents outside Palma.", "Palma", "MZ"),
        ("Mozambican police caught a Spanish sailor who had fled from Palma.", "Palma", "ES"),
        ("Rebels fired rockets at Gaya. Fighting in Niger has gone on for months.", "Gaya", "NE"),
        ("Turkish jets bombed Sinjar on Friday.", "Sinjar", "IQ"),
        ("Russian missiles hit Nikopol on Friday.", "Nikopol", "UA"),
        (
            "Turkish drones hit a plant near Derik in northeastern Syria. Turkey said Turkish jets had struck Kurdish"
            " fighters. Ankara vowed more strikes. Turkish officials in Diyarbakir and Mardin said nothing.",
            "Derik",
            "SY",
        ),
        ("Gunmen shot at a Turkish patrol near Derik in Mardin, Turkey.", "Derik", "TR"),
    ],
)
def test_the_one_country_of_an_article_on_violence_decides(text, name, country, engine):
    """The famous namesake abroad gives way; a state whose forces strike abroad does not draw places to itself."""
    assert [p and p.country_code for n, p in places(text, engine) if n == name] == [country]


def test_a_name_is_no_evidence_for_itself(engine):
    """That "Sagaing" may be the region of Sagaing is no reason to doubt the city, and the two are one answer."""
    (place,) = [p for n, p in places("Junta jets bombed a village near Sagaing on Monday.", engine) if n == "Sagaing"]
    assert place.feature_code == "PPL"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Drones were shot down over Sumy, Mykolaiv and Poltava oblasts and a village near Sloviansk.", "ADM1"),
        ("Drones were shot down over Sumy, Mykolaiv and Poltava, and over a village near Sloviansk.", "PPL"),
    ],
)
def test_a_town_is_no_oblast(text, code, engine):
    """A word that is said of provinces alone rules towns out, those of the same name too."""
    (place,) = [p for n, p in places(text, engine) if n == "Mykolaiv"]
    assert place.feature_code == code


def test_a_name_in_another_table_of_letters_is_the_name(engine):
    """The source writes Mykolayiv, Kupyansk and Zaporizhzhya; news writes them otherwise, and means the cities."""
    found = dict(places("Russian shells fell in Zaporizhzhia, Kupiansk and Mykolaiv.", engine))
    assert {n: p.population > 20_000 for n, p in found.items()} == dict.fromkeys(found, True)


def test_a_city_is_not_its_port(engine):
    """Beside "the port of Mykolaiv", a bare "Mykolaiv" is the city, as that of Hodeidah is."""
    text = "Drones hit the port of Mykolaiv in Ukraine. Sirens sounded in Mykolaiv all night."
    *_, last = [p.feature_code for n, p in places(text, engine) if n == "Mykolaiv"]
    assert last.startswith(("PPL", "ADM1"))
