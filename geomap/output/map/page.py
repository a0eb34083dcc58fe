"""The map of one article: one self-contained HTML page that needs no network.

What an article says never passes through folium, branca or Jinja and never becomes HTML: it stands in one block of
JSON that the page's script turns into text nodes, and, escaped, in the part for browsers without scripts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from geomap.config import MapConfig
from geomap.errors import ConfigError
from geomap.model import Place, Report
from geomap.output.geojson import features
from geomap.output.map.assets import application, leaflet, style
from geomap.output.map.basemap import basemap
from geomap.output.map.blocks import fill, is_web_address, json_block, packed_block, policy, text
from geomap.output.map.columns import columns
from geomap.output.map.messages import messages
from geomap.output.map.packing import pack_area
from geomap.output.map.plain import plain_article
from geomap.output.map.shell import load_shell
from geomap.output.report import is_pinned, to_dict

BASEMAP_CREDIT = "Natural Earth"
_AREAS = {"district", "province"}
NOT_SHOWN = ("index.", "noscript", "combined.", "store.")  # words the script never says

_HEAD = """
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="@@POLICY@@">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="@@GENERATOR@@">
@@META@@<title>@@TITLE@@</title>
<link rel="icon" href="data:,">
<style>@@LEAFLET_STYLE@@</style>
<style>@@STYLE@@</style>
<script>@@LEAFLET@@</script>"""


def render_map(
    report: Report,
    *,
    config: MapConfig,
    areas: Mapping[str, Mapping[str, Any]] | None = None,
    labels: Sequence[Place] = (),
    made_with: Sequence[str] = (),
) -> str:
    """Return the map of a report as an HTML page; the same bytes for the same input.

    Parameters
    ----------
    report
        What was found in the article.
    config
        Language, opt-in tiles, number of pins from which a canvas is used.
    areas
        GeoJSON Polygon or MultiPolygon of districts and provinces by the id of their place, drawn instead of circles.
    labels
        Places to name on the map: countries (PCL*), provinces (ADM*), towns with their population.
    made_with
        Whose data the positions come from, as their licences want it said.

    Raises
    ------
    OutputError
        A quotation is not the article's own text, or a number is not finite.
    ConfigError
        The tile address is no web address.
    """
    found = features(report)
    data = page_data(config, made_with=made_with) | _own_data(report, found, areas or {})
    points = [one.place.point for one in report.incidents if one.place and is_pinned(one)]
    return assemble(
        data,
        title=report.article.title or report.article.id,
        base=basemap(points, labels),
        blocks=[packed_block("geomap-report", to_dict(report))],
        plain=plain_article(report, found, messages(config.language)),
        meta=_meta(report),
    )


def _meta(report: Report) -> dict[str, str]:
    """Return what the page's head says, so that a map can be told from another of the same article."""
    return {
        "geomap:article-sha256": hashlib.sha256(report.article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "geomap:gazetteer": report.provenance.gazetteer,
        "geomap:config-sha256": report.provenance.config_sha256,
    }


def _own_data(
    report: Report, found: Sequence[dict[str, Any]], areas: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what the data block says of this article alone."""
    article = report.article
    return {
        "heading": {
            "title": article.title,
            "url": article.url,
            "published_on": article.published_on.isoformat() if article.published_on else None,
        },
        "generator": f"geomap {report.provenance.geomap}",
        "provenance": provenance(report),
        "incidents": columns(found),
        "names": list(found[0]["properties"]) if found else [],
        "areas": {
            one.place.id: pack_area(areas[one.place.id])
            for one in report.incidents
            if one.place and one.place.id in areas and one.precision in _AREAS
        },
    }


def page_data(config: MapConfig, *, made_with: Sequence[str]) -> dict[str, Any]:
    """Return what every page's data block starts with."""
    if config.tiles_url and not is_web_address(config.tiles_url):
        raise ConfigError(
            f"the tile address {config.tiles_url!r} is no web address", hint="set map.tiles_url to https://…"
        )
    return {
        "messages": {key: words for key, words in messages(config.language).items() if not key.startswith(NOT_SHOWN)},
        "settings": {
            "max_dom_pins": config.max_dom_pins,
            "tiles_url": config.tiles_url,
            "tiles_attribution": config.tiles_attribution,
        },
        "credits": [BASEMAP_CREDIT, *(credit for credit in made_with if credit != BASEMAP_CREDIT)],
    }


def provenance(report: Report) -> dict[str, str]:
    """Return what the page says it was made with."""
    found = report.provenance
    return {
        "geomap": f"geomap {found.geomap}",
        "gazetteer": f"gazetteer {found.gazetteer}",
        "hash": f"config {found.config_sha256[:12]}",
    }


def assemble(
    data: Mapping[str, Any],
    *,
    title: str,
    base: Mapping[str, Any],
    plain: str,
    meta: Mapping[str, str],
    blocks: Sequence[str] = (),
) -> str:
    """Put a page together: geomap's own code first, allowed by its hashes, then the data as text."""
    page = _code()
    words = data["messages"]
    return fill(
        page,
        {
            "POLICY": text(policy(page, images=_tile_hosts(data["settings"]["tiles_url"]))),
            "LANGUAGE": text(words["language"]),
            "DIRECTION": text(words["direction"]),
            "GENERATOR": text(data["generator"]),
            "META": "".join(f'<meta name="{text(name)}" content="{text(value)}">\n' for name, value in meta.items()),
            "TITLE": text(title),
            "SKIP": text(words["skip"]),
            "SKIP_TO": "incidents",
            "NOSCRIPT": plain,
            "DATA": "\n".join([json_block("geomap-data", data), json_block("geomap-basemap", base), *blocks]),
        },
    )


@cache
def _code() -> str:
    """Return the page with all code and no data."""
    script, leaflet_style = leaflet()
    page = fill(load_shell(), {"HEAD": _HEAD})
    return fill(
        page, {"LEAFLET": script, "LEAFLET_STYLE": leaflet_style, "STYLE": style("style"), "APP": application()}
    )


def _tile_hosts(template: str) -> list[str]:
    """Return where the page may load tiles from."""
    if not template:
        return []
    parts = urlsplit(template)
    host = parts.netloc.replace("{s}", "*")
    return [f"{parts.scheme}://{host}"]
