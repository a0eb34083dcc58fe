"""Reports for the tests, and what a store makes of them."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from archive_reports import reports

from geomap.archive.nouns import Event
from geomap.archive.store.adding import Written, add
from geomap.archive.store.finding import events
from geomap.archive.store.opening import Store

Report = dict[str, Any]


def some(count: int = 60, *, seed: int = 1) -> list[Report]:
    """Return reports of a few towns and days, so that many tell the same."""
    return list(reports(count, seed=seed, towns=12, days=6))


def put(store: Store, given: Iterable[Report], batch: int = 1000) -> Written:
    """Add reports; return what was written in all."""
    return sum(add(store, given, batch=batch), Written())


def everything(store: Store) -> dict[str, Event]:
    """Return all events by their ids."""
    return {one.id: one for one in events(store)}


def newer(report: Report, version: str = "0.2.0") -> Report:
    """Return a copy of a report as a later geomap would have made it."""
    changed = copy.deepcopy(report)
    changed["provenance"]["geomap"] = version
    return changed


def shared(store: Store) -> Event:
    """Return an event that several articles tell."""
    return next(one for one in events(store) if len(one.tellings) >= 3)
