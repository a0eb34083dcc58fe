"""Which tellings are worth comparing: those that share a block of space and time."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.archive.matching.cells import cells_of
from geomap.archive.matching.windows import LATEST_GAP_DAYS, Window, window_of
from geomap.archive.nouns import Telling

BIN_DAYS = 2
LEAST_REACH_KM = 7.5  # two gazetteers put one town's point this far apart
WIDEST_KM = 120.0  # what is told of a larger area is compared only with what is told of the very same


def blocking_keys(telling: Telling) -> tuple[str, ...]:
    """Return the blocks of a telling; none where it has no point, and then it stays alone.

    Two tellings that may tell the same event share at least one. Their number is bounded whatever radius and dates
    are: about 4 for a town and a day, at most a few hundred.
    """
    if telling.point is None:
        return ()
    days = tuple(_bins(window_of(telling)))
    return tuple(f"{block}/{day}" for block in _blocks(telling) for day in days)


def is_wide(telling: Telling) -> bool:
    """Tell whether a telling's area is too large for its distance to others to mean anything."""
    return telling.precision == "country" or telling.radius_km > WIDEST_KM


def reach_km(telling: Telling) -> float:
    """Return how far from its point a telling's event can have been; two events of one place reach each other."""
    return telling.radius_km + LEAST_REACH_KM


def _blocks(telling: Telling) -> Iterator[str]:
    assert telling.point is not None
    if is_wide(telling):
        yield f"={telling.place_id}"
    else:
        yield from cells_of(telling.point, reach_km(telling))


def _bins(window: Window | None) -> Iterator[str]:
    """Yield the stretches of days that a window or the gap behind it touches."""
    if window is None:
        yield "undated"
        return
    for number in range(window.first // BIN_DAYS, (window.last + LATEST_GAP_DAYS) // BIN_DAYS + 1):
        yield str(number)
