"""What the map says, as a plain list for browsers that run no scripts."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.model import Aggregate, Evidence, Incident, Report, Span
from geomap.output.geojson import category, is_pinned
from geomap.output.map.blocks import link, text
from geomap.output.map.messages import messages


def plain_list(report: Report, incidents: Sequence[Incident], language: str) -> str:
    """Return title, incidents, tallies and warnings as HTML; every word of the article is escaped."""
    words = messages(language)
    article = report.article
    located = [_row(report, one, number, words) for number, one in enumerate(incidents, 1) if is_pinned(one)]
    others = [_row(report, one, number, words) for number, one in enumerate(incidents, 1) if not is_pinned(one)]
    source = " · ".join(filter(None, [article.url and link(article.url, article.url), str(article.published_on or "")]))
    parts = [
        f"<p>{text(words['noscript'])}</p>",
        f'<h1 dir="auto">{text(article.title or words["head.untitled"])}</h1>',
        f"<p>{source}</p>",
        f"<ol>{''.join(located)}</ol>" if located else "",
    ]
    if others:
        heading = str(words["list.off_map"]).replace("{count}", str(len(others)))
        parts.append(f"<h2>{text(heading)}</h2><ol>{''.join(others)}</ol>")
    if not incidents:
        parts.append(f"<p>{text(words['list.none'])}</p>")
    if report.aggregates:
        tallies = "".join(_tally(report, one) for one in report.aggregates)
        parts.append(f"<h2>{text(words['tally.title'])}</h2><p>{text(words['tally.hint'])}</p>{tallies}")
    parts += [f'<p dir="auto">{text(warning)}</p>' for warning in report.warnings]
    return "\n".join(filter(None, parts))


def _row(report: Report, incident: Incident, number: int, words: dict[str, object]) -> str:
    place = incident.place
    first = incident.evidence[0] if incident.evidence else None
    name = text(place.name if place else words["place.unknown"])
    dates = "/".join(sorted({str(day) for day in (incident.date_start, incident.date_end) if day}))
    facts = [str(words[f"category.{category(incident)}"]), str(words[f"status.{incident.status}"]), dates]
    if is_pinned(incident) and place:
        facts.append(f"{place.lat:.4f}, {place.lon:.4f} ±{incident.radius_km:g} km")
    elif incident.why_not_located:
        facts.append(incident.why_not_located)
    line = " · ".join(text(fact) for fact in facts if fact)
    quote = _quote(report, first) if first else ""
    return f'<li value="{number}"><strong dir="auto">{name}</strong> <span>{line}</span>{quote}</li>'


def _quote(report: Report, evidence: Evidence) -> str:
    """Return a sentence with its trigger and place marked."""
    sentence = report.article.sentences[evidence.sentence]
    spans = [evidence.trigger] if evidence.trigger else []
    if evidence.mention is not None:
        mention = report.resolutions[evidence.mention].mention
        spans.append(Span(mention.start, mention.end))
    pieces = []
    at = sentence.start
    for start, end in sorted(spans):
        if start >= at and end <= sentence.end:
            marked = text(report.article.quote(Span(start, end)))
            pieces.append(f"{text(report.article.quote(Span(at, start)))}<mark>{marked}</mark>")
            at = end
    pieces.append(text(report.article.quote(Span(at, sentence.end))))
    return f'<blockquote dir="auto">{"".join(pieces)}</blockquote>'


def _tally(report: Report, aggregate: Aggregate) -> str:
    head = " · ".join([aggregate.count_as_written, ", ".join(aggregate.regions)])
    quotes = "".join(_quote(report, one) for one in aggregate.evidence[:1])
    return f'<p dir="auto">{text(head)}</p>{quotes}'
