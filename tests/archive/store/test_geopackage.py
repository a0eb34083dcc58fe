"""The file is a GeoPackage that other programs open: GDAL reads its layers, finds by place, and may edit."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import everything, put, some

from geomap.archive.store.opening import open_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a store's file, closed."""
    path = tmp_path / "archive.gpkg"
    with open_store(str(path), make=True) as store:
        put(store, some())
    return path


def ogr(*arguments: object) -> str:
    """Run GDAL's own tool."""
    assert shutil.which("ogrinfo"), "GDAL's tools are missing: run `make system`"
    done = subprocess.run(["ogrinfo", "-ro", *map(str, arguments)], capture_output=True, text=True, check=True)
    assert "warning" not in done.stderr.lower(), done.stderr
    return done.stdout


def test_gdal_lists_the_layers(file: Path) -> None:
    """Two layers of points, the tables beside them, nothing of the machinery."""
    listed = [line.partition(": ")[2] for line in ogr("-q", file).splitlines()]
    points = {"event (Point)", "telling (Point)"}
    assert set(listed) == points | {"article (None)", "decision (None)", "move (None)", "layer_styles (None)"}


def test_gdal_finds_by_place(file: Path) -> None:
    """A spatial filter gives what lies in the box, by the file's own index."""
    with open_store(str(file)) as store:
        every = everything(store).values()
    for layer, rows in (("event", every), ("telling", [one for event in every for one in event.tellings])):
        east = sorted(one.point.lon for one in rows)[len(rows) // 2] + 1e-6
        wanted = sum(one.point.lon <= east for one in rows)
        found = ogr("-so", file, layer, "-spat", -180, -90, east, 90)
        assert f"Feature Count: {wanted}" in found
        assert 0 < wanted < len(rows)


def test_gdal_reads_what_was_written(file: Path) -> None:
    """Columns keep their types and the letters of the article."""
    with open_store(str(file)) as store:
        event = next(iter(everything(store).values()))
    shown = ogr("-q", file, "event", "-where", f"id = '{event.id}'")
    assert f"date_end (Date) = {event.date_end:%Y/%m/%d}" in shown
    assert f"POINT ({event.point.lon} {event.point.lat})" in shown
    quoted = ogr("-q", file, "telling", "-where", f"event_id = '{event.id}'")
    assert all(json.dumps(one.quotes, ensure_ascii=False)[1:-1] in quoted for one in event.tellings)


def test_the_registers_are_those_of_the_standard(file: Path) -> None:
    """Magic number, reference systems, contents, geometry columns, the extension; foreign keys hold."""
    with closing(sqlite3.connect(file)) as database:
        ask = database.execute
        assert ask("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert ask("PRAGMA integrity_check").fetchone() == ("ok",)
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        assert {row[0] for row in ask("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {-1, 0, 4326}
        assert {row[0] for row in ask("SELECT table_name FROM gpkg_geometry_columns")} == {"event", "telling"}
        for layer in ("event", "telling"):
            assert ask(f"SELECT rtreecheck('rtree_{layer}_geom')").fetchone() == ("ok",)
            counts = [ask(f"SELECT count(*) FROM {name}").fetchone() for name in (layer, f"rtree_{layer}_geom")]
            assert counts[0] == counts[1]
        styles = dict(ask("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault").fetchall())
    assert "categorizedSymbol" in styles["event"]
    assert "singleSymbol" in styles["telling"]


def test_another_program_may_edit_the_file(file: Path) -> None:
    """GDAL moves a point and removes one: the indexes of places follow, and so does ours of place and time."""
    from geomap.archive.nouns import Query
    from geomap.archive.store.finding import events
    from geomap.model import BBox

    with open_store(str(file)) as store:
        name = next(iter(everything(store)))
    point = "geom = ST_GeomFromText('POINT(-60 -10)', 4326), longitude = -60, latitude = -10"
    moved = f"UPDATE event SET {point} WHERE id = '{name}'"
    subprocess.run(["ogrinfo", str(file), "-dialect", "sqlite", "-sql", moved], capture_output=True, check=True)
    with open_store(str(file)) as store:
        found = list(events(store, Query(box=BBox(-61, -11, -59, -9), since=None)))
        dated = list(events(store, Query(box=BBox(-61, -11, -59, -9), since=found[0].date_start if found else None)))
    assert [one.id for one in found] == [one.id for one in dated] == [name]
