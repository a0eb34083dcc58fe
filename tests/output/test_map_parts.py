"""The parts of the page: frame, script, words, basemap, sizes, and the same bytes every time."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import sample_report

from geomap.config import MapConfig
from geomap.errors import ConfigError
from geomap.model import LonLat, Place
from geomap.output.geojson import features
from geomap.output.map import assets
from geomap.output.map.basemap import basemap
from geomap.output.map.columns import columns
from geomap.output.map.messages import languages, messages
from geomap.output.map.packing import pack_area, pack_line
from geomap.output.map.page import render_map
from geomap.output.map.shell import load_shell, render_shell

APP = Path(assets.__file__).parent / "app"
NAMES = ("place", "gazetteer_id", "country_code", "admin1", "article_id", "source_title", "source_url", "published")
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def test_the_frame_is_what_folium_renders() -> None:
    """The kept rendering is folium's own (write it anew with ``python -m geomap.output.map.shell``)."""
    assert load_shell() == render_shell()


def test_the_frame_holds_no_address_and_no_text() -> None:
    """No link to another file, and no word but the names of parts."""
    frame = load_shell()
    assert "http" not in frame.replace("http-equiv", "")
    assert 'src="' not in frame
    assert "user-scalable" not in frame


def test_the_same_input_gives_the_same_bytes() -> None:
    """Nothing random, no clock, no order of a set."""
    pages = {render_map(sample_report(), config=MapConfig()) for _ in range(3)}
    assert len(pages) == 1


def test_the_page_of_an_article_stays_small_and_fast() -> None:
    """Twelve incidents with labels: under 400 kB, and a warm page in a few hundredths of a second."""
    towns = [
        Place(
            id=str(i),
            name=f"Town number {i}",
            lon=40 + i % 20 / 4,
            lat=32 + i % 17 / 4,
            feature_code="PPL",
            population=i * 1000,
        )
        for i in range(900)
    ]
    render_map(sample_report(), config=MapConfig())
    start = time.process_time()
    page = render_map(sample_report(), config=MapConfig(), labels=towns)
    assert time.process_time() - start < 0.5
    assert len(page.encode()) < 400_000


def test_modules_are_joined_in_order_and_without_circles() -> None:
    """Every module stands once, after those it needs; nothing of import and export is left."""
    script = assets.application()
    names = re.findall(r"^const \$(\w+) = \(\(\) => \{$", script, re.MULTILINE)
    assert sorted([*names, "main"]) == sorted(path.stem for path in APP.glob("*.js") if path.stem != "index")
    assert not re.search(r"^(import|export) ", script, re.MULTILINE)
    for name in names:
        source = (APP / f"{name}.js").read_text(encoding="utf-8")
        for needed in re.findall(r'from "\./(\w+)\.js"', source):
            assert names.index(needed) < names.index(name)


def test_no_code_could_end_its_element() -> None:
    """Neither script nor style holds what would end it early or start a comment."""
    for code in (*assets.leaflet(), assets.application(), assets.style("style")):
        assert "</" not in code.replace("</a>", "").replace("</svg>", "").replace("</span>", "").replace("</path>", "")
        assert "<!--" not in code


def test_nothing_in_our_script_makes_html_of_text() -> None:
    """No module uses what parses text as HTML or as code."""
    for path in APP.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source), (
            path.name
        )


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_script_is_valid_for_another_engine(tmp_path: Path) -> None:
    """Node parses the joined script."""
    path = tmp_path / "app.js"
    path.write_text(assets.application(), encoding="utf-8")
    subprocess.run(["node", "--check", str(path)], check=True)


def test_every_language_has_every_message_with_its_values() -> None:
    """A translation says all that English says, with the same values in it."""

    def values(message: object) -> set[str]:
        forms = message.values() if isinstance(message, dict) else [message]
        return set().union(*(re.findall(r"\{(\w+)\}", str(form)) for form in forms))

    english = json.loads((Path(assets.__file__).parent / "messages" / "en.json").read_text(encoding="utf-8"))
    assert languages() == ("ar", "en")
    for language in languages():
        found = json.loads((Path(assets.__file__).parent / "messages" / f"{language}.json").read_text(encoding="utf-8"))
        assert set(english) <= set(found)
        for key, message in english.items():
            assert values(found[key]) == values(message), f"{language}: {key}"


def test_every_message_the_script_asks_for_is_there() -> None:
    """No key of the script is missing, none of English is unused."""
    source = "".join(path.read_text(encoding="utf-8") for path in APP.glob("*.js"))
    asked = set(re.findall(r'\bt\("([\w.]+)"', source)) | set(re.findall(r'"((?:fact|help|time)\.\w+)"', source))
    assert asked <= set(messages("en"))


def test_an_unknown_language_is_a_clear_error() -> None:
    """The error names the languages there are."""
    with pytest.raises(ConfigError) as caught:
        messages("xx")
    assert "ar, en" in caught.value.hint


def unpack(text: str) -> list[tuple[int, int]]:
    """Read a packed line as the page does."""
    numbers, value, shift = [], 0, 0
    for digit in text:
        bits = DIGITS.index(digit)
        value |= (bits & 31) << shift
        shift += 5
        if not bits & 32:
            numbers.append(-((value + 1) >> 1) if value & 1 else value >> 1)
            value = shift = 0
    line, x, y = [], 0, 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x, y))
    return line


@given(st.lists(st.tuples(st.integers(-40_000, 40_000), st.integers(-20_000, 20_000))))
def test_packed_lines_unpack_to_themselves(line: list[tuple[int, int]]) -> None:
    """Packing loses nothing."""
    assert unpack(pack_line(line)) == line


def test_an_area_keeps_its_rings() -> None:
    """Outer ring, hole and second polygon; a ring too small to see is left out."""
    square = [[0, 0], [1, 0], [1, 1], [0, 0]]
    speck = [[5, 5], [5.001, 5], [5, 5.001], [5, 5]]
    packed = pack_area({"type": "MultiPolygon", "coordinates": [[square, speck], [square]]})
    assert [unpack(ring) for ring in packed["rings"]] == [[(0, 0), (100, 0), (100, 100), (0, 0)]] * 2
    with pytest.raises(ValueError, match="Point"):
        pack_area({"type": "Point", "coordinates": [0, 0]})


def test_the_basemap_brings_the_cells_around_the_points() -> None:
    """The cell of the point is there, with borders and provinces; the whole stays small."""
    found = basemap([LonLat(41.1, 34.4)], [])
    frames = [tuple(cell["frame"]) for cell in found["cells"]]
    assert (40, 30, 45, 35) in frames
    assert len(json.dumps(found["cells"])) < 60_000
    cell = found["cells"][frames.index((40, 30, 45, 35))]
    assert cell["border"]
    assert cell["province"]
    assert found["world"]["land"]


def test_the_basemap_is_unpacked_quickly() -> None:
    """Loading what one map needs costs under 50 ms (best of several)."""
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        basemap([LonLat(41.1, 34.4), LonLat(34.4, 31.5), LonLat(37.6, 48.0)], [])
        best = min(best, time.perf_counter() - start)
    assert best < 0.05


def test_the_antimeridian_has_cells_on_both_sides() -> None:
    """Cells around Fiji lie east and west of 180 degrees."""
    wests = {cell["frame"][0] for cell in basemap([LonLat(179.9, -17.0)], [])["cells"]}
    assert {175, -180} <= wests


def test_labels_come_by_rank_and_only_from_around() -> None:
    """Countries first, then capitals and cities by population; far towns are left out."""
    names = [
        Place(id="1", name="Village", lon=41, lat=34, feature_code="PPL", population=900),
        Place(id="2", name="City", lon=41, lat=34.5, feature_code="PPL", population=400_000),
        Place(id="3", name="Capital", lon=44, lat=33, feature_code="PPLC", population=90_000),
        Place(id="4", name="Country", lon=43, lat=33, feature_code="PCLI"),
        Place(id="5", name="Far", lon=-70, lat=-30, feature_code="PPLC", population=10**7),
        Place(id="6", name="Province", lon=42, lat=33, feature_code="ADM1"),
    ]
    found = basemap([LonLat(41, 34)], names)["labels"]
    assert [one[0] for one in found] == ["Country", "Capital", "City", "Province", "Village"]
    assert {one[0]: (one[3], one[4]) for one in found}["City"] == ("town", 5)


def test_columns_give_back_every_value() -> None:
    """Coded or not, a column holds what its features hold, 1 and True kept apart."""
    rows = [
        {"geometry": None, "properties": {"a": value, "b": number, **dict.fromkeys(NAMES)}}
        for number, value in enumerate([1, True, "1", None] * 3)
    ]
    found = columns(rows)
    column = found["columns"]["a"]
    again = [column["values"][code] for code in column["codes"]]
    assert [(type(value), value) for value in again] == [
        (type(row["properties"]["a"]), row["properties"]["a"]) for row in rows
    ]
    assert found["columns"]["b"] == list(range(12))
    assert columns([])["size"] == 0


def test_what_comes_together_is_written_once() -> None:
    """Place and article stand once each, and every row still finds its own."""
    found = columns(features(sample_report()))
    where, article = found["groups"]
    assert len(where["columns"]["place"]) == 12
    assert article["columns"]["source_url"] == [sample_report().article.url]
    assert article["codes"] == [0] * 12
    again = [where["columns"]["place"][code] for code in where["codes"]]
    assert again == [one["properties"]["place"] for one in features(sample_report())]
