"""Words and punctuation marks with their places in the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.reading import tokens
from geomap.reading.tokens import tokenize


def words(text):
    """Return the tokens' texts."""
    return [token.text for token in tokenize(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ain al-Asad", ["Ain", "al", "-", "Asad"]),
        ("Anbar's base", ["Anbar", "'s", "base"]),
        ("Anbar’s base", ["Anbar", "’s", "base"]),
        ("ANBAR’S BASE", ["ANBAR", "’S", "BASE"]),
        ("the militias’ base", ["the", "militias", "’", "base"]),
        ("Sana'a and Qa’im", ["Sana'a", "and", "Qa’im"]),
        ("Ra's al-Ayn", ["Ra's", "al", "-", "Ayn"]),
        ("Ras's base", ["Ras", "'s", "base"]),
        ("U.S.-led", ["U.S.", "-", "led"]),
        ("in the U.K.", ["in", "the", "U.K."]),
        ("Charleston, W.Va.", ["Charleston", ",", "W.Va."]),
        ("London, Ont.", ["London", ",", "Ont."]),
        ("St. Petersburg", ["St.", "Petersburg"]),
        ("the coast.", ["the", "coast", "."]),
        ("Isle of Man.", ["Isle", "of", "Man", "."]),
        ("2,500 and 33.3", ["2,500", "and", "33.3"]),
        ("in 2017, 2019.", ["in", "2017", ",", "2019", "."]),
        ("36°20'N", ["36", "°", "20", "'", "N"]),
        ("‘Ain’", ["‘", "Ain", "’"]),
        ("عين الأسد؟", ["عين", "الأسد", "؟"]),
        ("قَاعِدَة", ["قَاعِدَة"]),
        ("Al-\u200eHasakah", ["Al", "-", "Hasakah"]),
        ("yes... no -- end", ["yes", "...", "no", "--", "end"]),
    ],
)
def test_tokens_of(text, expected):
    """Names keep their apostrophes, give up hyphens and possessives; abbreviations and numbers stay whole."""
    assert words(text) == expected


def test_offsets_index_the_whole_text():
    """A stretch of a text gives offsets into the text, not into the stretch."""
    text = "At Qaim, they said."
    assert [(t.start, t.end) for t in tokenize(text, 3, 8)] == [(3, 7), (7, 8)]


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_tokens_are_the_texts_own_characters(text, start, length):
    """Tokens are in order, do not overlap, hold no white space, and quote the text exactly."""
    start = min(start, len(text))
    end = min(start + length, len(text))
    before = start
    for token in tokenize(text, start, end):
        assert before <= token.start < token.end <= end
        assert text[token.start : token.end] == token.text
        assert not any(map(str.isspace, token.text))
        before = token.end


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Z"])))
def test_nothing_visible_is_lost(text):
    """What lies between tokens is white space."""
    end = 0
    for token in tokenize(text, 0, len(text)):
        assert not text[end : token.start].strip()
        end = token.end
    assert not text[end:].strip()


_PIECES = st.sampled_from([*"'’‘`.,-–:؟½\u00ad\u200b\u200f\u0301ँ_ \u00a0\u2003\n\x1c", "--", "...", "'s", "’S "])
_WORDS = st.sampled_from(["Mr", "St.", "W.Va.", "U.S.", "Ra's", "2,5", "٫5", "x", "Élan", "قا", "क", "e.g.", "No"])


@given(st.lists(_WORDS | _PIECES | st.text(max_size=3)).map("".join), st.integers(0, 9), st.integers(0, 9))
def test_tokens_lie_where_the_pattern_finds_them(text, start, length):
    """Offsets worked out of the texts alone are those of the pattern's matches; nothing outside a stretch counts."""
    end = min(len(text), start + 3 * length)
    whole = [(start + m.start(), start + m.end(), m[0]) for m in tokens.PATTERN.finditer(text[start:end])]
    assert list(tokenize(text, start, end)) == whole


@given(st.lists(_WORDS | _PIECES).map("".join), st.integers(-9, 9), st.integers(-9, 9))
def test_tokens_are_a_sequence(text, first, last):
    """Tokens by number, by slice, in turn and as texts and offsets are the same."""
    found = tokenize(text, 0, len(text))
    listed = list(found)
    assert [found[i] for i in range(len(found))] == listed
    assert found[first:last] == listed[first:last]
    assert list(found.texts) == [t.text for t in listed]
    assert list(found.starts) == [t.start for t in listed]
    assert [found.end_of(i) for i in range(len(found))] == [t.end for t in listed]
    assert [found.is_tied(i) for i in range(1, len(found))] == [a.end == b.start for a, b in pairwise(listed)]
    assert all(found.ended_by(at) == sum(t.end <= at for t in listed) for at in range(len(text) + 1))
