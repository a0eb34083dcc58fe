"""Words and lines: short ways to what they tell give what the long way gives."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.reading.tokens import tokenize
from geomap.toponyms import feature_words as beside
from geomap.toponyms.cues import observe
from geomap.toponyms.lexicons import plurals, singular
from geomap.toponyms.lines import line_of
from geomap.toponyms.scan import candidate_spans

_PARTS = (
    "Near near In in the The of Mr Gen. President John Ahmed J Sharon sharon SHARON iPhone IPhone Straße strasse"
    " al - ' ’s ‘ Qaim Qasr e Shirin K 1 2,500 and y Bank bank Reading reading READING . , “ ( الرقة في Workers said"
).split()
_SENTENCES = st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from([" ", " ", ""])).map("".join), max_size=14)
_WORDS = st.sampled_from(
    "airport airports the of in X city cities field fort camp camps district eastern oil military - 's".split()
)


def line_from(text, engine):
    """Return a text as one line."""
    return line_of(tokenize(text, 0, len(text)), engine.store, engine.toponym_tools)


@given(_SENTENCES.map("".join))
def test_runs_hold_all_capitals(engine, text):
    """Runs are in order and apart, hold every capitalised word, and end with one or with a number."""
    line = line_from(text, engine)
    assert list(line.capitals) == [i for i, word in enumerate(line.words) if word.is_capital]
    inside = [i for first, last in line.runs for i in range(first, last + 1)]
    assert inside == sorted(set(inside))
    assert set(line.capitals) <= set(inside)
    assert all(line.words[last].is_capital or line.words[last].kind == "a number" for _, last in line.runs)
    assert all(line.words[first].is_capital or line.words[first].is_article for first, _ in line.runs)


@given(st.lists(_SENTENCES.map("".join), min_size=1, max_size=3))
def test_what_an_article_tells(engine, texts):
    """Of the names of one word all that stand in lower case as well are known, and all family names."""
    lines = [line_from(text, engine) for text in texts]
    spans = [
        list(candidate_spans(one, text, engine.store, engine.toponym_tools))
        for one, text in zip(lines, texts, strict=True)
    ]
    found = observe(list(zip(lines, spans, strict=True)))
    lower = {w.fold for one in lines for w in one.words if w.is_cased and not w.is_capital}
    for one, candidates in zip(lines, spans, strict=True):
        for span in candidates:
            if span.first == span.last and one.tokens.texts[span.first][0].isupper():
                fold = one.words[span.first].fold
                assert (fold in found.lower_words) == (fold in lower)
    persons = ("a title", "a given name", "an initial")
    assert set(found.surnames) == {
        b.fold for one in lines for a, b in pairwise(one.words) if a.kind in persons and b.kind == "a capitalised word"
    }


@given(st.lists(_WORDS, min_size=1, max_size=12), st.integers(0, 11), st.integers(0, 2))
def test_no_feature_word_is_missed(words, first, more):
    """What is looked at first, whether any word beside a name could be one, lets every feature word through."""
    first = min(first, len(words) - 1)
    last = min(first + more, len(words) - 1)
    found = beside._own(words, first, last, {}, names_another=False)
    assert beside.feature_words(words, [(first, last)]) == [beside._singular(found)]


@given(st.sampled_from(sorted(GROUP_OF_WORD)), st.sampled_from(["", "s", "es", "ies", "y"]), st.integers(0, 2))
def test_plurals_are_those_whose_singular_it_is(word, ending, cut):
    """A word is a plural of a listed one where its singular, another word, is listed."""
    word = word[: len(word) - cut] + ending
    listed = singular(word) in GROUP_OF_WORD and singular(word) != word
    assert (word in plurals(GROUP_OF_WORD)) == listed
