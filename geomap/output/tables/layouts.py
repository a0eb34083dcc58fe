"""The incidents under the column names of ACLED and of UCDP GED, for people whose tools expect those.

Only the labels are theirs: the rows are what one article says, found by a machine, not coded events. A column that
cannot be known from an article stays empty. ``docs/exports.md`` holds the mapping in words.

Sources: ACLED Codebook (2024), columns and event types; UCDP GED Codebook 24.1; PRIO-GRID 2.0 for ``priogrid_gid``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal

from geomap.output.tables.layers import Feature

Layout = Literal["geomap", "acled", "ucdp"]

_REMOTE = "Explosions/Remote violence"
_EVENT_TYPES = {
    "Air/drone strike": _REMOTE,
    "Shelling/artillery/missile attack": _REMOTE,
    "Remote explosive/landmine/IED": _REMOTE,
    "Suicide bomb": _REMOTE,
    "Grenade": _REMOTE,
    "Chemical weapon": _REMOTE,
    "Armed clash": "Battles",
    "Attack": "Violence against civilians",
    "Disrupted weapons use": "Strategic developments",
}
_STRATEGIC = "Strategic developments"


def in_layout(features: Iterable[Feature], layout: Layout) -> Iterator[Feature]:
    """Yield incidents with the columns of a layout; geometry and id stay."""
    rename = _ROWS[layout]
    for feature in features:
        point = feature["geometry"]["coordinates"] if feature["geometry"] else (None, None)
        yield feature if rename is None else feature | {"properties": rename(feature["properties"], point)}


def _acled(row: Mapping[str, Any], point: Any) -> dict[str, Any]:
    event_type = _EVENT_TYPES.get(row["sub_event_type"])
    day = row["date_start"] or row["date_end"]
    return {
        "event_id_cnty": row["incident_id"],
        "event_date": day,
        "year": day and int(day[:4]),
        "time_precision": row["time_precision"],
        "disorder_type": event_type and (_STRATEGIC if event_type == _STRATEGIC else "Political violence"),
        "event_type": event_type,
        "sub_event_type": row["sub_event_type"],
        "actor1": _first(row["actors"]),
        "assoc_actor_1": _others(row["actors"]),
        "actor2": _first(row["targets"]),
        "assoc_actor_2": _others(row["targets"]),
        "country": country_name(row["country_code"]),
        "admin1": row["admin1"],
        "admin2": row["admin2"],
        "location": row["place"],
        "latitude": point[1],
        "longitude": point[0],
        "geo_precision": row["geo_precision"],
        "source": row["source_url"] or row["source_title"] or row["article_id"],
        "notes": row["source_sentence"],
        "fatalities": _own(row, "best") or _own(row, "low"),
        "tags": f"status={row['status']}; attribution={row['attribution']}",
    }


def _ucdp(row: Mapping[str, Any], point: Any) -> dict[str, Any]:
    day = row["date_start"] or row["date_end"]
    return {
        "id": row["incident_id"],
        "relid": row["group"],
        "year": day and int(day[:4]),
        "side_a": row["actors"],
        "side_b": row["targets"],
        "number_of_sources": 1,
        "source_article": row["source_title"] or row["article_id"],
        "source_office": row["source_url"],
        "source_date": row["published"],
        "source_headline": row["source_title"],
        "source_original": row["attributed_to"],
        "where_prec": row["where_prec"],
        "where_coordinates": row["place"],
        "where_description": row["source_sentence"],
        "adm_1": row["admin1"],
        "adm_2": row["admin2"],
        "latitude": point[1],
        "longitude": point[0],
        "geom_wkt": None if point[0] is None else f"POINT ({point[0]} {point[1]})",
        "priogrid_gid": None if point[0] is None else priogrid_gid(*point),
        "country": country_name(row["country_code"]),
        "date_prec": _date_prec(row["date_start"], row["date_end"]),
        "date_start": day,
        "date_end": row["date_end"] or day,
        "best": _own(row, "best"),
        "high": _own(row, "high"),
        "low": _own(row, "low"),
    }


_ROWS: dict[Layout, Callable[[Mapping[str, Any], Any], dict[str, Any]] | None] = {
    "geomap": None,
    "acled": _acled,
    "ucdp": _ucdp,
}


def _first(names: str | None) -> str | None:
    return names.partition("; ")[0] if names else None


def _others(names: str | None) -> str | None:
    return (names.partition("; ")[2] or None) if names else None


def _own(row: Mapping[str, Any], which: str) -> int | None:
    """Return the deaths of this incident alone; a toll that several share would be counted once for each."""
    count: int | None = row[f"killed_{which}"] if row["casualty_scope"] == "event" else None
    return count


def _date_prec(start: str | None, end: str | None) -> int | None:
    """Return UCDP's date precision: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    if not start or not end:
        return None
    days = (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days + 1
    return next((code for most, code in ((1, 1), (6, 2), (7, 3), (31, 4)) if days <= most), 5)


def priogrid_gid(lon: float, lat: float) -> int:
    """Return the number of the half-degree cell of PRIO-GRID: 720 a row, from the south-west."""
    row, column = min(359, math.floor((lat + 90) * 2)), math.floor((lon + 180) * 2) % 720
    return row * 720 + column + 1


def country_name(code: str | None) -> str | None:
    """Return the English name of a country by its ISO code."""
    return _country_names().get(code, code) if code else None


@cache
def _country_names() -> dict[str, str]:
    from geomap.gazetteer.tables import default_folder, read_rows

    rows = read_rows(default_folder() / "countries.tsv")
    return {row.country_code: row.name for row in rows if row.country_code and row.kind.startswith("PCL")}
