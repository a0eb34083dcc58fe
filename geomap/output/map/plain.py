"""What the map says, as a plain list for browsers that run no scripts; every word of an article is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geomap.model import Aggregate, Report
from geomap.output.map.blocks import link, text

Words = Mapping[str, Any]
Feature = Mapping[str, Any]


def plain_article(report: Report, features: Sequence[Feature], words: Words) -> str:
    """Return an article's title, incidents, tallies and warnings as HTML."""
    article = report.article
    source = filter(None, [article.url and link(article.url, article.url), str(article.published_on or "")])
    parts = [
        plain_head(article.title or words["head.untitled"], " · ".join(source), words),
        plain_rows(features, words),
    ]
    if not features:
        parts.append(f"<p>{text(words['list.none'])}</p>")
    if report.aggregates:
        tallies = "".join(_tally(report, one) for one in report.aggregates)
        parts.append(f"<h2>{text(words['tally.title'])}</h2><p>{text(words['tally.hint'])}</p>{tallies}")
    parts += [f'<p dir="auto">{text(warning)}</p>' for warning in report.warnings]
    return "\n".join(filter(None, parts))


def plain_head(title: str, line: str, words: Words) -> str:
    """Return the note about scripts, a title, and a line of HTML under it."""
    return f'<p>{text(words["noscript"])}</p>\n<h1 dir="auto">{text(title)}</h1>\n<p>{line}</p>'


def plain_rows(features: Sequence[Feature], words: Words) -> str:
    """Return the features as two lists: what is on the map, and what is not, with the reason."""
    located = [_row(one, words) for one in features if one["geometry"]]
    others = [_row(one, words) for one in features if not one["geometry"]]
    parts = [f"<ol>{''.join(located)}</ol>" if located else ""]
    if others:
        heading = str(words["list.off_map"]).replace("{count}", str(len(others)))
        parts.append(f"<h2>{text(heading)}</h2><ol>{''.join(others)}</ol>")
    return "\n".join(filter(None, parts))


def _row(feature: Feature, words: Words) -> str:
    row = feature["properties"]
    dates = "/".join(sorted({day for day in (row["date_start"], row["date_end"]) if day}))
    facts = [words[f"category.{row['category']}"], words[f"status.{row['status']}"], dates]
    if feature["geometry"]:
        lon, lat = feature["geometry"]["coordinates"]
        facts.append(f"{lat:.4f}, {lon:.4f} ±{row['radius_m'] / 1000:g} km")
    facts.append(row["why_not_on_map"])
    line = " · ".join(text(fact) for fact in facts if fact)
    name = text(row["place"] or words["place.unknown"])
    return f'<li value="{row["number"]}"><strong dir="auto">{name}</strong> <span>{line}</span>{_quote(row)}</li>'


def _quote(row: Mapping[str, Any]) -> str:
    """Return the row's sentence with its trigger and its place marked."""
    if row["source_sentence"] is None:
        return ""
    ends = [(row[f"{name}_start"], row[f"{name}_end"]) for name in ("trigger", "mention")]
    spans = [(start, end) for start, end in ends if start is not None]
    return marked(row["source_sentence"], row["quote_start"], spans)


def marked(sentence: str, offset: int, spans: Sequence[tuple[int, int]]) -> str:
    """Return a sentence that stands at an offset of its article, with the article's spans marked in it."""
    pieces = []
    at = 0
    for start, end in sorted((start - offset, end - offset) for start, end in spans):
        if at <= start < end <= len(sentence):
            pieces.append(f"{text(sentence[at:start])}<mark>{text(sentence[start:end])}</mark>")
            at = end
    return f'<blockquote dir="auto">{"".join(pieces)}{text(sentence[at:])}</blockquote>'


def _tally(report: Report, aggregate: Aggregate) -> str:
    head = " · ".join([aggregate.count_as_written, ", ".join(aggregate.regions)])
    quotes = []
    for evidence in aggregate.evidence[:1]:
        sentence = report.article.sentences[evidence.sentence]
        spans = [(evidence.trigger[0], evidence.trigger[1])] if evidence.trigger else []
        quotes.append(marked(report.article.quote(sentence), sentence.start, spans))
    return f'<p dir="auto">{text(head)}</p>{"".join(quotes)}'
