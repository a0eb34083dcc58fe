"""Finds the dateline that opens an article's body: "ERBIL, Kurdistan Region - ", "KYIV, Ukraine (Reuters) -"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.model import Span, Zone
from geomap.reading.abbreviations import STARTERS

_DATELINE = re.compile(
    r"(?P<places>[^\W\d_][^(){}\[\]:;!?\"“”—–\n]{1,80}?)"
    r"(?P<agency>\s{0,3}\((?P<name>[^()\n]{2,40})\)\.?|\s{0,3}/\s{0,3}[A-Z][A-Z0-9 ]{1,20}/\.?)?"
    r"(?P<mark>\s{0,3}(?:--+|[—–])\s*|\s{0,3}-\s+|:\s+|(?<=/)\.?\s+)"
)
_AGENCY_ALONE = re.compile(
    r"\((?:AP|AFP|Reuters|UPI|dpa|DPA|EFE|ANI|PTI|IANS|Xinhua|CNN|BBC)\)\s*(?:--+|[—–-])\s+|[A-Z]\w+ News\s*/\s+"
)
_MARK = re.compile(r"[-–—:/]")
_LONGEST_DATELINE = 150
_LINKS = frozenset("and of the de la le du des el al ad an ar as ash at az near on in und y et".split())
_LABELS = frozenset(
    "BREAKING UPDATE UPDATED EXCLUSIVE WATCH VIDEO LIVE OPINION ANALYSIS EXPLAINER FACTBOX FILE PHOTO PHOTOS NOTE "
    "EDITOR CORRECTION ALERT URGENT DEVELOPING MORE READ RELATED NEWS SUMMARY TIMELINE BACKGROUND COMMENT".split()
)
_MOST_WORDS = 9
_MOST_WORDS_OF_A_PLACE = 4
_MOST_WORDS_IN_CAPITALS = 3
_PARAGRAPHS_TRIED = 3
_SHORTEST_CAPITALS = 3


def find_datelines(text: str, lines: Sequence[Span], zones: Sequence[Zone]) -> dict[int, Span]:
    """Return the datelines by the number of the paragraph they open, without the white space behind them.

    Only the first paragraphs of the body can have one; later ones open with it only where the article is repeated.
    """
    body = [number for number, zone in enumerate(zones) if zone == "body"]
    for number in body[:_PARAGRAPHS_TRIED]:
        if (dateline := _dateline(text, lines[number], first=number == body[0])) is not None:
            written = text[dateline.start : dateline.end]
            return {
                other: Span(lines[other].start, lines[other].start + len(written))
                for other in body
                if text.startswith(written, lines[other].start) and len(written) < lines[other].end - lines[other].start
            }
    return {}


def opens_with_agency(paragraph: str) -> bool:
    """Tell whether a paragraph opens with a dateline that names an agency; no headline does."""
    match = _DATELINE.match(paragraph) if _MARK.search(paragraph, 0, _LONGEST_DATELINE) else None
    return (
        match is not None and match["agency"] is not None and _is_dateline(match, paragraph[match.end() :], first=False)
    )


def _dateline(text: str, line: Span, *, first: bool) -> Span | None:
    """Return the dateline of a paragraph; there must be text behind it, and not in lower case."""
    if not _MARK.search(text, line.start, min(line.end, line.start + _LONGEST_DATELINE)):
        return None
    match = _AGENCY_ALONE.match(text, line.start, line.end)
    if match is None:
        match = _DATELINE.match(text, line.start, line.end)
        if match is None or not _is_dateline(match, text[match.end() : min(match.end() + 20, line.end)], first=first):
            return None
    if match.end() >= line.end:
        return None
    return Span(line.start, line.start + len(match.group().rstrip()))


def _is_dateline(match: re.Match[str], after: str, *, first: bool) -> bool:
    """Tell whether what stands before the dash is an agency's dateline, or in the first paragraph a plain place."""
    places = re.split(r"[,/]| and ", match["places"])
    words = " ".join(places).split()
    if len(words) > _MOST_WORDS or after[:1].islower() or words[0] in _LABELS or not all(map(_fits, words)):
        return False
    if match["agency"]:
        return True
    if len(places[0].split()) > (_MOST_WORDS_IN_CAPITALS if after.isupper() else _MOST_WORDS_OF_A_PLACE):
        return False
    if places[0].isupper() and sum(map(str.isalpha, places[0])) >= _SHORTEST_CAPITALS:
        return True
    spaced = match["mark"][0].isspace() and not match["mark"].isspace()
    if len(places) > 1:
        return spaced or ("-" in match["mark"] and places[-1].strip().isupper())  # "Damascus, SANA- "
    return spaced and first and words[0] not in STARTERS and len(words[0]) >= _SHORTEST_CAPITALS


def _fits(word: str) -> bool:
    """Tell whether a word can stand in a dateline: part of a name, a date, or a link between names."""
    return not word[0].islower() or word in _LINKS or word.startswith(("al-", "el-", "ad-", "an-", "ar-", "as-"))
