"""The nouns that pass between the stages. They hold data; the work is in functions elsewhere.

Offsets count Unicode code points into ``Article.text``, half-open. Coordinates are WGS 84 degrees, longitude first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Zone = Literal["headline", "dateline", "body", "caption", "boilerplate"]
MentionKind = Literal["name", "demonym", "coreference", "coordinates"]
NameKind = Literal["name", "alias", "former", "abbreviation", "stripped", "approximate"]
MentionStatus = Literal["resolved", "ambiguous", "unresolved"]
Role = Literal["event_location", "target", "origin", "container", "actor", "reporting", "mention"]
IncidentKind = Literal["strike", "attack"]
IncidentStatus = Literal["reported", "claimed", "denied", "intercepted", "threatened"]
Attribution = Literal["stated", "claimed", "suspected", "denied", "unknown"]
Precision = Literal["site", "settlement", "district", "province", "country"]
CasualtyScope = Literal["event", "group"]
Reasons = Mapping[str, float]


class LonLat(NamedTuple):
    """A point on the globe in degrees."""

    lon: float
    lat: float


class BBox(NamedTuple):
    """A box in degrees; ``west > east`` where it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


class Span(NamedTuple):
    """A stretch of the article's text."""

    start: int
    end: int


class Token(NamedTuple):
    """A word or a punctuation mark of the article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the article and the zone it stands in.

    ``repeats`` is the number of the earlier sentence that has the same words, where there is one.
    """

    start: int
    end: int
    zone: Zone = "body"
    repeats: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One source as read: the text every offset points into, cut into sentences."""

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    title: str | None = None
    url: str | None = None
    published_on: dt.date | None = None

    def quote(self, span: Span | Sentence | Token) -> str:
        """Return the article's own characters of a span."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry in the world, with an id.

    ``radius_km`` says within what radius the point is right (a site) or what it covers (a region); 0 where the
    source does not say. ``feature_code`` is GeoNames'.
    """

    id: str
    name: str
    lon: float
    lat: float
    feature_code: str
    country_code: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    source: str = ""
    population: int = 0
    radius_km: float = 0.0

    @property
    def point(self) -> LonLat:
        """The place's point."""
        return LonLat(self.lon, self.lat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean, and by which of its names it was found."""

    place: Place
    name_kind: NameKind = "name"
    score: float = 0.0
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One occurrence of a toponym in the article.

    ``feature_word`` is the word beside the name that says what kind of place it is ("airbase", "district");
    it is not part of the span unless it is part of the name. ``antecedent`` is the number of the mention that a
    coreferring one ("the base") refers to.
    """

    start: int
    end: int
    text: str
    sentence: int
    kind: MentionKind = "name"
    feature_word: str | None = None
    score: float = 1.0
    reasons: Reasons = field(default_factory=dict)
    antecedent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a mention was resolved to. ``place`` is None unless the status is resolved; ``why_not`` then says why."""

    mention: Mention
    status: MentionStatus
    place: Place | None = None
    score: float = 0.0
    reasons: Reasons = field(default_factory=dict)
    alternatives: tuple[Candidate, ...] = ()
    why_not: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the article says it: the sentence, the trigger in it, the mention of the place, the rules that fired."""

    sentence: int
    trigger: Span | None = None
    mention: int | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """A number of people as written: "at least one" is low 1, best 1, high None."""

    low: int
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One strike or attack at one place in one window of time, as one article tells it.

    ``geo_precision`` and ``time_precision`` count 1 to 3 as ACLED's codebook does, ``where_prec`` 1 to 7 as UCDP
    GED's. ``caused_by`` names the incident or group this one answers ("in response to").
    """

    id: str
    group: str
    kind: IncidentKind
    attacked_base: bool
    sub_event_type: str
    status: IncidentStatus
    place: Place | None
    relation: str
    precision: Precision
    radius_km: float
    geo_precision: int | None
    where_prec: int | None
    date_start: dt.date | None
    date_end: dt.date | None
    time_precision: int | None
    date_as_written: str | None
    attribution: Attribution
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    killed: Casualties | None = None
    injured: Casualties | None = None
    casualty_scope: CasualtyScope | None = None
    evidence: tuple[Evidence, ...] = ()
    attributed_to: str | None = None
    caused_by: str | None = None
    why_not_located: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A tally of many incidents ("about 140 attacks since mid-October"): a notice, never a pin."""

    count: int | None
    count_as_written: str
    regions: tuple[str, ...]
    since: dt.date | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the incident stage found: a role for every resolution, incidents, aggregates."""

    roles: tuple[Role, ...]
    incidents: tuple[Incident, ...]
    aggregates: tuple[Aggregate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a report was made with."""

    geomap: str
    gazetteer: str
    config_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything geomap has to say about one article. ``roles[i]`` belongs to ``resolutions[i]``."""

    article: Article
    resolutions: tuple[Resolution, ...]
    roles: tuple[Role, ...]
    incidents: tuple[Incident, ...]
    aggregates: tuple[Aggregate, ...]
    provenance: Provenance
    warnings: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Each distinct place once, in order of first use."""
        found = {r.place.id: r.place for r in self.resolutions if r.place is not None}
        for incident in self.incidents:
            if incident.place is not None:
                found.setdefault(incident.place.id, incident.place)
        return tuple(found.values())

    @property
    def unplaced(self) -> int:
        """How many incidents and names have no place."""
        incidents = sum(incident.place is None for incident in self.incidents)
        return incidents + sum(one.status != "resolved" for one in self.resolutions)
