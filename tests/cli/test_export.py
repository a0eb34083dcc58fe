"""Export, open, config and completion as a user meets them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from commands import STORY, geomap

from geomap.config import dotted_keys


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a folder of maps and a batch with an error record."""
    folder = tmp_path_factory.mktemp("reports")
    assert geomap("map", STORY, "--date", "2024-02-03", "-o", folder / "maps").returncode == 0
    rows = [{"id": "a", "text": "Two rockets hit Balad airbase, police said."}, {"id": "bad"}]
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    geomap("batch", folder / "in.jsonl", "-o", folder / "out.jsonl")
    return folder


def test_reports_of_every_kind_are_taken(reports: Path) -> None:
    """A folder of maps, one report, lines, standard input on one line or on many."""
    one = reports / "maps" / "01-airbase-and-depot" / "report.json"
    count = len(json.loads(one.read_text(encoding="utf-8"))["incidents"])
    for source in (reports / "maps", one):
        assert len(json.loads(geomap("export", source).stdout)["features"]) == count
    text = one.read_text(encoding="utf-8")
    for stdin in (text, json.dumps(json.loads(text))):
        assert len(geomap("export", "-", "--format", "geojsonl", stdin=stdin).stdout.splitlines()) == count


def test_error_records_are_left_out_and_said(reports: Path) -> None:
    """A batch with a bad article exports the rest."""
    done = geomap("export", reports / "out.jsonl")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["features"]) == 1
    assert "1 error records" in done.stderr
    assert "bad" in done.stderr


def test_an_output_is_not_replaced_unless_told(reports: Path, tmp_path: Path) -> None:
    """Nothing half-written is left, the old file stands."""
    output = tmp_path / "x.gpkg"
    assert geomap("export", reports / "maps", "-o", output).returncode == 0
    before = output.read_bytes()
    assert geomap("export", reports / "maps", "-o", output).returncode == 1
    assert geomap("export", reports / "maps", "-o", output, "--overwrite").returncode == 0
    assert output.read_bytes() == before
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert geomap("export", tmp_path / "broken.json", "-o", tmp_path / "y.gpkg").returncode == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["broken.json", "x.gpkg"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "gpkg"), "-o FILE"),
        (("-o", "x.shp"), ".gpkg"),
        (("--layer", "areas", "--layer", "places", "-f", "csv"), "one layer"),
        (("--layer", "areas", "--layout", "acled"), "incidents"),
        (("--layout", "ucdp", "-f", "kml"), "KML"),
    ],
)
def test_what_cannot_be_is_a_clear_error(arguments: tuple[str, ...], said: str, reports: Path, tmp_path: Path) -> None:
    """The message names the remedy; exit code 2; no file."""
    done = geomap("export", reports / "maps", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_settings_are_shown_with_where_they_come_from(tmp_path: Path) -> None:
    """Default, file and environment; what is printed is a configuration that says the same."""
    (tmp_path / "own.yaml").write_text("map:\n  language: ar\n", encoding="utf-8")
    command = ("config", "show", "--config", tmp_path / "own.yaml")
    shown = json.loads(geomap(*command, "--origin", "--json", GEOMAP_INCIDENTS_RADIUS_KM_SITE="2").stdout)
    assert set(shown) == set(dotted_keys())
    assert shown["map.language"] == {"value": "ar", "origin": str(tmp_path / "own.yaml")}
    assert shown["incidents.radius_km.site"] == {"value": 2.0, "origin": "the environment"}
    assert shown["resolution.min_score"]["origin"] == "default"
    text = geomap(*command).stdout
    assert yaml.safe_load(text)["map"]["language"] == "ar"
    (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
    assert geomap("config", "show", "--config", tmp_path / "again.yaml").stdout == text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(shell: str) -> None:
    """Each shell's own, for the name geomap."""
    done = geomap("completion", shell)
    assert done.returncode == 0
    assert "_GEOMAP_COMPLETE" in done.stdout


def test_completion_knows_verbs_and_options() -> None:
    """What the script asks for when the user presses the key."""
    words = {"_GEOMAP_COMPLETE": "bash_complete", "COMP_WORDS": "geomap ex", "COMP_CWORD": "1"}
    assert "export" in geomap(**words).stdout
    words |= {"COMP_WORDS": "geomap export --lay", "COMP_CWORD": "2"}
    assert "--layer" in geomap(**words).stdout


def test_open_starts_the_browser_on_the_map(reports: Path, tmp_path: Path) -> None:
    """A folder or a page; what is no map is an error."""
    opener = tmp_path / "xdg-open"
    opener.write_text('#!/bin/sh\necho "$1" > "$(dirname "$0")/opened"\n', encoding="utf-8")
    opener.chmod(0o755)
    page = reports / "maps" / "01-airbase-and-depot"
    done = geomap("open", page, PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    assert geomap("open", tmp_path).returncode == 2
    assert (tmp_path / "opened").read_text(encoding="utf-8").strip() == str(page / "map.html")


def test_exit_codes_and_words_for_scripts(tmp_path: Path) -> None:
    """--fail-empty gives 3 and --strict 5, for map and report."""
    (tmp_path / "calm.txt").write_text("The committee met and adjourned without a decision.", encoding="utf-8")
    (tmp_path / "odd.txt").write_text("Rockets hit Xyzzyabad on Friday, police said.", encoding="utf-8")
    for verb, more in (("report", ()), ("map", ("-o", tmp_path / "maps", "--overwrite"))):
        assert geomap(verb, tmp_path / "calm.txt", *more).returncode == 0
        assert geomap(verb, tmp_path / "calm.txt", "--fail-empty", *more).returncode == 3
        assert geomap(verb, tmp_path / "odd.txt", "--strict", *more).returncode == 5
    assert "names" in geomap("report", tmp_path / "odd.txt", "-v").stderr


def test_there_are_no_colours_in_a_pipe(tmp_path: Path) -> None:
    """Escape codes only where a terminal reads them."""
    done = geomap("map", STORY, "-o", tmp_path)
    assert "\x1b" not in done.stdout + done.stderr
    assert "\x1b" not in geomap("report", "nothing.txt").stderr
