"""Many incidents of many articles on one page: true to the reports, small, fast, safe."""

from __future__ import annotations

import dataclasses
import json
import random
import re
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from output_samples import (
    PLACES,
    PROVENANCE,
    PUBLISHED,
    Draft,
    article_of,
    empty_report,
    incident,
    place,
    sample_report,
)
from playwright.sync_api import expect
from test_map_safety import PAYLOADS, hostile_report

from geomap.config import MapConfig
from geomap.errors import ArticleError, OutputError
from geomap.model import Report
from geomap.output.map.combine import combine
from geomap.output.report import to_json
from geomap.output.stored import stored_reports

Open = Callable[..., Any]

WORDS = """the army officials said after before overnight several drones fired toward depot fighters convoy market
bridge residents witnesses reported explosions smoke rising ministry statement coalition forces border road town
village province killed wounded injured damage fuel airport military wave retaliation ceasefire talks envoy""".split()
READY = "Number(document.documentElement.dataset.ready)"
PRESS = """async () => {
  const start = performance.now();
  document.querySelector(".chip").click();
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""
FIND = """() => {
  const canvas = document.querySelector(".leaflet-cloud-pane canvas");
  for (let y = 100; y < 700; y += 8) for (let x = 500; x < 1000; x += 8) {
    canvas.dispatchEvent(new MouseEvent("mousemove", { clientX: x, clientY: y, bubbles: true }));
    if (canvas.style.cursor === "pointer") return [x, y];
  }
}"""
CENTRES = ((43, 34), (38, 35), (36, 48), (34.4, 31.5), (44, 15), (32, 15))


def many(articles: int, incidents: int, seed: int = 1) -> Iterator[Report]:
    """Yield reports of random sentences about random towns."""
    lot = random.Random(seed)
    for number in range(articles):
        names = [lot.randrange(3000) for _ in range(incidents)]
        body = [
            f"{' '.join(lot.choices(WORDS, k=12))} strike hit Town {name} {' '.join(lot.choices(WORDS, k=11))}."
            for name in names
        ]
        sentences = (("headline", f"Story {number}"), *(("body", one) for one in body))
        url = f"https://news.example/{number}"
        draft = Draft(article_of(sentences, id=f"article-{number}", title=f"Story {number}", url=url))
        found = []
        for index, name in enumerate(names, 1):
            lon, lat = CENTRES[name % 6]
            spread = random.Random(name)
            where = place(
                f"town:{name}",
                f"Town {name}",
                lon + spread.gauss(0, 2),
                lat + spread.gauss(0, 1.5),
                "PPL",
                country_code="IQ",
            )
            mention = draft.mention(index, f"Town {name}", "event_location", where)
            kind = lot.choice(["strike", "strike", "attack"])
            evidence = (draft.evidence(index, "strike hit", mention),)
            day = PUBLISHED.replace(year=2015 + number % 9, month=1 + name % 12)
            id_ = f"{lot.getrandbits(64):016x}"
            found.append(
                incident(id_, where, evidence, kind=kind, attacked_base=name % 9 == 0, date_start=day, date_end=day)
            )
        yield Report(
            article=draft.article,
            resolutions=tuple(draft.resolutions),
            roles=tuple(draft.roles),
            incidents=tuple(found),
            aggregates=(),
            provenance=PROVENANCE,
        )


@pytest.mark.browser
def test_a_few_articles_have_pins_and_quotes(open_page: Open) -> None:
    """Below the limit pins are numbered; cards quote the sentence and name the article; nothing is fetched."""
    opened = open_page(combine([sample_report(), *many(3, 2)], config=MapConfig(), title="Two weeks"))
    opened.assert_quiet()
    page = opened.page
    expect(page.locator("h1")).to_have_text("Two weeks", use_inner_text=True)
    expect(page.locator("#count")).to_have_text("18 incidents, 16 on the map", use_inner_text=True)
    expect(page.locator(".pin-icon")).to_have_count(16)
    page.fill("#search", "asad")
    page.locator(".row").click()
    card = page.locator(".card")
    evidence = next(one for one in sample_report().incidents if one.id == "i-asad").evidence[0]
    article = sample_report().article
    assert evidence.trigger is not None
    assert card.locator("blockquote").inner_text() == article.quote(article.sentences[evidence.sentence])
    assert card.locator("mark.trigger").inner_text() == article.quote(evidence.trigger)
    expect(card.locator("mark.place")).to_have_text("Ain al-Asad air base", use_inner_text=True)
    assert card.get_by_role("link", name=str(article.title)).get_attribute("href") == article.url


@pytest.mark.browser
def test_many_are_counted_and_a_click_looks_closer(open_page: Open) -> None:
    """Above the limit incidents are clusters on a canvas whose counts add up; a click zooms in."""
    opened = open_page(combine(many(120, 10), config=MapConfig()))
    opened.assert_quiet()
    page = opened.page
    expect(page.locator(".pin-icon")).to_have_count(0)
    expect(page.locator("#count")).to_have_text("1,200 incidents, 1,200 on the map", use_inner_text=True)
    expect(page.locator(".row")).to_have_count(200)
    page.locator(".more-rows").click()
    expect(page.locator(".row")).to_have_count(400)
    zoom = page.evaluate("map_geomap.getZoom()")
    page.evaluate("map_geomap.setView([34, 43], 6, {animate: false})")
    page.mouse.click(*page.evaluate(FIND))
    page.wait_for_timeout(500)
    assert page.evaluate("map_geomap.getZoom()") > zoom or page.locator(".card").count() == 1


@pytest.mark.browser
def test_incidents_at_one_point_are_listed(open_page: Open) -> None:
    """What no zoom can tell apart opens as a list, and each entry opens its card."""
    report = sample_report()
    copies = [
        dataclasses.replace(one, id=f"{one.id}-{n}", place=PLACES["Mayadin"])
        for n in range(3)
        for one in report.incidents[:2]
    ]
    html = combine([dataclasses.replace(report, incidents=tuple(copies))], config=MapConfig(max_dom_pins=1))
    page = open_page(html).page
    box = page.locator("#stage").bounding_box()
    point = page.evaluate("(({x, y}) => [x, y])(map_geomap.latLngToContainerPoint([35.0167, 40.45]))")
    assert box is not None
    page.mouse.click(box["x"] + point[0], box["y"] + point[1])
    expect(page.locator(".card .region")).to_have_text("6 incidents here", use_inner_text=True)
    page.locator(".card .row").nth(2).click()
    expect(page.locator(".card blockquote")).to_have_count(1)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["script", "template", "jinja", "noscript", "separators", "astral"])
def test_hostile_words_are_words_here_too(open_page: Open, name: str) -> None:
    """The payloads pass through the compressed columns verbatim and are never run."""
    words = PAYLOADS[name]
    opened = open_page(combine([hostile_report(words)], config=MapConfig(), title=words))
    page = opened.page
    assert page.locator("h1").evaluate("node => node.textContent") == words
    page.locator(".row").first.click()
    sentence = f"{words} raid on Qaim {words} said."
    assert page.locator(".card blockquote").evaluate("node => node.textContent") == sentence
    expect(page.locator(".card mark.place")).to_have_text("Qaim", use_inner_text=True)
    opened.assert_quiet()


@pytest.mark.browser
def test_the_table_of_an_archive_has_its_columns(open_page: Open) -> None:
    """Downloads of an archive hold offsets and words that it derives, not its own shorthand."""
    page = open_page(combine([sample_report()], config=MapConfig())).page
    with page.expect_download() as download:
        page.get_by_role("button", name="GeoJSON").click()
    features = json.loads(download.value.path().read_text(encoding="utf-8"))["features"]
    text = sample_report().article.text
    for one in features:
        row = one["properties"]
        assert text[row["quote_start"] :].startswith(row["source_sentence"])
        assert row["trigger_start"] is None or row["quote_start"] <= row["trigger_start"] < row["trigger_end"]
        if row["mention_start"] is not None:
            assert text[row["mention_start"] : row["mention_end"]] == row["place_as_written"]
    assert not {"lon", "trigger_at", "mention_length"} & set(features[0]["properties"])


def test_an_incident_told_twice_is_shown_once() -> None:
    """The same report given twice adds nothing; another article does."""
    count = re.compile(r"of (\d+) incidents")
    once, twice = (
        count.search(combine(reports, config=MapConfig())) for reports in ([sample_report()], [sample_report()] * 2)
    )
    assert once is not None
    assert twice is not None
    assert once[1] == twice[1] == "12"


def test_the_same_reports_give_the_same_bytes() -> None:
    """No clock in the compressed block either."""
    assert combine(many(5, 5), config=MapConfig()) == combine(many(5, 5), config=MapConfig())


def test_no_report_is_an_error_and_no_incident_is_a_page() -> None:
    """Nothing to combine is a clear error; articles without incidents make an empty page."""
    with pytest.raises(OutputError, match="no report"):
        combine([], config=MapConfig())
    assert "geomap-archive" in combine([empty_report()], config=MapConfig())


def test_reports_are_found_in_files_lines_and_folders(tmp_path: Path) -> None:
    """A report, a file of lines, and a folder of maps give the same reports."""
    text = to_json(sample_report())
    (tmp_path / "maps" / "a").mkdir(parents=True)
    (tmp_path / "maps" / "a" / "report.json").write_text(text, encoding="utf-8")
    (tmp_path / "many.jsonl").write_text(f"{text}\n{text}\n\n", encoding="utf-8")
    assert [to_json(one) for one in stored_reports([tmp_path / "maps"])] == [text]
    assert [to_json(one) for one in stored_reports([tmp_path / "many.jsonl"])] == [text, text]


@pytest.mark.parametrize(
    ("name", "content"),
    [("report.json", "{"), ("report.json", ""), ("many.jsonl", '{"schema": "x"}\n'), ("report.json", "[]")],
)
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: str) -> None:
    """The error says which file, and which line of it."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ArticleError, match=re.escape(name)):
        list(stored_reports([path]))


def test_missing_files_and_empty_folders_are_errors(tmp_path: Path) -> None:
    """Never a map of nothing because a name was wrong."""
    for path in (tmp_path, tmp_path / "nothing.json"):
        with pytest.raises(ArticleError):
            list(stored_reports([path]))


@pytest.mark.slow
@pytest.mark.browser
def test_a_hundred_thousand_incidents(open_page: Open) -> None:
    """Built in 15 s and 1 GB, under 12 MB, loaded in 3 s, filtered in half a second."""
    reports = list(many(10_000, 10))
    start = time.process_time()
    html = combine(reports, config=MapConfig())
    assert time.process_time() - start < 15
    assert len(html.encode()) < 12_000_000
    page = open_page(html).page
    loaded = min([page.evaluate(READY), *(open_page(html).page.evaluate(READY) for _ in range(2))])
    assert loaded < 3000
    page.wait_for_timeout(1500)
    assert min(page.evaluate(PRESS) for _ in range(4)) < 500
    start = time.monotonic()
    page.fill("#search", "town 77")
    page.wait_for_function(
        "document.getElementById('count').textContent.startsWith('1') || document.querySelectorAll('.row').length < 200"
    )
    assert time.monotonic() - start < 1.5


@pytest.mark.slow
def test_the_archive_is_built_in_little_memory() -> None:
    """Reports are taken one at a time: a fifth of the archive stays well under a fifth of a gigabyte."""
    tracemalloc.start()
    combine(many(2_000, 10), config=MapConfig())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000
