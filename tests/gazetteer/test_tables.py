"""The world tables are whole: header, order, ids, ranges, checksums, and facts everybody can check."""

import csv
import hashlib
import json
import lzma
import math
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "gazetteer"
HEADER = "id name kind lon lat precision_km country_code admin1 admin2 population aliases former_names source".split()
GENERATED = ("countries.tsv", "admin1.tsv.xz", "districts.tsv.xz", "places.tsv.xz", "airports.tsv.xz")
PLACES = (*GENERATED, "world.csv")
MEGABYTES = 12


def content(name: str) -> str:
    """Return a table as text."""
    data = (FOLDER / name).read_bytes()
    return (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8")


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    lines = content(name).rstrip("\n").split("\n")
    reader = csv.reader(lines) if name.endswith(".csv") else (line.split("\t") for line in lines)
    header, *body = reader
    assert all(len(cells) == len(header) for cells in body), name
    return [dict(zip(header, cells, strict=True)) for cells in body]


@cache
def by_id(name: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table by id."""
    return {row["id"]: row for row in rows(name)}


@cache
def polygons() -> dict[str, dict]:
    """Return the polygons by GeoNames code."""
    features = json.loads(content("admin1.geojson.xz"))["features"]
    return {feature["properties"]["admin1"]: feature for feature in features}


def apart_km(row: dict[str, str], lon: float, lat: float) -> float:
    """Return how far a row is from a point."""
    east = math.radians(lon - float(row["lon"])) * math.cos(math.radians(lat))
    return 6371 * math.hypot(east, math.radians(lat - float(row["lat"])))


def names(row: dict[str, str]) -> set[str]:
    """Return every name of a row."""
    return {row["name"], *row["aliases"].split("|"), *row["former_names"].split("|")}


@pytest.mark.parametrize("name", PLACES)
def test_header_order_and_ids(name):
    """Every table of places has the one header, is sorted by id and has no id twice."""
    first = content(name).split("\n", 1)[0]
    assert re.split("[\t,]", first) == HEADER
    ids = [row["id"] for row in rows(name)]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("name", PLACES)
def test_cells_are_in_range(name):
    """Coordinates lie on the globe with at most five digits, radii are above zero, codes look like codes."""
    for row in rows(name):
        assert -180 <= float(row["lon"]) <= 180, row
        assert -90 <= float(row["lat"]) <= 90, row
        assert re.fullmatch(r"-?\d+(\.\d{1,5})?", row["lon"]), row
        assert float(row["precision_km"]) > 0, row
        assert re.fullmatch("([A-Z]{2})?", row["country_code"]), row
        assert re.fullmatch(r"([A-Z]{2}\.[A-Za-z0-9]+)?", row["admin1"]), row
        assert re.fullmatch(r"\d*", row["population"]), row
        assert row["name"] == row["name"].strip(), row
        assert row["name"], row


@pytest.mark.parametrize("name", PLACES)
def test_names_are_clean(name):
    """No name is empty, is given twice, or brings a bidirectional mark along."""
    for row in rows(name):
        aliases = row["aliases"].split("|") if row["aliases"] else []
        assert all(alias.strip() == alias and alias for alias in aliases), row
        assert len(set(aliases)) == len(aliases), row
        assert not re.search("[\u200e\u200f\u202a-\u202e]", row["aliases"]), row


@pytest.mark.parametrize("name", PLACES)
def test_kinds_are_geonames_feature_codes(name):
    """Every kind is a feature code that GeoNames defines."""
    known = set((FOLDER / "feature_codes.txt").read_text(encoding="utf-8").split())
    assert {row["kind"] for row in rows(name)} <= known


def test_checksums_agree():
    """sources.yaml tells the SHA-256 of exactly what lies here."""
    sums = yaml.safe_load((FOLDER / "sources.yaml").read_text(encoding="utf-8"))["checksums"]
    assert set(GENERATED) | {"admin1.geojson.xz", "world.csv", "demonyms.tsv", "disputed.csv"} == set(sums)
    assert {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in sums} == sums


def test_the_tables_stay_small():
    """The generated tables fit the wheel."""
    total = sum((FOLDER / name).stat().st_size for name in (*GENERATED, "admin1.geojson.xz"))
    assert total < MEGABYTES * 1_000_000


@pytest.mark.parametrize(
    ("table", "row_id", "called", "spot"),
    [
        ("places.tsv.xz", "geonames:98182", ("Baghdad", "PPLC"), (44.39, 33.32, 15)),
        ("places.tsv.xz", "geonames:703448", ("Kyiv", "PPLC"), (30.52, 50.45, 15)),
        ("places.tsv.xz", "geonames:281133", ("Gaza", "PPL"), (34.46, 31.5, 5)),
        ("airports.tsv.xz", "ourairports:ORAA", ("Al Asad Air Base", "AIRB"), (42.441, 33.786, 3)),
        ("airports.tsv.xz", "ourairports:ORBI", ("Baghdad International Airport", "AIRP"), (44.234, 33.262, 3)),
        ("airports.tsv.xz", "ourairports:OS67", ("Mezzeh Airport", "AIRB"), (36.223, 33.478, 3)),
        ("admin1.tsv.xz", "geonames:99592", ("Anbar", "ADM1"), (41.6, 33.0, 60)),
        ("countries.tsv", "geonames:99237", ("Iraq", "PCLI"), (43.7, 33.0, 60)),
        ("countries.tsv", "geonames:6252001", ("United States", "PCLI"), (-98.5, 39.8, 60)),
        ("world.csv", "geomap:world-white-house", ("White House", "BLDG"), (-77.0365, 38.8977, 0.5)),
    ],
)
def test_known_places(table, row_id, called, spot):
    """Places everybody can look up are where they are."""
    row = by_id(table)[row_id]
    assert (row["name"], row["kind"]) == called
    assert apart_km(row, *spot[:2]) < spot[2]


@pytest.mark.parametrize(
    ("table", "row_id", "spelling"),
    [
        ("places.tsv.xz", "geonames:98182", "بغداد"),
        ("admin1.tsv.xz", "geonames:99592", "الأنبار"),
        ("admin1.tsv.xz", "geonames:709716", "Донецька область"),
        ("countries.tsv", "geonames:2635167", "Britain"),
        ("countries.tsv", "geonames:163843", "سوريا"),
        ("countries.tsv", "geonames:1327865", "Burma"),
        ("airports.tsv.xz", "ourairports:ORSH", "Camp Speicher"),
        ("airports.tsv.xz", "ourairports:OS71", "Menagh Military Airbase"),
    ],
)
def test_known_spellings(table, row_id, spelling):
    """Spellings that news uses are among the names."""
    assert spelling in names(by_id(table)[row_id])


@pytest.mark.parametrize(
    ("table", "row_id", "word"),
    [
        ("places.tsv.xz", "geonames:281133", "Gaza Strip"),
        ("places.tsv.xz", "geonames:281184", "Salem"),
        ("airports.tsv.xz", "ourairports:ORSU", "Kurdistan"),
        ("airports.tsv.xz", "ourairports:ORAT", "Al Fallujah"),
        ("countries.tsv", "geonames:130758", "Irã"),
        ("countries.tsv", "geonames:3041565", "AND"),
    ],
)
def test_misleading_names_are_left_out(table, row_id, word):
    """A name that is another place's, or a common word, is no alias."""
    assert word not in names(by_id(table)[row_id])


def test_every_country_has_its_row():
    """Two hundred and fifty countries and territories, Kosovo and Palestine among them, and nothing outside them."""
    codes = {row["country_code"] for row in rows("countries.tsv")}
    assert len(codes) == len(rows("countries.tsv")) == 250
    assert {"XK", "PS", "TW", "EH"} <= codes
    for name in PLACES:
        assert {row["country_code"] for row in rows(name)} - {""} <= codes, name


def test_provinces_of_the_conflict_countries_are_complete():
    """Every province of the countries we map most has a row and, bar the youngest, a polygon."""
    expected = {"IQ": 19, "SY": 14, "YE": 22, "UA": 27, "IR": 31, "PS": 2, "LB": 8, "AF": 34, "SD": 18}
    units = [row["admin1"] for row in rows("admin1.tsv.xz")]
    assert {code: sum(unit.startswith(code) for unit in units) for code in expected} == expected
    missing = {unit for unit in units if unit[:2] in expected and unit not in polygons()}
    assert missing <= {"IQ.19", "YE.28", "LB.10"}


def test_polygons_belong_to_rows():
    """Every polygon has the id, name and country of a row, is closed, and lies on the globe to three digits."""
    for code, feature in polygons().items():
        row = by_id("admin1.tsv.xz")[feature["properties"]["id"]]
        assert (row["admin1"], row["name"]) == (code, feature["properties"]["name"])
        assert row["country_code"] == feature["properties"]["country_code"]
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for ring in (ring for part in parts for ring in part):
            assert ring[0] == ring[-1]
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 and round(lon, 3) == lon for lon, lat in ring)


def test_places_lie_in_the_polygon_of_their_code():
    """Of the places in some polygon, 95 in 100 and more lie in that of their own province."""
    shapely = pytest.importorskip("shapely")
    codes = sorted(polygons())
    tree = shapely.STRtree([shapely.geometry.shape(polygons()[code]["geometry"]) for code in codes])
    coded = [row for row in rows("places.tsv.xz") if row["admin1"] in polygons()]
    points = shapely.points([(float(row["lon"]), float(row["lat"])) for row in coded])
    found = [(coded[place], codes[shape]) for place, shape in zip(*tree.query(points, predicate="within"), strict=True)]
    for country in ("", "IQ", "UA", "SY"):
        hits = [row["admin1"] == code for row, code in found if row["admin1"].startswith(country)]
        assert sum(hits) / len(hits) > 0.95, country


def test_crimea_and_palestine_follow_the_united_nations():
    """Natural Earth's country of a disputed province does not reach the tables."""
    assert polygons()["UA.11"]["properties"]["country_code"] == "UA"
    assert polygons()["UA.20"]["properties"]["country_code"] == "UA"
    assert polygons()["PS.GZ"]["properties"]["country_code"] == "PS"
    assert by_id("places.tsv.xz")["geonames:167444"]["country_code"] == "SY"  # Majdal Shams
    assert by_id("admin1.tsv.xz")["geonames:11281886"]["country_code"] == "EH"  # Dakhla


def test_demonyms():
    """Peoples tell of their country; a movement is no people; one spelling stands once."""
    table = {row["demonym"]: row for row in rows("demonyms.tsv")}
    assert list(table) == sorted(table)
    assert len({word.casefold() for word in table}) == len(rows("demonyms.tsv"))
    assert {word: table[word]["country_code"] for word in ("Iraqis", "Briton", "Palestinian", "Yemeni")} == {
        "Iraqis": "IQ",
        "Briton": "GB",
        "Palestinian": "PS",
        "Yemeni": "YE",
    }
    assert (table["Chechen"]["country_code"], table["Chechen"]["place_name"]) == ("RU", "Chechnya")
    assert not {"Houthi", "Houthis", "Kurdish", "Kurds"} & set(table)


def test_disputed_places_name_their_claims():
    """Every disputed place has a neutral label and a source, and one that is claimed names its claimants."""
    disputed = rows("disputed.csv")
    assert [row["id"] for row in disputed] == sorted(row["id"] for row in disputed)
    for row in disputed:
        assert row["neutral_label"], row
        assert row["source"], row
        assert row["claimed_by"] or row["name"] == "Bir Tawil", row
    label = {row["name"]: row["neutral_label"] for row in disputed}
    assert "Ukraine" in label["Crimea"]
    assert "Syria" in label["Golan Heights"]
