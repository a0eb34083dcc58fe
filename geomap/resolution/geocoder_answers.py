"""What asking a Nominatim server may come to: an answer that was checked, or one kind of fault.

Nothing a server sends is believed before it has been read here. An answer is taken whole or not at all: one result of
a wrong shape makes the answer a fault, for a server that sends one may have sent others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from geomap.model import BBox

FaultKind = Literal[
    "unreachable", "too slow", "refused", "rate limit", "server error", "bad request", "bad answer", "pause", "memory",
    "limit",
]  # fmt: skip
PAGE = 40  # most results asked for at once; servers give no more
LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,20})?(e-\d{1,2})?", re.ASCII)


class BadAnswerError(ValueError):
    """What a server sent is not what Nominatim sends; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One search: a name, perhaps with its container, in some countries (ISO codes, lower case) or anywhere."""

    text: str
    countries: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result.

    ``names`` has every name of the thing by its OpenStreetMap key ("name:en", "old_name"). ``place_rank`` is
    Nominatim's: 4 a country, 8 a state, 12 a county, 16 to 20 settlements, 26 streets, 30 single things.
    ``osm_id`` is None for what comes from the server's own tables: countries that its data lack, postcodes.
    """

    osm_type: str
    osm_id: int | None
    lon: float
    lat: float
    category: str
    type: str
    place_rank: int
    address_type: str
    name: str
    names: Mapping[str, str]
    address: Mapping[str, str]
    box: BBox | None

    @property
    def id(self) -> str:
        """Id of the place it becomes."""
        if self.osm_id is None:
            return f"nominatim:{self.address_type}/{self.address.get('country_code', 'unknown')}"
        return f"nominatim:osm:{self.osm_type}/{self.osm_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server knows of a name; no hits is an answer too."""

    hits: tuple[Hit, ...]

    @property
    def is_full(self) -> bool:
        """Tell whether there may be more of that name than the answer holds."""
        return len(self.hits) >= PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why there is no answer. ``retry_after_s`` is how long the server asks to be left alone."""

    kind: FaultKind
    detail: str
    retry_after_s: float | None = None


Outcome = Answer | Fault


def read_json(body: bytes) -> Any:
    """Decode the JSON of a response.

    Raises
    ------
    BadAnswerError
        It is not JSON, or holds a number that JSON has not.
    """
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        start = body[:40].decode("utf-8", "replace").strip()
        raise BadAnswerError(f"not JSON, it begins with {start!r}") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def read_hits(payload: Any) -> tuple[Hit, ...]:
    """Check the results of a search.

    Raises
    ------
    BadAnswerError
        One of them, or the whole, has not the shape that Nominatim sends.
    """
    if isinstance(payload, dict) and "error" in payload:
        raise BadAnswerError(f"an error in place of results: {str(payload['error'])[:80]}")
    if not isinstance(payload, list):
        raise BadAnswerError(f"{type(payload).__name__} in place of a list of results")
    return tuple(_hit(one) for one in payload)


def _hit(one: Any) -> Hit:
    if not isinstance(one, dict):
        raise BadAnswerError(f"{type(one).__name__} in place of a result")
    shown = _text(one, "display_name")
    name = _text(one, "name", missing="") or shown.partition(",")[0].strip()
    osm_type, osm_id = _osm(one)
    return Hit(
        osm_type=osm_type,
        osm_id=osm_id,
        lon=_degrees(one.get("lon"), 180.0, "lon"),
        lat=_degrees(one.get("lat"), 90.0, "lat"),
        category=_text(one, "class"),
        type=_text(one, "type"),
        place_rank=_whole(one.get("place_rank"), "place_rank", most=30),
        address_type=_text(one, "addresstype", missing="") or _text(one, "type"),
        name=name,
        names={"name:shown": name, **_texts(one.get("namedetails"), "namedetails")},
        address=_texts(one.get("address"), "address"),
        box=_box(one.get("boundingbox")),
    )


def _osm(one: Mapping[str, Any]) -> tuple[str, int | None]:
    if one.get("osm_type") is None and one.get("osm_id") is None:
        return "", None
    if one.get("osm_type") not in ("node", "way", "relation"):
        raise BadAnswerError(f"osm_type {one.get('osm_type')!r}")
    return one["osm_type"], _whole(one.get("osm_id"), "osm_id", most=2**63)


def _text(one: Mapping[str, Any], key: str, *, missing: str | None = None) -> str:
    value = one.get(key, missing)
    if value is None and missing is not None:
        return missing
    if not isinstance(value, str) or (missing is None and not value.strip()):
        raise BadAnswerError(f"{key} {value!r:.40}")
    return value


def _texts(value: Any, key: str) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise BadAnswerError(f"{key} {value!r:.40}")
    return value


def _whole(value: Any, key: str, *, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BadAnswerError(f"{key} {value!r:.40}")
    return value


def _degrees(value: Any, most: float, key: str) -> float:
    """Read a coordinate, which Nominatim sends as text."""
    text = value if isinstance(value, str) else repr(value) if isinstance(value, float | int) else ""
    if not _NUMBER.fullmatch(text) or not -most <= float(text) <= most:
        raise BadAnswerError(f"{key} {value!r:.40}")
    return float(text)


def _box(value: Any) -> BBox | None:
    """Read a bounding box: south, north, west, east."""
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:
        raise BadAnswerError(f"boundingbox {value!r:.40}")
    south, north = (_degrees(v, 90.0, "boundingbox") for v in value[:2])
    west, east = (_degrees(v, 180.0, "boundingbox") for v in value[2:])
    return BBox(west, south, east, north)
