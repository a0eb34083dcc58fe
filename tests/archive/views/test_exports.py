"""The whole store as files: what geopandas reads back is what the events say, and memory stays small."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import geopandas
import pandas as pd
import pyogrio
import pytest
from rfc7946 import faults
from view_samples import DAY, sample_events

from geomap.archive.nouns import Event
from geomap.archive.views.export import FORMATS, TextFormat, export
from geomap.archive.views.features import Layer, event_feature, is_pinned, layer_features
from geomap.output.geojson import category

NAMES = ("geojson", "geojsonl", "gpkg", "parquet")


def read_back(path: Path, layer: Layer) -> geopandas.GeoDataFrame:
    """Read a file as a user would."""
    if path.suffix == ".parquet":
        return geopandas.read_parquet(path)
    return geopandas.read_file(path, layer=layer if path.suffix == ".gpkg" else None)


@pytest.mark.parametrize("name", NAMES)
def test_events_come_back_from_every_format(tmp_path: Path, name: str) -> None:
    """Point, grade, sources and numbers are as they were; what is known only to a country has no point."""
    path = tmp_path / f"store.{name}"
    export(sample_events(), path, name)
    frame = read_back(path, "event").set_index("event_id")
    assert len(frame) == 5
    for event in sample_events():
        row = frame.loc[event.id]
        assert (row["grade"], row["category"]) == (event.grade, category(event))
        assert row["sources"] == len(event.sources)
        assert row["description"] == event.tellings[0].quotes[0]
        assert (row["geometry"] is not None) is is_pinned(event)
        if event.point and is_pinned(event):
            assert (row["geometry"].x, row["geometry"].y) == pytest.approx(event.point)
        for part in ("low", "best", "high"):
            wanted = getattr(event.injured, part) if event.injured else None
            assert (None if pd.isna(row[f"injured_{part}"]) else row[f"injured_{part}"]) == wanted
        assert (None if pd.isna(row["date_start"]) else pd.Timestamp(row["date_start"]).date()) == event.date_start


@pytest.mark.parametrize("name", NAMES)
def test_tellings_come_back_from_every_format(tmp_path: Path, name: str) -> None:
    """One row for each article with its own sentence, outlet and day, and the event it belongs to."""
    path = tmp_path / f"store.{name}"
    export(sample_events(), path, name, "telling")
    frame = read_back(path, "telling").set_index("telling_id")
    told = {one.key: (event, one) for event in sample_events() for one in event.tellings}
    assert set(frame.index) == set(told)
    for key, (event, one) in told.items():
        row = frame.loc[key]
        assert row["event_id"] == event.id
        assert row["source_sentence"] == one.quotes[0]
        assert (None if pd.isna(row["outlet"]) else row["outlet"]) == one.source.outlet
        assert pd.Timestamp(row["published"]).date() == one.source.published_on
        span = slice(int(row["trigger_at"]), int(row["trigger_at"] + row["trigger_length"]))
        assert one.trigger is not None
        assert row["source_sentence"][span] == one.quotes[0][slice(*one.trigger)]


def test_geojson_keeps_to_its_standard(tmp_path: Path) -> None:
    """RFC 7946, with the box of all points, although features were written before it was known."""
    path = tmp_path / "store.geojson"
    export(sample_events(), path, "geojson")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert faults(found) == []
    assert found["bbox"] == [40.2833, 14.7978, 42.9511, 35.0167]
    assert [one["id"] for one in found["features"]] == [one.id for one in sample_events()]


def test_a_geopackage_holds_both_layers_with_styles(tmp_path: Path) -> None:
    """Events and tellings, and how QGIS draws them: twelve categories by kind and grade."""
    path = tmp_path / "store.gpkg"
    export(sample_events(), path, "gpkg")
    assert {str(name) for name, _ in pyogrio.list_layers(path)} == {"event", "telling", "layer_styles"}
    assert pyogrio.read_info(path, layer="telling")["features"] == 9
    styles = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False).set_index("f_table_name")
    assert styles.loc["event", "styleQML"].count("<category ") == 12
    assert "category || ', ' || grade" in styles.loc["event", "styleQML"]


def test_csv_has_a_row_an_event_and_guards_formulas(tmp_path: Path) -> None:
    """Latitude and longitude in their own columns; a name that looks like a formula is text."""
    first, *others = sample_events()
    path = tmp_path / "store.csv"
    export([_named(first, "=1+1"), *others], path, "csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 5
    assert rows[0]["place"] == "'=1+1"
    assert (rows[0]["latitude"], rows[0]["longitude"]) == ("33.7856", "42.4412")
    assert rows[0]["outlets"] == "euphrates.example; tigris.example; wadi.example"


def _named(event: Event, name: str) -> Event:
    return dataclasses.replace(event, place_name=name)


def many(count: int) -> Iterator[Event]:
    """Yield events that differ in their ids and days."""
    first = sample_events()[0]
    for number in range(count):
        yield dataclasses.replace(first, id=f"e{number}", date_start=DAY + dt.timedelta(days=number % 300))


@pytest.mark.parametrize("name", ["gpkg", "parquet"])
def test_batches_make_one_layer(tmp_path: Path, name: str) -> None:
    """More events than a batch are all there, once each, with the types that one batch has."""
    path = tmp_path / f"store.{name}"
    export(many(11_000), path, name)
    frame = read_back(path, "event")
    assert frame["event_id"].nunique() == len(frame) == 11_000
    assert frame["injured_high"].sum() == 7 * 11_000


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if isinstance(one, TextFormat)])
def test_text_is_written_as_it_comes(name: str) -> None:
    """Ten times the events take no more memory: what is written is not kept."""

    class Nowhere(io.StringIO):
        def write(self, text: str) -> int:
            return len(text)

    def peak(count: int) -> int:
        chosen = FORMATS[name]
        assert isinstance(chosen, TextFormat)
        tracemalloc.start()
        chosen.write(layer_features(many(count), "event"), Nowhere())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(3_000) < peak(300) + 200_000


@pytest.mark.parametrize("name", FORMATS)
def test_no_event_is_a_file_without_rows(tmp_path: Path, name: str) -> None:
    """An empty store, or a filter that leaves nothing, is no error."""
    path = tmp_path / f"store.{name}"
    export([], path, name)
    assert path.is_file()


def test_every_event_has_the_same_columns() -> None:
    """Tables need it, whatever an event lacks."""
    names = [list(event_feature(event)["properties"]) for event in sample_events()]
    assert all(one == names[0] for one in names)
