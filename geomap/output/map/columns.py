"""Incidents as columns: each name once, and what repeats once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Feature = Mapping[str, Any]

# What always comes together is written once for each place and for each article.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "where": ("lon", "lat", "place", "gazetteer_id", "country_code", "admin1"),
    "article": ("article_id", "outlet", "source_title", "source_url", "link", "published"),
}
_GROUPED = {name for names in GROUPS.values() for name in names}


def columns(features: Sequence[Feature]) -> dict[str, Any]:
    """Return the features' points and properties as columns.

    A column is a list of values, or ``{"values": …, "codes": …}`` where less than half of the values differ. Columns
    that come together stand under ``groups``: their own columns, and for each row the number of its line in them.
    """
    table = Columns(tuple(features[0]["properties"]) if features else ())
    for feature in features:
        table.add(feature["geometry"], feature["properties"])
    return table.packed(range(len(features)))


class Columns:
    """Columns that grow by one feature at a time."""

    def __init__(self, names: Iterable[str]) -> None:
        kept = tuple(names)
        self._plain: dict[str, list[Any]] = {name: [] for name in kept if name not in _GROUPED}
        self._groups = {
            group: _Group(tuple(name for name in members if name in kept or name in {"lon", "lat"}))
            for group, members in GROUPS.items()
        }

    def add(self, geometry: Mapping[str, Any] | None, properties: Mapping[str, Any]) -> None:
        """Add a feature."""
        for name, values in self._plain.items():
            values.append(properties[name])
        lon, lat = geometry["coordinates"] if geometry else (None, None)
        for group in self._groups.values():
            group.add({"lon": lon, "lat": lat, **properties})

    def packed(self, order: Sequence[int]) -> dict[str, Any]:
        """Return the columns with their rows in this order."""
        plain = {name: shortened([values[row] for row in order]) for name, values in self._plain.items()}
        return {
            "size": len(order),
            "groups": [group.packed(order) for group in self._groups.values()],
            "columns": plain,
        }


class _Group:
    """Columns that come together: one line for each combination."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._lines: dict[tuple[Any, ...], int] = {}
        self._codes: list[int] = []

    def add(self, values: Mapping[str, Any]) -> None:
        line = tuple([values[name] for name in self._names])
        self._codes.append(self._lines.setdefault(line, len(self._lines)))

    def packed(self, order: Sequence[int]) -> dict[str, Any]:
        """Return the lines as columns, in the order in which they are first used."""
        lines = list(self._lines)
        again: dict[int, int] = {}
        codes = [again.setdefault(self._codes[row], len(again)) for row in order]
        return {
            "columns": {name: [lines[code][at] for code in again] for at, name in enumerate(self._names)},
            "codes": codes,
        }


def shortened(values: list[Any]) -> Any:
    """Return a column, its values written once where that is shorter."""
    codes: dict[Any, int] = {}
    coded = [codes.setdefault((type(value), value), len(codes)) for value in values]
    if len(codes) * 2 > len(values):
        return values
    return {"values": [value for _, value in codes], "codes": coded}
