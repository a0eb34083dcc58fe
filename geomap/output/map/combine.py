"""One page for the incidents of many articles.

The page carries the incidents as columns, compressed; it holds each quotation but not the articles around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from geomap.config import MapConfig
from geomap.errors import OutputError
from geomap.model import Place, Provenance, Report
from geomap.output.geojson import features
from geomap.output.map.basemap import basemap
from geomap.output.map.many import Many
from geomap.output.map.messages import messages
from geomap.output.map.page import assemble, page_data
from geomap.output.report import check_quotations

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
        base=basemap(found.rows.busiest(), labels),
        plain=found.rows.plain(found.rows.latest(), heading, words),
        meta={"geomap:gazetteer": found.made.gazetteer, "geomap:config-sha256": found.made.config_sha256},
        blocks=[found.rows.block()],
    )


@dataclass(slots=True)
class _Archive:
    """Incidents of many reports while they are gathered."""

    rows: Many = field(default_factory=lambda: Many(KEPT))
    seen: set[tuple[str, str]] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    made: Provenance | None = None


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
                found.rows.add(feature, _inside(feature["properties"]), published="published")
    return found


def _inside(row: dict[str, Any]) -> dict[str, int | None]:
    """Return where trigger and place stand in the quoted sentence: small numbers where the article's are large."""
    found: dict[str, int | None] = {}
    for name in ("trigger", "mention"):
        start, end = row[f"{name}_start"], row[f"{name}_end"]
        found[f"{name}_at"] = None if start is None else start - row["quote_start"]
        found[f"{name}_length"] = None if start is None else end - start
    return found
