"""An HTML page to the article's text, a paragraph a line, and what the page says about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from geomap.errors import ArticleError
from geomap.reading.captions import is_caption

_BLOCKS = (
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main ol p pre section table td th title tr ul"
).split()
_NOT_TEXT = ("script", "style", "noscript", "nav", "form", "button", "svg", "template", "iframe", "head", "footer")
_LINES_ABOVE = 3


class Page(NamedTuple):
    """What a page holds."""

    text: str
    title: str | None
    url: str | None
    published_on: dt.date | None


def extract(html: str, *, name: str, url: str | None = None) -> Page:
    """Extract the article of a page: its title, then the captions that name a source, then its paragraphs.

    Readers' comments, menus and links to other articles are left out.

    Raises
    ------
    ArticleError
        There is no text in the page.
    """
    captions, found = _find_article(html, url)
    lines = _nonblank((getattr(found, "text", None) or "").splitlines()) or _nonblank(_all_lines(html))
    if not lines:
        raise ArticleError(
            f"there is no text in the page {name}", hint="copy the article into a text file and give that"
        )
    title = getattr(found, "title", None) or None
    return Page(
        text=_arranged(title, captions, lines),
        title=title,
        url=getattr(found, "url", None) or None,
        published_on=_date(getattr(found, "date", None)),
    )


def _find_article(html: str, url: str | None) -> tuple[list[str], Any]:
    """Return the captions with a credit, and what trafilatura finds; None where it finds no article."""
    from trafilatura import bare_extraction, load_html

    if (tree := load_html(html)) is None:
        return [], None
    captions = [_words("".join(node.itertext())) for node in tree.iter("figcaption")]
    found = bare_extraction(
        tree,
        url=url,
        include_comments=False,
        with_metadata=True,
        prune_xpath="//figcaption",  # a caption without its credit would look like the body
        date_extraction_params={"original_date": True, "extensive_search": False},  # found, not guessed
    )
    return list(filter(is_caption, captions)), found


def _nonblank(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if not line.isspace() and line]


def _arranged(title: str | None, captions: Sequence[str], lines: Sequence[str]) -> str:
    """Put the title first, once, then the captions."""
    headline = _words(title or "")
    body = [line for number, line in enumerate(lines) if number >= _LINES_ABOVE or _words(line) != headline]
    return "\n".join(filter(None, [headline, *dict.fromkeys(captions), *body]))


def _all_lines(html: str) -> list[str]:
    """Return all text of a page in which no article was found, a block a line."""
    import lxml.html

    try:
        tree = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except lxml.etree.ParserError:
        return []
    for node in list(tree.iter(*_NOT_TEXT)):
        node.drop_tree()
    for node in tree.iter(*_BLOCKS):
        node.text = "\n" + (node.text or "")
        node.tail = "\n" + (node.tail or "")
    return [words for line in tree.text_content().splitlines() if (words := _words(line))]


def _words(text: str) -> str:
    return " ".join(text.split())


def _date(written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        return None
