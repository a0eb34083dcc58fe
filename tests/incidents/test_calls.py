"""The cheap test before reading: it passes over no sentence in which the rules would find a trigger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.incidents.calls import calls_of
from geomap.incidents.lexicons import load_lexicons
from geomap.incidents.lines import make_line, wording_of
from geomap.incidents.scenes import Scene
from geomap.incidents.triggers import find_triggers
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

LEXICONS = load_lexicons()
CALLS = calls_of(LEXICONS)
ARTICLES = [p for folder in ("corpus", "../examples") for p in (Path(__file__).parents[1] / folder).glob("*.txt")]
WORDS = st.sampled_from(
    sorted({word for verbs in LEXICONS.verbs.values() for verb in verbs for word in verb.words})
    + sorted(LEXICONS.strike_nouns | set(LEXICONS.weapon_starts) | LEXICONS.sets["airborne"])
    + sorted(LEXICONS.sets["explosive_cues"] | LEXICONS.sets["targets_base"] | LEXICONS.sets["targets_civil"])
    + "the the a was were by on at against in and their our enemy suicide targets . , small arms ablaze".split()
)


def is_passed_over(text, start, end):
    """Return whether a sentence is not read, and the triggers that the rules find in it all the same."""
    article, tokens = make_article(text or "x"), tokenize(text, start, end)
    wording = wording_of(tokens)
    heard = not CALLS.written.isdisjoint(tokens.texts) and CALLS.is_heard(wording.words)
    return not heard, find_triggers(Scene(make_line(0, article, wording, ()), LEXICONS))


@pytest.mark.parametrize("spelled", [str.lower, str.capitalize, str.upper])
def test_trigger_words_are_known_however_they_are_written(spelled):
    """Every word that can be a trigger is seen small, capitalised and in capitals."""
    assert {spelled(word) for word in LEXICONS.triggers} <= CALLS.written


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("The jet landed in a field.", True),
        ("He landed in a field.", False),
        ("It came through the roof.", True),
        ("It came on Monday.", False),
        ("A shop was set ablaze.", True),
        ("A date was set.", False),
        ("The targets included a depot.", True),
        ("The menu included a soup.", False),
        ("Small arms fire was heard.", True),
        ("A fire was heard of.", False),
    ],
)
def test_words_need_their_company(text, heard):
    """A word that is a trigger only in company does not have its sentence read without it."""
    assert is_passed_over(text, 0, len(text))[0] is not heard


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_no_trigger_of_our_articles_is_passed_over(path):
    """In the sentences of our own articles that are not read the rules find nothing."""
    text = path.read_text(encoding="utf-8")
    for sentence in make_article(text).sentences:
        passed, found = is_passed_over(text, sentence.start, sentence.end)
        assert not (passed and found)


@settings(max_examples=1000, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_no_trigger_of_any_words_is_passed_over(text):
    """Whatever words of the lexicon stand beside one another: where there is a trigger the sentence is read."""
    passed, found = is_passed_over(text, 0, len(text))
    assert not (passed and found)
