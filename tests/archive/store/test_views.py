"""What the views make of a store does not depend on where it is kept."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
from store_samples import everything, put, some

from geomap.archive.store.finding import events
from geomap.archive.store.opening import Store, open_store
from geomap.archive.views.export import export
from geomap.archive.views.page import store_page
from geomap.archive.views.state import state_of
from geomap.config import MapConfig


def test_a_file_and_postgis_give_the_same_page_and_the_same_files(tmp_path: Path, postgis: str) -> None:
    """The same reports in both kinds of store: byte for byte the same map, GeoJSON and CSV."""
    made: list[list[bytes]] = []
    for kind, location in (("file", str(tmp_path / "archive.gpkg")), ("postgis", postgis)):
        with open_store(location, make=True) as store:
            put(store, some())
            files = [store_page(events(store), config=MapConfig()).html.encode()]
            for name in ("geojson", "csv"):
                path = tmp_path / f"{kind}.{name}"
                export(events(store), path, name, "telling")
                files.append(path.read_bytes())
            made.append(files)
    assert made[0] == made[1]


def test_every_event_of_a_store_is_exported_once(store: Store, tmp_path: Path) -> None:
    """Both layers hold what the store holds, with the quotations as they were."""
    put(store, some())
    kept = everything(store)
    export(events(store), tmp_path / "events.parquet", "parquet")
    frame = geopandas.read_parquet(tmp_path / "events.parquet")
    assert set(frame["event_id"]) == set(kept)
    assert len(frame) == len(kept)
    export(events(store), tmp_path / "tellings.geojsonl", "geojsonl", "telling")
    lines = (tmp_path / "tellings.geojsonl").read_text(encoding="utf-8").splitlines()
    said = {one["id"]: one["properties"]["source_sentence"] for one in map(json.loads, lines)}
    assert said == {one.key: one.quotes[0] for event in kept.values() for one in event.tellings}


def test_the_state_changes_with_what_is_added(store: Store) -> None:
    """The same articles again leave it as it is; others do not."""
    put(store, some())
    before = state_of(store)
    put(store, some())
    assert state_of(store) == before
    put(store, some(5, seed=2))
    assert state_of(store) != before
