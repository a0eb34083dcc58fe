"""The map of a store in a real browser: every outlet's own sentence, filters, links, hostile words, access for all."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

import pytest
from output_samples import sample_report
from playwright.sync_api import expect
from test_map_access import LOOKS, _violations
from test_map_safety import PAYLOADS
from view_samples import sample_events

from geomap.archive.nouns import Event, Source
from geomap.archive.views.page import store_page
from geomap.config import MapConfig
from geomap.model import Span
from geomap.output.map.index import StoreEntry, entry_of, render_index
from geomap.output.map.messages import languages, messages

Open = Callable[..., Any]

PRESS = """async () => {
  document.querySelector(".choice[open] input[type=checkbox]").click();
  await new Promise(requestAnimationFrame);
}"""


def processor_s(page: Any) -> float:
    """Return how long a page has kept its process busy, which other programs of the machine do not lengthen."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(found["ProcessTime"])


def page_of(events: Sequence[Event], **settings: Any) -> str:
    """Return the page of these events."""
    return store_page(events, config=MapConfig(**settings), title="Five events").html


def open_card(page: Any, place: str) -> Any:
    """Open the card of the event at a place and return it with all its details open."""
    page.locator(".row", has_text=place).first.click()
    card = page.locator(".card")
    for detail in card.locator("details").all():
        detail.evaluate("node => node.open = true")
    return card


@pytest.mark.browser
def test_a_card_quotes_every_outlet_with_its_own_sentence(open_page: Open) -> None:
    """Outlet, day, title, link and sentence of each article, with its trigger and its place marked; nothing fetched."""
    opened = open_page(page_of(sample_events()))
    page = opened.page
    expect(page.locator("h1")).to_have_text("Five events", use_inner_text=True)
    expect(page.locator("#head .source")).to_have_text("9 articles", use_inner_text=True)
    expect(page.locator("#count")).to_have_text("5 events, 4 on the map", use_inner_text=True)
    expect(page.locator(".pin-icon")).to_have_count(4)
    for event in sample_events():
        card = open_card(page, event.place_name or "")
        told = card.locator(".telling").all()
        assert len(told) == len(event.tellings)
        for node, one in zip(told, event.tellings, strict=True):
            sentence = one.quotes[0]
            assert node.locator("blockquote").evaluate("node => node.textContent") == sentence
            for name, span in (("trigger", one.trigger), ("place", one.mention)):
                assert span is not None
                assert node.locator(f"mark.{name}").evaluate("node => node.textContent") == sentence[slice(*span)]
            expect(node.locator(".outlet strong")).to_have_text(
                (one.source.outlet or "outlet not named"), use_inner_text=True
            )
            expect(node.locator(".headline")).to_have_text(one.source.title, use_inner_text=True)
            if one.source.url:
                assert (node.locator("a").get_attribute("href") or "").startswith(f"{one.source.url}#:~:text=")
        page.keyboard.press("Escape")
    opened.assert_quiet()


@pytest.mark.browser
def test_numbers_that_differ_are_a_range_with_who_says_what(open_page: Open) -> None:
    """Two, at least four and seven injured are "2 to 7", each with its outlet; three and three are one number."""
    page = open_page(page_of(sample_events())).page
    card = open_card(page, "Ain al-Asad")
    expect(card.locator(".numbers dt")).to_have_text(["Injured"], use_inner_text=True)
    assert card.locator(".numbers dd").first.inner_text().splitlines() == [
        "2 to 7", "2: euphrates.example", "at least 4: tigris.example", "7: wadi.example",
    ]  # fmt: skip
    expect(card.locator(".badges .grade")).to_have_text("3 sources, contested", use_inner_text=True)
    page.keyboard.press("Escape")
    card = open_card(page, "Mayādīn")
    expect(card.locator(".numbers")).to_have_count(0)
    assert card.locator("dl dd").all_inner_texts().count("3") == 1
    expect(card.locator(".badges .grade")).to_have_text("2 sources", use_inner_text=True)


@pytest.mark.browser
def test_a_card_says_why_its_tellings_were_joined(open_page: Open) -> None:
    """The score with what spoke for and against, or the name of the person who decided."""
    page = open_page(page_of(sample_events())).page
    joined = open_card(page, "Mayādīn").locator(".joined")
    expect(joined.locator("p")).to_have_text("delta.example (97% sure)", use_inner_text=True)
    assert joined.locator("li").all_inner_texts() == ["same place\n+2.1", "same day\n+1.4", "other weapon\n−0.6"]
    page.keyboard.press("Escape")
    decided = open_card(page, "Rutba").locator(".joined")
    expect(decided.locator("p, li")).to_have_text(
        ["euphrates.example (joined by Dana)", "the same post"], use_inner_text=True
    )
    page.keyboard.press("Escape")
    expect(open_card(page, "Hudaydah").locator(".joined")).to_have_count(0)


def shown(page: Any) -> list[str]:
    """Return the places in the list."""
    found: list[str] = page.locator(".row .place").all_text_contents()
    return sorted(found)


@pytest.mark.browser
def test_filters_by_grade_country_and_actor_change_what_is_shown(open_page: Open) -> None:
    """Nothing is hidden before one asks for it; every filter narrows list, map and count, and the link keeps it."""
    html = page_of(sample_events())
    page = open_page(html).page
    assert len(shown(page)) == 5
    page.locator(".chip", has_text="denied").click()
    page.locator(".chip", has_text="one source").click()
    assert shown(page) == ["Ain al-Asad Air Base", "Al Mayādīn"]
    expect(page.locator("#count")).to_have_text("2 of 5 events shown, 2 on the map", use_inner_text=True)
    page.locator(".chip", has_text="one source").click()
    page.locator(".choice", has_text="Country").locator("summary").click()
    page.get_by_label("Yemen").check()
    assert shown(page) == ["Al Hudaydah", "Yemen"]
    page.get_by_label("Iraq").check()
    assert shown(page) == ["Ain al-Asad Air Base", "Al Hudaydah", "Yemen"]
    page.locator(".choice", has_text="By").locator("summary").click()
    page.get_by_label("Coalition").check()
    assert shown(page) == ["Al Hudaydah"]
    expect(page.locator(".pin-icon")).to_have_count(1)
    address = page.evaluate("location.hash")
    again = open_page(html, address).page
    assert shown(again) == ["Al Hudaydah"]
    expect(again.locator(".choice.active")).to_have_count(2)
    again.locator(".choice", has_text="Country").locator("summary").click()
    again.get_by_role("button", name="Show all").click()
    assert shown(again) == ["Al Hudaydah", "Al Mayādīn"]


@pytest.mark.browser
def test_long_lists_of_actors_can_be_searched(open_page: Open) -> None:
    """Letters narrow the list without case and accents; Escape closes it and gives the focus back."""
    base = sample_events()[0]
    events = [dataclasses.replace(base, id=f"e{n}", actors=(f"Brigádé {n}",)) for n in range(150)]
    page = open_page(page_of(events)).page
    choice = page.locator(".choice", has_text="By")
    choice.locator("summary").click()
    choice.locator("label >> nth=99").wait_for()  # the list is filled when the browser says that it has opened
    expect(choice.locator("label")).to_have_count(100)
    assert "50 more" in choice.inner_text()
    page.keyboard.type("brigade 14")
    expect(choice.locator("label")).to_have_count(11)
    choice.get_by_label("Brigádé 149").check()
    expect(page.locator("#count")).to_contain_text("1 of 150")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('summary')")
    assert page.evaluate("document.querySelector('details.choice[open]')") is None


@pytest.mark.browser
def test_search_finds_the_words_of_every_outlet(open_page: Open) -> None:
    """Also a sentence that is not the first of its event, a title and an outlet."""
    page = open_page(page_of(sample_events())).page
    for words, place in (
        ("al-mayadeen residents", "Al Mayādīn"),
        ("عين الأسد", "Ain al-Asad Air Base"),
        ("wadi.ex", "Ain al-Asad Air Base"),
    ):
        page.fill("#search", words)
        expect(page.locator(".row .place")).to_have_text([place])


@pytest.mark.browser
def test_a_link_opens_the_event_it_names(open_page: Open) -> None:
    """The address holds the event's id; the card is there without a click."""
    page = open_page(page_of(sample_events()), "#id=e-mayadin").page
    page.wait_for_selector(".card .telling")
    expect(page.locator(".card h2")).to_have_text("Al Mayādīn", use_inner_text=True)


@pytest.mark.browser
def test_tellings_come_block_by_block(open_page: Open) -> None:
    """Cards are the same when every event has a block of its own, and above the limit of pins."""
    html = store_page(sample_events(), config=MapConfig(max_dom_pins=1), block=2).html
    assert len(re.findall('id="geomap-told-', html)) == 5
    opened = open_page(html)
    for event in sample_events():
        card = open_card(opened.page, event.place_name or "")
        expect(card.locator("blockquote")).to_have_text([one.quotes[0] for one in event.tellings], use_inner_text=True)
        opened.page.keyboard.press("Escape")
    opened.assert_quiet()


def hostile_events(words: str) -> list[Event]:
    """Return the sample with the payload in every text."""
    found = []
    for event in sample_events():
        tellings = []
        for one in event.tellings:
            source = Source(key=one.source.key, article_id=words, outlet=words, title=words, url=words)
            sentence = f"{words} raid on Qaim {words} said."
            marks = {"trigger": Span(len(words) + 1, len(words) + 5), "mention": Span(len(words) + 9, len(words) + 13)}
            more = {"attributed_to": words, "quotes": (sentence,), "place_name": f"other {words}", **marks}
            tellings.append(dataclasses.replace(one, source=source, **more))
        links = tuple(dataclasses.replace(link, reasons={words: 1.5}) for link in event.links)
        named = {
            "place_name": words,
            "admin1": words,
            "actors": (words, "other"),
            "targets": (words,),
            "country_code": words,
        }
        found.append(dataclasses.replace(event, tellings=tuple(tellings), links=links, **named, weapons=(words,)))
    return found


@pytest.mark.browser
@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_words_are_shown_and_never_run(open_page: Open, name: str) -> None:
    """Titles, outlets, sentences, places, actors and reasons are text, verbatim, in list, card and filters."""
    words = PAYLOADS[name]
    opened = open_page(store_page(hostile_events(words), config=MapConfig(), title=words).html)
    page = opened.page
    sentence = f"{words} raid on Qaim {words} said."
    assert page.locator("h1").evaluate("node => node.textContent") == words
    assert page.locator(".row .quote").first.evaluate("node => node.textContent") == sentence
    page.locator(".row").nth(1).click()
    for detail in page.locator(".card details").all():
        detail.evaluate("node => node.open = true")
    told = page.locator(".card .telling")
    expect(told).to_have_count(3)
    for node in told.all():
        assert node.locator("blockquote").evaluate("node => node.textContent") == sentence
        assert node.locator(".outlet strong").evaluate("node => node.textContent") == words
        assert node.locator(".headline").evaluate("node => node.textContent") == words
        expect(node.locator("mark.place")).to_have_text("Qaim", use_inner_text=True)
    assert words in page.locator(".card .joined").evaluate("node => node.textContent")
    page.keyboard.press("Escape")
    page.locator(".choice", has_text="By").locator("summary").click()
    page.locator(".choice[open] label").first.wait_for()
    assert words.split("; ")[0] in page.locator(".choice[open] ul").evaluate("node => node.textContent")
    opened.assert_quiet()
    expect(page.locator("img, iframe, object, embed")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(open_page: Open, look: str) -> None:
    """List, open filter and open card in each colour, language and size."""
    language, options = LOOKS[look]
    page = open_page(page_of(sample_events(), language=language), **options).page
    assert _violations(page) == []
    page.locator(".choice summary").first.click()
    assert _violations(page) == []
    page.keyboard.press("Escape")
    page.locator(".row").nth(1).click()
    page.wait_for_selector(".card .telling")
    for detail in page.locator(".card details").all():
        detail.evaluate("node => node.open = true")
    assert _violations(page) == []


@pytest.mark.browser
def test_the_page_gives_its_events_as_files(open_page: Open) -> None:
    """GeoJSON of what is shown, with the columns that the store's own export has."""
    page = open_page(page_of(sample_events())).page
    page.locator(".chip", has_text="denied").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="GeoJSON").click()
    assert download.value.suggested_filename == "events.geojson"
    features = json.loads(download.value.path().read_text(encoding="utf-8"))["features"]
    assert {one["id"] for one in features} == {"e-asad", "e-mayadin", "e-hodeidah", "e-yemen"}
    row = next(one["properties"] for one in features if one["id"] == "e-asad")
    assert (row["grade"], row["sources"], row["injured_low"], row["injured_high"]) == ("contested", 3, 2, 7)
    assert not {"told_block", "told_from", "lon"} & set(row)


def test_the_same_events_give_the_same_bytes() -> None:
    """No clock and no chance in the page."""
    assert page_of(sample_events()) == page_of(sample_events())


def test_a_sentence_is_carried_once() -> None:
    """The first telling's sentence stands with its event alone; whatever else repeats the event is left out, too."""
    html = page_of(sample_events())
    packed = re.search(r'id="geomap-told-0">([^<]+)<', html)
    assert packed is not None
    text = gzip.decompress(base64.b64decode(packed[1])).decode()
    for event in sample_events():
        first, *others = (one.quotes[0] for one in event.tellings)
        assert json.dumps(first, ensure_ascii=False) not in text
        assert all(json.dumps(one, ensure_ascii=False) in text for one in others)


def test_without_scripts_the_latest_events_are_a_list() -> None:
    """The part for browsers without scripts holds every event's place and sentence, escaped."""
    html = page_of(sample_events())
    part = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "The first 5 of 5 events." in part
    assert part.count("<li") == 5
    assert "<mark>struck</mark>" in part


def test_no_event_is_a_page_that_says_so() -> None:
    """An empty store is no error."""
    found = store_page([], config=MapConfig())
    assert found.counted.events == 0
    assert "There is no event in this store." in found.html


@pytest.mark.slow
@pytest.mark.browser
def test_a_hundred_thousand_events(open_page: Open) -> None:
    """With 250,000 tellings: opened in 3 s of work, filtered in half a second, every sentence searched in five."""
    import archive_events

    html = store_page(archive_events.events(100_000), config=MapConfig()).html
    assert len(html.encode()) < 36_000_000
    page = open_page(html).page
    assert processor_s(page) < 3
    page.wait_for_timeout(3000)
    page.locator(".choice summary").first.click()
    page.locator(".choice[open] label").first.wait_for()
    before = processor_s(page)
    for _ in range(4):
        page.evaluate(PRESS)
    assert processor_s(page) - before < 4 * 0.5
    before, before_words = processor_s(page), page.locator("#count").inner_text()
    page.fill("#search", "ministry officials")
    expect(page.locator("#count")).not_to_have_text(before_words, timeout=30_000)
    assert processor_s(page) - before < 5


def test_every_reason_of_the_matching_is_said_in_every_language() -> None:
    """English names its features as it shows them; the other languages translate each."""
    model = json.loads(files("geomap.archive.matching").joinpath("model.json").read_text(encoding="utf-8"))
    for language in set(languages()) - {"en"}:
        assert {f"reason.{name}" for name in model["weights"]} <= set(messages(language))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_list_of_stores(open_page: Open, scheme: str) -> None:
    """Archives and articles in one list, in both colours; a hostile title is text."""
    words = PAYLOADS["script"]
    entry = StoreEntry(href="a/map.html", title=words, events=5, located=4, articles=9, first="2024-03-04", last=None)
    html = render_index([entry_of(sample_report(), "b/map.html")], config=MapConfig(), stores=[entry])
    opened = open_page(html, color_scheme=scheme)
    assert _violations(opened.page) == []
    assert opened.page.locator(".stores tbody a").evaluate("node => node.textContent") == words
    opened.assert_quiet()
