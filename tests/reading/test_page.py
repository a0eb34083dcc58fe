"""HTML pages to text."""

from pathlib import Path

import pytest

from geomap.errors import ArticleError
from geomap.reading.page import extract
from geomap.reading.sentences import split

PAGES = Path(__file__).parent / "pages"


def test_an_agencys_page():
    """Title, credited caption, paragraphs a line each; no menu, script, comment, notice or uncredited caption."""
    page = extract((PAGES / "agency.html").read_text(encoding="utf-8"), name="agency.html")
    lines = page.text.splitlines()
    assert lines[:2] == [page.title, "The camp’s gate in March. Photo: Example News/Handout"]
    assert [line.split()[0] for line in lines[2:]] == ["RUTBA,", "Nobody", "A"]
    assert page.text.count(page.title) == 1
    for word in ("Kirkuk", "Attack on the capital", "Atlantis", "rights reserved", "another country", "&amp;"):
        assert word not in page.text


def test_the_zones_of_an_agencys_page():
    """What is extracted is zoned like a text file."""
    text = extract((PAGES / "agency.html").read_text(encoding="utf-8"), name="agency.html").text
    zones = [s.zone for s in split(text)]
    assert zones[0] == "headline"
    assert zones[1:3] == ["caption", "caption"]
    assert zones[3] == "dateline"
    assert set(zones[4:]) == {"body"}


def test_a_page_without_an_article():
    """All its text then, a block a line."""
    text = extract((PAGES / "bare.html").read_text(encoding="utf-8"), name="bare.html").text
    assert text.splitlines() == ["Raid on a camp", "Two hurt.", "More later"]


@pytest.mark.parametrize("html", ["", " ", "<html></html>", "<!-- x -->"])
def test_a_page_without_text(html):
    """Said so, with a remedy."""
    with pytest.raises(ArticleError, match=r"no text in the page a\.html") as caught:
        extract(html, name="a.html")
    assert caught.value.hint


def test_declared_xml_is_read():
    """An XHTML page with an encoding declaration is text already."""
    declaration = "<?xml version='1.0' encoding='utf-8'?>"
    html = f"{declaration}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Raid – on a camp.</p></body></html>"
    assert extract(html, name="a.xhtml").text == "Raid – on a camp."


def test_a_page_never_says_a_day_it_does_not_hold():
    """Without a date in the page there is none."""
    page = extract("<html><body><article><p>Soldiers repelled a raid on a camp.</p></article></body></html>", name="a")
    assert page.published_on is None
