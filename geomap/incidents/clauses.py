"""Where one clause ends and another begins: what stands behind "after" or "while" tells of something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.incidents.lexicons import Lexicons
from geomap.incidents.lines import Line, phrase_at

CAUSE, CLAUSE, RELATIVE, REPORT, STOP = "cause", "clause", "relative", "report", "stop"
STOPS = frozenset({";"})
OPENING = 3
KINDS = {"cause": CAUSE, "clause": CLAUSE, "relative": RELATIVE, "verbs_report": REPORT}


class Break(NamedTuple):
    """A word (``at`` up to ``end``) that parts two clauses, and how."""

    at: int
    end: int
    kind: str


def find_breaks(line: Line, lexicons: Lexicons) -> tuple[Break, ...]:
    """Return the breaks of a line in order."""
    found, last = list[Break](), 0
    starts = lexicons.break_starts
    for i in [i for i, word in enumerate(line.words) if word in starts]:
        mark = _break_at(line, i, lexicons) if i >= last else None
        if mark is not None:
            found.append(mark)
            last = mark.end
    comma = _end_of_opening(line, found)
    return tuple(found) if comma is None else tuple(sorted([*found, Break(comma, comma + 1, STOP)]))


def _end_of_opening(line: Line, breaks: Sequence[Break]) -> int | None:
    """Return the comma that ends an opening clause: "Hours after the strikes, ..."."""
    if not breaks or breaks[0].at > OPENING or breaks[0].kind not in {CAUSE, CLAUSE}:
        return None
    for i in range(breaks[0].end + 1, len(line.words) - 1):
        if line.words[i] == "," and not (line.spot_at[i - 1] >= 0 and line.spot_at[i + 1] >= 0):
            return i
    return None


def kinds_between(breaks: Sequence[Break], start: int, end: int) -> set[str]:
    """Return the kinds of the breaks that stand between two words."""
    return {b.kind for b in breaks if start <= b.at < end}


def clause_of(line: Line, breaks: Sequence[Break], at: int, kinds: frozenset[str]) -> tuple[int, int]:
    """Return the words from the last break of some kinds before a word to the next one behind it."""
    start = 0
    for mark in breaks:
        if mark.kind not in kinds:
            continue
        if mark.at > at:
            return start, mark.at
        if mark.end <= at:
            start = mark.end
    return start, len(line.words)


def _break_at(line: Line, i: int, lexicons: Lexicons) -> Break | None:
    word = line.words[i]
    if word in STOPS:
        return Break(i, i + 1, STOP)
    for section in lexicons.break_starts[word]:
        kind, length = KINDS[section], phrase_at(line, i, section, lexicons)
        if length and not _is_harmless(line, i, kind, lexicons):
            return Break(i, i + length, kind)
    return None


def _is_no_cause(line: Line, i: int, lexicons: Lexicons) -> bool:
    word, following = line.words[i], line.word(i + 1)
    if word in {"since", "answered"}:
        return line.word(i + 2) in lexicons.sets["day_parts"] or following == "in"  # "answered in kind"
    timed = following in lexicons.sets["time_after"] or line.word(i - 1) == "the"
    return word in {"after", "following"} and timed


def _is_harmless(line: Line, i: int, kind: str, lexicons: Lexicons) -> bool:
    """Tell the uses that part nothing: "after midnight", "as well as", "since Monday", "that day", "even the"."""
    word, following = line.words[i], line.word(i + 1)
    if kind == CAUSE:
        return _is_no_cause(line, i, lexicons)
    if word == "as":
        return following in {"well", "many", "part", "much", "far", "of"} or line.word(i - 1) in {
            "well",
            "such",
            "known",
        }
    if kind == REPORT:
        return "what" in line.words[max(0, i - 4) : i] or line.word(i - 1) in {"was", "were"}
    if word == "since" or (word == "but" and line.word(i - 1) == "all"):
        return True  # "all but destroyed the base"
    if word in {"that", "so"}:
        return following in {"of", "day", "night", "time", "far", "town", "city"}
    return word == "even" and following != "though"
