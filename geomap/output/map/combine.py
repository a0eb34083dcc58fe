"""One page for the incidents of many articles.

The page carries the incidents as columns, compressed; it holds each quotation but not the articles around them.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from geomap.config import MapConfig
from geomap.errors import OutputError
from geomap.model import LonLat, Place, Provenance, Report
from geomap.output.geojson import features
from geomap.output.map.basemap import basemap
from geomap.output.map.blocks import packed_block, text
from geomap.output.map.columns import Columns
from geomap.output.map.messages import messages
from geomap.output.map.page import assemble, page_data
from geomap.output.map.plain import plain_head, plain_rows
from geomap.output.report import check_quotations

PLAIN_ROWS = 300
MOST_POINTS = 2000

# What a card of an archive says. The rest of a feature's properties follows from these, or needs the article.
KEPT = (
    *("incident_id", "category", "kind", "attacked_base", "sub_event_type", "status", "attribution", "attributed_to"),
    *("place", "gazetteer_id", "country_code", "admin1", "relation", "precision", "radius_m", "geo_precision"),
    *("where_prec", "score", "why_not_on_map", "date_start", "date_end", "time_precision", "date_as_written"),
    *("actors", "targets", "weapons", "killed_low", "killed_high", "injured_low", "injured_high", "casualty_scope"),
    *("source_sentence", "quote_start", "trigger_at", "trigger_length", "mention_at", "mention_length"),
    *("article_id", "source_title", "source_url", "published"),
)


def combine(
    reports: Iterable[Report],
    *,
    config: MapConfig,
    title: str | None = None,
    labels: Sequence[Place] = (),
    made_with: Sequence[str] = (),
) -> str:
    """Return one map of the incidents of many reports, the latest first; the same bytes for the same input.

    An incident that two reports of one article share is shown once. Reports are taken one at a time, so they may come
    from a generator.

    Raises
    ------
    OutputError
        A quotation is not its article's own text, or there is no report.
    """
    found = _gather(reports)
    if found.made is None:
        raise OutputError("there is no report to combine", hint="name reports, or a folder of maps")
    data = page_data(config, made_with=made_with)
    words = messages(config.language)
    heading = title or str(words["combined.title"])
    data |= {
        "heading": {"title": heading, "url": None, "published_on": None, "articles": len(found.articles)},
        "generator": f"geomap {found.made.geomap}",
        "provenance": {"geomap": f"geomap {found.made.geomap}", "gazetteer": f"gazetteer {found.made.gazetteer}"},
    }
    return assemble(
        data,
        title=heading,
        base=basemap(found.busiest(), labels),
        plain=_plain(found, heading, words),
        meta={"geomap:gazetteer": found.made.gazetteer, "geomap:config-sha256": found.made.config_sha256},
        blocks=[packed_block("geomap-archive", found.columns.packed(found.order()))],
    )


@dataclass(slots=True)
class _Archive:
    """Incidents of many reports while they are gathered."""

    columns: Columns = field(default_factory=lambda: Columns(KEPT))
    days: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    points: Counter[LonLat] = field(default_factory=Counter)
    latest: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    made: Provenance | None = None

    def add(self, feature: dict[str, Any]) -> None:
        """Add an incident."""
        row = feature["properties"]
        day = str(row["date_end"] or row["date_start"] or row["published"] or "")
        self.columns.add(feature["geometry"], row | _inside(row))
        heapq.heappush(self.latest, (day, -len(self.days), feature))
        if len(self.latest) > PLAIN_ROWS:
            heapq.heappop(self.latest)
        self.days.append(day)
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            self.points[LonLat(round(lon, 1), round(lat, 1))] += 1

    def order(self) -> list[int]:
        """Return the rows, the latest first, rows of one day as they came."""
        return sorted(range(len(self.days)), key=self.days.__getitem__, reverse=True)

    def busiest(self) -> list[LonLat]:
        """Return where most incidents are, in whole tenths of a degree, as many as a basemap asks for."""
        return sorted(self.points, key=lambda point: (-self.points[point], point))[:MOST_POINTS]

    def first(self) -> list[dict[str, Any]]:
        """Return the latest incidents with numbers."""
        ordered = sorted(self.latest, key=lambda one: one[:2], reverse=True)
        return [one | {"properties": one["properties"] | {"number": n}} for n, (_, _, one) in enumerate(ordered, 1)]


def _gather(reports: Iterable[Report]) -> _Archive:
    """Return the incidents of all reports, each once."""
    found = _Archive()
    for report in reports:
        check_quotations(report)
        found.made = found.made or report.provenance
        found.articles.add(report.article.id)
        for feature in features(report):
            if (key := (report.article.id, feature["id"])) not in found.seen:
                found.seen.add(key)
                found.add(feature)
    return found


def _inside(row: dict[str, Any]) -> dict[str, int | None]:
    """Return where trigger and place stand in the quoted sentence: small numbers where the article's are large."""
    found: dict[str, int | None] = {}
    for name in ("trigger", "mention"):
        start, end = row[f"{name}_start"], row[f"{name}_end"]
        found[f"{name}_at"] = None if start is None else start - row["quote_start"]
        found[f"{name}_length"] = None if start is None else end - start
    return found


def _plain(found: _Archive, title: str, words: dict[str, Any]) -> str:
    first = found.first()
    note = str(words["noscript.first"]).replace("{count}", str(len(first))).replace("{all}", str(len(found.days)))
    return f"{plain_head(title, text(note), words)}\n{plain_rows(first, words)}"
