"""The page of one article in a real browser: opens offline, quotes exactly, and does what its controls say."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from output_samples import empty_report, sample_report
from playwright.sync_api import expect

from geomap.config import MapConfig
from geomap.output.geojson import features, in_article_order, to_geojson
from geomap.output.map.page import render_map
from geomap.output.report import is_pinned, to_dict

pytestmark = pytest.mark.browser
Open = Callable[..., Any]

NAME = """(({ ariaLabel, labels, textContent }) =>
  (ariaLabel ?? labels?.[0]?.textContent ?? textContent ?? "").trim().slice(0, 40))(document.activeElement)"""
ANBAR = {"type": "Polygon", "coordinates": [[[39, 31], [44, 31], [43, 35], [41, 35], [39, 31]]]}


def _html(**settings: Any) -> str:
    return render_map(
        sample_report(), config=MapConfig(**settings), areas={"test:10": ANBAR}, made_with=("GeoNames CC BY 4.0",)
    )


def _pin(number: int) -> str:
    return f'.pin-icon[aria-label^="{number}."]'


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_opens_with_the_network_off_and_says_nothing(open_page: Open, language: str) -> None:
    """No request, no console message, in every language."""
    opened = open_page(_html(language=language))
    opened.assert_quiet()
    assert opened.page.evaluate("document.documentElement.lang") == language
    expect(opened.page.locator(".pin-icon")).to_have_count(10)
    assert opened.page.evaluate("document.title") == sample_report().article.title


def test_it_is_there_in_half_a_second(open_page: Open) -> None:
    """From opening the file to the finished page (best of several, so that a busy machine does not decide)."""
    html = _html()
    ready = "Number(document.documentElement.dataset.ready)"
    assert min(open_page(html).page.evaluate(ready) for _ in range(5)) < 500


def test_every_pin_quotes_exactly_its_sentence(open_page: Open) -> None:
    """A click on a pin shows the article's own sentence, with its trigger and its place marked."""
    report = sample_report()
    page = open_page(_html()).page
    for number, one in enumerate(in_article_order(report), 1):
        if not is_pinned(one):
            continue
        page.locator(_pin(number)).focus()
        page.keyboard.press("Enter")
        evidence = one.evidence[0]
        assert evidence.trigger is not None
        assert evidence.mention is not None
        card = page.locator(".card")
        assert card.locator("blockquote").first.inner_text() == report.article.quote(
            report.article.sentences[evidence.sentence]
        )
        assert card.locator("blockquote mark.trigger").first.inner_text() == report.article.quote(evidence.trigger)
        assert (
            card.locator("blockquote mark.place").first.inner_text()
            == report.resolutions[evidence.mention].mention.text
        )


def test_a_click_with_the_mouse_opens_a_pin_and_escape_closes_it(open_page: Open) -> None:
    """The pin opens, its row is marked, and the focus comes back to where it was."""
    page = open_page(_html()).page
    page.click(f"{_pin(3)} .body")
    expect(page.locator(".card h2")).to_have_text("Ain al-Asad Air Base", use_inner_text=True)
    expect(page.locator('.row[aria-current="true"] .place')).to_have_text("Ain al-Asad Air Base", use_inner_text=True)
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)


def test_what_is_not_on_the_map_is_listed_with_its_reason(open_page: Open) -> None:
    """A country-wide statement and a placeless one have a row and a card, and no pin."""
    page = open_page(_html()).page
    expect(page.locator(".off .section")).to_have_text("Not on the map (2)", ignore_case=True)
    expect(page.locator(".off .why")).to_have_text(
        ["known only to a country", "the sentence names no place"], use_inner_text=True
    )
    page.click(".off .row >> nth=1")
    expect(page.locator("#sheet blockquote")).to_contain_text("Drones also hit a fuel store")


def test_tallies_and_warnings_are_said(open_page: Open) -> None:
    """A tally is a notice with its sentence; warnings of the report are shown."""
    page = open_page(_html()).page
    expect(page.locator(".tally")).to_contain_text("about 160 · Iraq, Syria")
    expect(page.locator(".tally blockquote")).to_contain_text("come under about 160 attacks since")
    expect(page.locator(".warnings")).to_contain_text("taken from its text")


def test_doubt_and_cause_are_drawn(open_page: Open) -> None:
    """A circle for each radius, the province by its outline, an arrow from the cause to each answer."""
    page = open_page(_html()).page
    expect(page.locator("path.area")).to_have_count(10)
    expect(page.locator(".arrow-icon")).to_have_count(2)
    page.locator(".legend label", has_text="In response to").locator("input").uncheck()
    page.locator(".legend label", has_text="How exact").locator("input").uncheck()
    expect(page.locator(".arrow-icon")).to_have_count(0)
    expect(page.locator("path.area")).to_have_count(0)


def test_filters_search_and_counts(open_page: Open) -> None:
    """Kinds, statuses and words narrow list and map together; accents do not matter; the count is true."""
    page = open_page(_html()).page
    expect(page.locator("#count")).to_have_text("12 incidents, 10 on the map", use_inner_text=True)
    page.locator(".chip", has_text="Strike").click()
    expect(page.locator("#count")).to_have_text("6 of 12 incidents shown, 6 on the map", use_inner_text=True)
    expect(page.locator(".pin-icon")).to_have_count(6)
    page.locator(".chip", has_text="denied").click()
    expect(page.locator(".pin-icon")).to_have_count(5)
    page.fill("#search", "mayadin")
    expect(page.locator("#rows-located .place")).to_have_text(["Al Mayādīn", "Abu Kamal"], use_inner_text=True)
    page.fill("#search", "no such words")
    expect(page.locator(".nothing")).to_have_text("Nothing fits the search and the filters.", use_inner_text=True)


def test_the_range_of_days_keeps_what_has_no_date(open_page: Open) -> None:
    """Narrowing the range hides what certainly lies outside; what has no date stays."""
    page = open_page(_html()).page
    last = page.locator(".range input >> nth=1")
    last.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert last.get_attribute("aria-valuetext") == "4 Mar 2024"
    shown = page.locator(".row .place").all_text_contents()
    assert "Ain al-Asad Air Base" in shown
    assert "Al Mayādīn" in shown
    assert "Jurf al-Nasr" not in shown
    page.locator(".reset").click()
    expect(page.locator(".row")).to_have_count(12)


def test_the_article_is_marked_and_bound_to_the_map(open_page: Open) -> None:
    """The text is the article's own; a click on a marked word opens its pin; the pin finds its sentence."""
    report = sample_report()
    page = open_page(_html()).page
    page.click("#tab-article")
    for index, sentence in enumerate(report.article.sentences):
        assert page.locator(f"#sentence-{index}").evaluate("node => node.textContent") == report.article.quote(sentence)
    page.locator("#article a.mark.place", has_text="Rutba").click()
    expect(page.locator(".card h2")).to_have_text("Ar Rutba", use_inner_text=True)
    page.keyboard.press("Escape")
    page.click(f"{_pin(3)} .body")
    assert page.locator("#article .current").inner_text() == report.article.quote(report.article.sentences[3])


def test_an_ambiguous_mention_says_why_it_was_not_placed(open_page: Open) -> None:
    """Tripoli could be two towns: both are named, neither is pinned."""
    page = open_page(_html()).page
    page.click("#tab-article")
    page.locator("#article .quiet-mark", has_text="Tripoli").click()
    card = page.locator(".card").inner_text()
    assert "several places of this name fit" in card
    assert "Libya" in card
    assert "Lebanon" in card


def test_a_link_shows_what_its_sender_saw(open_page: Open) -> None:
    """Filter, search, tab and chosen incident come back from the address; the view, but for what a card needs."""
    first = open_page(_html()).page
    first.locator(".chip", has_text="claimed").click()
    first.fill("#search", "raid")
    first.locator(".row >> nth=0").click()
    address = first.evaluate("location.hash")
    page = open_page(_html(), address).page
    assert page.locator("#search").input_value() == "raid"
    assert page.locator(".chip", has_text="claimed").get_attribute("aria-pressed") == "false"
    assert page.locator(".card h2").inner_text() == first.locator(".card h2").inner_text()
    (view, rest), (view_again, rest_again) = (
        one.removeprefix("#v=").split("&", 1) for one in (address, page.evaluate("location.hash"))
    )
    assert rest_again == rest
    sent, seen = (list(map(float, one.split("/"))) for one in (view, view_again))
    assert seen == pytest.approx(sent, abs=0.022)  # two pixels of this zoom


@pytest.mark.parametrize(
    "address", ["#v=x/y/z&t=a..b&off=..&id=nope&hide=zzz", "#%", "#v=99/999/999", "#t=2024-03-09..2024-03-01"]
)
def test_a_broken_address_is_harmless(open_page: Open, address: str) -> None:
    """Whatever stands in the address, the page opens and shows everything it can."""
    opened = open_page(_html(), address)
    opened.assert_quiet()
    expect(opened.page.locator(".row")).to_have_count(12)


def test_downloads_are_what_geomap_writes(open_page: Open) -> None:
    """The GeoJSON of the page holds the features of the file; the table has its rows; the report is the report."""
    report = sample_report()
    page = open_page(_html()).page

    def saved(name: str) -> str:
        with page.expect_download() as download:
            page.locator(".tools button", has_text=name).first.click()
        return download.value.path().read_text(encoding="utf-8")

    assert json.loads(saved("GeoJSON"))["features"] == json.loads(to_geojson(report))["features"]
    assert json.loads(
        saved("JSON") if page.locator(".tools button", has_text="JSON").count() == 1 else _last(page)
    ) == to_dict(report)
    lines = saved("CSV").lstrip("\ufeff").splitlines()
    assert len(lines) == 1 + len(features(report))
    assert lines[0].startswith("latitude,longitude,title,")


def _last(page: Any) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON", exact=True).click()
    text: str = download.value.path().read_text(encoding="utf-8")
    return text


def test_the_map_can_be_walked_with_the_keyboard(open_page: Open) -> None:
    """Next, previous, search, article, help and close by single keys, which can be switched off."""
    page = open_page(_html()).page
    title = page.locator(".card h2")
    page.keyboard.press("j")
    expect(title).to_have_text("Al-Qa'im District", use_inner_text=True)
    page.keyboard.press("j")
    expect(title).to_have_text("Jurf al-Nasr", use_inner_text=True)
    page.keyboard.press("k")
    expect(title).to_have_text("Al-Qa'im District", use_inner_text=True)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("#article")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.locator("#search").input_value() == "jk"
    page.fill("#search", "")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    page.locator("#help input").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".card")).to_have_count(0)


def test_every_control_can_be_reached_by_tab(open_page: Open) -> None:
    """Tab goes through tabs, search, chips, rows, files, zoom, legend and pins, each with a name."""
    page = open_page(_html()).page
    seen: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(NAME))
    assert all(seen)
    for wanted in (
        "Skip to",
        "Incidents",
        "Search",
        "Strike",
        "reported",
        "GeoJSON",
        "Keys",
        "Zoom in",
        "Legend",
        "3. Ain al-Asad",
        "First day",
    ):
        assert any(name.startswith(wanted) for name in seen), wanted


def test_an_empty_report_says_so(open_page: Open) -> None:
    """No incident: a calm page that says that nothing was found."""
    opened = open_page(render_map(empty_report(), config=MapConfig()))
    opened.assert_quiet()
    expect(opened.page.locator(".nothing")).to_have_text(
        "No strike and no attacked base was found in this article.", use_inner_text=True
    )


def test_without_scripts_the_whole_list_is_there(open_page: Open) -> None:
    """The list, the quotations, the reasons and the tallies can be read with JavaScript off."""
    report = sample_report()
    page = open_page(_html(), wait=False, java_script_enabled=False).page
    text = page.locator("noscript").inner_text()
    for one in report.incidents:
        assert report.article.quote(report.article.sentences[one.evidence[0].sentence]) in text
    for words in ("the sentence names no place", "about 160", "33.7856, 42.4412", "taken from its text"):
        assert words in text


def test_a_phone_shows_the_card_as_a_sheet(open_page: Open) -> None:
    """On 390 pixels the card is a sheet at the bottom and nothing is wider than the screen."""
    page = open_page(_html(), viewport={"width": 390, "height": 844}, has_touch=True).page
    page.locator(".row >> nth=2").click()
    expect(page.locator("#sheet .card h2")).to_have_text("Ain al-Asad Air Base", use_inner_text=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_as_part_of_another_page_only_the_map_is_shown(open_page: Open) -> None:
    """``#embed`` leaves the map."""
    page = open_page(_html(), "#embed=1").page
    expect(page.locator("#panel")).to_be_hidden()
    assert page.locator("#stage").bounding_box()["width"] == 1360


def test_other_places_named_are_a_quiet_layer(open_page: Open) -> None:
    """Places without an incident are dots; countries are not; the layer can be switched off, and the link keeps it."""
    page = open_page(_html()).page
    at = "(({x, y}) => [x, y])(map_geomap.latLngToContainerPoint([33.3406, 44.4009]))"
    box = page.locator("#stage").bounding_box()
    assert box is not None
    x, y = page.evaluate(at)
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator(".card h2")).to_have_text("Baghdad", use_inner_text=True)
    expect(page.locator(".card .region")).to_have_text("where it is reported from", use_inner_text=True)
    page.keyboard.press("Escape")
    page.locator(".legend label", has_text="Other places").locator("input").uncheck()
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator(".card")).to_have_count(0)
    assert "hide=mentions" in page.evaluate("location.hash")


def test_the_online_map_is_asked_for_by_the_reader_and_given_up_when_it_fails(open_page: Open) -> None:
    """Nothing is fetched until the layer is switched on; out of reach, the page's own map stays and says so."""
    tiles = {"tiles_url": "https://tiles.example/{z}/{x}/{y}.png", "tiles_attribution": "© Tile makers"}
    opened = open_page(_html(**tiles))
    opened.assert_quiet()
    page = opened.page
    layer = page.locator(".legend label", has_text="Online map").locator("input")
    layer.click()
    page.wait_for_function("document.getElementById('live').textContent !== ''")
    expect(page.locator("#live")).to_contain_text("cannot be reached")
    assert not layer.is_checked()
    assert "Tile makers" not in page.locator(".attribution").inner_text()
    assert opened.requests
    assert all(url.startswith("https://tiles.example/") for url in opened.requests)


def test_more_incidents_than_pins_are_drawn_on_a_canvas(open_page: Open) -> None:
    """Above the configured number an article is drawn as an archive is, its reading view included."""
    opened = open_page(_html(max_dom_pins=5))
    opened.assert_quiet()
    page = opened.page
    expect(page.locator(".pin-icon")).to_have_count(0)
    page.locator(".row").nth(2).click()
    expect(page.locator(".card h2")).to_have_text("Ain al-Asad Air Base", use_inner_text=True)
    expect(page.locator("path.area")).to_have_count(1)


def test_what_was_answered_and_the_answers_lead_to_each_other(open_page: Open) -> None:
    """From the raid to the attack it answered, and back."""
    page = open_page(_html()).page
    page.locator(".row").first.click()
    page.locator(".card .jump").click()
    expect(page.locator(".card h2")).to_have_text("Ain al-Asad Air Base", use_inner_text=True)
    expect(page.locator(".card .jump")).to_have_text(["1 Al-Qa'im District", "2 Jurf al-Nasr"], use_inner_text=True)


def test_the_source_opens_at_the_sentence(open_page: Open) -> None:
    """The link to the source names the first and last words of the sentence, safely written."""
    page = open_page(_html()).page
    page.locator(".row").nth(1).click()
    start = "https://news.example/2024/strikes-euphrates#:~:text="
    words = "A%20second%20raid%20hit%20a%20warehouse,the%20capital%2C%20the%20officials%20said."
    assert page.locator(".card footer a").get_attribute("href") == start + words
    page.fill("#search", "rutba")
    page.locator(".row").first.click()
    whole = "The%20ministry%20denied%20that%20a%20post%20in%20Rutba%20had%20been%20shelled."
    assert page.locator(".card footer a").get_attribute("href") == start + whole
