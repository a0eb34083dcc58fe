"""Says of every paragraph what it is: headline, body, caption or boilerplate (what the site says, not the article)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geomap.model import Span, Zone
from geomap.reading.captions import is_caption, is_header_caption
from geomap.reading.datelines import opens_with_agency
from geomap.reading.furniture import is_boilerplate, is_comments_line

_WORDS = re.compile(r"[^\W_]+")
_FULL_STOP = re.compile(r"(?<![.][^\W\d_])[.:。۔؟।…][\"'”’»)\]]*$")  # not the last one of "U.S."
_FEWEST_PROSE_WORDS = 6
_MOST_HEADLINE_WORDS = 30
_MOST_HEADLINE_CHARACTERS = 220
_MOST_HEADLINES = 5
_FEWEST_TITLE_WORDS = 3
_MOST_PLACE_WORDS = 2


def zone_paragraphs(text: str, lines: Sequence[Span], title: str | None = None) -> list[Zone]:
    """Return the zone of every paragraph.

    Headlines need a body below them: a text of short lines alone, or of one line, is body.
    """
    paragraphs = [text[line.start : line.end] for line in lines]
    prose = [_is_prose(paragraph) or opens_with_agency(paragraph) for paragraph in paragraphs]
    zones = [_furniture(paragraph) for paragraph in paragraphs]
    if not any(written and zone == "body" for written, zone in zip(prose, zones, strict=True)):
        zones = ["body" if written or zone == "caption" else zone for written, zone in zip(prose, zones, strict=True)]
    _close_at_comments(paragraphs, prose, zones)
    lead = _lead(paragraphs, prose, zones)
    heads = [number for number in range(lead) if zones[number] == "body"]
    for number in heads if len(heads) <= _MOST_HEADLINES else heads[:1]:
        zones[number] = "headline"
    if heads and zones[heads[-1]] == "headline" and _is_place_line([paragraphs[number] for number in heads]):
        zones[heads[-1]] = "dateline"
    _mark_titles(paragraphs, prose, zones, title)
    return zones


def _furniture(paragraph: str) -> Zone:
    if is_boilerplate(paragraph):
        return "boilerplate"
    return "caption" if is_caption(paragraph) else "body"


def _is_prose(paragraph: str) -> bool:
    """Tell whether a paragraph is written in sentences: it ends in a full stop, or is too long for a headline."""
    if len(paragraph) > _MOST_HEADLINE_CHARACTERS:
        return True
    words = paragraph.count(" ") + 1
    return words > _MOST_HEADLINE_WORDS or (
        words >= _FEWEST_PROSE_WORDS and _FULL_STOP.search(paragraph, max(0, len(paragraph) - 5)) is not None
    )


def _close_at_comments(paragraphs: Sequence[str], prose: Sequence[bool], zones: list[Zone]) -> None:
    """Mark everything from the line "Comments" on as boilerplate, where an article stands above it."""
    seen_prose = False
    for number, paragraph in enumerate(paragraphs):
        seen_prose = seen_prose or (prose[number] and zones[number] == "body")
        if is_comments_line(paragraph):
            last = len(zones) if seen_prose else number + 1
            zones[number:last] = ["boilerplate"] * (last - number)
            if seen_prose:
                return


def _lead(paragraphs: Sequence[str], prose: Sequence[bool], zones: list[Zone]) -> int:
    """Return the number of the first paragraph of prose, marking captions above it; 0 where there is none."""
    candidates = [number for number, zone in enumerate(zones) if zone == "body" and prose[number]]
    while len(candidates) > 1 and is_header_caption(paragraphs[candidates[0]]):
        candidates.pop(0)
    lead = candidates[0] if candidates else 0
    for number in range(lead):
        if zones[number] == "body" and is_header_caption(paragraphs[number]):
            zones[number] = "caption"
    return lead


def _is_place_line(heads: Sequence[str]) -> bool:
    """Tell whether the last line above the body is a dateline of its own: "ISTANBUL" below an ordinary headline."""
    *above, last = heads
    return (
        last.isupper()
        and len(last.split()) <= _MOST_PLACE_WORDS
        and any(len(line.split()) > _MOST_PLACE_WORDS and not line.isupper() for line in above)
    )


def _mark_titles(paragraphs: Sequence[str], prose: Sequence[bool], zones: list[Zone], title: str | None) -> None:
    """Mark the lines that repeat the title, or a headline found above them, as headline."""
    if all(len(paragraph) > _MOST_HEADLINE_CHARACTERS for paragraph in paragraphs):  # a text of one line
        return
    told = set(_keys(title)) if title else set()
    known = set(told)
    for number, paragraph in enumerate(paragraphs):
        if zones[number] == "headline":
            known.update(_keys(paragraph))
        elif zones[number] == "body" and len(paragraph) <= _MOST_HEADLINE_CHARACTERS:
            same = told if prose[number] else known
            if same and _key(paragraph) in same:
                zones[number] = "headline"


def _keys(title: str) -> Iterator[str]:
    """Yield the words of a title, with and without the name of the site behind a bar or dash."""
    for part in (title, re.split(r"\s[|–—-]\s", title)[0]):
        words = _key(part)
        if words.count(" ") + 1 >= _FEWEST_TITLE_WORDS:
            yield words


def _key(paragraph: str) -> str:
    return " ".join(_WORDS.findall(paragraph.casefold()))
