"""Tallies: "about 140 rocket and drone attacks since mid-October" is a notice, never a pin."""

from __future__ import annotations

import datetime as dt

from geomap.incidents.codes import precision_of
from geomap.incidents.drafts import Draft
from geomap.incidents.numbers import number_at
from geomap.model import Aggregate, Evidence

BEFORE_COUNT = frozenset(
    {"about", "around", "some", "nearly", "almost", "roughly", "approximately", "least", "at", "more", "than", "over"}
)


def make_aggregate(draft: Draft) -> Aggregate | None:
    """Return the tally that a draft tells; None where it gives no number."""
    trigger, line = draft.triggers[0], draft.line
    times = [k for k, word in enumerate(line.words) if word == "times" and k > trigger.first]
    where = range(times[0] - 2, times[0]) if times else range(max(0, trigger.start - 4), trigger.first)
    for k in where:
        number = number_at(line.words, k)
        if number is None or line.words[k] in {"a", "an"}:
            continue
        first = k
        while first > 0 and line.words[first - 1] in BEFORE_COUNT:
            first -= 1
        evidence = Evidence(
            sentence=line.number, trigger=line.span(trigger.first, trigger.last), rules=("a sum over a period",)
        )
        return Aggregate(
            count=number[0],
            count_as_written=line.written(first, number[1]),
            regions=_regions(draft),
            since=_since(draft),
            evidence=(evidence,),
        )
    return None


def _regions(draft: Draft) -> tuple[str, ...]:
    """Return the countries and provinces that the tally is about, nearest list of places to the trigger."""
    line, trigger = draft.line, draft.triggers[0]
    heads = dict[int, list[int]]()
    for number, bond in enumerate(draft.bonds):
        place = line.spots[number].resolution.place
        if (
            place is not None
            and precision_of(place) in {"country", "province"}
            and bond.prep in {"in", "across", "on", "over", "against"}
        ):
            heads.setdefault(bond.head, []).append(number)
    if not heads:
        return ()
    nearest = min(heads, key=lambda h: abs(line.spots[h].first - trigger.first))
    places = [line.spots[n].resolution.place for n in heads[nearest]]
    return tuple(dict.fromkeys(place.name for place in places if place is not None))


def _since(draft: Draft) -> dt.date | None:
    return draft.when.start if draft.when is not None else None
