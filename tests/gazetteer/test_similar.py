"""Spellings that nobody listed: found where the country is known and the choice is clear, silent everywhere else."""

from __future__ import annotations

import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.compile import compile_tables
from geomap.gazetteer.folding import family_of, folded, likeness, skeleton
from geomap.gazetteer.lookup import lookup
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import Store

HEADER = "id\tname\tkind\tlon\tlat\tprecision_km\tcountry_code\tadmin1\tadmin2\tpopulation\taliases\tformer_names\n"
ROWS = """
c:1|Iraq|PCLI|44|33|IQ||
c:2|Ukraine|PCLI|31|49|UA||
c:3|Anbar|ADM1|42|33|IQ|IQ.01|
c:4|Nineveh|ADM1|42.5|36|IQ|IQ.02|
p:1|Husaybah|PPL|41.0|34.4|IQ|IQ.01|5000
p:2|Avdiivka|PPL|37.7|48.1|UA|UA.05|30000
p:3|Zuwayya|PPL|43.0|35.9|IQ|IQ.02|900
p:4|Zuwayya|PPL|42.0|33.5|IQ|IQ.01|900
p:5|Nasiriyah Dam|DAM|42.2|34.1|IQ|IQ.01|
p:6|Muadhamiya|PPL|44.3|33.3|IQ|IQ.01|900
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small store with places that are alike."""
    folder = tmp_path_factory.mktemp("similar")
    (folder / "tables").mkdir()
    lines = [line.split("|") for line in ROWS.strip().splitlines()]
    text = HEADER + "".join(
        f"{i}\t{name}\t{kind}\t{lon}\t{lat}\t5\t{country}\t{unit}\t\t{people}\t\t\n"
        for i, name, kind, lon, lat, country, unit, people in lines
    )
    (folder / "tables" / "places.tsv.xz").write_bytes(lzma.compress(text.encode()))
    compile_tables(folder / "tables", folder / "store")
    with Store(folder / "store") as store:
        yield store


def answers(store, name, **known):
    """Return the ids that a name may mean."""
    return [candidate.place.id for candidate in lookup(store, name, **known)]


@pytest.mark.parametrize("name", ["Husseiba", "Hussaybah", "Hosaiba", "al-Husaiba", "Husaybeh town"])
def test_a_near_spelling_is_found_in_its_country_only(small, name):
    """Romanisations of one name lead to the place where the country is known; without it nothing answers."""
    assert answers(small, name, country="IQ") == ["p:1"]
    assert lookup(small, name, country="IQ")[0].name_kind == "approximate"
    assert answers(small, name) == answers(small, name, country="UA") == []


@pytest.mark.parametrize("name", ["Avdeevka", "Avdeyevka", "Авдеевка", "Авдіївка", "Awdijiwka"])
def test_russian_and_ukrainian_spellings_meet(small, name):
    """Cyrillic or Latin, Russian or Ukrainian, German too: one town."""
    assert answers(small, name, country="Ukraine") == ["p:2"]


def test_two_far_places_are_no_answer(small):
    """A near spelling of two namesakes stays unanswered, until the province decides."""
    assert answers(small, "Zuwaya", country="IQ") == []
    assert answers(small, "Zuwayya", country="IQ") == ["p:3", "p:4"]


def test_another_kind_is_no_answer(small):
    """A village that sounds like a dam is not the dam; the dam under a near spelling is."""
    assert answers(small, "Nasseriya dam", country="IQ") == ["p:5"]
    assert answers(small, "Nasseriya village", country="IQ") == []


def test_another_province_is_no_answer(small):
    """A near spelling must lie in the province named."""
    assert answers(small, "Husseiba", country="IQ", admin1="Anbar") == ["p:1"]
    assert answers(small, "Husseiba", country="IQ", admin1="Nineveh") == []


def test_letters_of_one_sound_are_swapped(small):
    """Dh and z are one letter in many Arabic names."""
    assert answers(small, "Muazamiya", country="IQ") == ["p:6"]


@pytest.mark.parametrize(
    ("country", "names"),
    [
        ("SY", ("Deir ez-Zor", "Dayr az Zawr", "Deir Ezzor", "Der Zor")),
        ("SY", ("ar-Raqqa", "Arraqqah", "Raqqa", "Raqa")),
        ("IQ", ("Ain al-Asad", "Ayn al-Assad", "Ein al-Asad")),
        ("IQ", ("al-Qa'im", "Kaim", "Qaaim")),
        ("YE", ("Hodeidah", "Hudaydah", "Al Hudaydah", "Hodeida", "Hudaida")),
        ("UA", ("Kyiv", "Kiev", "Kiew", "Київ", "Киев")),
        ("UA", ("Bakhmutske", "Bakhmutskoye", "Бахмутське", "Бахмутское")),
        ("LB", ("Hawch", "Hawsh", "Houch")),
        ("IR", ("Khorramabad", "Khurramabad", "Khoramabad")),
    ],
)
def test_families_share_a_form(country, names):
    """The usual romanisations of a name fold together in the language of its country."""
    assert len({folded(bare_key(key(name)), family_of(country)) for name in names}) == 1


@pytest.mark.parametrize(
    ("country", "one", "two"),
    [("UA", "Ivanivka", "Ivankiv"), ("SY", "Homs", "Hama"), ("IQ", "Rutba", "Ratba"), ("RU", "Kursk", "Korsakov")],
)
def test_different_names_keep_different_forms(country, one, two):
    """What only looks alike stays apart."""
    assert folded(key(one), family_of(country)) != folded(key(two), family_of(country))


@given(st.text(max_size=30))
def test_folding_takes_any_text(text):
    """Whatever the text, forms are texts, a skeleton comes from a form, and a form is wholly like itself."""
    for country in ("IQ", "LB", "UA"):
        fold = folded(bare_key(key(text)), family_of(country))
        assert skeleton(fold) == "" or fold
        assert likeness(fold, fold) == 1.0


@pytest.mark.parametrize(
    ("name", "country", "place"), [("Dawr az Zawr", "SY", "geonames:170794"), ("Marb", "YE", "geonames:72968")]
)
def test_a_city_its_province_and_its_airport_are_one_answer(engine, name, country, place):
    """What is only called after the city, however far off, leaves no doubt which city is meant."""
    assert place in answers(engine.store, name, country=country)


def test_a_spelling_of_two_towns_far_apart_is_no_answer(engine):
    """Two towns of the country are written alike: neither is chosen."""
    assert answers(engine.store, "Saadeh", country="YE") == []
