"""Reports made by hand: a fictional article in the manner of a news agency, and what should be found in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from geomap.model import (
    Aggregate,
    Article,
    Candidate,
    Casualties,
    Evidence,
    Incident,
    Mention,
    Place,
    Provenance,
    Report,
    Resolution,
    Role,
    Sentence,
    Span,
)

PUBLISHED = dt.date(2024, 3, 6)
PROVENANCE = Provenance(geomap="0.1.0", gazetteer="2024-11 (test)", config_sha256="0" * 64)


def place(id_: str, name: str, lon: float, lat: float, code: str, **more: Any) -> Place:
    """Return a place of the sample world."""
    return Place(id=id_, name=name, lon=lon, lat=lat, feature_code=code, **more)


PLACES = {
    "Qaim district": place(
        "test:1", "Al-Qa'im District", 41.05, 34.25, "ADM2", country_code="IQ", admin1="Anbar", source="curated"
    ),
    "Jurf al-Nasr": place(
        "test:2", "Jurf al-Nasr", 44.2167, 32.8667, "PPL", country_code="IQ", admin1="Babil", source="curated"
    ),
    "Ain al-Asad air base": place(
        "test:3",
        "Ain al-Asad Air Base",
        42.4412,
        33.7856,
        "AIRB",
        country_code="IQ",
        admin1="Anbar",
        source="ourairports",
    ),
    "al-Tanf garrison": place(
        "test:4", "Al-Tanf Garrison", 38.6642, 33.4997, "INSM", country_code="SY", admin1="Homs", source="curated"
    ),
    "Erbil airport": place(
        "test:5",
        "Erbil International Airport",
        43.9632,
        36.2376,
        "AIRP",
        country_code="IQ",
        admin1="Erbil",
        source="ourairports",
    ),
    "Mayadin": place(
        "geonames:168780",
        "Al Mayādīn",
        40.4500,
        35.0167,
        "PPL",
        country_code="SY",
        admin1="Deir ez-Zor",
        source="geonames",
    ),
    "Albu Kamal": place(
        "geonames:174448",
        "Abu Kamal",
        40.9186,
        34.4506,
        "PPL",
        country_code="SY",
        admin1="Deir ez-Zor",
        source="geonames",
    ),
    "Rutba": place(
        "geonames:92843", "Ar Rutba", 40.2833, 33.0333, "PPL", country_code="IQ", admin1="Anbar", source="geonames"
    ),
    "القائم": place(
        "geonames:99532", "Al-Qa'im", 41.0945, 34.3689, "PPLA2", country_code="IQ", admin1="Anbar", source="geonames"
    ),
    "Anbar province": place(
        "test:10", "Anbar", 41.9196, 32.5597, "ADM1", country_code="IQ", admin1="Anbar", source="natural earth"
    ),
    "Yemen": place("test:11", "Yemen", 47.5, 15.5, "PCLI", country_code="YE", source="cldr"),
    "BAGHDAD": place(
        "geonames:98182", "Baghdad", 44.4009, 33.3406, "PPLC", country_code="IQ", admin1="Baghdad", source="geonames"
    ),
    "Syria": place("test:12", "Syria", 38.5, 35.0, "PCLI", country_code="SY", source="cldr"),
}
TRIPOLIS = (
    place("geonames:2210247", "Tripoli", 13.1875, 32.8752, "PPLC", country_code="LY", admin1="Tripoli"),
    place("geonames:266826", "Tripoli", 35.8498, 34.4367, "PPLA", country_code="LB", admin1="North"),
)
SENTENCES: tuple[tuple[str, str], ...] = (
    ("headline", "Strikes hit depots along the Euphrates after rockets land at air base"),
    (
        "body",
        "BAGHDAD, March 6 - Warplanes struck a weapons depot near Qaim district before dawn on Wednesday, "
        "killing at least three fighters, two security officials said.",
    ),
    ("body", "A second raid hit a warehouse in Jurf al-Nasr, south of the capital, the officials said."),
    (
        "body",
        "The raids were in response to a rocket attack on Ain al-Asad air base on Monday that wounded four soldiers.",
    ),
    (
        "body",
        "The Brigades of the Valley claimed the rocket fire "
        "and said they had also sent drones at al-Tanf garrison in Syria.",
    ),
    ("body", "Air defences shot down two drones near Erbil airport late on Tuesday, the regional government said."),
    (
        "body",
        "Across the border, shells fell on the market town of Mayadin and on Albu Kamal, residents told reporters.",
    ),
    ("body", "The ministry denied that a post in Rutba had been shelled."),
    ("body", "قالت قيادة العمليات إن قصفا جويا استهدف مخازن أسلحة في مدينة القائم فجر الأربعاء."),
    ("body", "A patrol was ambushed in Anbar province on Tuesday, a tribal leader said."),
    ("body", "A missile was fired at a position in Yemen, the group said, without giving details."),
    ("body", "Drones also hit a fuel store at a location that officials would not name."),
    ("body", "Foreign troops have come under about 160 attacks since mid-October, according to officials."),
    ("body", "Flights were diverted to Tripoli, an airline said."),
    ("body", "A second raid hit a warehouse in Jurf al-Nasr, south of the capital, the officials said."),
    ("boilerplate", "Read more: follow our live coverage 📡 of the region."),
)


@dataclass(slots=True)
class Draft:
    """An article being annotated by quoting it."""

    article: Article
    resolutions: list[Resolution] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)

    def mention(self, number: int, words: str, role: Role, where: Place | None = None, **more: Any) -> int:
        """Add a mention of these words in a sentence and return its number."""
        start = self._find(number, words)
        status = "resolved" if where else more.pop("status", "unresolved")
        self.resolutions.append(
            Resolution(
                mention=Mention(start=start, end=start + len(words), text=words, sentence=number),
                status=status,
                place=where,
                score=0.94 if where else 0.2,
                reasons={"exact name": 2.1, "in the country of its neighbours": 0.8} if where else {},
                **more,
            )
        )
        self.roles.append(role)
        return len(self.resolutions) - 1

    def evidence(self, number: int, trigger: str | None, mention: int | None, *rules: str) -> Evidence:
        """Return evidence that quotes a trigger."""
        start = self._find(number, trigger) if trigger else 0
        span = Span(start, start + len(trigger)) if trigger else None
        return Evidence(sentence=number, trigger=span, mention=mention, rules=rules)

    def _find(self, number: int, words: str) -> int:
        sentence = self.article.sentences[number]
        return self.article.text.index(words, sentence.start, sentence.end)


def article_of(sentences: tuple[tuple[str, str], ...] = SENTENCES, **more: Any) -> Article:
    """Return an article with one sentence a line."""
    cut: list[Sentence] = []
    start = 0
    seen: dict[str, int] = {}
    for number, (zone, words) in enumerate(sentences):
        cut.append(Sentence(start=start, end=start + len(words), zone=zone, repeats=seen.get(words)))
        seen.setdefault(words, number)
        start += len(words) + 1
    known = {
        "id": "sample",
        "title": sentences[0][1],
        "url": "https://news.example/2024/strikes-euphrates",
        "published_on": PUBLISHED,
    }
    return Article(text="\n".join(words for _, words in sentences), sentences=tuple(cut), **(known | more))


def incident(id_: str, where: Place | None, evidence: tuple[Evidence, ...], **more: Any) -> Incident:
    """Return an incident with the usual values where none are given."""
    usual: dict[str, Any] = {
        "group": f"g-{id_}",
        "kind": "strike",
        "attacked_base": False,
        "sub_event_type": "Air/drone strike",
        "status": "reported",
        "relation": "at",
        "precision": "settlement",
        "radius_km": 5.0,
        "geo_precision": 1,
        "where_prec": 1,
        "date_start": PUBLISHED,
        "date_end": PUBLISHED,
        "time_precision": 1,
        "date_as_written": "Wednesday",
        "attribution": "stated",
    }
    return Incident(id=id_, place=where, evidence=evidence, **(usual | more))


def sample_report() -> Report:
    """Return the sample article's report: thirteen incidents of every kind, status and precision."""
    draft = Draft(article_of())
    draft.mention(1, "BAGHDAD", "reporting", PLACES["BAGHDAD"])
    draft.mention(4, "Syria", "container", PLACES["Syria"])
    draft.mention(
        13,
        "Tripoli",
        "mention",
        status="ambiguous",
        why_not="several places of this name fit",
        alternatives=tuple(
            Candidate(place=one, score=score) for one, score in zip(TRIPOLIS, (0.52, 0.41), strict=True)
        ),
    )
    incidents = (*_first(draft), *_second(draft))
    tally = Aggregate(
        count=160,
        count_as_written="about 160",
        regions=("Iraq", "Syria"),
        since=dt.date(2023, 10, 15),
        evidence=(draft.evidence(12, "attacks", None),),
    )
    return Report(
        article=draft.article,
        resolutions=tuple(draft.resolutions),
        roles=tuple(draft.roles),
        incidents=incidents,
        aggregates=(tally,),
        provenance=PROVENANCE,
        warnings=("the date of the article is taken from its text",),
    )


def _at(draft: Draft, number: int, words: str, trigger: str, *rules: str) -> dict[str, Any]:
    where = PLACES[words]
    mention = draft.mention(number, words, "event_location", where)
    return {"where": where, "evidence": (draft.evidence(number, trigger, mention, *rules),)}


def _first(draft: Draft) -> tuple[Incident, ...]:
    monday, tuesday = dt.date(2024, 3, 4), dt.date(2024, 3, 5)
    raids = {
        "group": "raids",
        "caused_by": "i-asad",
        "actors": ("United States",),
        "targets": ("Brigades of the Valley",),
        "weapons": ("warplanes",),
    }
    nasr = _at(draft, 2, "Jurf al-Nasr", "raid", "strike noun frame")
    again = draft.mention(14, "Jurf al-Nasr", "event_location", PLACES["Jurf al-Nasr"])
    nasr["evidence"] += (draft.evidence(14, "raid", again, "repeated paragraph"),)
    return (
        incident(
            "i-qaim",
            **_at(draft, 1, "Qaim district", "struck", "passive verb"),
            precision="district",
            radius_km=35.0,
            relation="near",
            geo_precision=2,
            where_prec=3,
            killed=Casualties(low=3, best=3),
            casualty_scope="group",
            **raids,
        ),
        incident("i-nasr", **nasr, **raids),
        incident(
            "i-asad",
            **_at(draft, 3, "Ain al-Asad air base", "rocket attack"),
            kind="attack",
            attacked_base=True,
            sub_event_type="Shelling/artillery/missile attack",
            precision="site",
            radius_km=2.5,
            date_start=monday,
            date_end=monday,
            date_as_written="Monday",
            weapons=("rocket",),
            actors=("Brigades of the Valley",),
            injured=Casualties(low=4, best=4, high=4),
            casualty_scope="event",
        ),
        incident(
            "i-tanf",
            **_at(draft, 4, "al-Tanf garrison", "sent drones"),
            attacked_base=True,
            status="claimed",
            attribution="claimed",
            attributed_to="Brigades of the Valley",
            precision="site",
            radius_km=1.5,
            date_start=None,
            date_end=PUBLISHED,
            time_precision=None,
            date_as_written=None,
        ),
        incident(
            "i-erbil",
            **_at(draft, 5, "Erbil airport", "shot down"),
            status="intercepted",
            sub_event_type="Disrupted weapons use",
            relation="near",
            precision="site",
            radius_km=10.0,
            geo_precision=2,
            date_start=tuesday,
            date_end=tuesday,
            date_as_written="late on Tuesday",
        ),
        incident(
            "i-mayadin",
            **_at(draft, 6, "Mayadin", "shells fell"),
            kind="attack",
            sub_event_type="Shelling/artillery/missile attack",
            group="shells",
            date_start=None,
            date_end=None,
            time_precision=None,
            date_as_written=None,
        ),
        incident(
            "i-kamal",
            **_at(draft, 6, "Albu Kamal", "shells fell"),
            kind="attack",
            sub_event_type="Shelling/artillery/missile attack",
            group="shells",
            date_start=None,
            date_end=None,
            time_precision=None,
            date_as_written=None,
        ),
    )


def _second(draft: Draft) -> tuple[Incident, ...]:
    tuesday = dt.date(2024, 3, 5)
    return (
        incident(
            "i-rutba",
            **_at(draft, 7, "Rutba", "shelled"),
            kind="attack",
            status="denied",
            attribution="denied",
            attributed_to="the ministry",
            date_start=None,
            time_precision=None,
            date_as_written=None,
        ),
        incident(
            "i-qaim-ar",
            **_at(draft, 8, "القائم", "قصفا جويا"),
            status="claimed",
            attributed_to="قيادة العمليات",
            date_as_written="فجر الأربعاء",
        ),
        incident(
            "i-anbar",
            **_at(draft, 9, "Anbar province", "ambushed"),
            kind="attack",
            sub_event_type="Armed clash",
            precision="province",
            radius_km=210.0,
            geo_precision=3,
            where_prec=4,
            date_start=tuesday,
            date_end=tuesday,
            date_as_written="Tuesday",
        ),
        incident(
            "i-yemen",
            **_at(draft, 10, "Yemen", "fired"),
            precision="country",
            radius_km=300.0,
            geo_precision=None,
            where_prec=6,
            date_start=None,
            time_precision=None,
            date_as_written=None,
        ),
        incident(
            "i-fuel",
            None,
            (draft.evidence(11, "hit", None),),
            attacked_base=False,
            why_not_located="the sentence names no place",
            geo_precision=None,
            where_prec=None,
            date_start=None,
            time_precision=None,
            date_as_written=None,
        ),
    )


def empty_report() -> Report:
    """Return the report of an article in which nothing was found."""
    article = article_of(
        (("headline", "Ministers meet to discuss grain prices"), ("body", "The talks lasted two hours.")), id="quiet"
    )
    return Report(article=article, resolutions=(), roles=(), incidents=(), aggregates=(), provenance=PROVENANCE)
