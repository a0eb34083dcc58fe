"""Which of the places struck are attacked bases: by what the article calls them, and by what the gazetteer knows."""

from __future__ import annotations

import pytest

from geomap.pipeline import Engine, geoparse
from geomap.reading.article import make_article


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        # a word of two words may stand between the name and "base"
        ("Rockets hit the al-Omar oil field base in Syria on Thursday.", [True]),
        ("Rockets hit the al-Omar oil field in Syria on Thursday.", [False]),
        # what is said before a list of places is said of all
        ("India's missiles hit airfields at Pathankot and Udhampur.", [True, True]),
        ("India's missiles hit an airfield at Pathankot and a market in Udhampur.", [True, False]),
        # a nuclear site is no base, whoever guards it
        ("Israel bombed the Nojeh airbase in Iran.", [True]),
        ("Israel bombed Natanz and Fordow in Iran.", [False, False]),
    ],
)
def test_a_base_is_what_the_article_or_the_gazetteer_calls_one(text: str, bases: list[bool], engine: Engine) -> None:
    """Each sentence has a twin in which the same place is no base."""
    report = geoparse(make_article(text, id="t"), engine)
    assert [one.attacked_base for one in report.incidents] == bases
