"""The page that lists the maps of a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from geomap.config import MapConfig
from geomap.model import Report
from geomap.output.geojson import is_pinned
from geomap.output.map.assets import application, style
from geomap.output.map.blocks import fill, is_web_address, policy, text
from geomap.output.map.messages import messages
from geomap.output.stored import stored_reports

_PAGE = """<!DOCTYPE html>
<html lang="@@LANGUAGE@@" dir="@@DIRECTION@@">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="@@POLICY@@">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="@@GENERATOR@@">
<title>@@TITLE@@</title>
<link rel="icon" href="data:,">
<style>@@STYLE@@</style>
</head>
<body>
<main>
<header><h1>@@TITLE@@</h1><p>@@COUNT@@</p></header>
@@BODY@@
</main>
<script>@@APP@@</script>
</body>
</html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One map of a folder: where it is, and what its article is."""

    href: str
    title: str | None
    url: str | None
    published_on: dt.date | None
    incidents: int
    located: int
    generator: str = "geomap"


def entry_of(report: Report, href: str) -> IndexEntry:
    """Return a report's line in the index; ``href`` is where its map is, seen from the index."""
    article = report.article
    return IndexEntry(
        href=href,
        title=article.title or article.id,
        url=article.url,
        published_on=article.published_on,
        incidents=len(report.incidents),
        located=sum(is_pinned(incident) for incident in report.incidents),
        generator=f"geomap {report.provenance.geomap}",
    )


def entries_in(folder: Path) -> list[IndexEntry]:
    """Return the maps of a folder: every folder in it that holds a ``map.html`` and its ``report.json``.

    Raises
    ------
    ArticleError
        A report cannot be read.
    """
    entries = []
    for page in sorted(folder.glob("*/map.html")):
        if (stored := page.with_name("report.json")).is_file():
            entries += [entry_of(report, f"{quote(page.parent.name)}/map.html") for report in stored_reports([stored])]
    return entries


def render_index(entries: Sequence[IndexEntry], *, config: MapConfig, combined: str | None = None) -> str:
    """Return the list of maps as an HTML page, the latest article first; the same bytes for the same input.

    Parameters
    ----------
    entries
        One for each map.
    config
        The language.
    combined
        Where the map of all incidents is, seen from the index, if there is one.
    """
    words = messages(config.language)
    ordered = sorted(entries, key=lambda one: (one.published_on or dt.date.min, one.href), reverse=True)
    page = fill(_PAGE, {"STYLE": style("index"), "APP": application("index")})
    return fill(
        page,
        {
            "POLICY": text(policy(page)),
            "LANGUAGE": text(words["language"]),
            "DIRECTION": text(words["direction"]),
            "GENERATOR": text(ordered[0].generator if ordered else "geomap"),
            "TITLE": text(words["index.title"]),
            "COUNT": text(_counted(words["index.count"], len(ordered))),
            "BODY": _body(ordered, words, combined),
        },
    )


def _counted(forms: dict[str, str], count: int) -> str:
    """Return a count in words; without the rules of every language, the general form for all but one."""
    return str(forms["one"] if count == 1 else forms["other"]).replace("{count}", str(count))


def _body(entries: Sequence[IndexEntry], words: dict[str, Any], combined: str | None) -> str:
    if not entries:
        return f"<p>{text(words['index.empty'])}</p>"
    heads = "".join(
        f'<th scope="col">{text(words[f"index.{name}"])}</th>' for name in ("article", "date", "incidents", "located")
    )
    rows = "\n".join(_row(one) for one in entries)
    everything = f'<p><a class="all" href="{text(combined)}">{text(words["index.all"])}</a></p>' if combined else ""
    hint = text(words["index.search"])
    search = f'<input type="search" id="search" hidden placeholder="{hint}" aria-label="{hint}">'
    return f"{everything}{search}<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"


def _row(entry: IndexEntry) -> str:
    source = urlsplit(entry.url or "").hostname if is_web_address(entry.url) else entry.url
    title = f'<a href="{text(entry.href)}" dir="auto">{text(entry.title)}</a>'
    cells = [
        f'<th scope="row">{title}<span>{text(source or "")}</span></th>',
        f'<td><bdi dir="ltr">{text(entry.published_on or "")}</bdi></td>',
        f"<td>{entry.incidents}</td>",
        f"<td>{entry.located}</td>",
    ]
    return f"<tr>{''.join(cells)}</tr>"
