"""What a real Nominatim answers becomes a place where it is sure, and is told where it is not."""

from __future__ import annotations

import json
import urllib.parse

import pytest
from nominatim_articles import first, report_on
from nominatim_servers import get

from geomap.gazetteer.distance import distance_km
from geomap.model import LonLat
from geomap.output.geojson import to_geojson
from geomap.output.report import to_json
from geomap.resolution.geocoder_answers import PAGE, Question
from geomap.resolution.geocoder_permission import terms_of
from geomap.resolution.nominatim import search, status

PLACED = {
    "a village that no gazetteer has": ("Jets bombed [Tall Zumurrud] near [Haditha] in [Iraq].", "node/104"),
    "by another spelling": ("Jets bombed [Tell Zumorrod] near [Haditha] in [Iraq].", "node/104"),
    "by an old name": ("Rockets hit [Umm Khishab al-Qadima], west of [Mosul] in [Iraq].", "node/105"),
    "in the script of its people": ("قصف الطيران [قرية الزبرجدة] في [العراق]", "node/106"),
    "in another language of its people": ("Shells fell on [Kanî Bilûr], near [Mosul], [Iraq].", "node/107"),
    "one of three, by its province": ("Rockets hit [Ayn Lawzah] in [Babil] province of [Iraq].", "node/112"),
    "another of the three": ("Rockets hit [Ayn Lawzah] in [Anbar] province of [Iraq].", "node/111"),
    "an air base, not the village": ("Jets bombed [Tall Zumurrud] airbase in [Iraq].", "way/301"),
    "an air base by its whole name": ("Jets bombed [Tall Zumurrud Airbase] in [Iraq].", "way/301"),
    "a site drawn as an area": ("A raid hit the [Khor Marjan Refinery] near [Mosul], [Iraq].", "way/302"),
    "a village, not the street": ("Rockets hit [Umm Khishab], west of [Mosul] in [Iraq].", "node/105"),
}


@pytest.mark.parametrize("case", list(PLACED))
def test_a_name_is_placed(case, nominatim, asking):
    """The right thing of that name, with an id, a radius, a country, reasons and a probability."""
    marked, osm = PLACED[case]
    found = first(marked, asking(nominatim.domain))
    assert found.status == "resolved", found
    assert found.place.id == f"nominatim:osm:{osm}"
    assert (found.place.source, found.place.country_code) == ("nominatim", "IQ")
    assert 0 < found.place.radius_km < 10
    assert 0.6 <= found.score <= 1
    assert found.reasons


def test_a_place_belongs_to_the_gazetteers_province(nominatim, asking, store):
    """Its province is called as the gazetteer calls it, so that the stages after it recognise what contains what."""
    report = report_on("Jets bombed [Tall Zumurrud] in [Anbar] province, [Iraq].", asking(nominatim.domain))
    village, province = (r.place for r in report.resolutions[:2])
    assert village.admin1 == province.name == "Anbar"


UNPLACED = {
    "two of a name in the country": ("Rockets hit [Ayn Lawzah] in [Iraq].", "ambiguous", "2 places of that name"),
    "two in one province": ("Jets bombed [Bir Sahhal] in [Anbar], [Iraq].", "ambiguous", "2 places of that name"),
    "more than a page": ("A raid on [Qasr Nahran] in [Iraq].", "ambiguous", f"at least {PAGE} places"),
    "the wrong country": ("Shells fell on [Wadi Fayruz] near [Ramadi], [Iraq].", "unresolved", "only in YE"),
    "no country": ("Shells fell on [Wadi Fayruz].", "unresolved", "names no country"),
    "the wrong province": ("Shells fell on [Umm Khishab] in [Basra] province, [Iraq].", "unresolved", "elsewhere"),
    "too large": ("Boats crossed the [Sahlan] in [Iraq].", "unresolved", "too large"),
    "only an eatery": ("A blast hit [Durrat al-Bustan] in [Iraq].", "unresolved", "a street, a shop"),
    "another kind of place": ("A blast hit [Kani Bilur] hospital in [Iraq].", "unresolved", "another kind"),
    "not known at all": ("A blast hit [Zzyzzyva Qum] in [Iraq].", "unresolved", "neither in the gazetteer nor"),
}


@pytest.mark.parametrize("case", list(UNPLACED))
def test_doubt_is_no_place(case, nominatim, asking):
    """No pin, the reason in words, what is known as alternatives."""
    marked, wanted, why = UNPLACED[case]
    found = first(marked, asking(nominatim.domain))
    assert found.place is None
    assert found.status == wanted, found
    assert why in found.why_not
    assert bool(found.alternatives) == (case != "not known at all")
    assert all(c.place.id.startswith("nominatim:") for c in found.alternatives)


def test_what_the_gazetteer_resolved_stays_as_it_is(nominatim, asking, engine):
    """The server never overrules the gazetteer, nor settles its doubts."""
    marked = "Rockets hit [Ramadi], [Haditha] and [Salem] in [Iraq], not [Tall Zumurrud]."
    before, after = report_on(marked, engine).resolutions, report_on(marked, asking(nominatim.domain)).resolutions
    assert before[:-1] == after[:-1]
    assert before[-1].why_not == "not in the gazetteer"
    assert after[-1].place.id == "nominatim:osm:node/104"


def test_the_renamed_town_answers_to_all_its_names(nominatim, settings):
    """Old names and names in Arabic lead to the one town."""
    terms = terms_of(settings(nominatim.domain))
    for text in ("Jurf al-Nasr", "Jurf al-Sakhar", "Jurf as-Sakhr", "جرف الصخر", "جرف النصر"):
        found = search(Question(text=text, countries=("iq",)), terms)
        assert [(one["osm_type"], one["osm_id"]) for one in found] == [("node", 103)], text


def test_a_country_that_the_data_lack_has_no_id_and_is_no_place_for_a_pin(nominatim, asking):
    """A server answers for it from tables of its own."""
    terms = asking(nominatim.domain).geocoder.terms
    (raw,) = search(Question(text="Iran"), terms)
    assert "osm_id" not in raw
    found = first("Talks were held in [Islamic Iran Zamin].", asking(nominatim.domain))
    assert found.place is None


def test_places_displayed_alike_are_not_merged(nominatim, settings):
    """By default a server shows one of 45 villages of a name, and one of two: an ambiguity would be hidden."""
    asked = urllib.parse.urlencode({"q": "Bir Sahhal", "format": "json"})
    assert len(json.loads(get(f"http://{nominatim.domain}/search?{asked}")[1])) == 1
    terms = terms_of(settings(nominatim.domain))
    assert len(search(Question(text="Bir Sahhal"), terms)) == 2
    assert len(search(Question(text="Qasr Nahran"), terms)) == PAGE


def test_coordinates_would_be_taken_for_a_place_to_look_around(nominatim, asking):
    """The trap is there: a server answers with the nearest street. So they are never sent."""
    asked = urllib.parse.urlencode({"q": "34.3686, 41.0942", "format": "json"})
    assert json.loads(get(f"http://{nominatim.domain}/search?{asked}")[1])[0]["class"] == "highway"
    engine = asking(nominatim.domain)
    report_on("The convoy stopped at [34.3686, 41.0942] in [Iraq].", engine)
    assert "asked 0 names" in engine.geocoder.summary()


def test_an_area_is_as_large_as_it_is_drawn(nominatim, asking):
    """The radius reaches its corners; a point's made-up box is not used."""
    place = first("Jets bombed [Tall Zumurrud Airbase] in [Iraq].", asking(nominatim.domain)).place
    corner = LonLat(42.55, 33.55)
    assert place.radius_km == pytest.approx(distance_km(place.point, corner), rel=0.05)


def test_every_output_names_the_source(nominatim, asking):
    """Attribution reaches the report and the GeoJSON where a place of the server is used, and only there."""
    engine = asking(nominatim.domain)
    used = report_on("A drone strike hit [Tall Zumurrud] in [Iraq].", engine)
    for text in (to_json(used), to_geojson(used)):
        assert "© OpenStreetMap contributors, ODbL 1.0" in text
        assert nominatim.domain in text
    assert "OpenStreetMap" not in to_json(report_on("A drone strike hit [Ramadi] in [Iraq].", engine))


def test_names_on_the_list_are_never_sent(nominatim, asking, tmp_path):
    """Neither as a name nor inside another; the report says why the name is not placed."""
    names = tmp_path / "never.txt"
    names.write_text("Tall Zumurrud\nAnbar", encoding="utf-8")
    engine = asking(nominatim.domain, never_send=str(names))
    found = first("Jets bombed [Tall Zumurrud Airbase] in [Iraq].", engine)
    assert found.why_not.endswith("never sent")
    assert "asked 0 names" in engine.geocoder.summary()
    assert first("Rockets hit [Ayn Lawzah] in [Anbar], [Iraq].", engine).place.id == "nominatim:osm:node/111"


def test_a_run_asks_no_more_than_its_cap(nominatim, asking):
    """The rest stays unplaced, says so, and the report warns."""
    engine = asking(nominatim.domain, max_requests=1)
    report = report_on("Rockets hit [Tall Zumurrud], [Umm Khishab] and [Kani Bilur] in [Iraq].", engine)
    assert [r.status for r in report.resolutions[:3]] == ["resolved", "unresolved", "unresolved"]
    assert report.warnings == ("geocoder not asked: the 1 requests of this run are used up; names not looked up: 2",)
    assert "asked 1 name of" in engine.geocoder.summary()


def test_the_base_follows_its_name(nominatim, asking):
    """A mention that refers to a name which the server placed is placed with it."""
    from geomap.pipeline import geoparse
    from geomap.reading.article import make_article

    text = (
        "Drones struck the Tall Zumurrud air base in Anbar province, Iraq, on Friday. Nobody at the base was hurt,"
        " the army said. Tall Zumurrud air base lies near Haditha in Iraq."
    )
    report = geoparse(make_article(text, id="test"), asking(nominatim.domain))
    for one in report.resolutions:
        if one.mention.kind == "coreference":
            antecedent = report.resolutions[one.mention.antecedent]
            assert one.place == antecedent.place


def test_a_server_says_how_it_is(nominatim, settings):
    """The doctor's question."""
    assert status(terms_of(settings(nominatim.domain))).startswith("version 5.3.3")
