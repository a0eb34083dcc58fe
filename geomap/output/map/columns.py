"""Features as columns: each name once, and each text once where it repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def columns(features: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the features' points and properties as columns.

    A column is a list of values, or ``{"values": …, "codes": …}`` where less than half of the values differ.
    """
    points = [feature["geometry"]["coordinates"] if feature["geometry"] else (None, None) for feature in features]
    found: dict[str, Any] = {"lon": [lon for lon, _ in points], "lat": [lat for _, lat in points]}
    for name in features[0]["properties"] if features else ():
        found[name] = shortened([feature["properties"][name] for feature in features])
    return found


def shortened(values: list[Any]) -> Any:
    """Return a column, its values written once where that is shorter."""
    codes: dict[Any, int] = {}
    coded = [codes.setdefault((type(value), value), len(codes)) for value in values]
    if len(codes) * 2 > len(values):
        return values
    return {"values": [value for _, value in codes], "codes": coded}
