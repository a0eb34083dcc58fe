"""The checker of the curated tables: the real tables pass, and each kind of mistake is found."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT

BUILD = ROOT / "gazetteer" / "build"
WORLD = ("admin1.tsv.xz", "admin1.geojson.xz", "airports.tsv.xz", "countries.tsv", "feature_codes.txt")
GOOD = {
    "id": "geomap:iq-test-post", "name": "Test Post", "kind": "MILB", "lon": "42.5", "lat": "33.8", "precision_km": "2",
    "country_code": "IQ", "admin1": "Anbar", "aliases": "Tast Post|نقطة", "former_names": "", "source": "X",
    "checked": "",
}  # fmt: skip


def run(folder, *more):
    """Run the checker on a folder; return its exit status and what it printed."""
    done = subprocess.run(
        [sys.executable, BUILD / "check.py", folder, *more], capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def write(tmp_path):
    """A folder with the real world tables and the given sites."""
    for name in WORLD:
        shutil.copy(ROOT / "gazetteer" / name, tmp_path)

    def write(*rows, exceptions=()):
        for table, lines, columns in (
            ("sites.csv", rows, list(GOOD)),
            ("exceptions.csv", exceptions, ["check", "id", "other", "reason"]),
        ):
            with (tmp_path / table).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(lines)
        return tmp_path

    return write


def test_the_curated_tables_pass():
    """Every row of the repository is where it says, once, under names that are its own."""
    status, printed = run(ROOT / "gazetteer")
    assert status == 0, printed


def test_a_good_row_passes(write):
    """Minimal pair of all that follows: nothing is said of a good row."""
    status, printed = run(write(GOOD))
    assert status == 0
    assert "nothing" in printed.splitlines()[-1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lon": "33.8", "lat": "42.5"}, "swapped"),
        ({"lon": "46.0"}, "outside"),
        ({"lon": "39.0", "lat": "35.5", "admin1": ""}, "outside IQ"),
        ({"admin1": "Atlantis"}, "no first-level unit"),
        ({"kind": "BASE"}, "no feature code"),
        ({"country_code": "QQ"}, "no country"),
        ({"lat": "95"}, "no point"),
        ({"precision_km": "0"}, "no point"),
        ({"aliases": "test-post"}, "repeats"),
        ({"id": "ourairports:ORBI", "kind": "AIRP"}, "km from ourairports:ORBI"),
    ],
)
def test_each_mistake_is_named(write, change, said):
    """One changed cell is one finding, and the exit status says so."""
    status, printed = run(write(GOOD | change))
    assert status == 1
    assert said in printed


def test_one_place_twice_is_found_and_may_be_excused(write):
    """Two rows of one name at one spot are a pair; with a reason in exceptions.csv they are not; neighbours never."""
    twin = GOOD | {"id": "geomap:iq-twin", "lon": "42.505", "aliases": ""}
    assert "both called" in run(write(GOOD, twin))[1]
    excuse = {"check": "pair", "id": twin["id"], "other": GOOD["id"], "reason": "two wings of one post"}
    assert run(write(GOOD, twin, exceptions=[excuse]))[0] == 0
    neighbour = twin | {"name": "Other Village", "kind": "PPL"}
    assert run(write(GOOD, neighbour))[0] == 0


def test_an_alias_of_two_far_places_is_found(write):
    """A shared alias is ambiguous in its country; true namesakes are not its fault."""
    far = GOOD | {"id": "geomap:iq-far", "name": "Far Post", "lat": "32.8", "aliases": "Tast Post"}
    assert "'tast post' is also" in run(write(GOOD, far))[1]
    assert run(write(GOOD, far | {"name": "Test Post"}))[0] == 0


def test_writing_drops_what_repeats_and_says_how_a_row_was_checked(write):
    """The column ``checked`` tells the truth: by polygon, by OurAirports or by range only."""
    airport = GOOD | {"id": "ourairports:ORBI", "name": "Baghdad Airport", "kind": "AIRP", "aliases": "",
                      "lon": "44.2346", "lat": "33.2625", "admin1": "Baghdad"}  # fmt: skip
    near = GOOD | {
        "id": "geomap:iq-near",
        "name": "Edge",
        "aliases": "",
        "lon": "38.78",
        "lat": "33.2",
        "precision_km": "9",
    }
    folder = write(GOOD | {"aliases": "test-post|Tast Post"}, airport, near)
    status, printed = run(folder, "--write", "2026-01-02")
    assert status == 0, printed
    with (folder / "sites.csv").open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert [row["checked"] for row in found] == ["2026-01-02 polygon", "2026-01-02 OurAirports", "2026-01-02 range"]
    assert found[0]["aliases"] == "Tast Post"
