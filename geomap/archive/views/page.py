"""One page for the events of a store: each event a pin, its card quoting every outlet that tells it.

The page carries the events as columns and the tellings in blocks beside them, all compressed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geomap.archive.nouns import Event
from geomap.archive.views.features import Feature, event_feature
from geomap.archive.views.told import BLOCK, ToldBlocks
from geomap.config import MapConfig
from geomap.model import Place
from geomap.output.map.basemap import basemap
from geomap.output.map.many import Many
from geomap.output.map.messages import messages
from geomap.output.map.page import NOT_SHOWN, assemble, page_data

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
        base=basemap(found.rows.busiest(), labels),
        plain=found.rows.plain(list(map(_plain_row, found.rows.latest())), heading, words),
        meta={"geomap:events": str(len(found.rows.days))},
        blocks=[found.rows.block(), *told],
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
    rows: Many = field(default_factory=lambda: Many(KEPT))
    articles: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    tellings: int = 0

    def add(self, event: Event) -> None:
        """Add an event."""
        feature = event_feature(event)
        block, at = self.told.add(event, feature)
        self.rows.add(feature, {"told_block": block, "told_from": at}, published="last_published")
        self.tellings += len(event.tellings)
        for source in event.sources:
            self.articles.add(source.key)
            self.outlets.add(source.outlet or "")

    def counted(self) -> Counted:
        """Return what was gathered, as numbers."""
        dated = [day for day in self.rows.days if day]
        days = [dt.date.fromisoformat(day) for day in {min(dated, default=""), max(dated, default="")} if day]
        return Counted(
            events=len(self.rows.days),
            located=self.rows.points.total(),
            tellings=self.tellings,
            articles=len(self.articles),
            outlets=len(self.outlets - {""}),
            first=min(days, default=None),
            last=max(days, default=None),
        )


def _plain_row(feature: Feature) -> Feature:
    """Return an event as the plain list shows incidents: its marks counted from the quotation's beginning."""
    row = feature["properties"]
    found = row | {"quote_start": 0}
    for name in ("trigger", "mention"):
        at = row[f"{name}_at"]
        found[f"{name}_start"] = at
        found[f"{name}_end"] = None if at is None else at + row[f"{name}_length"]
    return feature | {"properties": found}
