"""Text to paragraphs: its lines, or the blocks of lines of a hard-wrapped text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from geomap.model import Span

_BREAKS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"\S(?:[^{_BREAKS}]*\S)?")
_ONE_BREAK = re.compile(rf"[^{_BREAKS}]*(?:\r\n|[\n\r\u2028])[^{_BREAKS}]*")
_COMPLETE = re.compile(r"(?<!\.[^\W\d_])[.!?:…؟۔][\"'”’»)\]]*$")
_BULLETS = tuple("-*•‣–—·")
_WRAPPED_WIDTH = range(50, 101)
_FULL = 0.6
_FEWEST_JOINS = 3


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text in order, trimmed of white space."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    joined = _wrapped_lines(text, lines)
    if not joined:
        return lines
    blocks: list[Span] = []
    for number, line in enumerate(lines):
        if number in joined:
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return blocks


def _wrapped_lines(text: str, lines: Sequence[Span]) -> set[int]:
    """Return the numbers of the lines that continue the line before; none unless the text is hard-wrapped.

    A text is hard-wrapped where no line is longer than 100 characters and full, unfinished lines are continued by
    the next, at least half of the time in lower case (a list of headlines is not), or all in capitals.
    """
    width = max((line.end - line.start for line in lines), default=0)
    if width not in _WRAPPED_WIDTH:
        return set()
    joined = {
        number
        for number, (line, after) in enumerate(pairwise(lines), start=1)
        if line.end - line.start >= _FULL * width and _continues(text, line, after)
    }
    in_lower_case = sum(text[lines[number].start].islower() for number in joined)
    convincing = in_lower_case * 2 >= len(joined) or text.isupper()
    return joined if len(joined) >= _FEWEST_JOINS and convincing else set()


def _continues(text: str, line: Span, after: Span) -> bool:
    return (
        _ONE_BREAK.fullmatch(text, line.end, after.start) is not None
        and not text.startswith(_BULLETS, after.start)
        and not _COMPLETE.search(text, max(line.start, line.end - 6), line.end)
    )
