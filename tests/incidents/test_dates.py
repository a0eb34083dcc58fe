"""News English dates: every weekday in an article of every weekday, windows, and what stays open."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.incidents.dates import find_dates
from geomap.incidents.lines import make_line, wording_of
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

MONDAY = dt.date(2024, 1, 22)


def dates(text, published):
    """Return the dates of a one-sentence text."""
    article = make_article(text, published_on=published)
    tokens = tokenize(article.text, 0, len(text))
    return find_dates(make_line(0, article, wording_of(tokens), ()), published)


@pytest.mark.parametrize("published", [MONDAY + dt.timedelta(days=n) for n in range(7)])
@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_is_today_or_the_latest_one_before(published, weekday):
    """All 49 pairs: the day of publication itself, else one to six days before it."""
    [when] = dates(f"A drone hit the depot on {calendar.day_name[weekday]} morning.", published)
    assert when.start == when.end
    assert when.start.weekday() == weekday
    assert 0 <= (published - when.start).days < 7


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)))
def test_a_full_date_is_itself(day):
    """Three ways to write a day with its year all give that day."""
    written = (f"{day.day} {day:%B} {day.year:04}", f"{day:%B} {day.day}, {day.year:04}", f"{day:%Y-%m-%d}")
    for text in written:
        [when] = dates(f"It happened on {text} there.", dt.date(2061, 1, 1))
        assert (when.start, when.end, when.precision) == (day, day, 1), text


@given(st.dates(dt.date(1999, 1, 1), dt.date(2040, 12, 31)), st.dates(dt.date(1999, 1, 1), dt.date(2040, 12, 31)))
def test_a_day_without_a_year_is_never_in_the_future(published, day):
    """A day and a month alone is the latest such day, at most tomorrow (time zones)."""
    found = dates(f"It happened on {day.day} {day:%B} there.", published)
    for when in found:
        assert when.start is None or when.start <= published + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "text", ["overnight", "last night", "at dawn", "yesterday", "last week", "two weeks ago", "Friday"]
)
def test_without_publication_no_day_is_made_up(text):
    """Relative words are recognised and stay without days."""
    [when] = dates(f"Jets struck the town {text}.", None)
    assert when.start is None
    assert when.end is None


def test_the_day_of_speech_is_marked():
    """What was said on Monday did not happen on Monday."""
    first, second = dates("The ministry said on Monday that jets struck the town on Sunday.", MONDAY)
    assert first.speech
    assert not second.speech
