"""Which telling of an article is what another was: by its words, by its place; where that is open, none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_samples import some

from geomap.archive.nouns import Telling
from geomap.archive.store.following import successors
from geomap.archive.tellings import tellings
from geomap.model import Span


@pytest.fixture
def old() -> Telling:
    """Return a telling with a trigger."""
    return replace(tellings(some(1)[0])[0], trigger=Span(3, 9))


def other(one: Telling, name: str, **changes: object) -> Telling:
    """Return the telling under another id, changed."""
    return replace(one, key=f"{one.source.key}/{name}", incident_id=name, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "follows"),
    [
        ({"place_id": "x:1"}, True),
        ({"trigger": Span(12, 15)}, True),
        ({"trigger": Span(12, 15), "quotes": ("Another sentence.",)}, True),
        ({"trigger": Span(12, 15), "quotes": ("Another sentence.",), "date_start": None, "date_end": None}, False),
        ({"trigger": Span(12, 15), "place_id": "x:1"}, False),
    ],
)
def test_words_or_place_tell(old: Telling, changes: dict[str, object], follows: bool) -> None:
    """The same sentence and trigger, or the same place with a sentence or the days."""
    assert bool(successors([old], [other(old, "b", **changes)])) is follows


def test_the_surest_is_taken_and_an_open_choice_is_none(old: Telling) -> None:
    """Of a telling with the same words and place and one with the same place, the first; of two alike, neither."""
    sure, less = other(old, "b"), other(old, "c", trigger=Span(12, 15))
    assert successors([old], [less, sure]) == {old.key: sure}
    assert successors([old], [less, other(old, "d", trigger=Span(20, 25))]) == {}
