"""A sentence as the rules see it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.incidents.lines import HYPHENS, QUOTES, _plain, make_line, wording_of
from geomap.model import Mention, Resolution
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

PIECES = st.sampled_from(
    [
        "al",
        "Asad",
        "-",
        "‐",
        " ",
        " ",
        " ",
        "“",
        '"',
        ".",
        "3.5",
        "..",
        "U.S.",
        "Qa`im",
        "İ",
        "F",
        "16",
        "hit",
        "Mosul",
        "’s",
        ",",
    ]
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
    line = make_line(0, make_article("x"), wording_of(tokens), [(7, found)])
    assert list(line.tokens) == kept
    assert list(line.texts) == [t.text for t in kept]
    assert line.words == tuple(_plain(t.text) for t in kept)
    first, last = sum(t.end <= start for t in kept), sum(t.start < end for t in kept)
    assert [(s.first, s.last, s.number) for s in line.spots] == ([(first, last, 7)] if first < last else [])
