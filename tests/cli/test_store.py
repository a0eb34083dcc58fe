"""``geomap store`` as a user runs it: in processes of its own, on a file."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commands import ROOT, STORY, geomap


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return reports of one story by two outlets, with an error record between them."""
    folder = tmp_path_factory.mktemp("batch")
    text = STORY.read_text(encoding="utf-8")
    rows = [
        {"id": f"a{n}", "text": text, "url": f"https://{outlet}.example/1", "published_on": "2024-02-03"}
        for n, outlet in enumerate(("tribune", "herald"))
    ]
    lines = [json.dumps(rows[0]), '{"id": "bad"}', json.dumps(rows[1])]
    done = geomap("batch", "-", "-o", folder / "out.jsonl", stdin="\n".join(lines))
    assert done.returncode == 1, done.stderr
    return folder / "out.jsonl"


@pytest.fixture(scope="module")
def archive(batch: Path) -> Path:
    """Return a store with these reports."""
    path = batch.parent / "archive.gpkg"
    done = geomap("store", "add", batch, "--store", path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 articles added; ")
    assert "1 error records were left out" in done.stderr
    return path


def rows(done: Any) -> list[dict[str, Any]]:
    """Return what a command printed, a JSON object a line."""
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_adding_says_what_is_on_the_disk(batch: Path, tmp_path: Path) -> None:
    """One line after every transaction; from standard input as from a file; again it changes nothing."""
    path = tmp_path / "new.gpkg"
    done = geomap("store", "add", "-", "--store", path, "--batch", "1", "--json", stdin=batch.read_text("utf-8"))
    assert [one["articles"] for one in rows(done)] == [1, 2]
    again = rows(geomap("store", "add", batch, "--store", path, "--json"))
    assert (again[-1]["unchanged"], again[-1]["tellings"]) == (2, 0)


def test_events_are_listed_and_shown_with_every_sentence(archive: Path) -> None:
    """Filters apply, both outlets are sources, and their sentences are the article's own."""
    listed = geomap("store", "list", "--store", archive, "--country", "iq", "--since", "2024-02-01").stdout.splitlines()
    as_data = rows(geomap("store", "list", "--store", archive, "--country", "IQ", "--since", "2024-02-01", "--json"))
    assert [line[:8] for line in listed] == [one["id"][:8] for one in as_data]
    assert {one["country_code"] for one in as_data} == {"IQ"}
    shown = geomap("store", "show", listed[0][:8], "--store", archive).stdout
    text = STORY.read_text(encoding="utf-8")
    quotes = {quote for telling in as_data[0]["tellings"] for quote in telling["quotes"]}
    assert quotes
    assert all(quote in shown and quote in text for quote in quotes)
    assert {one["source"]["outlet"] for one in as_data[0]["tellings"]} == {"tribune.example", "herald.example"}
    assert rows(geomap("store", "list", "--store", archive, "--bbox", "0,0,1,1", "--json")) == []


def test_people_decide_and_take_it_back(archive: Path) -> None:
    """Split, decisions, undo, merge, undo; the store is then as before."""
    before = geomap("store", "list", "--store", archive, "--json").stdout
    one, other = (json.loads(line) for line in before.splitlines()[:2])
    said = ("--by", "Ann", "--why", "two villages", "--store", archive)
    assert "was taken out of" in geomap("store", "split", one["id"], "1", *said).stdout
    assert "by Ann" in geomap("store", "decisions", "--store", archive).stdout
    assert "two villages" in geomap("store", "show", one["id"], "--store", archive).stdout
    assert geomap("store", "undo", "1", "--store", archive).returncode == 0
    merged = json.loads(geomap("store", "merge", one["id"], other["id"], *said, "--json").stdout)
    assert len(merged[0]["tellings"]) == len(one["tellings"]) + len(other["tellings"])
    assert geomap("store", "undo", "2", "--store", archive).returncode == 0
    assert geomap("store", "list", "--store", archive, "--json").stdout == before


def test_exports_hold_what_the_store_holds(archive: Path, tmp_path: Path) -> None:
    """Events and tellings, in text to standard output and in files that other tools read."""
    import geopandas

    events = rows(geomap("store", "list", "--store", archive, "--json"))
    features = json.loads(geomap("store", "export", "--store", archive).stdout)["features"]
    assert {one["id"] for one in features} == {one["id"] for one in events}
    told = geomap("store", "export", "--store", archive, "--tellings", "-f", "csv").stdout
    assert len(list(csv.DictReader(io.StringIO(told)))) == sum(len(one["tellings"]) for one in events)
    for name in ("events.gpkg", "events.parquet"):
        assert geomap("store", "export", "--store", archive, "-o", tmp_path / name).returncode == 0
    assert len(geopandas.read_file(tmp_path / "events.gpkg", layer="event")) == len(events)
    assert len(geopandas.read_parquet(tmp_path / "events.parquet")) == len(events)
    assert geomap("store", "export", "--store", archive, "-f", "gpkg").returncode == 2


def test_the_store_is_where_settings_say(archive: Path, tmp_path: Path) -> None:
    """The flag before the environment, the environment before the user's data folder."""
    by_environment = geomap("store", "info", "--json", GEOMAP_STORE_LOCATION=str(archive))
    assert json.loads(by_environment.stdout)["articles"] == 2
    nowhere = geomap("store", "info", "--store", tmp_path / "no.gpkg", GEOMAP_STORE_LOCATION=str(archive))
    assert nowhere.returncode == 1
    assert "no store at" in nowhere.stderr
    at_home = geomap("store", "info", XDG_DATA_HOME=str(tmp_path / "data"))
    assert str(tmp_path / "data" / "geomap" / "archive.gpkg") in at_home.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "--bbox", "1,2,3"), "four numbers"),
        (("list", "--bbox", "1,50,3,40"), "box"),
        (("list", "--country", "Iraq"), "two letters"),
        (("list", "--since", "Monday"), "not a date"),
        (("show", "zz"), "no event zz"),
        (("add", "none.jsonl"), "none.jsonl"),
        (("list", "--store", "mysql://host/db"), "no store is kept in mysql"),
    ],
)
def test_mistakes_are_named(archive: Path, arguments: tuple[str, ...], said: str) -> None:
    """One message says what is wrong, none shows a traceback."""
    where = () if "--store" in arguments else ("--store", archive)
    done = geomap("store", *arguments, *where)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_other_commands_do_not_pay_for_the_store() -> None:
    """No database library is loaded by the verbs, nor by the help of the store."""
    code = (
        "import sys; from geomap.cli.main import cli, VERBS; context = __import__('click').Context(cli)\n"
        "for verb in VERBS: cli.get_command(context, verb)\n"
        "print({'sqlalchemy', 'alembic', 'psycopg', 'geoalchemy2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
