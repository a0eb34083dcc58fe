"""airports.tsv.xz: airports, airfields and air bases of OurAirports, with their keywords as names."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from rows import Row, distinct, fold

MILITARY = re.compile(
    r"\b(air ?base|air force|naval|navy|army|military|marine corps|air station|joint base|flugplatz kaserne"
    r"|base a[eé]rea|base a[eé]rienne|fliegerhorst|aviabase|forward operating base|combat outpost"
    r"|(?-i:AFB|AFS|AAF|NAS|NAF|RAF|RNAS|MCAS|FOB|COB|JGSDF|JASDF|JMSDF))\b",
    re.IGNORECASE,
)
MILITARY_CAMP = re.compile(r"\bCamp [A-Z]")
CIVIL_HELIPORT = re.compile(r"hospital|medical|association|museum|club|depot hospital", re.IGNORECASE)
FACILITY = re.compile(
    r"air|field|strip|base|\bafb\b|aerodrom|a[eé]ro|flugpl|flugh|lotnisk|letiště|letisko|repül|camp|fob|fort|\braf\b"
    r"|station|landing|\bnas\b|port|havaa?lima|مطار|قاعدة|فرودگاه|аэро|авиабаза",
    re.IGNORECASE,
)
CODE_LIKE = re.compile(r"[A-Z0-9\-]{1,6}|[A-Z]{2}-?\d{2,4}[A-Z]?|\d+[A-Z]*\d*|[A-Z]\d{3,}")
PUMPING_STATION = re.compile(r"[HKT]-?\d")
ADDRESS = re.compile(r"https?:|www\.|@|[<>{}\[\]]|\.(com|org|net)\b")
ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]")
ARTICLE_TITLE = re.compile(r"https?://en\.wikipedia\.org/wiki/([^#?,]+)$")
KINDS = {"large_airport": "AIRP", "medium_airport": "AIRP", "small_airport": "AIRF", "seaplane_base": "AIRF"}
RADIUS_KM = 1.0


def airport_rows(
    records: Iterable[Mapping[str, str]],
    area_names: Mapping[str, AbstractSet[str]],
    never: AbstractSet[str] = frozenset(),
) -> list[Row]:
    """Return a row for every airport that is not a plain heliport.

    Parameters
    ----------
    records
        OurAirports' rows.
    area_names
        By country code, the folded names of its towns. A keyword that is one of them names the surroundings, not
        the airport: it becomes "X Airport", so that the bare word keeps meaning the place.
    never
        Folded names that are no airport's: countries, provinces, seas, peoples.
    """
    rows = (_row(record, area_names.get(record["iso_country"], frozenset()), never) for record in records)
    return [row for row in rows if row is not None]


def _row(record: Mapping[str, str], areas: AbstractSet[str], never: AbstractSet[str]) -> Row | None:
    kind = _kind(record)
    name, *others = (n.strip(" -") for n in re.split(r"\s+/\s+", record["name"]))
    plain = ASIDE.sub("", name).strip() or name
    if kind is None or not plain:
        return None
    word = "Air Base" if kind == "AIRB" else "Airport"
    spoken = [name, *others, *_title(record), *_keywords(record["keywords"])]
    town = fold(record["municipality"])
    aliases = [f"{n} {word}" if (fold(n) == town or fold(n) in areas) and not FACILITY.search(n) else n for n in spoken]
    return Row(
        id=f"ourairports:{record['ident']}",
        name=plain,
        kind=kind,
        lon=round(float(record["longitude_deg"]), 5),
        lat=round(float(record["latitude_deg"]), 5),
        precision_km=RADIUS_KM,
        country_code=record["iso_country"],
        aliases=distinct((a for a in aliases if fold(a) not in never), besides=plain),
        source="OurAirports",
    )


def _kind(record: Mapping[str, str]) -> str | None:
    """Return the feature code, or None for what is left out: heliports (but for military ones) and balloonports."""
    match record["type"]:
        case "heliport":
            military = MILITARY.search(record["name"]) and not CIVIL_HELIPORT.search(record["name"])
            return "AIRB" if military else None
        case "closed":
            return "AIRQ"
        case "balloonport":
            return None
        case kind:
            return "AIRB" if _military(record) else KINDS[kind]


def _military(record: Mapping[str, str]) -> bool:
    """Say whether the forces run the field; one with scheduled flights counts only if its own name says so."""
    first = record["name"].split(" / ")[0]
    if MILITARY.search(first):
        return True
    if record["scheduled_service"] == "yes" or "International" in first:
        return False
    told = " , ".join((record["name"], record["keywords"], *_title(record)))
    return MILITARY.search(told) is not None or MILITARY_CAMP.search(record["keywords"]) is not None


def _title(record: Mapping[str, str]) -> list[str]:
    """Return the airport's name as the encyclopaedia article about it is titled."""
    found = ARTICLE_TITLE.match(record["wikipedia_link"])
    title = ASIDE.sub("", urllib.parse.unquote(found[1]).replace("_", " ")).strip() if found else ""
    return [title] if FACILITY.search(title) else []


def _keywords(text: str) -> list[str]:
    """Return the names among the keywords: no codes (but K1, H3, T4 are spoken names), no addresses."""
    parts = (part.strip(" .\"'") for part in re.split(r"[,;|]|\s/\s", text))
    return [part for part in parts if len(part) > 1 and not ADDRESS.search(part) and _is_name(part)]


def _is_name(part: str) -> bool:
    return PUMPING_STATION.fullmatch(part) is not None or CODE_LIKE.fullmatch(part) is None
