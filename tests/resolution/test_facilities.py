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
