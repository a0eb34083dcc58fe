"""Exports: what is written is read back by geopandas, GDAL's own tool, openpyxl and a second reading of RFC 7946."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from output_samples import empty_report, incident, place, sample_report
from rfc7946 import faults

from geomap.errors import UsageError
from geomap.model import LonLat, Report
from geomap.output.geojson import collection, to_geojson
from geomap.output.tables.circles import circle
from geomap.output.tables.delimited import guarded
from geomap.output.tables.formats import FORMATS, Wanted, export, format_of
from geomap.output.tables.layers import LAYERS, Layer, layer_features
from geomap.output.tables.layouts import country_name, priogrid_gid

LAYER_NAMES = sorted(LAYERS)


def written(folder: Path, name: str, wanted: Wanted | None = None, *reports: Report) -> Path:
    """Write the sample in a format and return the file."""
    path = folder / f"out{FORMATS[name].suffix}"
    export(reports or [sample_report()], path, name, wanted)
    return path


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_every_layer_is_geojson_by_the_rfc(layer: Layer, tmp_path: Path) -> None:
    """Winding, closed rings, boxes, null geometry, ids: nothing that the RFC minds."""
    data = json.loads(written(tmp_path, "geojson", Wanted(layers=(layer,))).read_text(encoding="utf-8"))
    assert data["features"]
    assert faults(data) == []
    ids = [one["id"] for one in data["features"]]
    assert len(set(ids)) == len(ids)
    assert len({tuple(one["properties"]) for one in data["features"]}) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": [[[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]]]},
        {"type": "Point", "coordinates": [34.0, 190.0]},
        {"type": "Point", "coordinates": [[1, 2]]},
    ],
)
def test_the_checker_finds_what_is_wrong(broken: dict[str, Any]) -> None:
    """A checker that passes everything would prove nothing."""
    feature = {"type": "Feature", "id": "x", "geometry": broken, "properties": {}}
    assert faults({"type": "FeatureCollection", "features": [feature]})


@settings(deadline=None)  # the machine may be busy
@given(st.floats(-180, 180), st.floats(-89.9, 89.9), st.floats(0.1, 500))
def test_circles_keep_to_the_rfc_wherever_they_are(lon: float, lat: float, radius_km: float) -> None:
    """Also across the antimeridian and near the poles."""
    feature = {"type": "Feature", "id": "x", "geometry": circle(LonLat(lon, lat), radius_km), "properties": {}}
    assert faults(json.loads(collection([feature], None))) == []


@settings(deadline=None)  # the machine may be busy
@given(st.floats(-170, 170), st.floats(-60, 60), st.floats(1, 300))
def test_corners_of_a_circle_lie_at_its_radius(lon: float, lat: float, radius_km: float) -> None:
    """An independent formula of the distance agrees."""
    from geomap.gazetteer.distance import distance_km

    for corner in circle(LonLat(lon, lat), radius_km)["coordinates"][0]:
        assert distance_km(LonLat(lon, lat), LonLat(*corner)) == pytest.approx(radius_km, rel=0.01, abs=0.01)


def test_a_circle_over_the_antimeridian_is_cut_in_two() -> None:
    """Fiji's is one area in two parts, both of which touch the line."""
    shape = circle(LonLat(179.9, -17.0), 100)
    assert shape["type"] == "MultiPolygon"
    edges = sorted(max(abs(p[0]) for p in part[0]) for part in shape["coordinates"])
    assert edges == [180.0, 180.0]


def test_lines_hold_the_features_of_the_collection(tmp_path: Path) -> None:
    """GeoJSON a line: each line is one feature, the same as in the collection."""
    lines = written(tmp_path, "geojsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(to_geojson(sample_report()))["features"]


@pytest.mark.parametrize("name", ["geojson", "geojsonl", "gpkg", "parquet"])
def test_geopandas_reads_the_same_incidents_back(name: str, tmp_path: Path) -> None:
    """Points, quotations, missing numbers, truth values and days survive each format."""
    import geopandas as gpd

    path = written(tmp_path, name)
    frame = gpd.read_parquet(path) if name == "parquet" else gpd.read_file(path, layer=_layer_in(path, name))
    rows = frame.set_index("incident_id")
    assert str(frame.crs) == "EPSG:4326" or name == "parquet"
    assert len(frame) == 12
    assert frame.geometry.isna().sum() == 2
    asad = rows.loc["i-asad"]
    assert (asad.geometry.x, asad.geometry.y) == (42.4412, 33.7856)
    assert bool(asad.attacked_base) is True
    assert int(asad.injured_best) == 4
    assert str(asad.date_start)[:10] == "2024-03-04"
    assert rows.loc["i-tanf"].isna()["date_start"]
    assert rows.loc["i-tanf"].isna()["killed_best"]
    assert rows.loc["i-qaim-ar"].place_as_written == "القائم"
    sentences = {one["properties"]["source_sentence"] for one in layer_features([sample_report()], "incidents")}
    assert set(rows.source_sentence) == sentences


def _layer_in(path: Path, name: str) -> str | None:
    return "incidents" if name == "gpkg" else None


def test_a_frame_keeps_its_types_when_a_column_is_empty() -> None:
    """An empty column of numbers is one of numbers; a day is a day."""
    from geomap.output.tables.frame import to_frame

    frame = to_frame(list(layer_features([sample_report()], "incidents")))
    assert str(frame.killed_high.dtype) == "Int64"
    assert frame.killed_high.isna().all()
    assert str(frame.date_start.dtype).startswith("datetime64")
    assert to_frame([]).empty


def test_csv_has_latitude_and_longitude_and_reads_back(tmp_path: Path) -> None:
    """The columns that Datasette and kepler.gl look for; rows without a place have none."""
    text = written(tmp_path, "csv").read_bytes().decode("utf-8")
    rows = {row["incident_id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert len(rows) == 12
    assert (rows["i-asad"]["latitude"], rows["i-asad"]["longitude"]) == ("33.7856", "42.4412")
    assert rows["i-fuel"]["latitude"] == ""
    assert rows["i-asad"]["attacked_base"] == "true"


@pytest.mark.parametrize(
    "cell", ["=1+2", "+7", "-3", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://x.example")', "=cmd|' /C'!A0"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    """What a spreadsheet would run is text; what it would not is untouched, and numbers stay numbers."""
    assert guarded(cell) == f"'{cell}"
    assert guarded("Balad = Yathrib") == "Balad = Yathrib"
    assert guarded(-3.5) == -3.5
    assert guarded(None) is None


def hostile_report() -> Report:
    """Return a report whose place and title would be formulas or markup, with characters that XML cannot hold."""
    nowhere = place("h", '=HYPERLINK("http://x.example","<b>&")', 10.0, 20.0, "PPL")
    article = dataclasses.replace(empty_report().article, title="@SUM(1)\x0b]]><script>")
    return dataclasses.replace(empty_report(), article=article, incidents=(incident("x", nowhere, ()),))


def test_hostile_words_are_text_everywhere(tmp_path: Path) -> None:
    """Formulas are guarded in CSV, text in XLSX; markup and control characters leave KML well-formed."""
    import openpyxl

    export([hostile_report()], tmp_path / "a.csv", "csv")
    row = next(csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8", newline="")))
    assert row["title"].startswith("'=")
    assert row["source_title"].startswith("'@")
    export([hostile_report()], tmp_path / "a.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["incidents"]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    export([hostile_report()], tmp_path / "a.kml", "kml")
    mark = ET.parse(tmp_path / "a.kml").find(".//{*}Placemark/{*}name")
    assert mark is not None
    assert mark.text == '=HYPERLINK("http://x.example","<b>&")'


def test_xlsx_has_a_sheet_a_layer_with_typed_cells(tmp_path: Path) -> None:
    """Numbers are numbers, days are days, gaps are empty."""
    import openpyxl

    book = openpyxl.load_workbook(written(tmp_path, "xlsx"))
    assert book.sheetnames == ["incidents", "mentions", "places"]
    header, *lines = book["incidents"].iter_rows(values_only=True)
    rows = {line[header.index("incident_id")]: dict(zip(header, line, strict=True)) for line in lines}
    assert rows["i-asad"]["injured_best"] == 4
    assert rows["i-asad"]["date_start"].isoformat()[:10] == "2024-03-04"
    assert rows["i-tanf"]["date_start"] is None


def test_kml_has_time_spans_that_gdal_reads(tmp_path: Path) -> None:
    """The slider of Google Earth gets its days; GDAL reads names, points and our columns."""
    import geopandas as gpd

    path = written(tmp_path, "kml")
    root = ET.parse(path).getroot()
    spans = root.findall(".//{*}TimeSpan")
    assert spans
    assert {child.tag.partition("}")[2] for span in spans for child in span} == {"begin", "end"}
    frame = gpd.read_file(path)
    assert len(frame) == 12
    row = frame[frame.incident_id == "i-asad"].iloc[0]
    assert (row.Name, row.geometry.x) == ("Ain al-Asad Air Base", 42.4412)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return the sample as a GeoPackage."""
    return written(tmp_path, "gpkg")


def test_ogrinfo_opens_the_geopackage(package: Path) -> None:
    """GDAL as QGIS has it: four layers with typed columns and the right number of features."""
    tool = shutil.which("ogrinfo")
    if tool is None:
        if os.environ.get("CI"):
            pytest.fail("ogrinfo is missing (apt-get install gdal-bin)")
        pytest.skip("ogrinfo is not installed (apt-get install gdal-bin)")
    done = subprocess.run([tool, "-ro", "-so", "-al", package], capture_output=True, text=True, check=True)
    assert "ERROR" not in done.stderr
    named = dict(zip(_lines(done.stdout, "Layer name: "), _lines(done.stdout, "Feature Count: "), strict=True))
    assert {name: int(count) for name, count in named.items()} == {
        "incidents": 12, "mentions": 15, "places": 13, "areas": 10, "layer_styles": 4,
    }  # fmt: skip
    assert "date_start: Date (0.0)" in done.stdout
    assert "attacked_base: Integer(Boolean) (0.0)" in done.stdout


def _lines(text: str, head: str) -> list[str]:
    return [line.removeprefix(head) for line in text.splitlines() if line.startswith(head)]


def test_every_layer_of_the_geopackage_has_a_style(package: Path) -> None:
    """QGIS finds one default style a layer, as well-formed QML that draws by the column ``category``."""
    import pyogrio

    styles = pyogrio.read_dataframe(package, layer="layer_styles", read_geometry=False)
    assert set(styles.f_table_name) == set(LAYERS)
    assert styles.useAsDefault.all()
    roots = {row.f_table_name: ET.fromstring(row.styleQML) for row in styles.itertuples()}
    renderer = roots["incidents"].find("renderer-v2")
    assert renderer is not None
    assert renderer.get("attr") == "category"
    assert {one.get("value") for one in renderer.iter("category")} == {"strike", "base", "attack"}
    assert len(renderer.findall("symbols/symbol")) == 3


@pytest.mark.parametrize("name", ["geojson", "geojsonl", "csv", "kml", "gpkg", "parquet"])
def test_same_reports_same_bytes(name: str, tmp_path: Path) -> None:
    """No clock and nothing random in any file but XLSX, whose archive notes the time."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert written(tmp_path / "a", name).read_bytes() == written(tmp_path / "b", name).read_bytes()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_nothing_found_is_a_valid_file(name: str, tmp_path: Path) -> None:
    """A report without incidents makes a file that opens."""
    path = written(tmp_path, name, None, empty_report())
    assert path.is_file()
    if name not in {"csv", "geojsonl"}:
        assert path.stat().st_size > 0


def test_many_reports_make_one_file(tmp_path: Path) -> None:
    """A place that two articles name is one row; incidents of each are rows; the same article twice counts once."""
    other = sample_report()
    other = dataclasses.replace(other, article=dataclasses.replace(other.article, id="other"))
    reports = [sample_report(), other, sample_report()]
    assert len(list(layer_features(reports, "incidents"))) == 24
    assert len(list(layer_features(reports, "places"))) == 13


def test_acled_like_columns() -> None:
    """Labels of ACLED's codebook; deaths that several incidents share are counted for none of them."""
    rows = {one["id"]: one["properties"] for one in Wanted(layout="acled").of([sample_report()], "incidents")}
    asad = rows["i-asad"]
    assert (asad["event_type"], asad["country"], asad["actor1"]) == (
        "Explosions/Remote violence", "Iraq", "Brigades of the Valley",
    )  # fmt: skip
    assert (asad["event_date"], asad["year"], asad["geo_precision"]) == ("2024-03-04", 2024, 1)
    assert rows["i-erbil"]["event_type"] == "Strategic developments"
    assert rows["i-qaim"]["fatalities"] is None


def test_ucdp_like_columns() -> None:
    """Labels of UCDP GED's codebook, with its grid and its date precision."""
    rows = {one["id"]: one["properties"] for one in Wanted(layout="ucdp").of([sample_report()], "incidents")}
    asad = rows["i-asad"]
    assert (asad["date_prec"], asad["where_prec"], asad["adm_1"]) == (1, 1, "Anbar")
    assert asad["geom_wkt"] == "POINT (42.4412 33.7856)"
    assert rows["i-fuel"]["priogrid_gid"] is None


@pytest.mark.parametrize(
    ("point", "cell"), [((-180.0, -90.0), 1), ((179.9, 89.9), 259200), ((0.1, 0.1), 129961), ((180.0, 90.0), 258481)]
)
def test_cells_of_the_grid(point: tuple[float, float], cell: int) -> None:
    """PRIO-GRID counts half degrees from the south-west, 720 a row; the last row and column are inside."""
    assert priogrid_gid(*point) == cell


def test_countries_have_names() -> None:
    """The names of the gazetteer's own table; an unknown code stays itself."""
    assert (country_name("IQ"), country_name("SY"), country_name("??"), country_name(None)) == (
        "Iraq", "Syria", "??", None,
    )  # fmt: skip


def test_the_suffix_names_the_format() -> None:
    """And where it does not, the error lists those that do."""
    assert format_of(Path("a.GPKG")) == "gpkg"
    with pytest.raises(UsageError) as caught:
        format_of(Path("a.shp"))
    assert ".gpkg" in caught.value.hint
