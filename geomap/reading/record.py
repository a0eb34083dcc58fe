"""One record of an archive to an article: the fields of a JSON line or a table's row, which tell what is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from geomap.model import Article, Span
from geomap.reading.article import make_article


def article_of(fields: Mapping[str, Any]) -> tuple[Article, list[Span] | None]:
    """Make the article of ``{"id", "text", "title"?, "url"?, "published_on"?, "mentions"?}``, and the given spans.

    Raises
    ------
    ArticleError
        The text is blank, or is not text.
    ValueError, KeyError, TypeError, AttributeError
        The fields are not those of an article.
    """
    day = fields.get("published_on")
    article = make_article(
        fields["text"], id=str(fields["id"]), title=fields.get("title"), url=fields.get("url"),
        published_on=dt.date.fromisoformat(day) if day else None,
    )  # fmt: skip
    mentions = fields.get("mentions")
    return article, None if mentions is None else [_span(one, len(article.text)) for one in mentions]


def _span(given: Mapping[str, int], length: int) -> Span:
    span = Span(given["start"], given["end"])
    if not 0 <= span.start < span.end <= length:
        raise ValueError(f"the mention at {span.start} to {span.end} does not lie in the text")
    return span
