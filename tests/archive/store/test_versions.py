"""Stores of other versions: older ones are upgraded when asked, newer ones are refused; migrations make the schema."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, text
from store_samples import everything, put, some

from geomap.archive.nouns import Query
from geomap.archive.store.finding import events
from geomap.archive.store.opening import Store, open_store
from geomap.archive.store.schema import metadata
from geomap.archive.store.upkeep import bring_up, describe
from geomap.archive.store.versions import NEWEST, upgrade
from geomap.errors import OutputError
from geomap.model import BBox

COMPARE = """
import sys
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from geomap.archive.store.opening import open_store
from geomap.archive.store.schema import metadata

ours = set(metadata.tables)
opts = {"include_name": lambda name, kind, _: kind != "table" or name in ours, "compare_type": False}
with open_store(sys.argv[1]) as store, store.reading() as db:
    found = compare_metadata(MigrationContext.configure(db, opts=opts), metadata)
print(*(getattr(one[1], "name", one) for one in found), sep="\\n")
"""


def test_the_migrations_make_the_schema(store: Store, location: str) -> None:
    """Column by column, index by index.

    In a process of its own: GeoAlchemy2, once some other test has loaded it, takes every SQLite file for SpatiaLite's.
    """
    done = subprocess.run([sys.executable, "-c", COMPARE, location], capture_output=True, text=True, check=True)
    spatial = {"event_by_place", "telling_by_place", "event_by_place_and_time"}  # PostGIS's, made by hand
    assert set(done.stdout.split()) <= spatial


def test_the_newest_version_is_the_last_migration() -> None:
    """Each has its file."""
    folder = Path(upgrade.__code__.co_filename).parent / "migrations" / "versions"
    assert max(path.name for path in folder.glob("v*.py")).startswith(f"v{NEWEST}")


def test_an_older_store_is_upgraded_when_asked(location: str) -> None:
    """Until then it is left alone, and the message says what to do; afterwards all is there and indexed."""
    older(location)
    with pytest.raises(OutputError, match="older geomap") as refused, open_store(location):
        pass
    assert "geomap store upgrade" in refused.value.hint
    with open_store(location, check=False) as store:
        assert bring_up(store) == ("0001", NEWEST)
        assert bring_up(store) == (NEWEST, NEWEST)
    with open_store(location) as store:
        every = everything(store)
        box = Query(box=BBox(-180, -90, 180, 90), since=min(one.date_start for one in every.values()))
        assert {one.id for one in events(store, box)} == every.keys() != set()
        assert describe(store)["version"] == NEWEST


def older(location: str) -> None:
    """Make a store of the first version that holds what one of this version would."""
    with open_store(location, make=True) as store:
        put(store, some(20))
        with store.reading() as db:
            kept = {one: [dict(row) for row in db.execute(one.select()).mappings()] for one in metadata.sorted_tables}
        with store.writing() as db:
            for table in reversed(metadata.sorted_tables):
                db.execute(delete(table))
            if store.is_file:
                for end in ("insert", "gone", "update", "delete"):
                    db.execute(text(f"DROP TRIGGER event_place_time_{end}"))
                db.execute(text("DROP TABLE event_place_time"))
                db.execute(text("DELETE FROM gpkg_contents WHERE table_name = 'layer_styles'"))
            else:
                db.execute(text("DROP INDEX event_by_place_and_time"))
            db.execute(text("DROP TABLE layer_styles"))
            db.execute(text("DROP INDEX event_by_day"))
            db.execute(text("UPDATE alembic_version SET version_num = '0001'"))
            for table, rows in kept.items():
                placed = [row | {"geom": _point(row)} if "geom" in row else row for row in rows]
                if placed:
                    db.execute(insert(table), placed)


def _point(row):
    from geomap.model import LonLat

    return LonLat(row["longitude"], row["latitude"]) if row["longitude"] is not None else None


def test_a_newer_store_is_refused(location: str) -> None:
    """Nothing is read from it, nothing is written to it, nothing is "upgraded"."""
    with open_store(location, make=True) as store, store.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    for how in ({}, {"make": True}):
        with pytest.raises(OutputError, match="newer geomap"), open_store(location, **how):
            pass
    with open_store(location, check=False) as store, pytest.raises(OutputError, match="newer geomap"):
        bring_up(store)


def test_where_there_is_no_store_none_is_made(location: str) -> None:
    """Only adding makes one."""
    with pytest.raises(OutputError, match="no store at"), open_store(location):
        pass
    assert not Path(location).exists()


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"SQLite format 3\x00 but no more"])
def test_other_files_are_left_alone(tmp_path: Path, content: bytes) -> None:
    """They are refused and not changed."""
    other = tmp_path / "notes.gpkg"
    other.write_bytes(content)
    with pytest.raises(OutputError, match="is not a store"), open_store(str(other), make=True):
        pass
    assert other.read_bytes() == content


def test_a_foreign_geopackage_is_left_alone(tmp_path: Path) -> None:
    """A layer of somebody's own is no store."""
    import sqlite3

    other = tmp_path / "layers.gpkg"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE roads (fid INTEGER PRIMARY KEY)")
    before = other.read_bytes()
    with pytest.raises(OutputError, match="is not a store"), open_store(str(other), make=True):
        pass
    assert other.read_bytes() == before


def test_an_address_that_nobody_serves_is_explained(postgis: str) -> None:
    """The message names the place, without the password."""
    wrong = postgis.replace("postgres@", "postgres:secret@").rsplit("/", 1)[0] + "/nowhere"
    with pytest.raises(OutputError, match="nowhere") as refused, open_store(wrong, make=True):
        pass
    assert "secret" not in refused.value.message
