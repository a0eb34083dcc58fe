"""Tellings to events in memory: what a store does one by one, for tests and small archives."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from geomap.archive.matching.blocking import blocking_keys
from geomap.archive.matching.choosing import MIN_SCORE, choose
from geomap.archive.matching.summary import summarise
from geomap.archive.nouns import Event, Link, Telling
from geomap.scoring import Model


def group(
    tellings: Sequence[Telling], *, model: Model | None = None, min_score: float = MIN_SCORE
) -> tuple[Event, ...]:
    """Return the events that some tellings tell, the articles taken in the order of their publication.

    Events stand in the order in which they were founded.
    """
    events: list[Event] = []
    blocks: dict[str, list[int]] = {}
    for telling in sorted(tellings, key=_published):
        keys = blocking_keys(telling)
        near = dict.fromkeys(number for key in keys for number in blocks.get(key, ()))
        known = {events[number].id: number for number in near}
        choice = choose(telling, [events[number] for number in near], model=model, min_score=min_score)
        if choice.event is None:
            number = len(events)
            events.append(summarise(event_id(telling), (telling,), (choice.link,)))
        else:
            number, old = known[choice.event.id], choice.event
            events[number] = joined(old, telling, choice.link)
        for key in keys:
            blocks.setdefault(key, []).append(number)
    return tuple(events)


def joined(event: Event, telling: Telling, link: Link) -> Event:
    """Return an event with one more telling."""
    return summarise(event.id, (*event.tellings, telling), (*event.links, link))


def event_id(founder: Telling) -> str:
    """Return the id of the event that a telling founds: the same whenever the same telling founds one."""
    return hashlib.blake2b(founder.key.encode(), digest_size=8).hexdigest()


def _published(telling: Telling) -> tuple[bool, str, str]:
    day = telling.source.published_on
    return day is None, "" if day is None else day.isoformat(), telling.source.key
