"""Finding place names: each rule with a sentence where it fires and its twin where it must not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.toponyms.find import find, given_mentions

PAIRS = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text(encoding="utf-8"))
ODD_PARTS = [
    "Baghdad",
    "in",
    "al-Qaim",
    "\u202bالرقة",
    "e\u0301",
    "👩‍👩‍👧",
    "\r\n",
    "—",
    "Mr",
    "’s",
    ".",
    "\u200b",
    "K-1",
]
MARKED = re.compile(r"\[([^\]]+)\]")


def found_in(text, engine):
    """Return the mentions of a text."""
    article = make_article(text, id="t")
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    return find(article, words, engine.store, tools=engine.toponym_tools, config=engine.config.toponyms)


@pytest.mark.parametrize("pair", PAIRS, ids=[p["rule"] for p in PAIRS])
@pytest.mark.parametrize("side", ["fires", "twin"])
def test_minimal_pair(pair, side, engine):
    """The bracketed names are found, exactly, and nothing else."""
    wanted = MARKED.findall(pair[side])
    assert [m.text for m in found_in(MARKED.sub(r"\1", pair[side]), engine)] == wanted


def test_reasons_name_the_cues(engine):
    """A mention says why it is one."""
    mention = found_in("Shells fell in Ramadi on Friday.", engine)[0]
    assert any("a preposition of place" in reason for reason in mention.reasons)
    assert 0.5 <= mention.score <= 1


def test_a_feature_word_beside_the_name_is_kept_apart(engine):
    """ "airbase" is type evidence, not part of the span."""
    mention = found_in("Rockets landed at Balad airbase on Friday.", engine)[0]
    assert (mention.text, mention.feature_word) == ("Balad", "airbase")


def test_boilerplate_has_no_mentions(engine):
    """Comment rules and link lists are not read for places."""
    text = "Rockets hit Balad on Friday, police said.\nComments\nWe welcome comments from Paris and London."
    assert [m.text for m in found_in(text, engine)] == ["Balad"]


def test_given_spans_are_taken_as_they_are():
    """Spans that are known already become mentions unchanged, in text order."""
    article = make_article("Fire in Xyzzy and in Plugh.", id="t")
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    assert [m.text for m in given_mentions(article, words, [(21, 26), (8, 13)])] == ["Xyzzy", "Plugh"]
