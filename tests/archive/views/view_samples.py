"""Events made by hand: what several fictional outlets tell of the same attacks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from geomap.archive.nouns import Event, Grade, Link, Source, Telling
from geomap.model import Casualties, LonLat, Span

DAY = dt.date(2024, 3, 4)
ASAD: dict[str, Any] = {
    "point": LonLat(42.4412, 33.7856),
    "place_id": "test:3",
    "place_name": "Ain al-Asad Air Base",
    "country_code": "IQ",
    "admin1": "Anbar",
    "precision": "site",
    "radius_km": 1.0,
}
MAYADIN: dict[str, Any] = {
    "point": LonLat(40.45, 35.0167),
    "place_id": "geonames:168780",
    "place_name": "Al Mayādīn",
    "country_code": "SY",
    "admin1": "Deir ez-Zor",
    "precision": "settlement",
    "radius_km": 5.0,
}
RUTBA: dict[str, Any] = {
    "point": LonLat(40.2833, 33.0333),
    "place_id": "geonames:92843",
    "place_name": "Ar Rutba",
    "country_code": "IQ",
    "admin1": "Anbar",
    "precision": "settlement",
    "radius_km": 5.0,
}
HODEIDAH: dict[str, Any] = {
    "point": LonLat(42.9511, 14.7978),
    "place_id": "geonames:79415",
    "place_name": "Al Hudaydah",
    "country_code": "YE",
    "precision": "settlement",
    "radius_km": 10.0,
}
YEMEN: dict[str, Any] = {
    "point": LonLat(47.5, 15.5),
    "place_id": "test:11",
    "place_name": "Yemen",
    "country_code": "YE",
    "precision": "country",
    "radius_km": 500.0,
}


def telling(outlet: str | None, sentence: str, *, trigger: str, place: str, number: int = 1, **more: Any) -> Telling:
    """Return a telling that quotes this sentence; ``trigger`` and ``place`` are words of it."""
    name = outlet or "unnamed"
    source = more.pop("source", None) or Source(
        key=f"{name}-{number}",
        article_id=f"{name}-{number}",
        outlet=outlet,
        title=more.pop("title", f"The day as {name} saw it"),
        url=more.pop("url", f"https://{outlet}/story/{number}" if outlet else None),
        published_on=more.pop("published_on", DAY + dt.timedelta(days=1)),
    )
    usual: dict[str, Any] = {
        "kind": "strike",
        "attacked_base": False,
        "sub_event_type": "Air/drone strike",
        "status": "reported",
        "attribution": "stated",
        "precision": "settlement",
        "radius_km": 5.0,
        "date_start": DAY,
        "date_end": DAY,
        "quotes": (sentence,),
        "trigger": _span(sentence, trigger),
        "mention": _span(sentence, place),
    }
    return Telling(key=f"{source.key}/i1", source=source, incident_id="i1", group="g1", **(usual | more))


def _span(sentence: str, words: str) -> Span | None:
    start = sentence.find(words)
    return Span(start, start + len(words)) if words and start >= 0 else None


def event(id_: str, grade: Grade, *tellings: Telling, links: tuple[Link, ...] | None = None, **more: Any) -> Event:
    """Return an event of these tellings; what is not given is the first telling's."""
    first = tellings[0]
    taken = (
        "kind attacked_base sub_event_type status precision radius_km point place_id place_name country_code admin1"
        " date_start date_end actors targets weapons killed injured"
    ).split()
    own = {name: getattr(first, name) for name in taken} | more
    because = Link(score=0.97, reasons={"same place": 2.1, "same day": 1.4, "other weapon": -0.6})
    joined = links or (Link(score=1.0), *(because for _ in tellings[1:]))
    return Event(id=id_, tellings=tellings, links=joined, grade=grade, **own)


def sample_events() -> list[Event]:
    """Return five events: contested, agreed, told once, denied, and one known only to a country."""
    base = {**ASAD, "attacked_base": True, "weapons": ("rockets",)}
    raid = {**MAYADIN, "actors": ("Coalition",), "targets": ("militia",), "weapons": ("warplanes",)}
    asad = event(
        "e-asad",
        "contested",
        telling("euphrates.example", "Rockets hit Ain al-Asad air base on Monday, wounding two, officials said.",
                trigger="hit", place="Ain al-Asad air base", injured=Casualties(low=2, best=2, high=2),
                attributed_to="officials", **base),
        telling("tigris.example", "At least four troops were wounded when rockets struck the Ain al-Assad base.",
                trigger="struck", place="Ain al-Assad base", injured=Casualties(low=4, best=4), number=7, **base),
        telling("wadi.example", "أصيب سبعة جنود في قصف صاروخي استهدف قاعدة عين الأسد في الأنبار مساء الاثنين.",
                trigger="استهدف", place="قاعدة عين الأسد", injured=Casualties(low=7, best=7, high=7),
                title="إصابة سبعة جنود في عين الأسد", status="claimed", attribution="claimed", **base),
        actors=("Brigades of the Valley",),
        injured=Casualties(low=2, best=4, high=7),
    )  # fmt: skip
    mayadin = event(
        "e-mayadin",
        "several",
        telling("euphrates.example", "Warplanes bombed a weapons depot in Mayadin at dawn, killing three fighters.",
                trigger="bombed", place="Mayadin", killed=Casualties(low=3, best=3, high=3), number=2, **raid),
        telling("delta.example", "Three fighters died in a raid on the town of al-Mayadeen, residents said.",
                trigger="raid", place="al-Mayadeen", killed=Casualties(low=3, best=3, high=3), **raid),
    )  # fmt: skip
    hodeidah = event(
        "e-hodeidah",
        "single",
        telling("tigris.example", "A drone struck a fuel store in the port of Hodeidah 📡, killing one worker.",
                trigger="struck", place="Hodeidah", killed=Casualties(low=1, best=1, high=1),
                **HODEIDAH, date_start=DAY + dt.timedelta(days=3), date_end=DAY + dt.timedelta(days=3),
                actors=("Coalition", "United States")),
    )  # fmt: skip
    rutba = event(
        "e-rutba",
        "denied",
        telling("delta.example", "Shells fell on a post in Rutba, a tribal leader said.", trigger="fell", place="Rutba",
                kind="attack", number=3, **RUTBA),
        telling("euphrates.example", "The ministry denied that a post in Rutba had been shelled.", trigger="shelled",
                place="Rutba", kind="attack", status="denied", attribution="denied", number=4, **RUTBA),
        links=(Link(score=1.0), Link(score=1.0, reasons={"the same post": 1.0}, by="Dana")),
    )  # fmt: skip
    yemen = event(
        "e-yemen",
        "single",
        telling(None, "A missile was fired at a position in Yemen, the group said, without giving details.",
                trigger="fired", place="Yemen", date_start=None, date_end=None, **YEMEN),
    )  # fmt: skip
    return [asad, mayadin, hodeidah, rutba, yemen]
