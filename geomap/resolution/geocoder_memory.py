"""What is remembered of a server across runs and processes, in one SQLite file apart from the gazetteer.

Its answers (OpenStreetMap data, ODbL), when it was last asked, and until when it wants to be left alone. Only answers
that were checked are kept, never faults; that a name is unknown is believed for a shorter time.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from geomap.errors import ConfigError
from geomap.resolution.geocoder_answers import LICENCE, Answer, BadAnswerError, Question, read_hits

SCHEMA = 1
DAY_S = 86_400.0
LONGEST_PAUSE_S = 30 * DAY_S
_BUSY_S = 10.0  # longest wait for another process to finish writing a row
_TABLES = """
create table if not exists answer (server text, question text, hits integer, results text, asked_at real, licence text,
                                   primary key (server, question));
create table if not exists turn (server text primary key, last_at real);
create table if not exists pause (server text, user_agent text, until real, reason text,
                                  primary key (server, user_agent));
"""


class Pause(NamedTuple):
    """Until when (seconds since 1970) a server is not asked, and why."""

    until: float
    reason: str


class Memory:
    """The file, as one operator uses it with one server.

    Every call opens a connection of its own, so that threads and processes may share it.
    """

    def __init__(self, file: Path, *, server: str, user_agent: str, ttl_days: float, negative_ttl_days: float) -> None:
        self.file = file
        self._server, self._user_agent = server, user_agent
        self._life_s, self._negative_life_s = ttl_days * DAY_S, negative_ttl_days * DAY_S

    def prepare(self) -> None:
        """Make the file where there is none.

        Raises
        ------
        ConfigError
            It cannot be written, or is not one of ours.
        """
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            # one process at a time: SQLite does not wait for another that is switching the journal
            with self.turn(_BUSY_S), closing(self._connect()) as base, base:
                version = base.execute("pragma user_version").fetchone()[0]
                if version not in (0, SCHEMA):
                    raise ConfigError(f"the geocoder's memory {self.file} is of version {version}", hint=_REMEDY)
                base.execute("pragma journal_mode=wal")
                base.executescript(_TABLES)
                base.execute(f"pragma user_version={SCHEMA}")
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(f"cannot use the geocoder's memory {self.file}: {error}", hint=_REMEDY) from error

    def recall(self, question: Question) -> Answer | None:
        """Return what the server answered, None where it was not asked or too long ago."""
        found = self._ask("select hits, results, asked_at from answer where server = ? and question = ?",
                          self._server, _key(question))  # fmt: skip
        if found is None:
            return None
        hits, results, asked_at = found
        age = time.time() - asked_at
        if not -DAY_S <= age <= (self._life_s if hits else self._negative_life_s):
            return None
        try:
            return Answer(hits=read_hits(json.loads(results)))
        except (BadAnswerError, ValueError):  # somebody else wrote into the file
            return None

    def keep(self, question: Question, results: list[Any]) -> None:
        """Remember checked results, and forget what is too old for anybody."""
        now = time.time()
        row = (self._server, _key(question), len(results), json.dumps(results, ensure_ascii=False), now, LICENCE)
        with closing(self._connect()) as base, base:
            base.execute("insert or replace into answer values (?, ?, ?, ?, ?, ?)", row)
            base.execute("delete from answer where asked_at < ?", (now - max(self._life_s, self._negative_life_s),))

    def pause(self) -> Pause | None:
        """Return for how long the server is not to be asked, None where it may be."""
        found = self._ask("select until, reason from pause where server = ? and user_agent = ?",
                          self._server, self._user_agent)  # fmt: skip
        if found is None or not time.time() < found[0] <= time.time() + LONGEST_PAUSE_S:
            return None
        return Pause(*found)

    def rest(self, seconds: float, reason: str) -> None:
        """Leave the server alone for some time."""
        until = time.time() + min(seconds, LONGEST_PAUSE_S)
        with closing(self._connect()) as base, base:
            row = (self._server, self._user_agent, until, reason)
            base.execute("insert or replace into pause values (?, ?, ?, ?)", row)

    def note_request(self) -> None:
        """Note that the server is asked now."""
        with closing(self._connect()) as base, base:
            base.execute("insert or replace into turn values (?, ?)", (self._server, time.time()))

    def wait_s(self, interval_s: float) -> float:
        """Return how long to wait until the interval since the last request is over."""
        found = self._ask("select last_at from turn where server = ?", self._server)
        waited = time.time() - found[0] if found else interval_s
        return min(max(0.0, interval_s - waited), interval_s)  # a clock that was set back must not make us wait

    @contextmanager
    def turn(self, patience_s: float) -> Iterator[bool]:
        """Hold the only turn of all threads and processes; False where none came up in time.

        The lock is a transaction on a file of its own: it ends with its process, whatever becomes of that.
        """
        lock = sqlite3.connect(f"{self.file}-turn", timeout=max(patience_s, 0.01), isolation_level=None)
        with closing(lock):
            try:
                lock.execute("begin immediate")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
                yield False
                return
            yield True

    def count(self) -> int:
        """Return how many answers are remembered."""
        found = self._ask("select count(*) from answer")
        return int(found[0]) if found else 0

    def _ask(self, sql: str, *values: str) -> tuple[Any, ...] | None:
        with closing(self._connect()) as base:
            found: tuple[Any, ...] | None = base.execute(sql, values).fetchone()
            return found

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=_BUSY_S)


def _key(question: Question) -> str:
    return json.dumps([question.text, *sorted(question.countries), question.language], ensure_ascii=False)


_REMEDY = "delete it, or name another file in nominatim.cache_file"
