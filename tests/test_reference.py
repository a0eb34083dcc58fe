"""The reference article beside the checkout: exactly its pins, nothing else, every quotation true to the character."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from geomap.gazetteer.lookup import distance_km
from geomap.model import LonLat
from geomap.pipeline import geoparse
from geomap.reading.source import read


@pytest.fixture(scope="module")
def gold(shared):
    """Return the labels of the reference article."""
    return json.loads((shared / "articles" / "rudaw-2024-01-24.gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(shared, engine):
    """Return what geomap says of it, told only the day it was published."""
    article = read(shared / "articles" / "rudaw-2024-01-24.txt", published_on=dt.date(2024, 1, 24))
    return geoparse(article, engine)


def pinned(report):
    """Return the incidents that stand on the map."""
    return [
        i for i in report.incidents if i.place and i.precision != "country" and i.status not in {"denied", "threatened"}
    ]


def nearest(report, label):
    """Return the pin nearest to a label."""
    return min(pinned(report), key=lambda i: distance_km(i.place.point, LonLat(label["lon"], label["lat"])))


def test_there_are_exactly_the_labelled_pins(report, gold):
    """Every label has one pin within its tolerance, and no pin is left over."""
    pins = {nearest(report, label).id for label in gold["incidents"]}
    assert len(pins) == len(gold["incidents"]) == len(pinned(report))
    for label in gold["incidents"]:
        pin = nearest(report, label)
        assert distance_km(pin.place.point, LonLat(label["lon"], label["lat"])) <= label["km"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_the_pin_says_is_what_the_label_says(report, gold, number):
    """Kind, base, relation, precision code, type, actors, dates and province agree."""
    label = gold["incidents"][number]
    pin = nearest(report, label)
    assert (pin.kind, pin.attacked_base, pin.relation) == (label["kind"], label["attacked_base"], label["relation"])
    assert (pin.geo_precision, pin.sub_event_type) == (label["geo_precision"], label["sub_event_type"])
    assert set(label["actors"]) <= set(pin.actors)
    assert set(label.get("targets", [])) <= set(pin.targets)
    days = [day and day.isoformat() for day in (pin.date_start, pin.date_end)]
    assert days == [label["date_start"], label["date_end"]]
    assert label["admin1"] in (pin.place.admin1 or "")
    assert pin.weapons


def test_the_two_strikes_are_one_group_with_one_toll(report, gold):
    """The dead belong to the group and are not counted twice; the base attack is another group."""
    first, second, third = (nearest(report, label) for label in gold["incidents"])
    assert first.group == second.group != third.group
    assert first.killed == second.killed
    assert (first.killed.low, first.casualty_scope, second.casualty_scope) == (1, "group", "group")
    assert third.killed is None


def test_the_tally_is_an_aggregate(report, gold):
    """About 140 attacks since mid-October in two countries: a notice, no pin."""
    assert [(a.count, list(a.regions)) for a in report.aggregates] == [
        (a["count"], a["regions"]) for a in gold["aggregates"]
    ]
    assert report.aggregates[0].since == dt.date(2023, 10, 15)


def test_places_of_other_roles_have_no_pin(report):
    """Dateline, capitals, containers and campaigns are no event locations."""
    names = {i.place.name.casefold() for i in pinned(report)}
    assert not any(name in pin for pin in names for name in ("erbil", "washington", "baghdad", "gaza"))
    assert not names & {"anbar", "al anbar", "babil", "babylon"}


def test_the_second_copy_adds_nothing(report):
    """Evidence stands only in the first copy of the text."""
    repeated = {n for n, s in enumerate(report.article.sentences) if s.repeats is not None}
    assert repeated
    assert not repeated & {e.sentence for i in report.incidents for e in i.evidence}


def test_every_quotation_is_the_articles_own(report):
    """Mentions and triggers equal the text at their offsets and lie in their sentences."""
    text = report.article.text
    assert all(text[r.mention.start : r.mention.end] == r.mention.text for r in report.resolutions)
    for incident in report.incidents:
        assert incident.evidence
        for evidence in incident.evidence:
            sentence = report.article.sentences[evidence.sentence]
            if evidence.trigger:
                assert sentence.start <= evidence.trigger.start < evidence.trigger.end <= sentence.end
            if evidence.mention is not None:
                assert sentence.start <= report.resolutions[evidence.mention].mention.start < sentence.end
