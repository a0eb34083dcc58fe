"""Whatever the text, a mention is the text between its offsets."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.toponyms.find import find

ODD_PARTS = "Baghdad in al-Qaim \u202bالرقة e\u0301 👩‍👩‍👧 \r\n — Mr ’s . \u200b K-1 U.S. district of, (".split(" ")


def mentions_of(text, engine):
    """Return the mentions of a text."""
    article = make_article(text, id="t")
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    return find(article, words, engine.store, tools=engine.toponym_tools, config=engine.config.toponyms)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.lists(st.sampled_from(ODD_PARTS), max_size=30).map(" ".join), st.text(max_size=80)))
def test_offsets_quote_the_text(engine, text):
    """In order, without overlap, true to the character, on combining marks, right-to-left, emoji and line breaks."""
    if not text.strip() or "\x00" in text:
        return
    mentions = mentions_of(text, engine)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
