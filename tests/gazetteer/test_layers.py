"""Layers of the user's own: every format, priorities, removal, and that nothing is lost when an import is killed."""

from __future__ import annotations

import json
import lzma
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from geomap.config import GazetteerConfig
from geomap.errors import GazetteerError, UsageError
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.importers.add import Request, add_layer, remove_layer
from geomap.gazetteer.layers import read_layers
from geomap.gazetteer.locate import open_store, stores_folder
from geomap.gazetteer.lookup import lookup
from geomap.model import LonLat

HEADER = (
    "id\tname\tkind\tlon\tlat\tprecision_km\tcountry_code\tadmin1\tadmin2\tpopulation\taliases\tformer_names\tsource\n"
)
WORLD = HEADER + (
    "geonames:1\tIraq\tPCLI\t44\t33\t300\tIQ\t\t\t40000000\t\t\tX\n"
    "geonames:2\tAnbar Governorate\tADM1\t42\t33\t150\tIQ\tIQ.01\t\t\tAnbar\t\tX\n"
    "geonames:3\tAl Qā’im\tPPL\t41.09\t34.37\t5\tIQ\tIQ.01\t\t74000\tKaim\t\tX\n"
)
DUMP = "".join(
    f"{number}\t{name}\t{name}\t{other}\t{lat}\t{lon}\t{kind[0]}\t{kind[1:]}\tIQ\t\t01\t{adm2}\t\t\t{people}"
    "\t\t180\tAsia/Baghdad\t2024-01-01\n"
    for number, name, other, lat, lon, kind, adm2, people in (
        ("3", "Qa'im City", "El Caim,Al Qaim", "34.4", "41.0", "PPPLA2", "92137", "80000"),
        ("92137", "Qada al Qaim", "", "34.1", "41.2", "AADM2", "92137", "0"),
        ("77", "Husaybah Village", "Husayba", "34.39", "40.98", "PPPL", "92137", "5000"),
        ("78", "Grand Hotel Qaim", "", "34.4", "41.0", "SHTL", "", "0"),
        ("79", "Qaim Air Base", "", "34.3", "41.1", "SAIRB", "", "0"),
    )
)
ALTERNATES = "1\t3\tku\tQayim\t\t\t\t\n2\t3\ten\tOld Qaim\t\t\t\t1\n3\t3\tlink\thttps://example.org\t\t\t\t\n4\t999\ten\tGone\t\t\t\t\n"
AIRPORTS = (
    '"id","ident","type","name","latitude_deg","longitude_deg","elevation_ft","iso_country","keywords"\n'
    '1,"IQ-0026","medium_airport","K1 Air Base",35.5,44.2,0,"IQ","K-1, Kaywan"\n'
    '2,"IQ-9","heliport","Hospital Heliport",35.5,44.2,0,"IQ",""\n'
)
OWN = "name;lat;lon;aliases;kind\nMy Post;33.9;41.5;Mein Posten|نقطتي;MILB\nX9;33.8;41.6;;INSM\n"


@pytest.fixture
def config(tmp_path):
    """A configuration with one small table and an empty folder of stores."""
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "places.tsv.xz").write_bytes(lzma.compress(WORLD.encode()))
    return GazetteerConfig(folder=str(tmp_path / "stores"), tables=str(tables))


def write(tmp_path, name, text):
    """Write a file and return its path."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def best(config, name, country="IQ"):
    """Return the first place that a name means, None where nothing answers."""
    with open_store(config) as store:
        found = lookup(store, name, country=country, limit=1)
    return found[0].place if found else None


def test_a_geonames_dump_becomes_a_layer(config, tmp_path):
    """A place of both has the dump's point and the names of both; hotels stay out; districts are named; zip works."""
    dump = write(tmp_path, "IQ.txt", DUMP)
    layer = add_layer(config, Request(path=dump))
    assert (layer.name, layer.format, layer.places, layer.priority) == ("IQ", "geonames", 4, 50)
    joined = best(config, "Kaim")
    assert (joined.name, joined.lat, joined.admin2, joined.admin1) == (
        "Qa'im City", 34.4, "Qada al Qaim", "Anbar Governorate")  # fmt: skip
    assert best(config, "El Caim").id == best(config, "al-Qaim").id == "geonames:3"
    assert best(config, "Husayba").id == "geonames:77"
    assert best(config, "Qaim Air Base").feature_code == "AIRB"
    assert best(config, "Grand Hotel Qaim") is None
    packed = tmp_path / "SY.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("SY.txt", DUMP.replace("\tIQ\t", "\tSY\t").replace("77\t", "770\t", 1))
    assert add_layer(config, Request(path=packed)).places == 4


def test_alternate_names_reach_places_of_other_layers(config, tmp_path):
    """Names from the alternate-names file lead to the place, former ones marked; links and unknown ids do not."""
    layer = add_layer(config, Request(path=write(tmp_path, "alternateNamesV2.txt", ALTERNATES)))
    assert (layer.format, layer.places, layer.names) == ("alternate-names", 0, 3)
    with open_store(config) as store:
        assert [lookup(store, name, country="IQ")[0].name_kind for name in ("Qayim", "Old Qaim")] == ["alias", "former"]
        assert lookup(store, "https example.org") == lookup(store, "Gone") == []


def test_ourairports_become_a_layer(config, tmp_path):
    """Air bases by name and keyword; heliports of hospitals stay out."""
    layer = add_layer(config, Request(path=write(tmp_path, "airports.csv", AIRPORTS)))
    assert (layer.format, layer.places) == ("ourairports", 1)
    assert best(config, "Kaywan").id == best(config, "K-1 air base").id == "ourairports:IQ-0026"


def test_ones_own_places_rank_with_the_curated(config, tmp_path):
    """A CSV with other headings and separators; short names count; bare ids get the layer's name."""
    layer = add_layer(config, Request(path=write(tmp_path, "posts.csv", OWN), name="mine"))
    assert (layer.format, layer.priority) == ("csv", 100)
    assert best(config, "Mein Posten", None).id == "user:mine:my-post"
    assert best(config, "X9", None).source == "user"
    with open_store(config) as store:
        assert store.is_curated(store.row_of("user:mine:x9"))


@pytest.mark.parametrize(
    ("properties", "options", "kind", "said"),
    [
        ({"shapeName": "Anbar", "shapeGroup": "IRQ", "shapeType": "ADM1", "shapeID": "a1"}, {}, "ADM1", "geonames:2"),
        ({"name": "Al-Anbar", "iso_a2": "IQ", "featurecla": "Admin-1 states provinces"}, {}, "ADM1", "geonames:2"),
        ({"ADM2_EN": "Rutba", "ADM2_PCODE": "IQG01Q05", "ADM1_EN": "Anbar", "ADM0_PCODE": "IQ"}, {}, "ADM2",
         "user:shapes:iq-IQG01Q05"),
        ({"NAME_2": "Haditha", "NAME_1": "Anbar", "GID_0": "IRQ", "GID_2": "IRQ.1.4_1"}, {}, "ADM2",
         "user:shapes:iq-IRQ.1.4_1"),
        ({"name": "Hit"}, {"country": "IQ", "level": 2}, "ADM2", "user:shapes:iq-hit"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "shp"])
def test_boundaries_of_usual_makers(config, tmp_path, properties, options, kind, said, suffix):
    """Columns of geoBoundaries, Natural Earth, OCHA, GADM, and a bare name; a known province keeps its id."""
    import geopandas
    import shapely

    if suffix == "shp":  # its column names have ten characters at most
        properties = {name[:10]: value for name, value in properties.items()}
    frame = geopandas.GeoDataFrame([properties], geometry=[shapely.box(40.5, 33.5, 42.5, 34.9)], crs="EPSG:4326")
    frame.to_file(tmp_path / f"shapes.{suffix}", engine="pyogrio")
    (config_admin1 := stores_folder(config).parent / "tables" / "admin1.tsv.xz").write_bytes(
        lzma.compress("".join(WORLD.splitlines(keepends=True)[i] for i in (0, 2)).encode())
    )
    assert config_admin1.exists()
    layer = add_layer(config, Request(path=tmp_path / f"shapes.{suffix}", **options))
    assert (layer.format, layer.places) == ("boundaries", 1)
    with open_store(config) as store:
        row = store.row_of(said)
        assert store.codes[store.code[row]] == kind
        if kind == "ADM2":
            assert store.place(store.row_of("geonames:3")).admin2 == store.name(row)


def test_the_higher_layer_holds_the_point(config, tmp_path):
    """Of three sources of one place the point of the highest priority counts, whatever the order of adding."""
    low = write(tmp_path, "low.csv", "id,name,lat,lon,country\ngeonames:3,Low Qaim,34.0,41.0,IQ\n")
    high = write(tmp_path, "high.csv", "id,name,lat,lon,country\ngeonames:3,High Qaim,35.0,41.0,IQ\n")
    add_layer(config, Request(path=high, priority=200))
    add_layer(config, Request(path=low, priority=60))
    assert (best(config, "Low Qaim").lat, best(config, "Kaim").name) == (35.0, "High Qaim")
    assert [layer.name for layer in read_layers(stores_folder(config))] == ["low", "high"]


def test_a_dump_does_not_rename_provinces(config, tmp_path):
    """Provinces keep the names chosen for them; the dump's name leads to them too. With a higher priority it wins."""
    tables = stores_folder(config).parent / "tables"
    (tables / "admin1.tsv.xz").write_bytes(lzma.compress((HEADER + WORLD.splitlines(keepends=True)[2]).encode()))
    row = DUMP.splitlines(keepends=True)[1].replace("Qada al Qaim", "Muhafazat al Anbar").replace("ADM2", "ADM1")
    dump = write(tmp_path, "IQ.txt", row.replace("92137\t", "2\t", 1))
    add_layer(config, Request(path=dump))
    assert best(config, "Muhafazat al Anbar").name == "Anbar Governorate"
    add_layer(config, Request(path=dump, priority=80))
    assert best(config, "Anbar Governorate").name == "Muhafazat al Anbar"


def test_a_layer_is_replaced_and_removed(config, tmp_path):
    """Adding under the same name replaces; removing brings back what was; an unknown name is an error."""
    add_layer(config, Request(path=write(tmp_path, "mine.csv", "name,lat,lon\nFirst Post,33,41\n")))
    add_layer(config, Request(path=write(tmp_path, "mine.csv", "name,lat,lon\nOther Post,33,41\n")))
    assert best(config, "First Post", None) is None
    assert best(config, "Other Post", None) is not None
    remove_layer(config, "mine")
    assert best(config, "Other Post", None) is None
    assert [path.name for path in (stores_folder(config) / "layers").iterdir()] == ["layers.json"]
    with pytest.raises(UsageError, match="no layer"):
        remove_layer(config, "mine")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "name,lat,lon\nGood,33,41\nBad,here,41\n", "line 3: lat is 'here'"),
        ("a.csv", "name,lat,lon\nBad,133,41\n", "no such point"),
        ("a.csv", "name,lat,lon\n,33,41\n", "without a name"),
        ("a.csv", "name,lat,lon,country\nX Post,33,41,Iraq\n", "no country code"),
        ("a.csv", "name,lat,lon\nX Post,33,41\nx post,33,41\n", "second place"),
        ("a.csv", "name,lat,lon\n", "holds no place"),
        ("IQ.txt", DUMP + "80\tbroken\n", "line 6: 2 columns"),
        ("IQ.txt", DUMP.replace("34.39", "x"), "line 3"),
    ],
)
def test_a_bad_file_adds_nothing_and_names_the_line(config, tmp_path, name, text, said):
    """The error names file and line; no layer, no remains, the former store answers."""
    path = write(tmp_path, name, text)
    with pytest.raises(GazetteerError, match=said):
        add_layer(config, Request(path=path))
    assert read_layers(stores_folder(config)) == []
    assert not any(p.name.startswith(".") for p in (stores_folder(config) / "layers").iterdir())
    assert best(config, "Kaim").id == "geonames:3"


def test_what_is_no_place_file_says_so(config, tmp_path):
    """A missing file and an unknown format are errors of the call, with what is known."""
    with pytest.raises(UsageError, match="no file"):
        add_layer(config, Request(path=tmp_path / "none.csv"))
    with pytest.raises(UsageError, match="no format"):
        add_layer(config, Request(path=write(tmp_path, "a.txt", "hello\n")))
    with pytest.raises(GazetteerError, match="cannot name a layer"):
        add_layer(config, Request(path=write(tmp_path, "a.csv", OWN), name="../x"))


def test_the_real_dump_of_a_country(config, shared):
    """GeoNames' own file of the Netherlands: every line is read, its towns are found."""
    layer = add_layer(config, Request(path=shared / "data" / "geonames" / "NL.txt"))
    assert layer.places > 15_000
    place = best(config, "Den Haag", "NL") or best(config, "The Hague", "NL")
    assert distance_km(place.point, LonLat(4.31, 52.08)) < 15


def test_an_import_killed_at_any_moment_changes_nothing(config, tmp_path, shared):
    """Kill -9 at several moments of an import: the list of layers and the store that was there still answer."""
    add_layer(config, Request(path=write(tmp_path, "mine.csv", OWN)))
    code = (
        "import sys; from pathlib import Path; from geomap.config import GazetteerConfig;"
        "from geomap.gazetteer.importers.add import Request, add_layer; print('go', flush=True);"
        "add_layer(GazetteerConfig(folder=sys.argv[1], tables=sys.argv[2]), Request(path=Path(sys.argv[3])))"
    )
    dump = shared / "data" / "geonames" / "NL.txt"
    for delay in (0.1, 0.5, 1.0, 1.8):
        child = subprocess.Popen(
            [sys.executable, "-c", code, config.folder, config.tables, dump], stdout=subprocess.PIPE
        )
        child.stdout.readline()
        time.sleep(delay)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert "mine" in {layer.name for layer in read_layers(stores_folder(config))}
        assert best(config, "Mein Posten", None) is not None
    add_layer(config, Request(path=dump))
    assert not list((stores_folder(config) / "layers").glob(".add-*"))
    shutil.rmtree(config.folder)


def test_the_verbs(config, tmp_path):
    """Add, list, search, explain, info and remove through the command line, as JSON and as text."""
    path = write(tmp_path, "posts.csv", OWN)
    environment = os.environ | {"GEOMAP_GAZETTEER_FOLDER": config.folder, "GEOMAP_GAZETTEER_TABLES": config.tables}

    def run(*verb):
        done = subprocess.run(
            [sys.executable, "-m", "geomap", "gazetteer", *map(str, verb)],
            capture_output=True, text=True, env=environment, cwd=tmp_path, check=True,
        )  # fmt: skip
        return done.stdout

    assert json.loads(run("add", path, "--name", "mine", "--json"))["places"] == 2
    assert "mine: 2 places" in run("list")
    assert json.loads(run("search", "mein", "--json"))[0]["id"] == "user:mine:my-post"
    told = json.loads(run("explain", "Qaim", "--country", "Iraq", "--json"))
    assert told["candidates"][0]["reasons"]["fame"] > 0
    assert told["forms"][0]["key"] == "qaim"
    assert "Al Qā’im" in run("explain", "Qaim")
    info = json.loads(run("info", "--json"))
    assert info["licences"][-1] == {
        "name": "layer mine",
        "licence": "your own",
        "version": info["licences"][-1]["version"],
    }
    assert "countries" in run("info")
    assert "removed mine" in run("remove", "mine")
    assert "no layers" in run("list")
