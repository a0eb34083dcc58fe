"""The command line as an operator meets it: silent by default, asked only when told, and honest about what it did."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from nominatim_faults import CASES, answering

ROOT = Path(__file__).parents[2]
STORY = "Rockets hit Tall Zumurrud village in Anbar province, Iraq, on Friday, police said. Nobody was hurt in Haditha."
# reports every step towards a network, then runs the command line in the same process
WATCHED = """
import sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"):
        sys.stderr.write(f"NETWORK {event} {arguments[1:]}\\n")
sys.addaudithook(watch)
from geomap.cli.main import main
main(sys.argv[1:])
"""


@pytest.fixture
def story(tmp_path):
    """Return a file that names a village which only the server knows."""
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    return file


@pytest.fixture
def run(tmp_path):
    """Return a function that runs geomap with a configuration of the test's own."""

    def call(*arguments, **settings):
        lines = ["schema: geomap.config/1", "nominatim:"]
        known = {"cache_file": str(tmp_path / "memory.sqlite"), "min_interval_s": 0.0, "scheme": "http", **settings}
        lines += [f"  {name}: {json.dumps(value)}" for name, value in known.items()]
        (tmp_path / "own.yaml").write_text("\n".join(lines), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-c", WATCHED, *map(str, arguments), "--config", str(tmp_path / "own.yaml")],
            capture_output=True, text=True, check=False, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        )  # fmt: skip

    return call


def permitted(server, **more):
    """Return the settings that allow a server to be asked."""
    return {"domain": server.domain, "user_agent": "Example Desk geomap (maps@example.org)", **more}


@pytest.mark.parametrize("verb", [["report"], ["map", "-o", "maps"], ["map", "-o", "maps", "--offline"]])
def test_by_default_no_socket_is_opened(verb, story, run):
    """No look-up of a host, no connection: nothing leaves the computer."""
    done = run(verb[0], story, *verb[1:])
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stderr
    assert "asked" not in done.stderr


def test_a_configured_server_is_not_asked_unless_it_is_switched_on(story, run, nominatim):
    """A domain alone is no permission."""
    done = run("report", story, **permitted(nominatim))
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stderr


def place_of(done, name):
    """Return the place of a name in a printed report."""
    assert done.returncode == 0, done.stderr
    return next(m["place"] for m in json.loads(done.stdout)["mentions"] if name in m["text"])


def test_online_asks_and_says_so(story, run, nominatim):
    """The control of the tests above: with --online it connects, places the village, and says what was sent where."""
    done = run("report", story, "--online", **permitted(nominatim))
    assert place_of(done, "Zumurrud") == "nominatim:osm:node/104"
    assert "NETWORK socket.connect" in done.stderr
    assert f"asked 1 name of {nominatim.domain} (1 request)" in done.stderr
    again = run("report", story, **permitted(nominatim, enabled=True))
    assert again.stdout == done.stdout
    assert "NETWORK" not in again.stderr
    assert f"asked 0 names of {nominatim.domain}" in again.stderr


def test_offline_always_wins(story, run, nominatim):
    """Over the configuration, over --online, in either order; a web address is then an error."""
    for flags in (["--offline"], ["--online", "--offline"], ["--offline", "--online"]):
        done = run("report", story, *flags, **permitted(nominatim, enabled=True))
        assert place_of(done, "Zumurrud") is None
        assert "NETWORK" not in done.stderr
    done = run("report", f"http://{nominatim.domain}/status", "--offline")
    assert done.returncode == 4
    assert "--offline" in done.stderr
    assert "NETWORK" not in done.stderr


def test_online_without_a_server_or_an_operator_is_a_clear_error(story, run, nominatim):
    """Exit code 2, the key, the remedy; nothing is sent."""
    for settings, said in (
        ({}, "nominatim.domain"),
        ({"domain": nominatim.domain}, "nominatim.user_agent"),
        ({"domain": nominatim.domain, "user_agent": "geopy/2.5.0"}, "nominatim.user_agent"),
    ):
        done = run("report", story, "--online", **settings)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert "NETWORK" not in done.stderr
        assert "Traceback" not in done.stderr


def test_the_map_of_a_run_shows_the_place_and_its_source(story, run, nominatim, tmp_path):
    """The pin is in the GeoJSON with its radius; page and data name the source."""
    done = run("map", story, "--online", "-o", tmp_path / "maps", "--date", "2024-01-24", **permitted(nominatim))
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "maps" / "story"
    (feature,) = json.loads((folder / "incidents.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["gazetteer_id"] == "nominatim:osm:node/104"
    assert feature["geometry"]["coordinates"] == [42.7, 33.6]
    for name in ("map.html", "report.json", "incidents.geojson"):
        assert "OpenStreetMap contributors" in (folder / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("name", ["503", "a login page", "silent", "lat beyond the pole"])
def test_an_outage_is_told_and_stops_nothing(name, story, run):
    """Exit code 0, a warning on standard error and in the report, the reason at the name, nothing remembered."""
    with answering(CASES[name].behaviour) as server:
        done = run("report", story, "--online", **permitted(server, timeout_s=0.5))
    assert place_of(done, "Zumurrud") is None
    report = json.loads(done.stdout)
    assert any("geocoder unavailable" in w and server.domain in w for w in report["warnings"])
    assert any("geocoder unavailable" in (m["why_not"] or "") for m in report["mentions"])
    assert "warning: geocoder unavailable" in done.stderr
    assert "Traceback" not in done.stderr


def checks(done):
    """Return the doctor's findings by subject."""
    return {one["subject"]: one["state"] for one in json.loads(done.stdout)}


def test_the_doctor_finds_what_is_well_and_what_is_not(run, nominatim, own_nominatim):
    """Off by default and then silent; with --online the server is asked how it is; a dead one fails the check."""
    done = run("doctor", "--json")
    assert done.returncode == 0, done.stderr
    assert checks(done) == {"configuration": "ok", "gazetteer": "ok", "geocoder": "off"}
    assert "NETWORK" not in done.stderr
    done = run("doctor", "--json", "--online", **permitted(nominatim))
    assert done.returncode == 0, done.stderr
    assert checks(done)["its server"] == "ok"
    assert "5.3.3" in done.stdout
    done = run("doctor", "--json", **permitted(nominatim, enabled=True))
    assert checks(done)["its server"] == "off"
    own_nominatim.kill()
    done = run("doctor", "--json", "--online", **permitted(own_nominatim))
    assert (done.returncode, checks(done)["its server"]) == (1, "FAILED")
    done = run("doctor", "--online")
    assert done.returncode == 1
    assert "nominatim.domain" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_documentation_shows_what_works(story, nominatim, tmp_path):
    """The settings and the commands of the page on self-hosting, with the address of the tests' own server."""
    page = (ROOT / "docs" / "self-hosting-nominatim.md").read_text(encoding="utf-8")
    (settings,) = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "config.yaml").write_text(settings.replace("127.0.0.1:8088", nominatim.domain), encoding="utf-8")
    commands = [c for c in re.findall(r"^geomap ([^#\n]+)", page, re.MULTILINE) if not c.startswith("is ")]
    assert commands[0].split() == ["doctor", "--online"]
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "geomap", *command.split()], capture_output=True, text=True, check=False,
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert f"asked 1 name of {nominatim.domain}" in done.stderr


def test_an_archive_is_asked_about_one_name_at_a_time(run, nominatim, tmp_path):
    """``geomap batch --online`` says what it sent; several workers may not ask at once."""
    lines = tmp_path / "in.jsonl"
    lines.write_text(f"{json.dumps({'id': 'one', 'text': STORY})}\n" * 2, encoding="utf-8")
    done = run("batch", lines, "--online", **permitted(nominatim))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("nominatim:osm:node/104") >= 2
    assert "asked 1 name of" in done.stderr
    refused = run("batch", lines, "--online", "-j", "2", **permitted(nominatim))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "-j 1" in refused.stderr
