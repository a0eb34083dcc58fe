"""The figures of linking: what counts as right, and what the naive rules beside it choose."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from geomap.model import Mention, Place, Resolution, Span
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

FOLDER = Path(__file__).parents[2] / "training"
TEXT = "Officials in Homs said jets bombed Saraqib near the town of Idlib."


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch):
    """Return the modules of training, which import each other by their bare names."""
    monkeypatch.syspath_prepend(str(FOLDER))
    import linking_rows
    import linking_score

    yield linking_rows, linking_score
    for name in ("linking_rows", "linking_score"):
        sys.modules.pop(name, None)


def row_of(rows, places: list[str]):
    """Return our own sentence as a labelled row; every name in it is a known town."""
    article = make_article(TEXT, id="x")

    def span(written: str) -> Span:
        return Span(TEXT.index(written), TEXT.index(written) + len(written))

    def known(name: str) -> Resolution:
        place = Place(id=name, name=name, lon=36.0, lat=35.0, feature_code="PPL", country_code="SY")
        mention = Mention(start=span(name).start, end=span(name).end, text=name, sentence=0)
        return Resolution(mention=mention, status="resolved", place=place)

    found = [known(name) for name in ("Homs", "Saraqib", "Idlib")]
    return rows.Row(
        article=article,
        words=[tokenize(article.text, s.start, s.end) for s in article.sentences],
        found=found,
        candidates=found,
        verb=span("bombed"),
        places=[span(name) for name in places],
        strike=True,
    )


def test_naive_rules_choose_as_their_names_say(scripts) -> None:
    """Every place is all three, the nearest and the first behind the verb are the struck town."""
    rows, score = scripts
    row = row_of(rows, ["Saraqib"])
    saraqib = {TEXT.index("Saraqib")}
    assert score.every_place(row) == {TEXT.index(name) for name in ("Homs", "Saraqib", "Idlib")}
    assert score.nearest_place(row) == score.first_behind(row) == saraqib


def test_shares_are_of_all_sentences_and_of_those_without_a_place(scripts) -> None:
    """One sentence right, one with a place given where the annotators saw none."""
    rows, score = scripts
    sentences = [row_of(rows, ["Saraqib"]), row_of(rows, [])]
    assert score.figures(sentences, score.nearest_place) == score.Figures(0.5, 1.0)
    assert score.figures(sentences, lambda _: set()) == score.Figures(0.5, 0.0)


def test_words_of_places_leave_articles_out(scripts) -> None:
    """ "The town of Idlib" and "town Idlib" are the same place words."""
    rows, _ = scripts
    start = TEXT.index("the town of Idlib")
    words = rows.place_words(make_article(TEXT, id="x"), [Span(start, start + len("the town of Idlib"))])
    assert words == {TEXT.index("town"), TEXT.index("Idlib")}
