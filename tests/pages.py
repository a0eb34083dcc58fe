"""Opens pages in a real browser with the network off."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1360, "height": 860}


@dataclass(slots=True)
class Opened:
    """A page that was opened, and whatever it asked the network or told the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """Nothing was fetched, nothing was said, nothing ran that was not ours."""
        assert self.requests == []
        assert self.messages == []
        assert self.page.evaluate("window.__pwned") is None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; without it the tests fail in CI and are skipped elsewhere."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing: the map cannot be tested (apt-get install chromium)")
        pytest.skip(f"{CHROMIUM} is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Return a function that opens HTML as a file, offline, and waits until it is ready."""
    contexts = []

    def opening(html: str, address: str = "", *, wait: bool = True, **options: Any) -> Opened:
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        # no motion: a click aims at where a thing stood when the test looked, which must be where it still is
        context = browser.new_context(offline=True, **({"viewport": DESKTOP, "reduced_motion": "reduce"} | options))
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.set_default_timeout(10_000)
        opened.page.on(
            "request", lambda one: None if one.url.startswith(("file:", "data:")) else opened.requests.append(one.url)
        )
        opened.page.on("console", lambda one: opened.messages.append(one.text))
        opened.page.on("pageerror", lambda one: opened.messages.append(str(one)))
        opened.page.goto(path.as_uri() + address)
        if wait:
            opened.page.wait_for_selector("html[data-ready]")
        return opened

    yield opening
    for context in contexts:
        context.close()
