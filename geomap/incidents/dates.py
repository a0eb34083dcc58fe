"""When: dates as the news writes them, relative to the day of publication.

A bare weekday is the day of publication itself if it is that weekday, else the latest one before it. "Overnight" spans
two days. What cannot be known stays open.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from geomap.incidents.lexicons import Words
from geomap.incidents.lines import Line

WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar"})
NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
NUMBERS |= {"a": 1, "an": 1, "several": 3, "few": 3, "couple": 2}
UNITS = {"minutes": 0, "hour": 0, "hours": 0, "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30}
UNITS |= {"year": 365, "years": 365, "decade": 3650, "decades": 3650}
PARTS = frozenset({"night", "evening", "morning", "afternoon", "midnight", "noon"})
OLDEST_YEAR, NEWEST_YEAR = 1900, 2100
REPORTS = frozenset({"said", "told", "statement", "reported", "announced", "says", "reporters", "tweeted", "confirmed"})


class When(NamedTuple):
    """A window of time: its words, its days (None where open or unknown) and ACLED's precision 1 to 3.

    ``speech`` says that something was said then, ``since`` that it only begins a period, ``bygone`` that it is history.
    """

    first: int
    last: int
    start: dt.date | None
    end: dt.date | None
    precision: int | None
    speech: bool = False
    bygone: bool = False
    since: bool = False


def find_dates(line: Line, published: dt.date | None) -> tuple[When, ...]:
    """Return the time expressions of a line in order."""
    found, last = list[When](), 0
    for i in [i for i, word in enumerate(line.words) if word in _STARTS or word[0].isdigit()]:
        when = _when_at(line, i, published) if i >= last else None
        if when is not None:
            since = "since" in line.words[max(0, when.first - 2) : when.first]
            speech = _is_of_speech(line.words, when.first, when.last)
            found.append(when._replace(speech=speech, since=since, end=published if since else when.end))
            last = when.last
    return tuple(found)


def _when_at(line: Line, i: int, published: dt.date | None) -> When | None:
    word = line.words[i]
    for reader in _READERS if word in _DATED or word[0].isdigit() else (_relative,):
        when = reader(line, i, published)
        if when is not None:
            return when
    return None


def _is_of_speech(words: Words, first: int, last: int) -> bool:
    """Tell whether a date is when something was said: "told reporters on Monday", "said Monday"."""
    before = words[max(0, first - 4) : first]
    close = bool(before) and (
        before[-1] in REPORTS or (before[-1] in {"on", "late", "early"} and before[-2:-1] and before[-2] in REPORTS)
    )
    return close or words[last : last + 1] in {("that",), ("told",)}


def _weekday(line: Line, i: int, published: dt.date | None) -> When | None:
    word = line.words[i]
    if word not in WEEKDAYS or not line.texts[i][0].isupper():
        return None
    last = i + 1
    while line.word(last) in PARTS:
        last += 1
    first = i - 1 if line.word(i - 1) in {"last", "next", "this", "early", "late"} else i
    if published is None:
        return When(first, last, None, None, None)
    day = published - dt.timedelta(days=(published.weekday() - WEEKDAYS[word]) % 7)
    if line.word(i - 1) == "last" and day == published:
        day -= dt.timedelta(days=7)
    end = (
        day + dt.timedelta(days=1)
        if line.word(i + 1) == "night" and day < published and line.word(i - 1) == "overnight"
        else day
    )
    return When(first, last, day, end, 1)


def _month_day(line: Line, i: int, published: dt.date | None) -> When | None:
    """Read "3 February 2024", "February 3", "Feb. 3, 2024", "mid-October", "in January"."""
    words = line.words
    month = MONTHS.get(words[i].rstrip("."), 0)
    if not month or not line.texts[i][0].isupper():
        return None
    before, behind = _day_number(line.word(i - 1)), _day_number(line.word(i + 1))
    day, first, last = (before, i - 1, i + 1) if before else (behind, i, i + 2 if behind else i + 1)
    year, last = _year_behind(words, last)
    if not day and not year and words[i] in AMBIGUOUS_MONTHS and line.word(i - 1) not in _MONTH_CUES:
        return None
    if day:
        return _single(first, last, _date(year, month, day, published), bygone=_is_past_year(year, published))
    return _month(line, i, last, month, year, published)


_MONTH_CUES = frozenset({"in", "since", "last", "this", "early", "late", "mid", "of", "until", "during"})


def _day_number(word: str) -> int:
    bare = word.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return int(bare) if bare.isdigit() and 0 < int(bare) <= 31 else 0


def _year_behind(words: Words, i: int) -> tuple[int, int]:
    at = i + 1 if words[i : i + 1] == (",",) else i
    word = words[at] if at < len(words) else ""
    if word.isdigit() and OLDEST_YEAR <= int(word) <= NEWEST_YEAR:
        return int(word), at + 1
    return 0, i


def _date(year: int, month: int, day: int, published: dt.date | None) -> dt.date | None:
    """Return a day; without a year the latest one not after publication."""
    if not year and published is None:
        return None
    chosen = year or (published.year if published else 0)
    try:
        found = dt.date(chosen, month, day)
    except ValueError:
        return None
    if not year and published and found > published + dt.timedelta(days=1):
        return found.replace(year=chosen - 1) if (month, day) != (2, 29) else None
    return found


def _is_past_year(year: int, published: dt.date | None) -> bool:
    return bool(year and published and year < published.year - 1)


def _single(first: int, last: int, day: dt.date | None, *, bygone: bool) -> When:
    return When(first, last, day, day, 1 if day else None, bygone=bygone)


def _month(line: Line, i: int, last: int, month: int, year: int, published: dt.date | None) -> When:
    part = line.word(i - 1)
    first = i - 1 if part in {"mid", "early", "late", "last"} else i
    begin = _date(year, month, {"mid": 15, "late": 21}.get(part, 1), published)
    if begin is None:
        return When(first, last, None, None, None)
    final = {"early": 10, "mid": 20}.get(part, calendar.monthrange(begin.year, month)[1])
    end = begin.replace(day=final)
    if published and begin <= published < end:
        end = published
    return When(first, last, begin, end, 3, bygone=_is_past_year(year, published))


def _iso(line: Line, i: int, published: dt.date | None) -> When | None:  # noqa: ARG001
    word = line.words[i]
    if not (word.isdigit() and len(word) == 4 and i + 2 < len(line.words)):
        return None
    month, day = line.words[i + 1], line.words[i + 2]
    if (
        len(month) == len(day) == 2
        and month.isdigit()
        and day.isdigit()
        and line.starts[i + 1] == line.starts[i] + len(word) + 1
    ):
        found = _date(int(word), int(month), int(day), None)
        return _single(i, i + 3, found, bygone=False) if found else None
    return None


def _year(line: Line, i: int, published: dt.date | None) -> When | None:
    """Read "in 2020", "since 2014"."""
    word = line.words[i]
    if not (word.isdigit() and len(word) == 4 and OLDEST_YEAR <= int(word) <= NEWEST_YEAR):
        return None
    if line.word(i - 1) not in {
        "in",
        "since",
        "of",
        "the",
        "during",
        "early",
        "late",
        "from",
        "summer",
        "and",
        "by",
        "(",
        "after",
        "winter",
        "spring",
        "to",
        "autumn",
        "around",
    }:
        return None
    year = int(word)
    bygone = published is not None and year < published.year
    return When(i, i + 1, dt.date(year, 1, 1), dt.date(year, 12, 31), 3, bygone=bygone)


def _relative(line: Line, i: int, published: dt.date | None) -> When | None:
    """Read "overnight", "yesterday", "last week", "at dawn" and their like."""
    for words, (back_from, back_to, precision) in _RELATIVE.get(line.words[i], ()):
        if line.words[i : i + len(words)] == words:
            last = i + len(words)
            if published is None:
                return When(i, last, None, None, None)
            return When(i, last, _ago(published, back_from), _ago(published, back_to), precision)
    return None


def _ago(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(days=days)


def _before(line: Line, i: int, published: dt.date | None) -> When | None:
    """Read "three weeks ago", "two years earlier", "the past 48 hours"."""
    words = line.words
    if words[i] not in UNITS:
        return None
    amount = _amount(line.word(i - 1))
    if amount and line.word(i + 1) in {"ago", "earlier", "before", "previously"}:
        days = amount * UNITS[words[i]]
        slack = 0 if UNITS[words[i]] <= 1 else UNITS[words[i]] // 2
        if published is None:
            return When(i - 1, i + 2, None, None, None, bygone=UNITS[words[i]] >= 365)
        return When(
            i - 1, i + 2, _ago(published, days + slack), _ago(published, max(0, days - slack)), 2 if slack else 1
        )
    if amount and line.word(i - 2) in {"past", "last"} and published is not None:
        return When(i - 2, i + 1, _ago(published, max(1, amount * UNITS[words[i]])), published, 2)
    return None


def _amount(word: str) -> int:
    return int(word) if word.isdigit() and len(word) < 5 else NUMBERS.get(word, 0)


def _table(rows: Sequence[tuple[str, int, int, int]]) -> dict[str, tuple[tuple[Words, tuple[int, int, int]], ...]]:
    found: dict[str, list[tuple[Words, tuple[int, int, int]]]] = {}
    for text, start, end, precision in rows:
        words = tuple(text.split())
        found.setdefault(words[0], []).append((words, (start, end, precision)))
    return {first: tuple(sorted(rest, key=lambda r: -len(r[0]))) for first, rest in found.items()}


_RELATIVE = _table(
    [
        ("overnight", 1, 0, 1),
        ("last night", 1, 0, 1),
        ("at dawn", 1, 0, 1),
        ("before dawn", 1, 0, 1),
        ("pre dawn", 1, 0, 1),
        ("predawn", 1, 0, 1),
        ("in the early hours", 1, 0, 1),
        ("early hours", 1, 0, 1),
        ("yesterday", 1, 1, 1),
        ("today", 0, 0, 1),
        ("tonight", 0, 0, 1),
        ("this morning", 0, 0, 1),
        ("this afternoon", 0, 0, 1),
        ("this evening", 0, 0, 1),
        ("earlier today", 0, 0, 1),
        ("the previous day", 1, 1, 1),
        ("a day earlier", 1, 1, 1),
        ("earlier this week", 7, 0, 2),
        ("this week", 7, 0, 2),
        ("last week", 13, 1, 2),
        ("the weekend", 7, 0, 2),
        ("this weekend", 3, 0, 2),
        ("last weekend", 9, 1, 2),
        ("in recent days", 7, 0, 2),
        ("earlier this month", 31, 0, 3),
        ("this month", 31, 0, 3),
        ("last month", 62, 1, 3),
        ("in recent weeks", 42, 0, 3),
        ("in recent months", 180, 0, 3),
        ("earlier this year", 365, 0, 3),
        ("this year", 365, 0, 3),
        ("last year", 730, 180, 3),
    ]
)
_DATED = frozenset(WEEKDAYS) | frozenset(MONTHS) | frozenset(UNITS)
_STARTS = frozenset(_RELATIVE) | _DATED
_READERS = (_relative, _iso, _month_day, _weekday, _before, _year)
