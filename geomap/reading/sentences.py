"""Text to sentences: rules cut the paragraphs, and every sentence knows its zone.

The text itself is never changed: sentences are spans of it, trimmed of white space, and every character that is not
white space lies in exactly one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from geomap.model import Sentence, Zone
from geomap.reading.abbreviations import BEFORE_NUMBERS, FIRMS, MONTHS, STARTERS, STATES, TITLES
from geomap.reading.datelines import find_datelines
from geomap.reading.furniture import is_credit
from geomap.reading.paragraphs import paragraphs
from geomap.reading.zones import zone_paragraphs

_TERMINATORS = ".!?…؟۔।。！？"
_CLOSERS = "\"'”’»›)\\]）」』"
_STOP = re.compile(
    rf"(?P<mark>[{_TERMINATORS}](?<![{_TERMINATORS}\[(].)[{_TERMINATORS}]*+)"  # a set in front is looked for fast
    rf"(?=(?P<closed>(?:[{_CLOSERS}]|\s[”»)\]](?=\s)|\[\d{{1,3}}\])*))(?P=closed)"  # all of it; [1] is a note
    rf"(?:(?=\s)"
    rf"|(?<=[。！？」』])"  # no space is written there
    rf"|(?<=[^\W\d_A-Z]{{2}}\.)(?=[A-Z][a-z])"  # scraped pages lose spaces: "troops.The"
    rf"|(?<=[^\W\d_A-Z]\.[”\"])(?=[A-Z“]))"
    rf"(?=\s*+(?P<next>)[\"'“‘«‹(\[¿¡]*+"
    rf"(?P<following>(?:a[dlnrstz]|ash|el)-(?=[A-Z])|\w\.|\w++|\S)?)"  # "al-Qaida" may open one
)
_LAST = re.compile(r"[^\s\"'“‘«‹(\[\-–—/]*+$")
_GOES_ON = f"{_TERMINATORS},;:"
_BLANKS = re.compile(r"\s*")
_WORDS = re.compile(r"[^\W_]+")
_OPENING = re.compile(r"([^\W_]+)(?:[\W_]+([^\W_]+))?")
_LONGEST_ABBREVIATION = 20
_LISTED = frozenset(word.lower() for word in TITLES | BEFORE_NUMBERS | MONTHS | STATES | FIRMS)
_FEWEST_REPEATED_WORDS = 5
_Piece = tuple[int, int, Zone]  # start, end


def split(text: str, title: str | None = None) -> tuple[Sentence, ...]:
    """Cut a text into sentences with their zones.

    Parameters
    ----------
    text
        The text that the offsets index.
    title
        The article's title where it is known apart from the text; a line equal to it is headline.
    """
    pieces = list(_pieces(text, title))
    return tuple(
        [
            Sentence(start=start, end=end, zone=zone, repeats=earlier)
            for (start, end, zone), earlier in zip(pieces, _repeats(text, pieces), strict=True)
        ]
    )


def _pieces(text: str, title: str | None) -> Iterator[_Piece]:
    lines = paragraphs(text)
    zones = zone_paragraphs(text, lines, title)
    datelines = find_datelines(text, lines, zones)
    for number, (line, zone) in enumerate(zip(lines, zones, strict=True)):
        start = line.start
        if (dateline := datelines.get(number)) is not None:
            yield *dateline, "dateline"
            start = _skip_blanks(text, dateline.end)
        for first, end in _cut(text, start, line.end):
            yield first, end, "boilerplate" if zone == "body" and is_credit(text[first:end]) else zone


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the sentences of the paragraph ``text[start:end]``, which is trimmed of white space."""
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends_sentence(text, start, stop):
            yield start, stop.end()
            start = stop.start("next")
    if start < end:
        yield start, end


def _skip_blanks(text: str, start: int) -> int:
    match = _BLANKS.match(text, start)
    return match.end() if match else start


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    mark, _, _, following = stop.groups("")
    if following and (following in _GOES_ON or (following[0].islower() and following[-1] != "-")):
        return False
    return mark != "." or not _is_abbreviation(text, start, stop.start(), following)


def _is_abbreviation(text: str, start: int, dot: int, following: str) -> bool:
    """Tell whether the full stop at ``dot`` belongs to the word before it and the sentence goes on."""
    word = text[text.rfind(" ", start, dot) + 1 : dot]
    if len(word) > 1 and word.isalpha() and word.lower() not in _LISTED:  # nearly always
        return False
    last = _LAST.search(text, max(start, dot - _LONGEST_ABBREVIATION), dot)
    word = last.group() if last else ""
    word = word.capitalize() if word.isupper() and len(word) > 1 and "." not in word else word  # TEXT IN CAPITALS
    if word in TITLES:
        return True
    if word in BEFORE_NUMBERS or word in MONTHS:
        return following[:1].isdigit()
    if word.isdigit():
        return dot - len(word) == start  # the number of a list's item
    return _may_end(word) and following.capitalize() not in STARTERS


def _may_end(word: str) -> bool:
    """Tell whether a word is an abbreviation at which a sentence may end or go on: an initial, U.S., p.m., Va., Inc."""
    if word in STATES or word in FIRMS:
        return True
    parts = word.split(".")
    return (len(word) == 1 or len(parts) > 1) and all(part.isalpha() and len(part) <= 2 for part in parts)


def _repeats(text: str, pieces: Sequence[_Piece]) -> Sequence[int | None]:
    """Return for each sentence the number of the first one with the same words.

    A sentence of the body repeats only the body: its headline or caption may say the same in fewer facts. The words
    of a sentence are only looked at where another one opens with the same two.
    """
    folded = _folded(text)
    openings = [(words := _OPENING.search(folded, start, end)) and words.groups() for start, end, _ in pieces]
    numbers: list[int | None] = [None] * len(pieces)
    times = Counter(openings)
    if len(times) == len(pieces):
        return numbers
    anywhere: dict[str, int] = {}
    in_body: dict[str, int] = {}
    for number, (start, end, zone) in enumerate(pieces):
        if times[openings[number]] == 1:
            continue
        same = _WORDS.findall(text[start:end].casefold())
        key = " ".join(same)
        earlier = numbers[number] = (in_body if zone == "body" else anywhere).get(key)
        if earlier is None and len(same) >= _FEWEST_REPEATED_WORDS:
            anywhere.setdefault(key, number)
            if zone == "body":
                in_body[key] = number
    return numbers


def _folded(text: str) -> str:
    """Return the text in one case, at the same offsets."""
    folded = text.casefold()  # never makes a character shorter
    if len(folded) == len(text):
        return folded
    return "".join([one if len(one := letter.casefold()) == 1 else letter for letter in text])
