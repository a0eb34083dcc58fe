"""What a store holds, and bringing an older one up to this version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from geomap.archive.store.opening import Store
from geomap.archive.store.schema import article, decision, event, telling
from geomap.archive.store.versions import NEWEST, require_current, upgrade, version_of


def describe(store: Store) -> dict[str, Any]:
    """Return where a store is, its version, and how much is in it."""
    with store.reading() as db:
        counts = {
            f"{table.name}s": db.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (article, telling, event, decision)
        }
        first, last = db.execute(select(func.min(event.c.first_day), func.max(event.c.last_day))).one()
    days = {"first_day": first and first.isoformat(), "last_day": last and last.isoformat()}
    return {"store": store.location, "version": NEWEST, **counts, **days}


def bring_up(store: Store) -> tuple[str, str]:
    """Bring a store's tables to this version; return the version before and after.

    Raises
    ------
    OutputError
        There is no store, or a newer geomap made it.
    """
    with store.writing() as db:
        before = version_of(db)
        if before is not None and before < NEWEST:
            upgrade(db)
        require_current(db, store.location)
    return str(before), NEWEST
