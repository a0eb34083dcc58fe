"""Many features gathered for one page: as columns, the latest first, with the points that a basemap is drawn around."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geomap.model import LonLat
from geomap.output.map.blocks import packed_block, text
from geomap.output.map.columns import Columns
from geomap.output.map.plain import plain_head, plain_rows

PLAIN_ROWS = 300
MOST_POINTS = 2000
Feature = dict[str, Any]


class Many:
    """Features while they are gathered.

    Attributes
    ----------
    days
        The day of each as ISO text, by which they are ordered; empty where none is known.
    points
        How many are at a point, in whole tenths of a degree.
    """

    def __init__(self, kept: Iterable[str]) -> None:
        self.days: list[str] = []
        self.points: Counter[LonLat] = Counter()
        self._columns = Columns(kept)
        self._latest: list[tuple[str, int, Feature]] = []

    def add(self, feature: Feature, more: Mapping[str, Any], *, published: str) -> None:
        """Add a feature, with what the columns say besides its properties.

        Parameters
        ----------
        feature
            A GeoJSON feature.
        more
            Values of columns.
        published
            The property with the day that stands in for one without a day of its own.
        """
        row = feature["properties"]
        day = str(row["date_end"] or row["date_start"] or row[published] or "")
        self._columns.add(feature["geometry"], row | more)
        heapq.heappush(self._latest, (day, -len(self.days), feature))
        if len(self._latest) > PLAIN_ROWS:
            heapq.heappop(self._latest)
        self.days.append(day)
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            self.points[LonLat(round(lon, 1), round(lat, 1))] += 1

    def block(self) -> str:
        """Return the block of the page that holds them, the latest first, those of one day as they came."""
        order = sorted(range(len(self.days)), key=self.days.__getitem__, reverse=True)
        return packed_block("geomap-archive", self._columns.packed(order))

    def busiest(self) -> list[LonLat]:
        """Return where most are, as many points as a basemap asks for."""
        return sorted(self.points, key=lambda point: (-self.points[point], point))[:MOST_POINTS]

    def latest(self) -> list[Feature]:
        """Return the latest, numbered from 1."""
        ordered = sorted(self._latest, key=lambda one: one[:2], reverse=True)
        return [one | {"properties": one["properties"] | {"number": n}} for n, (_, _, one) in enumerate(ordered, 1)]

    def plain(self, rows: Sequence[Feature], title: str, words: Mapping[str, Any]) -> str:
        """Return the latest, as they are to be shown, for browsers that run no scripts."""
        note = str(words["noscript.first"]).replace("{count}", str(len(rows))).replace("{all}", str(len(self.days)))
        return f"{plain_head(title, text(note), words)}\n{plain_rows(rows, words)}"
