"""The corpus of events told by many is what it says it is."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.stories import HALVES, read_half

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize("half", HALVES)
def test_events_are_told_by_two_to_eight(half):
    """At least forty events in each half, each told by several articles, some articles telling several."""
    articles = read_half(half)
    told = Counter(cluster.id for article in articles for cluster in article.clusters)
    assert len(told) >= 40
    assert set(told.values()) <= set(range(2, 9))
    assert sum(len(article.clusters) > 1 for article in articles) >= 20
    assert len({article.story for article in articles}) >= 15


@pytest.mark.parametrize("half", HALVES)
def test_no_article_stands_twice_and_none_is_from_before_its_event(half):
    """Every text is its own, and an event is over when an article tells it."""
    articles = read_half(half)
    assert len({article.text for article in articles}) == len(articles)
    for article in articles:
        for cluster in article.clusters:
            assert cluster.days.first <= article.published_on.toordinal(), f"{article.title} tells {cluster.id}"
            assert cluster.days.first <= cluster.days.last


def test_the_halves_share_no_event():
    """What is held out is held out."""
    dev, heldout = ({c.id for article in read_half(half) for c in article.clusters} for half in HALVES)
    assert not dev & heldout


@pytest.mark.parametrize("half", HALVES)
def test_the_days_that_are_named_are_the_days_of_the_events(half):
    """An article that tells one event and names one weekday names a day from that event to its own."""
    for article in read_half(half):
        named = {day for day in WEEKDAYS if day in article.text}
        if len(article.clusters) == 1 and len(named) == 1:
            days = range(article.clusters[0].days.first, article.published_on.toordinal() + 1)
            assert named <= {WEEKDAYS[(day - 1) % 7] for day in days}, f"{article.title}: {named}"
