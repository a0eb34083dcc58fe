"""Grouping: what a store does one by one, in memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.clusters import agreement
from benchmarks.matching import load_half, matched, order_sensitivity, over_all, over_found
from geomap.archive.matching import choose, group, joined, summarise
from geomap.archive.matching.grouping import event_id
from tests.archive.matching.drawn import tellings
from tests.archive.matching.made import told

FLOORS = Path(__file__).parents[3] / "benchmarks" / "floors.json"
SETTINGS = settings(max_examples=100, deadline=None)


def unique(some):
    """Give every drawn telling a key of its own."""
    return [told(**_fields(one, n)) for n, one in enumerate(some)]


def _fields(one, n):
    names = ["precision", "radius_km", "point", "place_id", "date_start", "date_end"]
    return {name: getattr(one, name) for name in names} | {
        "key": f"{one.source.key}/{n}",
        "article": one.source.key,
        "outlet": one.source.outlet,
        "published": one.source.published_on,
    }


@SETTINGS
@given(st.lists(tellings(), max_size=12))
def test_every_telling_stands_in_one_event_and_no_article_twice(drawn):
    """Nothing is lost, nothing doubled, and what an article keeps apart stays apart."""
    some = unique(drawn)
    events = group(some)
    assert sorted(t.key for e in events for t in e.tellings) == sorted(t.key for t in some)
    assert len({e.id for e in events}) == len(events)
    for event in events:
        articles = [t.source.key for t in event.tellings]
        assert len(set(articles)) == len(articles)


@SETTINGS
@given(st.lists(tellings(), max_size=10), st.randoms())
def test_the_order_of_the_input_does_not_matter_to_a_batch(drawn, chance):
    """Articles are taken in the order of their publication; two of one article in the order it tells them."""
    some = unique({one.source.key: one for one in drawn}.values())
    mixed = list(some)
    chance.shuffle(mixed)
    assert group(mixed) == group(some)


@SETTINGS
@given(st.lists(tellings(), max_size=10))
def test_blocks_lose_nothing(drawn):
    """Comparing with every event gives the same as comparing with those that share a block."""
    some = sorted(unique({one.source.key: one for one in drawn}.values()), key=_order)
    events = {}
    for telling in some:
        choice = choose(telling, tuple(events.values()))
        known = choice.event
        new = joined(known, telling, choice.link) if known else summarise(event_id(telling), (telling,), (choice.link,))
        events[new.id] = new
    assert tuple(e.tellings for e in events.values()) == tuple(e.tellings for e in group(some))


def _order(telling):
    day = telling.source.published_on
    return day is None, str(day or ""), telling.source.key


def test_ids_stay():
    """An event keeps the id that its founder gave it, however many join."""
    first, second = told("a"), told("b")
    assert group([first])[0].id == group([first, second])[0].id == event_id(first)


def test_b_cubed_counts_as_published():
    """A worked example: two clusters of two, put into one of three and one of one."""
    figures = agreement({1: "x", 2: "x", 3: "y", 4: "y"}, {1: "p", 2: "p", 3: "p", 4: "q"})
    assert figures.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert figures.recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert (figures.over, figures.under) == (1, 1)


@pytest.mark.parametrize("half", ["dev", "heldout"])
def test_the_corpus_keeps_its_floors(half):
    """Floors only rise: B-cubed over our own stories, in the order of publication and in any other."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["matching"][half]
    gold = load_half(half)
    found, whole = over_found(gold, matched(gold)), over_all(gold, matched(gold))
    assert len({cluster for _, cluster in gold.wanted}) >= floors["clusters"]
    assert found.f1 >= floors["f1"]
    assert whole.f1 >= floors["f1 over all"]
    assert found.over <= floors["over-merges"]
    assert found.under <= floors["under-merges"]
    assert order_sensitivity(gold)[1] >= floors["f1 in any order"]
