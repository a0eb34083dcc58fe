"""Accessibility (WCAG 2.2 AA): axe-core finds nothing, in every colour, language and size."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from output_samples import sample_report
from playwright.sync_api import expect

from geomap.config import MapConfig
from geomap.output.map.combine import combine
from geomap.output.map.index import entry_of, render_index
from geomap.output.map.page import render_map

pytestmark = pytest.mark.browser
Open = Callable[..., Any]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = {
    "light": ("en", {}),
    "dark": ("en", {"color_scheme": "dark"}),
    "arabic": ("ar", {}),
    "arabic dark": ("ar", {"color_scheme": "dark"}),
    "phone": ("en", PHONE),
    "phone dark": ("ar", PHONE | {"color_scheme": "dark"}),
}


@cache
def _axe() -> str:
    try:
        import axe_playwright_python
    except ImportError:
        if os.environ.get("CI"):
            pytest.fail("axe-playwright-python is missing: accessibility cannot be tested")
        pytest.skip("axe-playwright-python is not installed")
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def _violations(page: Any) -> list[str]:
    page.evaluate(_axe())
    options = {"runOnly": {"type": "tag", "values": TAGS}}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(open_page: Open, look: str) -> None:
    """List, card with its details, article, mention and help, in each look."""
    language, options = LOOKS[look]
    page = open_page(render_map(sample_report(), config=MapConfig(language=language)), **options).page
    assert _violations(page) == []
    page.locator(".row").first.click()
    for detail in page.locator(".card details").all():
        detail.evaluate("node => node.open = true")
    assert _violations(page) == []
    page.keyboard.press("Escape")
    page.click("#tab-article")
    page.locator("#article a.quiet-mark").first.click()
    assert _violations(page) == []
    page.keyboard.press("Escape")
    page.locator(".tools button").last.click()
    expect(page.locator("#help")).to_be_visible()
    assert _violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_other_pages(open_page: Open, scheme: str) -> None:
    """The archive and the index are as accessible as the map of one article."""
    archive = combine([sample_report()], config=MapConfig(max_dom_pins=3))
    index = render_index([entry_of(sample_report(), "a/map.html")], config=MapConfig(), combined="all/map.html")
    for html in (archive, index):
        assert _violations(open_page(html, color_scheme=scheme).page) == []


def test_text_can_be_enlarged_and_movement_switched_off(open_page: Open) -> None:
    """At twice the size nothing is wider than the window; with reduced motion nothing glides."""
    page = open_page(
        render_map(sample_report(), config=MapConfig()), viewport={"width": 680, "height": 430}, reduced_motion="reduce"
    ).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert "user-scalable" not in page.content()
    assert page.evaluate("getComputedStyle(document.getElementById('live')).transitionDuration") == "0s"


def test_the_focus_follows_and_comes_back(open_page: Open) -> None:
    """Opening a row moves the focus into its card; closing brings it back to the row."""
    page = open_page(render_map(sample_report(), config=MapConfig())).page
    row = page.locator(".row").nth(1)
    row.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.card')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.card') !== null")
    page.keyboard.press("Escape")
    assert row.evaluate("node => node === document.activeElement")
