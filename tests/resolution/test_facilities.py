"""Which place of a name is meant where a town and the facilities named after it share it."""

from __future__ import annotations

import pytest

from geomap.pipeline import geoparse
from geomap.reading.article import make_article


@pytest.mark.parametrize(
    ("sentence", "name", "codes"),
    [
        ("Jets struck a depot near the Syrian town of Abu Kamal on Friday.", "Abu Kamal", ("PPL",)),
        ("Jets struck the Abu Kamal airport in Syria on Friday.", "Abu Kamal", ("AIR",)),
        ("Drones attacked the garrison at al-Tanf in Syria on Friday.", "al-Tanf", ("MILB",)),
        ("Rockets hit the Erbil airport in Iraq on Friday.", "Erbil", ("AIR",)),
        ("Rockets hit the city of Erbil in Iraq on Friday.", "Erbil", ("PPL",)),
    ],
)
def test_the_words_beside_a_name_decide_between_town_and_facility(sentence, name, codes, engine):
    """A facility is meant only where the article says facility."""
    report = geoparse(make_article(sentence, id="t"), engine)
    place = next(r.place for r in report.resolutions if name in r.mention.text)
    assert place is not None
    assert place.feature_code.startswith(codes)


def test_the_base_of_a_country_is_no_antecedent(engine):
    """ "The base" refers to the site that was named, not to the country whose base it is."""
    text = "The US base at Ain al-Asad in Iraq was hit by rockets. Later a drone hit the base again."
    report = geoparse(make_article(text, id="t"), engine)
    later = [r for r in report.resolutions if r.mention.kind == "coreference"]
    assert all(r.place is None or not r.place.feature_code.startswith("PCL") for r in later)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Drones hit Erbil airport in Iraq. The blasts woke the east of Erbil.", ["AIR", "PPL"]),
        ("Drones hit Erbil airport in Iraq. The blasts woke all of Erbil province.", ["AIR", "ADM1"]),
        ("Drones hit Erbil airport in Iraq. Flights from Erbil airport went on.", ["AIR", "AIR"]),
    ],
)
def test_a_city_is_not_its_airport(text, codes, engine):
    """An airport of the city's name does not turn the city's own mentions into the airport."""
    report = geoparse(make_article(text, id="t"), engine)
    found = [r.place.feature_code for r in report.resolutions if r.mention.text == "Erbil" and r.place]
    assert len(found) == len(codes)
    assert all(code.startswith(start) for code, start in zip(found, codes, strict=True))


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Artillery hit the riverside district of Kherson in Ukraine.", "Kherson", "PPL"),
        ("Artillery hit the district of Kherson in Ukraine.", "Kherson", "ADM2"),
        ("Artillery hit the Korabel district of Kherson in Ukraine.", "Kherson", "PPL"),
        ("A drone hit the Sarsang field in Dohuk province, Iraq.", "Sarsang", "OILF"),
        ("A radar near Qasr-e Shirin, in Iran, was hit.", "Qasr-e Shirin", "PPL"),
    ],
)
def test_small_words_beside_a_name(text, name, code, engine):
    """A part of a city is the city, "the X field" a field, and "-e" ties two halves of one name."""
    report = geoparse(make_article(text, id="t"), engine)
    found = {r.mention.text: r.place.feature_code for r in report.resolutions if r.place}
    assert found.get(name) == code


def test_a_sea_is_not_the_airport_that_advertises_it(engine):
    """Keywords of an airport ("Black Sea") are no names of it where a sea or a region bears the name."""
    text = "Drones hit two tankers in the Black Sea, Ukraine said. Russia's port of Novorossiysk was closed."
    report = geoparse(make_article(text, id="t"), engine)
    place = next(r.place for r in report.resolutions if r.mention.text == "Black Sea")
    assert place is not None
    assert place.feature_code == "SEA"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("A missile hit Kryvyi Rih and killed nine people.", "Kryvyi Rih", "PPL"),
        ("Two missiles hit the Belbek airbase at night.", "Belbek", "AIRB"),
    ],
)
def test_a_lone_place_is_trusted(text, name, code, engine):
    """A big city without a rival of its name, and an airbase called one, need no other name of their country."""
    report = geoparse(make_article(text, id="t"), engine)
    found = {r.mention.text: r.place.feature_code for r in report.resolutions if r.place}
    assert found.get(name, "").startswith(code)


def test_a_town_stands_for_its_district_far_around_it(engine):
    """The middle of a wide district may lie far from its town; a bare name means the town."""
    text = "Fighter jets destroyed a bandit camp in Maru, Zamfara state, Nigeria, on Saturday."
    report = geoparse(make_article(text, id="t"), engine)
    place = next(r.place for r in report.resolutions if r.mention.text == "Maru")
    assert place is not None
    assert place.feature_code == "PPL"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Missiles hit the international airport in Ahvaz, Iran.", "Ahvaz", "AIR"),
        ("Missiles hit an airport and a bridge in Ahvaz, Iran.", "Ahvaz", "PPL"),
        ("Missiles hit Tabriz's airport in Iran.", "Tabriz", "AIR"),
        ("Missiles hit Tabriz's oldest bazaar in Iran.", "Tabriz", "PPL"),
        ("Israel bombed the Arak heavy water reactor in Iran.", "Arak", "CTRA"),
        ("Israel bombed the Arak heavy industry works in Iran.", "Arak", "PPL"),
    ],
)
def test_the_words_that_a_common_noun_adds(text, name, code, engine):
    """ "The airport in X" and "X's airport" are X's airport, "the X reactor" the reactor; else the town is meant."""
    report = geoparse(make_article(text, id="t"), engine)
    found = {r.mention.text: r.place.feature_code for r in report.resolutions if r.place}
    assert found.get(name, "").startswith(code)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Missiles hit Mashhad's airport in Iran.", False),
        ("Missiles hit Mashhad air base in Iran.", True),
        ("Missiles hit the Natanz enrichment facility in Iran.", False),
    ],
)
def test_what_the_article_calls_civil_is_no_base(text, base, engine):
    """An airport that an air force shares, and a nuclear plant, are bases only where the article says so."""
    report = geoparse(make_article(text, id="t"), engine)
    assert [incident.attacked_base for incident in report.incidents] == [base]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rockets hit Upper Galilee in Israel, the army said.", "RGN"),
        ("Rockets hit Anbar in Iraq, the army said.", "ADM1"),  # no region bears the name of the province
    ],
)
def test_a_region_goes_before_the_unit_that_only_has_its_name_as_an_alias(text, code, engine):
    """ "Upper Galilee" is the region, not the council called after it; a disputed region keeps its neutral label."""
    report = geoparse(make_article(text, id="t"), engine)
    place = next(r.place for r in report.resolutions if r.mention.text in text.split(" in ")[0])
    assert place is not None
    assert place.feature_code == code


def test_a_disputed_region_is_not_its_administration(engine):
    """ "Crimea" beside Ukrainian names is the neutral label, without a side's name of the unit."""
    text = "Drones struck Kherson and Odesa in Ukraine. Guns fired over Crimea and Sevastopol, Kyiv said."
    report = geoparse(make_article(text, id="t"), engine)
    assert [r.place.id for r in report.resolutions if r.mention.text == "Crimea" and r.place] == [
        "geomap:disputed-crimea"
    ]
