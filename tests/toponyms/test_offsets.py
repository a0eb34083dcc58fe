"""Offsets hold on every text: combining marks, right-to-left, emoji, CRLF, zero-width characters, many scripts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.config import ToponymsConfig
from geomap.errors import ArticleError
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.resolution.resolve import resolve
from geomap.toponyms.find import find, given_mentions, with_given

PIECES = (
    *"Baghdad in near al-Qaim Mr ’s ' . , ( — - THE US K-1 Rostov-on-Don airbase ß İstanbul ﬁre Ǆ ﷺ Київ".split(),
    *(
        "\u202bالرقة\u202c",
        "وحلب",
        "e\u0301",
        "Ko\u0308ln",
        "👩\u200d👩\u200d👧",
        "\r\n",
        "\n",
        "\u200b",
        "\ufeff",
        "ב\u05d7יפה",
    ),
    *("у Харкові", "33.7869, 42.4412", "33°47′12″N 42°26′28″E", "38S KC 62951 40708", "the base", "was shelled"),
)
ROOM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def check(text: str, engine) -> None:
    """Whatever the text, mentions quote it at their offsets, in order, without overlap, each in its sentence."""
    try:
        article = make_article(text, id="t")
    except ArticleError:
        return
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    mentions = find(
        article, words, engine.store, tools=engine.toponym_tools, config=ToponymsConfig(min_score=0.1, demonyms=True)
    )
    for mention in mentions:
        assert article.text[mention.start : mention.end] == mention.text
        sentence = article.sentences[mention.sentence]
        assert sentence.start <= mention.start < sentence.end
        if mention.antecedent is not None:
            assert mentions[mention.antecedent].start < mention.start
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    found = resolve(words, mentions, engine.store, model=engine.resolution_model, config=engine.config.resolution)
    assert [r.mention for r in found] == mentions
    assert all((r.place is not None) == (r.status == "resolved") for r in found)
    assert all(r.why_not for r in found if r.status != "resolved")


@ROOM
@given(parts=st.lists(st.sampled_from(PIECES), max_size=40), between=st.sampled_from([" ", "", "\u00a0", "\r\n"]))
def test_offsets_quote_what_is_put_together_of_names(parts, between, engine):
    """Names, marks and invisible characters in any order."""
    check(between.join(parts), engine)


@ROOM
@given(text=st.text(max_size=200))
def test_offsets_quote_any_text(text, engine):
    """Any Unicode text at all."""
    check(text, engine)


@ROOM
@given(parts=st.lists(st.sampled_from(PIECES), min_size=1, max_size=25), data=st.data())
def test_given_spans_keep_antecedents(parts, data, engine):
    """Spans that are given push out what they overlap; what refers back still refers to the right mention."""
    text = "Rockets hit Balad airbase. " + " ".join(parts) + " Drones struck the base again."
    article = make_article(text, id="t")
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, min(len(text), start + 12)))
    found = find(article, words, engine.store, tools=engine.toponym_tools, config=engine.config.toponyms)
    merged = with_given(found, given_mentions(article, words, [(start, end)]))
    assert sum((m.start, m.end) == (start, end) for m in merged) == 1
    assert all(a.end <= b.start for a, b in pairwise(merged))
    assert all(merged[m.antecedent].kind == "name" for m in merged if m.antecedent is not None)
