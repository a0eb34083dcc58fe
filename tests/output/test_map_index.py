"""The list of maps in a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from output_samples import empty_report, sample_report
from playwright.sync_api import expect
from test_map_safety import PAYLOADS

from geomap.config import MapConfig
from geomap.output.map.index import IndexEntry, entries_in, entry_of, render_index
from geomap.output.report import to_json

Open = Callable[..., Any]


def _entry(title: str, day: int, **more: Any) -> IndexEntry:
    usual = {"href": f"{day}/map.html", "url": f"https://news.example/{day}", "incidents": 3, "located": 2}
    return IndexEntry(title=title, published_on=dt.date(2024, 3, day), **(usual | more))


@pytest.mark.browser
def test_it_lists_the_latest_first_and_can_be_searched(open_page: Open) -> None:
    """Titles link to their maps; search ignores case and accents; nothing is fetched or said."""
    opened = open_page(
        render_index([_entry("Older", 1), _entry("Al Mayādīn shelled", 5)], config=MapConfig(), combined="all/map.html")
    )
    opened.assert_quiet()
    page = opened.page
    expect(page.locator("tbody a")).to_have_text(["Al Mayādīn shelled", "Older"], use_inner_text=True)
    assert page.locator("tbody a").first.get_attribute("href") == "5/map.html"
    assert page.locator("a.all").get_attribute("href") == "all/map.html"
    page.fill("#search", "MAYADIN")
    expect(page.locator("tbody tr:visible")).to_have_count(1)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["script", "attribute", "title", "part", "right to left"])
def test_hostile_titles_and_sources_are_text(open_page: Open, name: str) -> None:
    """Whatever a title or an address says is shown, not run."""
    words = PAYLOADS[name]
    opened = open_page(render_index([_entry(words, 1, url=words)], config=MapConfig()))
    assert opened.page.locator("tbody a").evaluate("node => node.textContent") == words
    assert words in opened.page.locator("tbody th span").evaluate("node => node.textContent")
    opened.assert_quiet()


def test_a_folder_of_maps_is_read(tmp_path: Path) -> None:
    """Every folder with a map and its report is an entry; others are not."""
    for name, report in (("strikes euphrates", sample_report()), ("quiet", empty_report())):
        (tmp_path / name).mkdir()
        (tmp_path / name / "map.html").write_text("x")
        (tmp_path / name / "report.json").write_text(to_json(report), encoding="utf-8")
    (tmp_path / "other").mkdir()
    entries = entries_in(tmp_path)
    assert [(one.href, one.incidents, one.located) for one in entries] == [
        ("quiet/map.html", 0, 0),
        ("strikes%20euphrates/map.html", 12, 10),
    ]


def test_an_empty_folder_says_so_and_bytes_are_the_same() -> None:
    """No map yet is said; the order of the entries does not matter."""
    assert "no map in this folder" in render_index([], config=MapConfig())
    entries = [entry_of(sample_report(), "b/map.html"), entry_of(empty_report(), "a/map.html")]
    assert render_index(entries, config=MapConfig()) == render_index(entries[::-1], config=MapConfig())
    assert 'dir="rtl"' in render_index(entries, config=MapConfig(language="ar"))
