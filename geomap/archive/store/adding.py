"""Reports go in: each article once, a newer report of it in place of the older, batch by batch.

A batch is one transaction; what is reported as written is on the disk. It does not matter how reports are cut into
batches, nor whether they are added again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from geomap.archive.nouns import Telling
from geomap.archive.store import loading
from geomap.archive.store.carrying import carry_over, no_longer
from geomap.archive.store.matcher import MATCHER, Matcher
from geomap.archive.store.opening import Store
from geomap.archive.store.schema import article, event
from geomap.archive.store.working import Working
from geomap.archive.store.writing import next_fid, update_rows, write
from geomap.archive.tellings import article_key, outlet_of, tellings
from geomap.errors import ArticleError
from geomap.output.report import SCHEMA

BATCH = 1000
_Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became durable: articles by what happened to them, tellings that came, events before and after.

    ``lost`` has a line for each decision about a telling that its article no longer has.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    outdated: int = 0
    tellings: int = 0
    founded: int = 0
    lost: tuple[str, ...] = ()

    @property
    def articles(self) -> int:
        """How many reports were dealt with."""
        return self.added + self.replaced + self.unchanged + self.outdated

    def __add__(self, other: Written) -> Written:
        return Written(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


class Arrival(NamedTuple):
    """An article on its way in: its row, and what it tells, each with its blocks."""

    row: dict[str, Any]
    told: dict[str, tuple[Telling, tuple[str, ...]]]


def add(
    store: Store, reports: Iterable[_Data], *, batch: int = BATCH, matcher: Matcher | None = None
) -> Iterator[Written]:
    """Add reports (plain data, as ``docs/report.md`` has it); yield after every transaction what it wrote.

    Raises
    ------
    ArticleError
        A report is damaged. What was yielded before stays.
    """
    chosen, waiting = matcher or MATCHER, iter(reports)
    while True:
        with loading.no_collecting():
            arrivals = [_arrival(report, chosen) for report in islice(waiting, batch)]
            if not arrivals:
                return
            with store.writing() as db:
                written = _add(db, arrivals, chosen)
        yield written


def add_reports(store: Store, found: Iterable[tuple[str, Any]], *, batch: int = BATCH) -> Iterator[Written]:
    """Add what `geomap.output.stored.stored_data` yields: reports, each with where it stands.

    Raises
    ------
    ArticleError
        One is no report, or a damaged one; the message names it. What was yielded before stays.
    """
    yield from add(store, (_checked(where, data) for where, data in found), batch=batch)


def _checked(where: str, data: Any) -> _Data:
    """Return a report whose sentences lie within its text."""
    schema = data.get("schema") if isinstance(data, dict) else type(data).__name__
    if schema != SCHEMA:
        hint = "make it with geomap report"
        raise ArticleError(f"{where}: this is not a report of schema {SCHEMA!r} but {schema!r}", hint=hint)
    try:
        length = len(data["article"]["text"])
        whole = all(0 <= one["start"] < one["end"] <= length for one in data["sentences"])
    except (KeyError, TypeError) as error:
        name = f"{type(error).__name__}: {error}"
        raise ArticleError(
            f"{where}: the report is damaged ({name})", hint="make it again with geomap report"
        ) from error
    if not whole:
        raise ArticleError(f"{where}: a sentence lies outside its article", hint="make it again with geomap report")
    return dict(data)


def _arrival(report: _Data, matcher: Matcher) -> Arrival:
    try:
        found = tellings(report)
        key = found[0].source.key if found else article_key(report["article"])
        return Arrival(_row(report, key), {one.key: (one, matcher.blocking_keys(one)) for one in found})
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        name = f"{type(error).__name__}: {error}"
        told = f"the report of article {report.get('article', {}).get('id')!r}"
        raise ArticleError(f"{told} is damaged ({name})", hint="make it again with geomap report") from error


def _row(report: _Data, key: str) -> dict[str, Any]:
    told, made = report["article"], report["provenance"]
    return {
        "key": key,
        "article_id": told["id"],
        "outlet": outlet_of(told["url"]),
        "title": told["title"],
        "url": told["url"],
        "published_on": dt.date.fromisoformat(told["published_on"]) if told["published_on"] else None,
        "geomap": made["geomap"],
        "gazetteer": made["gazetteer"],
        "config_sha256": made["config_sha256"],
    }


def _add(db: Connection, arrivals: Sequence[Arrival], matcher: Matcher) -> Written:
    known = loading.known_articles(db, (one.row["key"] for one in arrivals))
    held = _held(db, known)
    work, numbers = _prepare(db, arrivals, held, matcher)
    rows: dict[str, dict[str, Any]] = {}
    counts: Counter[str] = Counter()
    for one in arrivals:
        step = _step(held.get(one.row["key"]), one)
        counts[step] += 1
        if step in _COMES:
            rows[one.row["key"]] = one.row
            held[one.row["key"]] = _apply(work, held.get(one.row["key"]), one)
    _write_articles(db, rows, known)
    write(db, work, numbers)
    carry_over(db, work.renamed)
    founded = len(work.changed - numbers.events.keys()) - len(work.gone & numbers.events.keys())
    return Written(**counts, tellings=len(work.new), founded=founded, lost=no_longer(db, work.lost))


class Held(NamedTuple):
    """An article that the store has: its row, and its tellings with the ids of their events."""

    row: Mapping[str, Any]
    told: dict[str, tuple[Telling, str]]


def _held(db: Connection, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Held]:
    before = loading.tellings_of(db, known)
    return {key: Held(row, {one.key: (one, name) for one, name in before.get(key, ())}) for key, row in known.items()}


def _step(held: Held | None, one: Arrival) -> str:
    """Return what is to be done with an article, by what the store has of it."""
    if held is None:
        return "added"
    same = {key: telling for key, (telling, _) in held.told.items()} == {k: t for k, (t, _) in one.told.items()}
    if same and all(held.row[name] == value for name, value in one.row.items()):
        return "unchanged"
    return "outdated" if _version(one.row["geomap"]) < _version(held.row["geomap"]) else "replaced"


_COMES = frozenset({"added", "replaced"})


def _comes(held: Held | None, one: Arrival) -> bool:
    return _step(held, one) in _COMES


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text))


def _prepare(
    db: Connection, arrivals: Sequence[Arrival], held: Mapping[str, Held], matcher: Matcher
) -> tuple[Working, loading.Numbers]:
    """Return the events that the arrivals can touch."""
    times = Counter(one.row["key"] for one in arrivals)
    wanted = [one for one in arrivals if times[one.row["key"]] > 1 or _comes(held.get(one.row["key"]), one)]
    again = {one.row["key"] for one in wanted if one.row["key"] in held}
    home = loading.homes(db, again) if again else {}
    found = loading.leads(db, (key for one in wanted for _, keys in one.told.values() for key in keys))
    names = {name for _, _, name in found} | {name for name, _ in home.values()}
    names |= {name for key in again for _, name in held[key].told.values()}

    def taken(name: str) -> bool:
        return db.execute(select(event.c.fid).where(event.c.id == name)).first() is not None

    numbers = loading.Numbers()
    events = loading.load_events(db, names, numbers)
    work = Working(matcher=matcher, events=events, home=home, known=again, taken=taken)
    by_number = {number: key for key, number in numbers.tellings.items()}
    for key, number, name in found:
        work.lead(key, by_number[number], name)
    return work, numbers


_NONE = (None, ())


def _apply(work: Working, held: Held | None, one: Arrival) -> Held:
    """Take away what the article no longer tells, or tells otherwise; place what is new; return what it tells now."""
    before = held.told if held else {}
    now = {key: (telling, name) for key, (telling, name) in before.items() if one.told.get(key, _NONE)[0] == telling}
    for key, (_, name) in before.items():
        if key not in now:
            work.remove(key, name)
    gone = [telling for key, (telling, _) in before.items() if key not in one.told]
    work.follow(gone, [telling for key, (telling, _) in one.told.items() if key not in before])
    for key, (telling, keys) in one.told.items():
        if key not in now:
            now[key] = telling, work.place(telling, keys)
    return Held(one.row, now)


def _write_articles(db: Connection, rows: Mapping[str, dict[str, Any]], known: Mapping[str, Any]) -> None:
    now, fid = dt.datetime.now(dt.UTC), next_fid(db, article)
    new = [row for key, row in rows.items() if key not in known]
    if new:
        db.execute(insert(article), [row | {"fid": n, "added_at": now} for n, row in enumerate(new, fid)])
    update_rows(
        db, article, [row | {"fid": known[key]["fid"], "added_at": now} for key, row in rows.items() if key in known]
    )
