"""GeoJSON by RFC 7946: geometry, flat properties, stable bytes, and what programs make of it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import empty_report, incident, place, sample_report

from geomap.errors import OutputError
from geomap.model import LonLat
from geomap.output.geojson import bounds, to_geojson


def _collection() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(to_geojson(sample_report()))
    return data


def _by_id(name: str) -> dict[str, Any]:
    return next(one for one in _collection()["features"] if one["id"] == name)


def test_it_is_an_rfc_7946_collection() -> None:
    """A FeatureCollection with a box and without a coordinate system; features with string ids, object properties."""
    data = _collection()
    assert data["type"] == "FeatureCollection"
    assert "crs" not in data
    assert data["bbox"] == [38.6642, 32.5597, 44.2167, 36.2376]
    for feature in data["features"]:
        assert list(feature) == ["type", "id", "geometry", "properties"]
        assert isinstance(feature["id"], str)
        assert feature["properties"]["incident_id"] == feature["id"]


def test_points_are_longitude_first() -> None:
    """Al-Asad lies at 42 east, 34 north."""
    assert _by_id("i-asad")["geometry"] == {"type": "Point", "coordinates": [42.4412, 33.7856]}


def test_properties_are_flat_scalars_with_the_same_columns() -> None:
    """Every feature has the same columns, each a text, number, truth value or null."""
    rows = [one["properties"] for one in _collection()["features"]]
    assert len({tuple(row) for row in rows}) == 1
    assert all(isinstance(value, str | int | float | bool | None) for row in rows for value in row.values())


@pytest.mark.parametrize(
    ("name", "reason"), [("i-yemen", "known only to a country"), ("i-fuel", "the sentence names no place")]
)
def test_what_is_not_located_has_no_geometry_but_a_reason(name: str, reason: str) -> None:
    """A country-wide statement and a placeless one are listed, never pinned."""
    feature = _by_id(name)
    assert feature["geometry"] is None
    assert feature["properties"]["why_not_on_map"] == reason
    assert feature["properties"]["radius_m"] is None


def test_pinned_incidents_give_no_reason_for_missing() -> None:
    """Only what is off the map says why."""
    assert _by_id("i-asad")["properties"]["why_not_on_map"] is None


def test_quotations_are_the_articles_own_characters() -> None:
    """Sentence, trigger and place as written stand in the article at the offsets given."""
    text = sample_report().article.text
    for feature in _collection()["features"]:
        row = feature["properties"]
        assert row["source_sentence"] == text[row["quote_start"] : row["quote_end"]]
        assert row["trigger"] == text[row["trigger_start"] : row["trigger_end"]]
        if row["mention_start"] is not None:
            assert row["place_as_written"] == text[row["mention_start"] : row["mention_end"]]


def test_dates_are_two_full_columns_and_a_precision() -> None:
    """Two ISO days or null, never an interval in one column; the precision column says how sure the day is."""
    tanf, asad = _by_id("i-tanf")["properties"], _by_id("i-asad")["properties"]
    assert (tanf["date_start"], tanf["date_end"], tanf["date_precision"]) == (None, "2024-03-06", None)
    assert (asad["date_start"], asad["date_end"], asad["date_precision"]) == ("2024-03-04", "2024-03-04", "day")


def test_features_are_numbered_in_article_order() -> None:
    """Numbers follow the article, also for two places of one sentence."""
    rows = [one["properties"] for one in _collection()["features"]]
    assert [row["number"] for row in rows] == list(range(1, 13))
    assert [row["quote_start"] for row in rows] == sorted(row["quote_start"] for row in rows)
    shelled = [row["place_as_written"] for row in rows if row["group"] == "shells"]
    assert shelled == ["Mayadin", "Albu Kamal"]


def test_same_input_same_bytes() -> None:
    """Nothing random and no clock."""
    assert to_geojson(sample_report()) == to_geojson(sample_report())


def test_an_empty_report_is_a_valid_empty_collection() -> None:
    """No incident: no features and no box."""
    data = json.loads(to_geojson(empty_report()))
    assert data["features"] == []
    assert "bbox" not in data


def test_geopandas_reads_it_back(tmp_path: Path) -> None:
    """GDAL types the date columns as dates and keeps features without geometry."""
    import geopandas as gpd

    path = tmp_path / "incidents.geojson"
    path.write_text(to_geojson(sample_report()), encoding="utf-8")
    frame = gpd.read_file(path)
    assert len(frame) == 12
    assert frame.geometry.isna().sum() == 2
    assert str(frame.crs) == "EPSG:4326"
    assert str(frame.date_end.dtype).startswith("datetime64")


def test_a_point_that_is_not_finite_is_refused() -> None:
    """JSON has no NaN, and a map no such point."""
    nowhere = incident("x", place("p", "P", float("nan"), 1.0, "PPL"), ())
    with pytest.raises(OutputError):
        to_geojson(dataclasses.replace(empty_report(), incidents=(nowhere,)))


def test_a_box_over_the_antimeridian_has_west_greater_than_east() -> None:
    """Fiji and Samoa are neighbours, not half a world apart (RFC 7946, 5.2)."""
    box = bounds([LonLat(178.4, -18.1), LonLat(-171.8, -13.8)])
    assert box == (178.4, -18.1, -171.8, -13.8)


@given(st.lists(st.builds(LonLat, st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=8))
def test_a_box_holds_its_points(points: list[LonLat]) -> None:
    """Wherever the points are, the box spans them all, across the antimeridian too."""
    box = bounds(points)
    assert box is not None
    for lon, lat in points:
        inside = box.west - 1e-5 <= lon <= box.east + 1e-5
        across = box.west > box.east and (lon >= box.west - 1e-5 or lon <= box.east + 1e-5)
        assert inside or across
        assert box.south - 1e-5 <= lat <= box.north + 1e-5
