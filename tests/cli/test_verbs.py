"""The command line as a user meets it: a real process, its output, its messages, its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORY = ROOT / "examples" / "01-airbase-and-depot.txt"


def run(*arguments, stdin=None, cwd=None, **environment):
    """Run geomap in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "geomap", *map(str, arguments)],
        input=stdin, capture_output=True, text=True, check=False, cwd=cwd or ROOT / "tests",
        env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture(scope="module")
def site():
    """A real loopback server with the pages that go wrong."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/loop":
                self.send_response(302)
                self.send_header("Location", "/loop")
                self.end_headers()
                return
            ok = self.path in {"/story", "/picture"}
            self.send_response(200 if ok else 404)
            self.send_header("Content-Type", "image/png" if self.path == "/picture" else "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/story":
                paragraph = (
                    "<p>Two rockets hit Balad airbase north of Baghdad on Friday, police said. Nobody was hurt.</p>"
                )
                head = "<html><head><title>Rockets hit Balad</title></head>"
                page = f"{head}<body><article>{paragraph * 3}</article></body></html>"
                self.wfile.write(page.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_report_prints_one_json_object_and_talks_elsewhere():
    """Data on standard output; the report has the fixed keys in their order."""
    done = run("report", STORY, "--date", "2024-02-03")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert list(report)[:7] == ["schema", "article", "sentences", "places", "mentions", "incidents", "aggregates"]
    assert report["schema"] == "geomap.report/1"
    text = report["article"]["text"]
    assert all(text[m["start"] : m["end"]] == m["text"] for m in report["mentions"])


def test_map_writes_three_files_and_prints_the_pins(tmp_path):
    """One article, one folder; a second run refuses, and --overwrite replaces with the same bytes."""
    done = run("map", STORY, "--date", "2024-02-03", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "01-airbase-and-depot"
    assert sorted(p.name for p in folder.iterdir()) == ["incidents.geojson", "map.html", "report.json"]
    assert "pin" in done.stdout
    assert str(folder / "map.html") in done.stdout
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    again = run("map", STORY, "--date", "2024-02-03", "-o", tmp_path)
    assert again.returncode == 1
    assert "--overwrite" in again.stderr
    assert run("map", STORY, "--date", "2024-02-03", "-o", tmp_path, "--overwrite").returncode == 0
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_page_from_the_web_is_read(site):
    """A URL works like a file; what it was read from is in the report."""
    done = run("report", f"{site}/story")
    assert done.returncode == 0, done.stderr
    article = json.loads(done.stdout)["article"]
    assert article["url"] == f"{site}/story"
    assert "Balad airbase" in article["text"]


def test_standard_input_is_read():
    """A hyphen is standard input."""
    done = run("report", "-", stdin="Two rockets hit Balad airbase on Friday, police said.")
    assert done.returncode == 0, done.stderr
    assert any(m["text"] == "Balad" for m in json.loads(done.stdout)["mentions"])


BAD = {
    "missing file": ("nothing-here.txt", 1, "nothing-here.txt"),
    "folder": (".", 1, "folder"),
    "refused": ("http://127.0.0.1:9/x", 4, "127.0.0.1:9"),
}


@pytest.mark.parametrize("case", list(BAD))
@pytest.mark.parametrize("verb", ["map", "report"])
def test_a_bad_source_is_one_clear_error(case, verb, tmp_path):
    """One message that names the thing and the remedy, the right exit code, nothing written, no traceback."""
    source, code, said = BAD[case]
    more = ("-o", tmp_path / "out") if verb == "map" else ()
    done = run(verb, source, *more, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7\x00\x01", "PDF"),
        (b"\x00\x01\x02" * 50, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
    ],
)
def test_a_file_that_is_no_text_is_named_as_what_it_is(content, said, tmp_path):
    """Empty and binary files are refused by name."""
    (tmp_path / "x.txt").write_bytes(content)
    done = run("report", tmp_path / "x.txt")
    assert done.returncode == 1
    assert said.lower() in done.stderr.lower()


@pytest.mark.parametrize(("path", "code"), [("/none", 4), ("/loop", 4), ("/picture", 4)])
def test_a_bad_page_is_one_clear_error(site, path, code):
    """404, a redirect loop and a page that is no text each exit with the network code."""
    done = run("report", f"{site}{path}", "--json")
    assert done.returncode in {code, 1}
    assert set(json.loads(done.stderr.strip().splitlines()[-1])["error"]) == {"code", "message", "hint"}


def test_a_large_page_is_refused(tmp_path):
    """More than the configured megabytes are not read."""
    (tmp_path / "big.txt").write_text("Rockets hit Balad. " * 60_000, encoding="utf-8")
    done = run("report", tmp_path / "big.txt", GEOMAP_READING_MAX_MEGABYTES="1")
    assert done.returncode == 1
    assert "MB" in done.stderr or "megabyte" in done.stderr


def test_an_unwritable_output_leaves_nothing(tmp_path):
    """Where a folder cannot be made the error says so."""
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    done = run("map", STORY, "-o", tmp_path / "taken")
    assert done.returncode == 1
    assert "taken" in done.stderr
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file"


def test_a_missing_gazetteer_is_an_error_not_an_empty_map(tmp_path):
    """No tables, no map."""
    (tmp_path / "none").mkdir()
    done = run("report", STORY, GEOMAP_GAZETTEER_TABLES=str(tmp_path / "none"))
    assert done.returncode == 1
    assert "gazetteer" in done.stderr


def test_an_unknown_setting_is_an_error(tmp_path):
    """Typos in a configuration do not pass."""
    (tmp_path / "own.yaml").write_text("reding: {}", encoding="utf-8")
    done = run("report", STORY, "--config", tmp_path / "own.yaml")
    assert done.returncode == 2
    assert "reading" in done.stderr


def test_a_text_without_places_is_a_valid_empty_map_that_says_so(tmp_path):
    """Nothing found is a result: exit code 0, a page, and the words."""
    (tmp_path / "calm.txt").write_text("The committee met and adjourned without a decision.", encoding="utf-8")
    done = run("map", tmp_path / "calm.txt", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "no strike or attacked base found" in done.stdout
    assert json.loads((tmp_path / "out" / "calm" / "incidents.geojson").read_text(encoding="utf-8"))["features"] == []


def test_lookup_answers_one_name_and_many(tmp_path):
    """A table for people, JSON for programs, JSON Lines for batches; unknown names answer empty."""
    assert "Baghdad" in run("lookup", "Baghdad").stdout
    best = json.loads(run("lookup", "Qaim", "--country", "Iraq", "--json").stdout)[0]
    assert {"id", "name", "lon", "lat", "feature_code", "country_code", "admin1", "score"} <= set(best)
    lines = [{"id": 1, "name": "Mosul", "country": "IQ"}, {"id": 2, "name": "Xyzzy"}, {"id": 3, "name": "A\u2028B"}]
    (tmp_path / "names.jsonl").write_text("\n".join(json.dumps(x, ensure_ascii=False) for x in lines), encoding="utf-8")
    answers = [json.loads(x) for x in run("lookup", "--jsonl", tmp_path / "names.jsonl").stdout.split("\n") if x]
    assert [a["id"] for a in answers] == [1, 2, 3]
    assert answers[0]["candidates"][0]["country_code"] == "IQ"
    assert answers[1]["candidates"] == []
    assert run("lookup").returncode == 2


def test_batch_keeps_order_and_survives_bad_articles(tmp_path):
    """One report a line in the order given; a bad article is an error line, exit code 1; -j 2 gives the same bytes."""
    rows = [{"id": str(i), "text": f"Rockets hit Balad airbase on day {i}, police said."} for i in range(70)]
    rows[5] = {"id": "5", "text": ""}
    rows[6] = {"id": "6"}
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)) + "\nnot json\n", encoding="utf-8")
    one = run("batch", source, "-o", tmp_path / "one.jsonl")
    assert one.returncode == 1
    written = [json.loads(x) for x in (tmp_path / "one.jsonl").read_text(encoding="utf-8").split("\n") if x]
    assert [w["article"]["id"] for w in written] == [str(i) for i in range(70)] + [None]
    assert [i for i, w in enumerate(written) if "error" in w] == [5, 6, 70]
    two = run("batch", source, "-j", "2")
    assert two.stdout == (tmp_path / "one.jsonl").read_text(encoding="utf-8")
    assert run("batch", source, "-o", tmp_path / "one.jsonl").returncode == 1


def test_given_mentions_are_only_resolved(tmp_path):
    """Where spans are given they are the mentions, and no others are."""
    text = "Rockets hit Balad airbase near Baghdad."
    row = {"id": "a", "text": text, "mentions": [{"start": 12, "end": 17}]}
    (tmp_path / "in.jsonl").write_text(json.dumps(row), encoding="utf-8")
    report = json.loads(run("batch", tmp_path / "in.jsonl").stdout)
    assert [m["text"] for m in report["mentions"]] == ["Balad"]


def test_gazetteer_info_and_check():
    """The gazetteer says what it holds and proves that it answers."""
    info = json.loads(run("gazetteer", "info", "--json").stdout)
    assert info["places"] > 290_000
    assert {"geonames", "ourairports", "geomap"} <= set(info["sources"])
    assert run("gazetteer", "check").returncode == 0


@pytest.mark.parametrize("verb", ["map", "report", "batch", "lookup", "gazetteer"])
def test_every_verb_has_help(verb):
    """Help is there and costs no heavy import."""
    done = run(verb, "--help")
    assert done.returncode == 0
    assert "Usage: geomap" in done.stdout


def test_help_is_quick_to_load():
    """Neither help nor a verb's module pulls in the heavy packages."""
    heavy = "folium geopandas pandas numpy requests trafilatura shapely"
    verbs = "geomap.cli.main, geomap.cli.report, geomap.cli.map"
    code = f"import sys, {verbs}; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
