"""Text to ``Article``: checks that it is text, cuts it into sentences, gives it an id."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

from geomap.errors import ArticleError
from geomap.model import Article
from geomap.reading.sentences import split

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_REMEDY = "give a text file or an HTML page"
_SAMPLE = 8192
_FEW_CONTROLS = 5
_MOST_CONTROL_SHARE = 0.01


def make_article(
    text: str,
    *,
    id: str | None = None,  # noqa: A002  # the report's own word
    title: str | None = None,
    url: str | None = None,
    published_on: dt.date | None = None,
) -> Article:
    """Make an article of a text, which stays as it is.

    Parameters
    ----------
    text
        The article's text; a line is a paragraph.
    id
        Its identifier; without it the first 16 hexadecimal digits of the SHA-256 of the URL, or else of the text.
    title
        The title where it is known apart from the text.
    url
        Where it was published.
    published_on
        The day it was published.

    Raises
    ------
    ArticleError
        The text is blank, or is not text.
    """
    data = _checked(text)
    if id is None:
        id = hashlib.sha256(url.encode() if url else data).hexdigest()[:16]  # noqa: A001
    return Article(
        id=id,
        text=text,
        sentences=split(text, title),
        title=title,
        url=url,
        published_on=published_on,
    )


def _checked(text: str) -> bytes:
    """Return the text in UTF-8, or say why it cannot be an article."""
    if not text or text.isspace():
        raise ArticleError("the article is empty", hint="give a file or page with text in it")
    if "\0" in text:
        raise ArticleError(
            f"the text holds a NUL character at {text.index(chr(0))}: it is binary data",
            hint=_REMEDY,
        )
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(_FEW_CONTROLS, _MOST_CONTROL_SHARE * len(sample)):
        raise ArticleError(
            "the text is full of control characters: it is binary data", hint="give a text file or an HTML page"
        )
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"the text holds half a surrogate pair at character {error.start}", hint="decode it with the right encoding"
        ) from error
