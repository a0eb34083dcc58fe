"""The part of a store that one batch touches, in memory: what is decided there is written in one go.

Tellings are taken one after the other, each against the events as the one before left them, so that it does not
matter how a stream of reports is cut into batches.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from geomap.archive.nouns import Event, Link, Telling
from geomap.archive.store.following import successors
from geomap.archive.store.matcher import Matcher


def event_id(telling_key: str, turn: int = 0) -> str:
    """Return the id of the event that a telling founds; a later turn where an event still has the first."""
    told = telling_key if not turn else f"{telling_key}#{turn}"
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


@dataclass(slots=True, kw_only=True)
class Working:
    """Events by id, which of them each block leads to, and what has changed.

    ``home`` says where people's decisions put a telling, and with which link; ``renamed`` which telling now has which
    key, ``lost`` which of those that people put somewhere are told no more. ``taken`` tells whether the store has an
    event of an id; it is asked only for articles that were there before.
    """

    matcher: Matcher
    events: dict[str, Event] = field(default_factory=dict)
    home: dict[str, tuple[str, Link]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    lost: list[Telling] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    taken: Callable[[str], bool]
    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    new: dict[str, Telling] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _stale: set[str] = field(default_factory=set)
    _index: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def lead(self, key: str, telling_key: str, event: str) -> None:
        """Note that a block leads to an event through one of its tellings."""
        self._index[key][event] += 1
        self.keys[telling_key] = (*self.keys.get(telling_key, ()), key)

    def follow(self, gone: Sequence[Telling], came: Sequence[Telling]) -> None:
        """Let what was decided about the tellings that an article had hold for what they became."""
        decided = [one for one in gone if one.key in self.home]
        became = successors(decided, [one for one in came if one.key not in self.home]) if decided else {}
        for one in decided:
            where = self.home.pop(one.key)
            if (new := became.get(one.key)) is None:
                self.lost.append(one)
                continue
            self.home[new.key] = where
            first = next((old for old, key in self.renamed.items() if key == one.key), one.key)
            self.renamed[first] = new.key

    def place(self, telling: Telling, keys: tuple[str, ...]) -> str:
        """Put a new telling with its blocks where people want it, or where matching does; return the event's id."""
        if telling.key in self.home:
            chosen, link = self.home[telling.key]
        else:
            choice = self.matcher.choose(telling, list(self._candidates(keys)))
            chosen, link = choice.event.id if choice.event else self._fresh(telling), choice.link
        self._set(chosen, [*self._members(chosen), (telling, link)])
        self.new[telling.key] = telling
        self.keys[telling.key] = keys
        for key in keys:
            self._index[key][chosen] += 1
        return chosen

    def remove(self, telling_key: str, event: str) -> None:
        """Take a telling out of its event, which goes with its last one."""
        for key in self.keys.pop(telling_key, ()):
            self._index[key][event] -= 1
        self._set(event, [pair for pair in self._members(event) if pair[0].key != telling_key])
        if self.new.pop(telling_key, None) is None:
            self.removed.add(telling_key)

    def move(self, telling: Telling, old: str, new: str, link: Link, order: Callable[[Telling], int]) -> None:
        """Move a telling from one event to another, which may be new; tellings stay in the order in which they came."""
        self._set(old, [pair for pair in self._members(old) if pair[0].key != telling.key])
        self._set(new, sorted([*self._members(new), (telling, link)], key=lambda pair: order(pair[0])))

    def _candidates(self, keys: Iterable[str]) -> Iterator[Event]:
        found = {name for key in keys if key in self._index for name, count in self._index[key].items() if count > 0}
        return (self.events[name] for name in sorted(found))

    def _members(self, event: str) -> list[tuple[Telling, Link]]:
        known = self.events.get(event)
        return list(zip(known.tellings, known.links, strict=True)) if known else []

    def _set(self, event: str, members: list[tuple[Telling, Link]]) -> None:
        if not members:
            del self.events[event]
            self.changed.discard(event)
            self.gone.add(event)
            return
        told, links = tuple(one for one, _ in members), tuple(link for _, link in members)
        known = self.events.get(event)
        if known is None:
            self.events[event] = self.matcher.summarise(event, told, links)
        else:
            self.events[event] = replace(known, tellings=told, links=links)
            self._stale.add(event)
        self.changed.add(event)
        self.gone.discard(event)

    def summarise(self) -> None:
        """Work out what the tellings of every changed event say together."""
        for name in self._stale & self.changed:
            one = self.events[name]
            self.events[name] = self.matcher.summarise(name, one.tellings, one.links)
        self._stale.clear()

    def _fresh(self, telling: Telling) -> str:
        turn = 0
        while self._is_there(event_id(telling.key, turn), telling.source.key):
            turn += 1
        return event_id(telling.key, turn)

    def _is_there(self, name: str, article: str) -> bool:
        return name in self.events or (article in self.known and name not in self.gone and self.taken(name))
