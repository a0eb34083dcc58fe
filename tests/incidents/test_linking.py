"""Names and what only says them again: which of the two a strike is linked to."""

from __future__ import annotations

import pytest

from geomap.config import IncidentsConfig
from geomap.incidents.find import find
from geomap.incidents.lexicons import Lexicons, load_lexicons
from geomap.model import Article, Findings, Mention, Place, Resolution
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

TOWN = Place(id="test:Saraqib", name="Saraqib", lon=36.8, lat=35.86, feature_code="PPL", country_code="SY")


@pytest.fixture(scope="module")
def words() -> Lexicons:
    """Return the word lists and weights."""
    return load_lexicons()


def mention_of(article: Article, written: str, antecedent: int | None = None) -> Resolution:
    """Return a name, or what says it again, resolved to the town."""
    start = article.text.index(written)
    end = start + len(written)
    named = antecedent is None
    told = Mention(
        start=start,
        end=end,
        text=written,
        sentence=0,
        kind="name" if named else "coreference",
        antecedent=antecedent,
    )
    return Resolution(mention=told, status="resolved", place=TOWN)


def read(text: str, words: Lexicons) -> tuple[list[Resolution], Findings]:
    """Find the incidents of one sentence about Saraqib and "the town"."""
    article = make_article(text, id="x")
    told = [mention_of(article, "Saraqib"), mention_of(article, "the town", antecedent=0)]
    tokens = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    return told, find(article, tokens, told, config=IncidentsConfig(), tools=words)


def test_a_strike_is_shown_by_the_name_and_not_by_what_repeats_it(words: Lexicons) -> None:
    """ "Attacks on X, hitting the town" quotes X; "people left X, shells hit the town" has only the town to quote."""
    told, found = read("Jets launched air strikes on Saraqib, hitting the town with bombs.", words)
    assert [told[e.mention].mention.text for i in found.incidents for e in i.evidence if e.mention is not None] == [
        "Saraqib"
    ]
    told, found = read("People left Saraqib while jets bombed the town.", words)
    assert [told[e.mention].mention.text for i in found.incidents for e in i.evidence if e.mention is not None] == [
        "the town"
    ]


def test_the_town_is_not_where_the_attackers_came_from(words: Lexicons) -> None:
    """ "Fighters from X struck an army post outside the town" does not tell of X; a strike told there does."""
    _, found = read("Fighters from Saraqib shelled an army post outside the town.", words)
    assert [i.place for i in found.incidents] == [None]
    _, found = read("Fighters in Saraqib were quiet when jets shelled an army post outside the town.", words)
    assert [i.place for i in found.incidents] == [TOWN]
