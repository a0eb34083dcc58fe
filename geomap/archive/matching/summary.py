"""Tellings to the event they tell: the finest place, the narrowest days, numbers as ranges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from geomap.archive.matching.grading import grade_of
from geomap.archive.matching.tolls import range_of
from geomap.archive.nouns import Event, Link, Telling
from geomap.model import IncidentStatus, Precision

FINENESS: dict[Precision, int] = {"site": 0, "settlement": 1, "district": 2, "province": 3, "country": 4}
STATUSES: tuple[IncidentStatus, ...] = ("reported", "intercepted", "claimed", "denied", "threatened")
FAR_DAYS = 1 << 20


def summarise(id: str, tellings: Sequence[Telling], links: Sequence[Link]) -> Event:  # noqa: A002  # the noun's name
    """Return the event that some tellings tell.

    Parameters
    ----------
    id
        The event's id.
    tellings
        At least one, in the order in which they came; the first founded the event.
    links
        Why each of them belongs here.
    """
    where = min(tellings, key=lambda t: (t.point is None, FINENESS[t.precision], t.radius_km))
    when = min(tellings, key=_width)
    return Event(
        id=id,
        tellings=tuple(tellings),
        links=tuple(links),
        grade=grade_of(tellings),
        kind=_commonest(t.kind for t in tellings),
        attacked_base=2 * sum(t.attacked_base for t in tellings) >= len(tellings),
        sub_event_type=_commonest(t.sub_event_type for t in tellings),
        status=min((t.status for t in tellings), key=STATUSES.index),
        precision=where.precision,
        radius_km=where.radius_km,
        point=where.point,
        place_id=where.place_id,
        place_name=where.place_name,
        country_code=where.country_code,
        admin1=where.admin1,
        date_start=when.date_start,
        date_end=when.date_end,
        actors=_union(t.actors for t in tellings),
        targets=_union(t.targets for t in tellings),
        weapons=_union(t.weapons for t in tellings),
        killed=range_of(tellings, [t.killed for t in tellings]),
        injured=range_of(tellings, [t.injured for t in tellings]),
    )


def _width(telling: Telling) -> int:
    """Return how many days a telling's window has; an open one is wider than any closed one."""
    if telling.date_start is None and telling.date_end is None:
        return FAR_DAYS + 1
    if telling.date_start is None or telling.date_end is None:
        return FAR_DAYS
    return (telling.date_end - telling.date_start).days


def _commonest(values: Iterable[Any]) -> Any:
    """Return what most say; of equals what was said first."""
    return Counter(values).most_common(1)[0][0]


def _union(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))
