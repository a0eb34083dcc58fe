"""A store opened by its location: a file, or the address of a PostgreSQL database.

A transaction that writes holds the only turn of all processes from its start, so that what it reads stays true until
it is done: ``BEGIN IMMEDIATE`` on SQLite, an advisory lock on PostgreSQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from geomap.archive.store.geopackage import add_functions
from geomap.archive.store.versions import create, require_current, version_of
from geomap.errors import OutputError, UsageError

WAIT_S = 60
# One connection stays open: what it has read stays in memory, the log of a file is not put away after each transaction,
# and a server is not asked in anew for every question.
_KEPT: Any = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": -1}
LOCK = 0x67656F6D6170  # "geomap", for PostgreSQL's advisory lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open store. ``location`` is how messages name it, without a password."""

    engine: Engine
    location: str

    @property
    def is_file(self) -> bool:
        """Tell whether it is the embedded kind."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store, whatever others write meanwhile."""
        with self._explained(), self.engine.connect() as connection:
            if not self.is_file:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is the only one to write; it is durable when the block ends.

        Raises
        ------
        OutputError
            Somebody else has been writing for longer than a minute.
        """
        with (
            self._explained(),
            self.engine.connect().execution_options(geomap_writes=True) as connection,
            connection.begin(),
        ):
            if not self.is_file:
                connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_S}s'"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            yield connection

    def close(self) -> None:
        """Give everything back."""
        self.engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _explain(error, self.location) from error


@contextmanager
def open_store(location: str, *, make: bool = False, check: bool = True) -> Iterator[Store]:
    """Open a store.

    Parameters
    ----------
    location
        Path of a file, or ``postgresql://USER@HOST/DATABASE``.
    make
        Make it where there is none yet.
    check
        Refuse a store whose tables are of another version.

    Raises
    ------
    OutputError
        There is no store, it cannot be reached, or it is of another version.
    """
    store = _connect(location, make=make)
    try:
        if make:
            _make(store)
        if check:
            with store.reading() as connection:
                require_current(connection, store.location)
        yield store
    finally:
        store.close()


def _make(store: Store) -> None:
    with store.reading() as connection:
        there = version_of(connection) is not None
    if not there:
        with store.writing() as connection:
            create(connection)  # asks again: another process may have been faster


def _connect(location: str, *, make: bool) -> Store:
    if "://" not in location:
        return _file(Path(location).expanduser(), make=make)
    url = make_url(location)
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise UsageError(f"no store is kept in {url.get_backend_name()}", hint="give a file, or postgresql://…")
    try:
        import geoalchemy2  # noqa: F401  # asked for here, where its absence can be explained
        import psycopg  # noqa: F401
    except ImportError as error:
        raise OutputError(f"a store in PostgreSQL needs {error.name}", hint="pip install 'geomap[postgis]'") from error
    engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, **_KEPT)
    return Store(engine=engine, location=url.render_as_string(hide_password=True))


def _file(path: Path, *, make: bool) -> Store:
    if not path.is_file() and not make:
        raise OutputError(f"there is no store at {path}", hint="put reports into it with `geomap store add`")
    if path.is_file() and path.stat().st_size and not _is_store(path):
        raise OutputError(f"{path} is not a store", hint="name a file that `geomap store add` made, or a new one")
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_S}, **_KEPT)
    if make:
        event.listen(engine, "connect", _keep_log)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return Store(engine=engine, location=str(path))


def _is_store(path: Path) -> bool:
    """Tell whether a file is a store, or the beginning of one.

    It is not changed, but where a process was killed while it wrote: then SQLite must first put it in order.
    """
    try:
        tables = _tables(path, "ro")
    except sqlite3.OperationalError:
        return _is_recovered(path)
    except sqlite3.DatabaseError:
        return False
    return not tables or {"alembic_version", "telling"} <= tables


def _is_recovered(path: Path) -> bool:
    try:
        return {"alembic_version", "telling"} <= (tables := _tables(path, "rw")) or not tables
    except sqlite3.OperationalError as error:
        raise OutputError(f"{path} cannot be opened: {error}", hint="check its permissions") from error


def _tables(path: Path, mode: str) -> set[str]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT_S)) as database:
        return {str(row[0]) for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _keep_log(database: Any, _: Any) -> None:
    """Let the file have a write-ahead log from now on: readers and writers do not block each other."""
    database.execute("PRAGMA busy_timeout = 60000")
    database.execute("PRAGMA journal_mode = WAL")


def _prepare(database: Any, _: Any) -> None:
    """Set a connection to SQLite up: transactions begin where we say."""
    database.isolation_level = None
    # Full: a commit is on the disk before it is reported, whatever then happens to the machine.
    for setting in (
        "busy_timeout = 60000", "synchronous = FULL", "foreign_keys = ON", "cache_size = -131072",
        "temp_store = MEMORY", "wal_autocheckpoint = 8192",
    ):  # fmt: skip
        database.execute(f"PRAGMA {setting}")
    add_functions(database)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("geomap_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _explain(error: SQLAlchemyError, location: str) -> OutputError:
    """Return what a failure of the database means to the user."""
    reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
    if "locked" in reason or "lock timeout" in reason:
        message = f"{location} is being written by another process for more than {WAIT_S} s"
        return OutputError(message, hint="try again; what was reported as written is there")
    if isinstance(error, OperationalError):
        hint = "check the path or address, and its space"
        return OutputError(f"the store {location} cannot be used: {reason}", hint=hint)
    return OutputError(f"the store {location} refused: {reason}", hint="nothing was changed by this step")
