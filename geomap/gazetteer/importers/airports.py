"""OurAirports' ``airports.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from geomap.gazetteer.tables import Row

NEEDED = frozenset("ident type name latitude_deg longitude_deg iso_country keywords".split())
LICENCE = "OurAirports, public domain"
RADIUS_KM = 1.0
_KINDS = {"large_airport": "AIRP", "medium_airport": "AIRP", "small_airport": "AIRF", "seaplane_base": "AIRF"}
_MILITARY = re.compile(
    r"\b(air ?base|air force|naval|navy|army|military|marine corps|air station|joint base|base a[eé]rea"
    r"|base a[eé]rienne|forward operating base|AFB|RAF)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z0-9-]{1,6}")
_SPOKEN_CODE = re.compile(r"[HKT]-?\d")  # K1, H3, T4: pumping stations that became bases


def read_airports(lines: Iterable[str]) -> Iterator[Row | None]:
    """Yield a row for every airport, None for heliports and balloonports that no forces run.

    Raises
    ------
    ValueError
        A number cannot be read; the message names the line.
    """
    reader = csv.DictReader(lines)
    for record in reader:
        kind = _kind(record)
        try:
            yield _row(record, kind) if kind else None
        except (TypeError, ValueError) as error:
            raise ValueError(f"line {reader.line_num}: {error}") from error


def _kind(record: dict[str, str]) -> str | None:
    if record["type"] == "closed":
        return "AIRQ"
    if _MILITARY.search(record["name"]):
        return "AIRB"
    return _KINDS.get(record["type"])


def _row(record: dict[str, str], kind: str) -> Row:
    name, *others = (part.strip() for part in record["name"].split(" / "))
    keywords = [part.strip(" .\"'") for part in re.split(r"[,;|]|\s/\s", record["keywords"] or "")]
    spoken = [k for k in keywords if len(k) > 1 and (_SPOKEN_CODE.fullmatch(k) or not _CODE.fullmatch(k))]
    names = dict.fromkeys(n for n in (*others, *spoken) if n and n != name and "://" not in n)
    return Row(
        f"ourairports:{record['ident']}", name, kind, float(record["longitude_deg"]), float(record["latitude_deg"]),
        RADIUS_KM, record["iso_country"], "", "", 0, tuple(names), (),
    )  # fmt: skip
