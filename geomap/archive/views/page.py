"""One page for the events of a store: each event a pin, its card quoting every outlet that tells it.

The page carries the events as columns and the tellings in blocks beside them, all compressed.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geomap.archive.nouns import Event
from geomap.archive.views.features import Feature, event_feature
from geomap.archive.views.told import BLOCK, ToldBlocks
from geomap.config import MapConfig
from geomap.model import LonLat, Place
from geomap.output.map.basemap import basemap
from geomap.output.map.blocks import packed_block, text
from geomap.output.map.columns import Columns
from geomap.output.map.messages import messages
from geomap.output.map.page import NOT_SHOWN, assemble, page_data
from geomap.output.map.plain import plain_head, plain_rows

PLAIN_ROWS = 300
MOST_POINTS = 2000

KEPT = (
    *("event_id", "category", "kind", "attacked_base", "sub_event_type", "status", "grade", "sources", "tellings"),
    *("outlets", "place", "gazetteer_id", "country_code", "admin1", "precision", "radius_m", "why_not_on_map"),
    *("date_start", "date_end", "actors", "targets", "weapons"),
    *("killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high"),
    *("source_sentence", "trigger_at", "trigger_length", "mention_at", "mention_length"),
    *("told_block", "told_from"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a page holds, as the list of maps says it."""

    events: int
    located: int
    tellings: int
    articles: int
    outlets: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePage:
    """A page and what it holds."""

    html: str
    title: str
    counted: Counted


def store_page(
    events: Iterable[Event],
    *,
    config: MapConfig,
    title: str | None = None,
    labels: Sequence[Place] = (),
    made_with: Sequence[str] = (),
    made: Mapping[str, str] | None = None,
    block: int = BLOCK,
) -> StorePage:
    """Return one map of events, the latest first; the same bytes for the same events in the same order.

    Parameters
    ----------
    events
        Taken one at a time, so they may come from a generator.
    config, title, labels, made_with
        As for the map of one article; the labels are those of everywhere.
    made
        Which ``geomap`` and ``gazetteer`` made it, with their versions.
    block
        How many tellings the page unpacks at a time.

    Raises
    ------
    ConfigError
        The tile address is no web address.
    """
    found = _Gathered(told=ToldBlocks(block))
    for event in events:
        found.add(event)
    words = speaking_of_events(messages(config.language))
    heading = title or str(words["title"])
    told = found.told.finished()
    own = _own_data(found, heading, words, made or {}) | {"told": len(told)}
    html = assemble(
        page_data(config, made_with=made_with) | own,
        title=heading,
        base=basemap(found.busiest(), labels),
        plain=_plain(found, heading, words),
        meta={"geomap:events": str(len(found.days))},
        blocks=[packed_block("geomap-archive", found.columns.packed(found.order())), *told],
    )
    return StorePage(html=html, title=heading, counted=found.counted())


def _own_data(found: _Gathered, heading: str, words: Mapping[str, Any], made: Mapping[str, str]) -> dict[str, Any]:
    """Return what the data block says of this store alone."""
    return {
        "messages": {key: said for key, said in words.items() if not key.startswith(NOT_SHOWN)},
        "heading": {"title": heading, "url": None, "published_on": None, "articles": len(found.articles)},
        "generator": made.get("geomap", "geomap"),
        "provenance": dict(made),
    }


def speaking_of_events(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the interface's words, with those of stores in place of those of articles."""
    return {**words, **{key.removeprefix("store."): said for key, said in words.items() if key.startswith("store.")}}


@dataclass(slots=True)
class _Gathered:
    """Events while they are gathered."""

    told: ToldBlocks
    columns: Columns = field(default_factory=lambda: Columns(KEPT))
    days: list[str] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    points: Counter[LonLat] = field(default_factory=Counter)
    latest: list[tuple[str, int, Feature]] = field(default_factory=list)
    tellings: int = 0

    def add(self, event: Event) -> None:
        """Add an event."""
        feature = event_feature(event)
        row = feature["properties"]
        block, at = self.told.add(event, feature)
        self.columns.add(feature["geometry"], row | {"told_block": block, "told_from": at})
        day = str(row["date_end"] or row["date_start"] or row["last_published"] or "")
        heapq.heappush(self.latest, (day, -len(self.days), feature))
        if len(self.latest) > PLAIN_ROWS:
            heapq.heappop(self.latest)
        self.days.append(day)
        self.tellings += len(event.tellings)
        for source in event.sources:
            self.articles.add(source.key)
            self.outlets.add(source.outlet or "")
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            self.points[LonLat(round(lon, 1), round(lat, 1))] += 1

    def order(self) -> list[int]:
        """Return the rows, the latest first, rows of one day as they came."""
        return sorted(range(len(self.days)), key=self.days.__getitem__, reverse=True)

    def busiest(self) -> list[LonLat]:
        """Return where most events are, in whole tenths of a degree, as many as a basemap asks for."""
        return sorted(self.points, key=lambda point: (-self.points[point], point))[:MOST_POINTS]

    def counted(self) -> Counted:
        """Return what was gathered, as numbers."""
        days = [dt.date.fromisoformat(day) for day in {min(self.dated, default=""), max(self.dated, default="")} if day]
        return Counted(
            events=len(self.days),
            located=self.points.total(),
            tellings=self.tellings,
            articles=len(self.articles),
            outlets=len(self.outlets - {""}),
            first=min(days, default=None),
            last=max(days, default=None),
        )

    @property
    def dated(self) -> list[str]:
        """The days of the events that have one."""
        return [day for day in self.days if day]


def _plain(found: _Gathered, title: str, words: dict[str, Any]) -> str:
    """Return the latest events for browsers that run no scripts."""
    ordered = sorted(found.latest, key=lambda one: one[:2], reverse=True)
    rows = [
        one | {"properties": _plain_row(one["properties"], number)} for number, (_, _, one) in enumerate(ordered, 1)
    ]
    note = str(words["noscript.first"]).replace("{count}", str(len(rows))).replace("{all}", str(len(found.days)))
    return f"{plain_head(title, text(note), words)}\n{plain_rows(rows, words)}"


def _plain_row(row: dict[str, Any], number: int) -> dict[str, Any]:
    found = row | {"number": number, "quote_start": 0}
    for name in ("trigger", "mention"):
        at = row[f"{name}_at"]
        found[f"{name}_start"] = at
        found[f"{name}_end"] = None if at is None else at + row[f"{name}_length"]
    return found
