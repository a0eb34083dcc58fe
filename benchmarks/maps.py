"""How long maps of 10, 1,000 and 100,000 incidents take to make and to open, and how large they are.

The incidents are those of the example article, copied to random places, so that their sentences repeat and the file
is smaller than one of as many different articles. The events of a store, with two and a half tellings each, are made up
of sentences and titles that hardly ever repeat, so that the file is larger than one of real reprints. Opening is
measured in headless Chromium until the page says that it is ready, the best of three times.
"""

from __future__ import annotations

import dataclasses
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import archive_events

from geomap.archive.views.page import store_page
from geomap.config import MapConfig, load_config
from geomap.model import Incident, Report
from geomap.output.map.combine import combine
from geomap.pipeline import geoparse, load_engine
from geomap.reading.source import read

ROOT = Path(__file__).parents[1]
STORY = ROOT / "examples" / "01-airbase-and-depot.txt"
CHROMIUM = Path("/usr/bin/chromium")
SIZES = (10, 1_000, 100_000)
LOAD_LIMIT_MS = 120_000


def copies(report: Report, incidents: int) -> Iterator[Report]:
    """Yield copies of a report until they hold a number of incidents."""
    dice = random.Random(1)  # noqa: S311  # places, not secrets
    left, number = incidents, 0
    while left:
        kept = report.incidents[:left]
        yield dataclasses.replace(
            report,
            article=dataclasses.replace(report.article, id=f"copy-{number}"),
            incidents=tuple(_moved(one, dice) for one in kept),
        )
        left, number = left - len(kept), number + 1


def _moved(incident: Incident, dice: random.Random) -> Incident:
    if incident.place is None:
        return incident
    lon, lat = round(dice.uniform(25, 60), 4), round(dice.uniform(12, 50), 4)
    return dataclasses.replace(incident, place=dataclasses.replace(incident.place, lon=lon, lat=lat))


def load_s(page: Path) -> float | None:
    """Return how long Chromium takes until the page is ready; None where there is no Chromium."""
    if not CHROMIUM.exists():
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        seconds = min(_load_s(tab, page) for _ in range(3))
        browser.close()
    return seconds


def _load_s(tab: Any, page: Path) -> float:
    began = time.perf_counter()
    tab.goto(page.as_uri(), timeout=LOAD_LIMIT_MS)
    tab.wait_for_selector("html[data-ready]", timeout=LOAD_LIMIT_MS)
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    with load_engine(load_config()) as engine:
        report = geoparse(read(STORY), engine)
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            began = time.process_time()
            html = combine(copies(report, size), config=MapConfig())
            tell(Path(folder, "incidents.html"), html, f"{size:>7,} incidents", time.process_time() - began)
        for size in SIZES:
            kept = list(archive_events.events(size))
            began = time.process_time()
            html = store_page(kept, config=MapConfig()).html
            tell(Path(folder, "events.html"), html, f"{size:>7,} events", time.process_time() - began)


def tell(page: Path, html: str, what: str, made_s: float) -> None:
    """Write a page, open it, and print its line."""
    page.write_text(html, encoding="utf-8")
    loaded = load_s(page)
    opened = "no Chromium" if loaded is None else f"open {loaded:5.2f} s"
    print(f"map of {what:<18}: make {made_s:6.2f} s, {page.stat().st_size / 1e6:6.2f} MB, {opened}")


if __name__ == "__main__":
    main()
