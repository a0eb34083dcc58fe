"""The page that lists the maps of a folder."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from geomap.config import MapConfig
from geomap.errors import ArticleError
from geomap.model import Report
from geomap.output.files import write_changed
from geomap.output.map.assets import application, style
from geomap.output.map.blocks import fill, is_web_address, policy, text
from geomap.output.map.messages import messages
from geomap.output.report import is_pinned
from geomap.output.stored import stored_reports

ALL = "all.html"
STORE_FILE = "store.json"
STORE_SCHEMA = "geomap-store-map 1"

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
<header><h1>@@TITLE@@</h1>@@COUNT@@</header>
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreEntry:
    """The map of a store: where it is, and what it holds."""

    href: str
    title: str
    events: int
    located: int
    articles: int
    first: str | None
    last: str | None


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


def stores_in(folder: Path) -> list[StoreEntry]:
    """Return the maps of stores in a folder: every folder in it that holds a ``map.html`` and its ``store.json``.

    Raises
    ------
    ArticleError
        What stands beside a map is not what geomap wrote.
    """
    return [_store_in(page) for page in sorted(folder.glob("*/map.html")) if page.with_name(STORE_FILE).is_file()]


def _store_in(page: Path) -> StoreEntry:
    notes = page.with_name(STORE_FILE)
    try:
        found = json.loads(notes.read_text(encoding="utf-8"))
        kept = {name: found[name] for name in ("title", "events", "located", "articles", "first", "last")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArticleError(f"cannot read {notes}: {error}", hint="make it again with geomap store map") from error
    return StoreEntry(href=f"{quote(page.parent.name)}/map.html", **kept)


def write_index(folder: Path, config: MapConfig) -> bool:
    """Write ``index.html`` for the maps of a folder, unless it says all that already; tell whether it was written."""
    combined = ALL if (folder / ALL).is_file() else None
    page = render_index(entries_in(folder), config=config, combined=combined, stores=stores_in(folder))
    return write_changed(folder / "index.html", page)


def render_index(
    entries: Sequence[IndexEntry], *, config: MapConfig, combined: str | None = None, stores: Sequence[StoreEntry] = ()
) -> str:
    """Return the list of maps as an HTML page, the latest article first; the same bytes for the same input.

    Parameters
    ----------
    entries
        One for each map.
    config
        The language.
    combined
        Where the map of all incidents is, seen from the index, if there is one.
    stores
        The maps of stores, which stand first.
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
            "COUNT": f"<p>{text(_counted(words['index.count'], len(ordered)))}</p>" if ordered or not stores else "",
            "BODY": _body(ordered, words, combined, stores),
        },
    )


def _counted(forms: dict[str, str], count: int) -> str:
    """Return a count in words; without the rules of every language, the general form for all but one."""
    return str(forms["one"] if count == 1 else forms["other"]).replace("{count}", str(count))


def _body(
    entries: Sequence[IndexEntry], words: dict[str, Any], combined: str | None, stores: Sequence[StoreEntry]
) -> str:
    if not entries and not stores:
        return f"<p>{text(words['index.empty'])}</p>"
    everything = f'<p><a class="all" href="{text(combined)}">{text(words["index.all"])}</a></p>' if combined else ""
    hint = text(words["index.search"])
    search = f'<input type="search" id="search" hidden placeholder="{hint}" aria-label="{hint}">'
    parts = [everything, search]
    if stores:
        names = ("store", "days", "articles", "events", "located")
        parts.append(_table("stores", names, [_store_row(one) for one in stores], words))
    if entries:
        parts.append(_table("maps", ("article", "date", "incidents", "located"), [_row(one) for one in entries], words))
    return "".join(parts)


def _table(kind: str, names: Sequence[str], rows: Sequence[str], words: dict[str, Any]) -> str:
    heads = "".join(f'<th scope="col">{text(words[f"index.{name}"])}</th>' for name in names)
    body = "\n".join(rows)
    return f'<table class="{kind}"><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'


def _store_row(entry: StoreEntry) -> str:
    days = " – ".join(dict.fromkeys(day for day in (entry.first, entry.last) if day))
    cells = [
        f'<th scope="row"><a href="{text(entry.href)}" dir="auto">{text(entry.title)}</a></th>',
        f'<td><bdi dir="ltr">{text(days)}</bdi></td>',
        *(f"<td>{number:,}</td>" for number in (entry.articles, entry.events, entry.located)),
    ]
    return f"<tr>{''.join(cells)}</tr>"


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
