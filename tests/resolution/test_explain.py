"""``geomap explain``: candidates with what spoke for and against them, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli.explain import command
from geomap.errors import UsageError
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.resolution.explain import explain
from geomap.toponyms.find import find

TEXT = "Shots were fired in Paris, Texas, on Monday, police said."


@pytest.fixture
def article(tmp_path) -> Path:
    """Return a file with one article."""
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments):
    """Run the verb and return what it printed."""
    return CliRunner().invoke(command, [str(a) for a in arguments] + ["-q"], catch_exceptions=False).output


def test_without_a_number_the_mentions_are_listed(article):
    """The numbers are those of the report."""
    lines = run(article).splitlines()
    assert [line.split()[:2] for line in lines] == [["0", "Paris"], ["1", "Texas"]]


def test_a_mention_is_explained_in_words(article):
    """The sentence is quoted, the winner named with the feature that decided, and that none is meant weighed."""
    told = run(article, "--mention", 0)
    assert "[Paris]" in told
    assert "in the place named: after a comma" in told
    assert "none of these is meant" in told


def test_features_sum_to_the_total(engine):
    """Every candidate's total is the sum of its parts, and the probabilities sum to one."""
    read = make_article(TEXT, id="t")
    words = [tokenize(read.text, s.start, s.end) for s in read.sentences]
    mentions = find(read, words, engine.store, tools=engine.toponym_tools, config=engine.config.toponyms)
    considered = explain(words, mentions, 0, engine.store, engine.resolution_model)
    assert considered[0].place.admin1 == "Texas"
    for one in considered:
        assert sum(weight for _, weight in one.parts) == pytest.approx(one.total, abs=0.06)
    assert sum(one.share for one in considered) == pytest.approx(1.0)


def test_json_has_the_same(article):
    """For programs: ids, probabilities, features."""
    data = json.loads(run(article, "--mention", 0, "--json"))
    assert data["mention"]["text"] == "Paris"
    assert data["candidates"][0]["features"]
    assert data["candidates"][-1]["place"] is None


def test_a_wrong_number_is_one_clear_error(article):
    """The message says how many there are."""
    with pytest.raises(UsageError, match="no mention 7"):
        run(article, "--mention", 7)
