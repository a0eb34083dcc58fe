"""Hostile words through every field that can carry text: shown as they are, never run."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import PROVENANCE, Draft, article_of, incident, place
from playwright.sync_api import expect

from geomap.config import MapConfig
from geomap.errors import ConfigError, OutputError
from geomap.model import Aggregate, Candidate, Place, Report
from geomap.output.map.blocks import fill, is_web_address, json_block, link, packed_block, text
from geomap.output.map.page import render_map

Open = Callable[..., Any]

PAYLOADS = {
    "script": "</script><script>window.__pwned=1</script>",
    "comment": "<!--<script>window.__pwned=1//-->",
    "image": '<img src=x onerror="window.__pwned=2">',
    "svg": '"><svg onload=window.__pwned=3>',
    "attribute": "\" onmouseover='window.__pwned=4' x=\"",
    "template": "${window.__pwned=5}",
    "backtick": "`+(window.__pwned=6)+`",
    "backslash": "\\`${window.__pwned=7}//",
    "path": "C:\\new\\temp\\unread",
    "jinja": "{{ 7*7 }} {% raw %} {# gone #} {{ cycler.__init__.__globals__ }}",
    "part": "@@DATA@@ @@APP@@ @@POLICY@@",
    "separators": "line\u2028 paragraph\u2029 end",
    "entities": "&lt;b&gt; &amp; &#x3c;",
    "noscript": "</noscript><img src=x onerror=window.__pwned=8>",
    "right to left": "\u202eevil\u202c and \u2066isolated\u2069",
    "style": "</style><style>body{display:none}</style>",
    "title": "</title><script>window.__pwned=9</script>",
    "astral": "📡 Attack 🎯 near <b>Qaim</b>",
    "prototype": "__proto__ constructor",
}


def hostile_report(words: str, address: str | None = None) -> Report:
    """Return a report whose every text is the payload."""
    sentence = f"{words} raid on Qaim {words} said."
    draft = Draft(article_of((("headline", words), ("body", sentence)), id=words, title=words, url=address or words))
    where = place(words, words, 41.0, 34.3, "ADM1", country_code="IQ", admin1=words, admin2=words, source=words)
    other = Candidate(place=place(words, words, 1.0, 2.0, "PPL", country_code=words, admin1=words), score=0.3)
    mention = draft.mention(1, "Qaim", "event_location", where, alternatives=(other,), why_not=words)
    draft.resolutions[mention] = dataclasses.replace(draft.resolutions[mention], reasons={words: 1.5})
    evidence = (draft.evidence(1, "raid", mention, words),)
    told: dict[str, Any] = {
        "relation": words,
        "sub_event_type": words,
        "date_as_written": words,
        "attributed_to": words,
    }
    many = {"actors": (words,), "targets": (words,), "weapons": (words,), "why_not_located": words}
    first = incident(words, where, evidence, group=words, caused_by="other", precision="province", **told, **many)
    second = incident("other", None, evidence, **told, **many)
    tally = Aggregate(
        count=3, count_as_written=words, regions=(words,), since=None, evidence=(draft.evidence(1, "raid", None),)
    )
    made = dataclasses.replace(PROVENANCE, gazetteer=words)
    return Report(
        article=draft.article,
        resolutions=tuple(draft.resolutions),
        roles=tuple(draft.roles),
        incidents=(first, second),
        aggregates=(tally,),
        provenance=made,
        warnings=(words,),
    )


def hostile_html(words: str, **settings: Any) -> str:
    """Return the page of such a report, with the payload in labels, credits and settings too."""
    label = Place(id="l", name=words, lon=41.5, lat=34.5, feature_code="PPLC", population=9_000_000)
    config = MapConfig(tiles_url="https://tiles.example/{z}/{x}/{y}.png", tiles_attribution=words, **settings)
    return render_map(hostile_report(words), config=config, labels=(label,), made_with=(words,))


@pytest.mark.browser
@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_words_are_shown_and_never_run(open_page: Open, name: str) -> None:
    """The payload stands verbatim in card, list, article and title; nothing runs and nothing is fetched."""
    words = PAYLOADS[name]
    opened = open_page(hostile_html(words))
    page = opened.page
    sentence = f"{words} raid on Qaim {words} said."
    assert page.locator("h1").evaluate("node => node.textContent") == words
    assert page.locator(".row .quote").first.evaluate("node => node.textContent") == sentence
    page.locator(".row").first.click()
    assert page.locator(".card h2").evaluate("node => node.textContent") == words
    assert page.locator(".card blockquote").first.evaluate("node => node.textContent") == sentence
    for detail in page.locator(".card details").all():
        detail.evaluate("node => node.open = true")
    card = page.locator(".card").evaluate("node => node.textContent")
    assert card.count(words) >= 10
    page.keyboard.press("Escape")
    page.click("#tab-article")
    assert page.locator("#sentence-1").evaluate("node => node.textContent") == sentence
    page.locator("#article a.mark.place").first.click()
    assert page.locator(".tally").evaluate("node => node.textContent").startswith(words)
    assert words in page.locator(".attribution").evaluate("node => node.textContent")
    assert words in page.locator(".leaflet-names-pane").evaluate("node => node.textContent")
    opened.assert_quiet()
    expect(page.locator("body")).to_be_visible()
    expect(page.locator("img, iframe, object, embed")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["script", "noscript", "attribute"])
def test_hostile_words_without_scripts(open_page: Open, name: str) -> None:
    """The plain list shows the payload as text, too."""
    words = PAYLOADS[name]
    page = open_page(hostile_html(words), wait=False, java_script_enabled=False).page
    shown = page.locator("noscript").evaluate("node => node.textContent")
    assert shown.count(words) >= 3
    expect(page.locator("noscript img, noscript svg, noscript script")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize(
    "address",
    [
        "javascript:window.__pwned=1",
        "data:text/html,<script>1</script>",
        "JaVaScRiPt:alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        " javascript:alert(1)",
        "//host/x",
        "no address",
    ],
)
def test_only_web_addresses_become_links(open_page: Open, address: str) -> None:
    """An address of another scheme is plain text everywhere."""
    report = hostile_report("x", address)
    opened = open_page(render_map(report, config=MapConfig()))
    opened.page.locator(".row").first.click()
    links = opened.page.evaluate("[...document.querySelectorAll('a[href]')].map((one) => one.protocol)")
    assert set(links) <= {"file:"}
    assert opened.page.locator("#head .source").inner_text().startswith(address.strip()[:8])
    opened.assert_quiet()


@pytest.mark.browser
def test_the_policy_stops_what_is_not_ours(open_page: Open) -> None:
    """A script or style that found its way in after all is not run."""
    opened = open_page(hostile_html("x"))
    opened.page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.__pwned = 1'; document.body.append(s)"
    )
    opened.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.__pwned=2\">')")
    opened.page.wait_for_timeout(100)
    assert opened.page.evaluate("window.__pwned") is None
    assert any("Content Security Policy" in message for message in opened.messages)


class _Scripts(HTMLParser):
    """Collects what a page asks a browser to load or to run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_page_is_the_same_code_whatever_the_words(name: str) -> None:
    """Elements, handlers and the policy do not depend on the article (checked by another parser)."""

    def code(html: str) -> list[tuple[str, tuple[str, ...]]]:
        parser = _Scripts()
        parser.feed(html)
        return [(tag, tuple(attrs)) for tag, attrs in parser.found]

    assert code(hostile_html(PAYLOADS[name])) == code(hostile_html("x"))
    hashes = [re.findall(r"sha256-[\w+/=]+", hostile_html(words)) for words in (PAYLOADS[name], "x")]
    assert hashes[0] == hashes[1]


@given(st.text())
def test_a_json_block_holds_any_text_and_ends_nowhere_else(words: str) -> None:
    """JSON reads the text back, and no character in it can end the element."""
    block = json_block("d", {"text": words})
    body = block.removeprefix('<script type="application/json" id="d">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(body)
    assert json.loads(body) == {"text": words}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_packed_block_holds_any_text_in_letters_and_digits(words: str) -> None:
    """Nothing in the element could be taken for HTML, and unpacked it is the text."""
    block = packed_block("d", {"text": words})
    body = block.removeprefix('<script type="text/plain" id="d">').removesuffix("</script>")
    assert re.fullmatch(r"[\w+/=]+", body, re.ASCII)
    assert json.loads(gzip.decompress(base64.b64decode(body))) == {"text": words}


def test_numbers_that_are_not_finite_are_refused() -> None:
    """JSON has no infinity."""
    with pytest.raises(OutputError, match="finite"):
        json_block("d", [float("inf")])


def test_what_is_filled_in_is_not_filled_again() -> None:
    """A part that looks like a name stays as it is."""
    assert fill("@@A@@ @@B@@", {"A": "@@B@@", "B": "b"}) == "@@B@@ b"


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://a.example/x", True),
        ("http://a.example", True),
        ("javascript:x", False),
        ("", False),
        (None, False),
        ("http://", False),
        ("http://[", False),
    ],
)
def test_web_addresses(address: str | None, good: bool) -> None:
    """Only http and https with a host are web addresses."""
    assert is_web_address(address) is good
    assert ("<a " in link(address, "words")) is good


def test_text_is_escaped_for_elements_and_attributes() -> None:
    """The five characters of HTML, and NUL, which HTML cannot hold."""
    assert text("<\"'&>\0") == "&lt;&quot;&#x27;&amp;&gt;\ufffd"


@pytest.mark.parametrize("address", ["javascript:alert(1)//{z}", "ftp://x/{z}/{x}/{y}", "data:image/png,{z}"])
def test_tiles_come_from_the_web_or_not_at_all(address: str) -> None:
    """A tile address of another scheme is a clear error."""
    with pytest.raises(ConfigError, match="tile address"):
        render_map(hostile_report("x"), config=MapConfig(tiles_url=address))
