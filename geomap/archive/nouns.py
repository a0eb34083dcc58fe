"""The nouns of the archive. They hold data; the work is in functions elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from geomap.model import (
    Attribution,
    BBox,
    Casualties,
    CasualtyScope,
    IncidentKind,
    IncidentStatus,
    LonLat,
    Precision,
    Reasons,
    Span,
)

# how well an event is supported: one outlet; several that agree; several that contradict each other; somebody denies it
Grade = Literal["single", "several", "contested", "denied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The article that tells an incident: its hash, its id in the report, and who published it when."""

    key: str
    article_id: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a telling and an event say alike of an incident; ``point`` is None where it could not be placed."""

    kind: IncidentKind
    attacked_base: bool
    sub_event_type: str
    status: IncidentStatus
    precision: Precision
    radius_km: float
    point: LonLat | None = None
    place_id: str | None = None
    place_name: str | None = None
    country_code: str | None = None
    admin1: str | None = None
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    killed: Casualties | None = None
    injured: Casualties | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Told):
    """One incident as one article tells it, with everything that matching and showing need.

    ``key`` is unique in an archive: the article's hash and the incident's id in its report. ``quotes`` are the evidence
    sentences, the article's own characters; ``trigger`` and ``mention`` say where in the first of them the words for
    what happened and for its place stand.
    """

    key: str
    source: Source
    incident_id: str
    group: str
    attribution: Attribution
    casualty_scope: CasualtyScope | None = None
    attributed_to: str | None = None
    quotes: tuple[str, ...] = ()
    trigger: Span | None = None
    mention: Span | None = None

    def __hash__(self) -> int:
        """Hash by the key alone: tellings are looked up far too often to go through all they say."""
        return hash(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why a telling belongs to an event: the score (a probability) and the named features that made it.

    ``by`` is "matching" or the name of the person who decided.
    """

    score: float
    reasons: Reasons = field(default_factory=dict)
    by: str = "matching"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Told):
    """What several tellings tell: the finest of their places, the narrowest of their days, numbers as ranges.

    ``links[i]`` says why ``tellings[i]`` belongs here; the first telling founded the event. The grade describes the
    sources; nothing is ever filtered by it.
    """

    id: str
    tellings: tuple[Telling, ...]
    links: tuple[Link, ...]
    grade: Grade

    @property
    def sources(self) -> tuple[Source, ...]:
        """Each article that tells the event, once, in order."""
        return tuple({one.source.key: one.source for one in self.tellings}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which events are wanted; what is None does not restrict. A window meets an event that shares a day with it."""

    box: BBox | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    kind: IncidentKind | None = None
    country_code: str | None = None
    actor: str | None = None
    grade: Grade | None = None
