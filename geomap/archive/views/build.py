"""Keeps the map of a store in a folder of maps: made again only when what it shows has changed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from geomap.archive.nouns import Event, Query
from geomap.archive.store.finding import events
from geomap.archive.store.opening import Store
from geomap.archive.views.page import Counted, StorePage, store_page
from geomap.archive.views.state import state_of
from geomap.config import MapConfig
from geomap.gazetteer.store import Store as Gazetteer
from geomap.mapping import ARCHIVE_CREDITS, world_labels
from geomap.output.files import write_text
from geomap.output.map.assets import application, style
from geomap.output.map.index import STORE_FILE, STORE_SCHEMA
from geomap.version import __version__

Outcome = Literal["written", "unchanged", "up to date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events a map shows, and under what title."""

    query: Query
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was done: the page, and whether it was written, came out the same, or was not made at all."""

    path: Path
    outcome: Outcome
    summary: dict[str, Any]


def build(
    store: Store,
    folder: Path,
    wanted: Wanted,
    *,
    config: MapConfig,
    gazetteer: Callable[[], Gazetteer],
    tell: Callable[[int], object] = lambda _: None,
) -> Built:
    """Bring ``map.html`` in a folder up to what the store holds; beside it stands what it was made from.

    ``gazetteer`` opens the gazetteer, whose names label the map; ``tell`` is called with the number of events that were
    read so far.

    Raises
    ------
    OutputError
        The folder cannot be written to.
    """
    page, notes = folder / "map.html", folder / STORE_FILE
    before = _read(notes)
    with gazetteer() as names:
        made = {"geomap": f"geomap {__version__}", "gazetteer": f"gazetteer {names.meta['tables_sha256'][:16]}"}
        made_from = _made_from(store, wanted, config, made)
        if before.get("made_from") == made_from and before.get("page_sha256") == _hash_of(page):
            return Built(path=page, outcome="up to date", summary=before)
        found = store_page(
            _told(events(store, wanted.query), tell),
            config=config,
            title=wanted.title,
            labels=world_labels(names),
            made_with=ARCHIVE_CREDITS,
            made=made,
        )
    return _write(found, page, notes, {"made_from": made_from, "generator": made["geomap"]})


def _write(found: StorePage, page: Path, notes: Path, more: dict[str, Any]) -> Built:
    digest = hashlib.sha256(found.html.encode()).hexdigest()
    same = _hash_of(page) == digest
    if not same:
        write_text(page, found.html, overwrite=True)
    summary = {"schema": STORE_SCHEMA, "title": found.title, **_plain(found.counted), **more, "page_sha256": digest}
    write_text(notes, json.dumps(summary, ensure_ascii=False, indent=1) + "\n", overwrite=True)
    return Built(path=page, outcome="unchanged" if same else "written", summary=summary)


def _made_from(store: Store, wanted: Wanted, config: MapConfig, made: dict[str, str]) -> str:
    """Return a hash of everything that decides what the page is."""
    told = [
        state_of(store), repr(wanted), repr(dataclasses.astuple(config)), repr(made), application(), style("style"),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _told(found: Iterator[Event], tell: Callable[[int], object]) -> Iterator[Event]:
    for number, event in enumerate(found, start=1):
        yield event
        if number % 1000 == 0:
            tell(number)


def _plain(counted: Counted) -> dict[str, Any]:
    values = dataclasses.asdict(counted)
    return {name: value if isinstance(value, int) or value is None else str(value) for name, value in values.items()}


def _read(notes: Path) -> dict[str, Any]:
    """Return what stands beside a page; nothing where that cannot be read."""
    try:
        found: Any = json.loads(notes.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _hash_of(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
