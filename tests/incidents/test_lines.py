"""A sentence as the rules see it, and which sentences they need not see at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.incidents.lexicons import load_lexicons
from geomap.incidents.lines import HYPHENS, QUOTES, make_line
from geomap.model import Mention, Resolution
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

LEXICONS = load_lexicons()
PIECES = st.sampled_from(
    ["al", "Asad", "-", "‐", " ", " ", " ", "“", '"', "U.S.", "F", "16", "hit", "Mosul", "’s", ","]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=20).map("".join), st.data())
def test_a_line_is_its_tokens_without_quotes_and_inner_hyphens(text, data):
    """Words, offsets and the words that a mention covers are those that going through the tokens one by one gives."""
    tokens = tokenize(text, 0, len(text))
    whole = list(tokens)
    inner = {
        b for a, b, c in zip(whole, whole[1:], whole[2:], strict=False)
        if b.text in HYPHENS and a.end == b.start and b.end == c.start
    }  # fmt: skip
    kept = [t for t in whole if t.text not in QUOTES and t not in inner]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = Resolution(mention=Mention(start=start, end=end, text=text[start:end], sentence=0), status="unresolved")
    line = make_line(0, make_article("x"), tokens, [(7, found)])
    assert list(line.tokens) == kept
    assert list(line.texts) == [t.text for t in kept]
    first, last = sum(t.end <= start for t in kept), sum(t.start < end for t in kept)
    assert [(s.first, s.last, s.number) for s in line.spots] == ([(first, last, 7)] if first < last else [])


@pytest.mark.parametrize("spelled", [str.lower, str.capitalize, str.upper])
def test_a_sentence_is_passed_over_only_without_trigger_words(spelled):
    """Every word that can be a trigger to the rules is seen by the cheap test, small, capitalised and in capitals."""
    for word in LEXICONS.triggers:
        text = f"Here: {spelled(word)}."
        tokens = tokenize(text, 0, len(text))
        assert word in make_line(0, make_article(text), tokens, ()).words
        assert not LEXICONS.written_triggers.isdisjoint(tokens.texts)
