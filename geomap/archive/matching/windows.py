"""The days on which a telling's event can have happened."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from geomap.archive.nouns import Telling

LONGEST_DAYS = 10  # of a longer stretch only the last days count: an article tells what is new
BACK_DAYS = 2  # an event without a date happened shortly before its article
LATEST_GAP_DAYS = 1  # a night, a time zone, a day named wrongly


class Window(NamedTuple):
    """First and last day as ordinals. ``dated`` says that the article names the day; else its publication does."""

    first: int
    last: int
    dated: bool


@lru_cache(maxsize=1 << 14)
def window_of(telling: Telling) -> Window | None:
    """Return the days a telling can be about; None where neither it nor its article has a date.

    What has no first day happened shortly before its last day or, without one, before its article.
    """
    start, end = telling.date_start, telling.date_end or telling.source.published_on or telling.date_start
    if end is None:
        return None
    last = end.toordinal()
    if start is None:
        return Window(last - BACK_DAYS, last, dated=False)
    first, last = start.toordinal(), max(start.toordinal(), last)
    return Window(max(first, last - LONGEST_DAYS + 1), last, dated=True)


def gap_days(a: Window | None, b: Window | None) -> int | None:
    """Return how many days lie from one window to the other: 0 where they meet; None where only one is known.

    Two tellings without any date lie 0 days apart: nothing tells them apart.
    """
    if a is None or b is None:
        return 0 if a is b else None
    return max(0, a.first - b.last, b.first - a.last)
