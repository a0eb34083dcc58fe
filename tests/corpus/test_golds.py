"""The golds of the corpus and the examples are sound, so that a fault of a score is a fault of the program."""

from __future__ import annotations

import datetime as dt
import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from geomap.model import Attribution, IncidentKind, IncidentStatus

ROOT = Path(__file__).parents[2]
GOLDS = sorted([*(ROOT / "examples").glob("*.gold.json"), *(ROOT / "tests" / "corpus").glob("*.gold.json")])
BOUNDARIES = ROOT / "gazetteer" / "admin1.geojson.xz"
SUB_EVENTS = {
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Suicide bomb",
    "Grenade",
    "Armed clash",
    "Disrupted weapons use",
}
KEYS = (
    "kind attacked_base name relation admin1 country_code lat lon km geo_precision sub_event_type status attribution "
    "actors targets group killed_low date_start date_end optional"
).split()
AT_SEA_KM = 150  # a ship "60 miles off X" may lie this far outside the box of X's country


def _gold(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def _text(path: Path) -> str:
    return path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")


@cache
def _boxes() -> dict[str, tuple[float, float, float, float]]:
    """Bounding box of every country's provinces: west, south, east, north in degrees."""
    boxes: dict[str, tuple[float, float, float, float]] = {}
    for feature in json.loads(lzma.decompress(BOUNDARIES.read_bytes()))["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        lons, lats = zip(*(point for polygon in polygons for ring in polygon for point in ring), strict=True)
        west, south, east, north = boxes.get(feature["properties"]["country_code"], (180.0, 90.0, -180.0, -90.0))
        box = (min(west, *lons), min(south, *lats), max(east, *lons), max(north, *lats))
        boxes[feature["properties"]["country_code"]] = box
    return boxes


@pytest.fixture(params=GOLDS, ids=lambda path: path.name.removesuffix(".gold.json"))
def path(request: pytest.FixtureRequest) -> Path:
    """Return the gold of one article after another."""
    return Path(request.param)


def test_a_gold_belongs_to_a_text_and_names_it(path: Path) -> None:
    """The id is the file's name, the text stands beside it and is plain: no tabs, no blanks at the ends of lines."""
    gold = _gold(path)
    assert path.name == f"{gold['id']}.gold.json"
    dt.date.fromisoformat(gold["published_on"])
    text = _text(path)
    assert len(text) > 200
    assert "\t" not in text
    assert all(line == line.strip() and line for line in text.splitlines())


def test_every_incident_has_every_key_with_a_known_value(path: Path) -> None:
    """Keys are complete, in one order, and the closed vocabularies of the model are kept."""
    for incident in _gold(path)["incidents"]:
        assert list(incident) == KEYS
        assert incident["kind"] in get_args(IncidentKind)
        assert incident["status"] in set(get_args(IncidentStatus)) - {"denied", "threatened"}
        assert incident["attribution"] in get_args(Attribution)
        assert incident["sub_event_type"] in SUB_EVENTS
        assert incident["geo_precision"] in {1, 2, 3}
        assert incident["km"] > 0
        assert incident["attacked_base"] or incident["kind"] == "strike" or incident["optional"]
        assert (incident["status"] == "intercepted") == (incident["sub_event_type"] == "Disrupted weapons use")


def test_dates_are_a_window_that_ends_at_publication(path: Path) -> None:
    """No incident starts after it ends or ends after the article was published."""
    gold = _gold(path)
    for incident in gold["incidents"]:
        start, end = incident["date_start"], incident["date_end"]
        assert end is not None
        assert (start or end) <= end <= gold["published_on"], incident["name"]


def test_coordinates_lie_in_the_country(path: Path) -> None:
    """A pin lies inside the box of its country, or near it where it lies at sea."""
    if not BOUNDARIES.is_file():
        pytest.skip("the tables of the gazetteer are not built")
    for incident in _gold(path)["incidents"]:
        west, south, east, north = _boxes()[incident["country_code"]]
        slack = (AT_SEA_KM if incident["geo_precision"] == 3 else 10) / 100  # degrees, roughly
        assert west - slack <= incident["lon"] <= east + slack, incident["name"]
        assert south - slack <= incident["lat"] <= north + slack, incident["name"]


def test_one_group_has_one_kind(path: Path) -> None:
    """A group is one wave: its pins are of one kind."""
    groups: dict[str, set[str]] = {}
    for incident in _gold(path)["incidents"]:
        groups.setdefault(incident["group"], set()).add(incident["kind"])
    assert all(len(kinds) == 1 for kinds in groups.values())


def test_ids_are_unique() -> None:
    """No article is there twice, neither its id nor its text."""
    assert len({_gold(path)["id"] for path in GOLDS}) == len(GOLDS)
    assert len({_text(path) for path in GOLDS}) == len(GOLDS)


def test_no_text_is_without_its_gold() -> None:
    """Every article has an answer."""
    texts = [*(ROOT / "examples").glob("*.txt"), *(ROOT / "tests" / "corpus").glob("*.txt")]
    assert {text.stem for text in texts} == {path.name.removesuffix(".gold.json") for path in GOLDS}


def test_the_corpus_is_wide() -> None:
    """At least 60 articles over 15 conflicts, an eighth of them without any pin."""
    golds = [_gold(path) for path in GOLDS]
    countries = {incident["country_code"] for gold in golds for incident in gold["incidents"]}
    assert len(golds) >= 60
    assert len(countries) >= 15
    assert sum(not gold["incidents"] for gold in golds) >= len(golds) / 8
