"""The compiled store over the real tables: what it answers, how it is found, what happens when it is broken."""

from __future__ import annotations

import lzma
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geomap.config import GazetteerConfig
from geomap.errors import GazetteerError
from geomap.gazetteer.compile import compile_tables
from geomap.gazetteer.geopackage import read_areas, towns_in
from geomap.gazetteer.locate import ensure_compiled, open_store
from geomap.gazetteer.lookup import distance_km, lookup
from geomap.gazetteer.names import key
from geomap.gazetteer.store import Store
from geomap.model import BBox, LonLat

HEADER = (
    "id\tname\tkind\tlon\tlat\tprecision_km\tcountry_code\tadmin1\tadmin2\tpopulation\taliases\tformer_names\tsource\n"
)
SMALL = HEADER + (
    "geonames:1\tIraq\tPCLI\t44\t33\t300\tIQ\t\t\t40000000\t\t\tX\n"
    "geonames:2\tAl Anbar Governorate\tADM1\t42\t33\t150\tIQ\tIQ.01\t\t\tAnbar\t\tX\n"
    "geonames:3\tAl Qā’im\tPPL\t41.09\t34.37\t5\tIQ\tIQ.01\t\t74000\tKaim\tHusaybah al Gharbiyah\tX\n"
)


@pytest.fixture
def tables(tmp_path) -> Path:
    """A folder with one small table."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "places.tsv.xz").write_bytes(lzma.compress(SMALL.encode()))
    return folder


def test_every_kind_of_name_finds_its_place(tables, tmp_path):
    """Name, alias, former name and name without its feature word lead to the place, each marked as what it is."""
    compile_tables(tables, tmp_path / "store")
    with Store(tmp_path / "store") as store:
        found = {name: store.hits(key(name)) for name in ("Al Qaim", "Qaim", "Kaim", "Husaybah al Gharbiyah", "Anbar")}
        assert {store.id(hits[0].row) for name, hits in found.items() if name != "Anbar"} == {"geonames:3"}
        assert [found[n][0].kind for n in ("Al Qaim", "Kaim", "Husaybah al Gharbiyah")] == [0, 1, 2]
        assert store.place(found["Kaim"][0].row).admin1 == "Al Anbar Governorate"


def test_a_unit_without_code_takes_no_strangers(tables, tmp_path):
    """A place that names no unit goes to none by name, whatever unit has an empty or foreign code."""
    more = SMALL + (
        "geonames:5\tNorthern\tADM1\t1\t8\t50\tGH\tNorthern\t\t\t\t\tX\n"
        "geonames:6\tNowhere\tADM1\t22\t-4\t50\tCD\t\t\t\t\t\tX\n"
        "geonames:7\tHit\tPPL\t42.8\t33.6\t5\tIQ\t\t\t60000\t\t\tX\n"
        "geonames:8\tElsewhere\tPPL\t42.8\t33.6\t5\tIQ\tNorthern\t\t60000\t\t\tX\n"
    )
    (tables / "places.tsv.xz").write_bytes(lzma.compress(more.encode()))
    compile_tables(tables, tmp_path / "store")
    with Store(tmp_path / "store") as store:
        assert [store.place(store.row_of(f"geonames:{n}")).admin1 for n in (3, 7, 8)] == [
            "Al Anbar Governorate", None, None]  # fmt: skip


def test_a_row_is_found_again_by_its_id(store):
    """Ids are found by bisection, first, last and middle; an unknown id is None, not a neighbour."""
    for row in (0, 1, len(store) // 2, len(store) - 1):
        assert store.row_of(store.id(row)) == row
    assert store.row_of("geonames:0") is None
    assert store.row_of("zzz") is None


@pytest.mark.parametrize(
    ("name", "country", "lon", "lat", "km"),
    [
        ("Baghdad", None, 44.4, 33.3, 25),
        ("Ain al-Asad airbase", "Iraq", 42.44, 33.79, 10),
        ("Qaim", "IQ", 41.0, 34.38, 15),
        ("Deir Ezzor", "Syria", 40.14, 35.33, 25),
        ("Анбар", "IQ", 41.8, 33.0, 250),
        ("دمشق", "SY", 36.3, 33.5, 25),
        ("Kiev", "Ukraine", 30.5, 50.45, 25),
    ],
)
def test_known_places_are_where_they_are(store, name, country, lon, lat, km):
    """Famous spellings in three scripts lead to the right point."""
    best = lookup(store, name, country=country, limit=1)[0].place
    assert distance_km(best.point, LonLat(lon, lat)) < km


def test_a_country_is_a_filter_and_an_unknown_one_answers_nothing(store):
    """With a country given no other country's place answers."""
    assert {c.place.country_code for c in lookup(store, "Tripoli", country="Lebanon")} == {"LB"}
    assert lookup(store, "Baghdad", country="Atlantis") == []
    assert lookup(store, "Xyzzy") == []


def test_folded_names_answer_only_where_the_country_is_known(store):
    """A spelling nobody listed is found in its country, marked approximate, and nowhere without it."""
    assert lookup(store, "Nasseriyyeh", country="IQ", limit=1)[0].name_kind in {"approximate", "alias", "name"}
    assert all(c.name_kind != "approximate" for c in lookup(store, "Qemishlo Kalan"))


def test_provinces_have_polygons_and_boxes_have_towns(store):
    """The GeoPackage answers for the map: Anbar's polygon, the towns around Baghdad by size."""
    package = store.folder / "places.gpkg"
    anbar = lookup(store, "Anbar province", country="IQ", limit=1)[0].place
    assert anbar.feature_code == "ADM1"
    assert read_areas(package, [anbar.id])[anbar.id]["type"] == "MultiPolygon"
    towns = towns_in(package, BBox(43, 32, 46, 35), most=5)
    assert towns[0].name == "Baghdad"
    assert [t.population for t in towns] == sorted((t.population for t in towns), reverse=True)


def test_the_store_is_compiled_once_and_found_again(tables, tmp_path):
    """The second opening reads no table; a changed table is noticed."""
    config = GazetteerConfig(folder=str(tmp_path / "stores"), tables=str(tables))
    first = ensure_compiled(config)
    stamp = (first / "meta.json").stat().st_mtime_ns
    assert ensure_compiled(config) == first
    assert (first / "meta.json").stat().st_mtime_ns == stamp
    more = SMALL + "geonames:4\tHit\tPPL\t42.8\t33.6\t5\tIQ\tIQ.01\t\t60000\t\t\tX\n"
    (tables / "places.tsv.xz").write_bytes(lzma.compress(more.encode()))
    assert ensure_compiled(config) != first
    with open_store(config) as store:
        assert store.hits("hit")


def test_old_stores_do_not_pile_up(tables, tmp_path):
    """What no stamp leads to is removed once it is old; a fresh one is left to the process that makes it."""
    config = GazetteerConfig(folder=str(tmp_path / "stores"), tables=str(tables))
    first = ensure_compiled(config)
    for name, old in (("0123456789abcdef", True), ("fedcba9876543210", False), (".compile-x", True)):
        shutil.copytree(first, tmp_path / "stores" / name)
        if old:
            os.utime(tmp_path / "stores" / name, (1, 1))
    second = ensure_compiled(config, again=True)
    assert second != first
    left = {path.name for path in (tmp_path / "stores").iterdir() if path.is_dir()}
    assert left == {first.name, second.name, "fedcba9876543210"}
    with open_store(config) as store:
        assert store.hits("kaim")


def test_missing_tables_say_so(tmp_path):
    """An absent or empty folder is an error with a remedy, never an empty gazetteer."""
    with pytest.raises(GazetteerError, match="no folder"):
        open_store(GazetteerConfig(folder=str(tmp_path), tables=str(tmp_path / "none")))
    (tmp_path / "empty").mkdir()
    with pytest.raises(GazetteerError, match="no gazetteer tables"):
        open_store(GazetteerConfig(folder=str(tmp_path), tables=str(tmp_path / "empty")))


@pytest.mark.parametrize(
    "broken",
    "names.0.marisa ids.bin postings.bin lon.bin admin1.bin strings.bin meta.json offsets.bin".split(),
)
def test_a_damaged_store_says_so(tables, tmp_path, broken):
    """A file cut short or missing is an error that names the remedy, whichever file it is."""
    compile_tables(tables, tmp_path / "store")
    path = tmp_path / "store" / broken
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(GazetteerError) as caught:
        Store(tmp_path / "store")
    assert "compile" in caught.value.hint
    path.unlink()
    with pytest.raises(GazetteerError):
        Store(tmp_path / "store")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("geonames:9\tX\tPPL\tabc\t1" + "\t" * 8, "abc"),
        ("geonames:9\tX\tPPL\t200\t1" + "\t" * 8, "no such point"),
        ("geonames:9\tX", "line 5: 2 cells instead of 13"),
    ],
)
def test_a_bad_row_is_named(tables, tmp_path, line, said):
    """A row that cannot be read is an error with table and line."""
    (tables / "places.tsv.xz").write_bytes(lzma.compress((SMALL + line + "\n").encode()))
    with pytest.raises(GazetteerError, match=said):
        compile_tables(tables, tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_compile_killed_at_any_moment_leaves_the_old_store_usable(tables, tmp_path):
    """Kill -9 at several moments of a compile: the store that was there still answers."""
    compile_tables(tables, tmp_path / "store")
    code = (
        "import sys; from pathlib import Path; from geomap.gazetteer.compile import compile_tables;"
        "print('go', flush=True);"
        "[compile_tables(Path(sys.argv[1]), Path(sys.argv[2])) for _ in range(50)]"
    )
    for delay in (0.05, 0.4, 0.9):
        child = subprocess.Popen([sys.executable, "-c", code, tables, tmp_path / "store"], stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(delay)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with Store(tmp_path / "store") as store:
            assert store.hits("kaim")
    shutil.rmtree(tmp_path / "store")
