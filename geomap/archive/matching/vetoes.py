"""What two tellings can never be one event for. Cheap tests before dear ones."""

from __future__ import annotations

import math

from geomap.archive.matching.blocking import is_wide, reach_km
from geomap.archive.matching.cells import KM_PER_DEG
from geomap.archive.matching.traits import name_words
from geomap.archive.matching.windows import LATEST_GAP_DAYS, gap_days, window_of
from geomap.archive.nouns import Telling
from geomap.gazetteer.distance import distance_km

REGIONS = frozenset({"district", "province", "country"})


def veto(a: Telling, b: Telling) -> str | None:
    """Return why two tellings cannot be about one event, or None where they may be."""
    if a.source.key == b.source.key:
        return "one article keeps them apart"
    if (a.status == "threatened") != (b.status == "threatened"):
        return "one is only a threat"
    gap = gap_days(window_of(a), window_of(b))
    if gap is None or gap > LATEST_GAP_DAYS:
        return "days apart"
    return _veto_of_place(a, b)


def _veto_of_place(a: Telling, b: Telling) -> str | None:
    if a.point is None or b.point is None:
        return "no place"
    same = a.place_id is not None and a.place_id == b.place_id
    if is_wide(a) or is_wide(b):
        return None if same and is_wide(a) and is_wide(b) else "a wide area"
    if same:
        return None
    if a.precision == b.precision and a.precision in REGIONS and name_words(a.place_name) != name_words(b.place_name):
        return "another region"
    reach = reach_km(a) + reach_km(b)
    if abs(a.point.lat - b.point.lat) * KM_PER_DEG > reach + math.ulp(reach) or distance_km(a.point, b.point) > reach:
        return "too far apart"
    return None
