"""geomap in Python as a notebook user meets it: no engine needed, cheap to import, safe in threads and processes."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import pytest

import geomap
from geomap.errors import ArticleError, OutputError, UsageError

STORY = Path(__file__).parents[1] / "examples" / "01-airbase-and-depot.txt"


@pytest.fixture(scope="module")
def report() -> geomap.Report:
    """Return the report of the example, made as the documentation says."""
    return geomap.geoparse(geomap.read(STORY))


def test_an_article_needs_no_engine(report: geomap.Report) -> None:
    """``geomap.geoparse(geomap.read(path))`` just works, and loads its engine once."""
    assert report.incidents
    assert geomap.default_engine() is geomap.default_engine()


def test_a_text_is_an_article_too() -> None:
    """What a notebook holds as a string needs no file."""
    found = geomap.geoparse(geomap.make_article("Two rockets hit Balad airbase on Friday, police said."))
    assert [one.place.name for one in found.incidents if one.place]


def test_an_engine_of_ones_own_gives_the_same(report: geomap.Report, engine: geomap.Engine) -> None:
    """The cached engine is nothing but ``load_engine(load_config())``."""
    assert geomap.geoparse(geomap.read(STORY), engine).to_json() == report.to_json()


def test_a_report_gives_itself_in_every_form(report: geomap.Report, tmp_path: Path) -> None:
    """JSON and back, GeoJSON, a data frame, a page, tables by suffix."""
    assert geomap.Report.from_json(report.to_json()).to_json() == report.to_json()
    assert len(json.loads(report.to_geojson())["features"]) == len(report.incidents)
    assert len(report.to_geodataframe()) == len(report.incidents)
    assert len(report.to_geodataframe("mentions")) == len(report.resolutions)
    page = report.save_map(tmp_path / "map.html")
    assert page.read_text(encoding="utf-8") == report.to_html()
    assert report.export(tmp_path / "a.gpkg").stat().st_size
    with pytest.raises(OutputError, match="exists"):
        report.save_map(page)
    with pytest.raises(UsageError):
        report.export(tmp_path / "a.shp")
    with pytest.raises(ArticleError):
        geomap.Report.from_json("{")


def test_a_notebook_shows_the_map(report: geomap.Report) -> None:
    """One frame that holds the whole page and cannot reach the notebook."""

    class Frames(HTMLParser):
        found: list[dict[str, str | None]]

        def handle_starttag(self, tag, attrs):
            self.found.append({"tag": tag, **dict(attrs)})

    parser = Frames()
    parser.found = []
    parser.feed(report._repr_html_())
    assert [one["tag"] for one in parser.found] == ["iframe"]
    assert parser.found[0]["srcdoc"] == report.to_html()
    assert "allow-same-origin" not in str(parser.found[0]["sandbox"])


def test_threads_share_an_engine(report: geomap.Report) -> None:
    """Eight threads at once give what one gives."""
    article = geomap.read(STORY)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: geomap.geoparse(article).to_json(), range(32)))
    assert found == {report.to_json()}


def parse_story(_: int) -> str:
    """Work for a process."""
    return geomap.geoparse(geomap.read(STORY)).to_json()


def test_forked_processes_share_an_engine(report: geomap.Report) -> None:
    """Children that were forked from a process with an engine use it; reports travel between processes."""
    context = multiprocessing.get_context("fork")
    with context.Pool(2) as pool:
        assert set(pool.map(parse_story, range(4))) == {report.to_json()}
    assert pickle.loads(pickle.dumps(report)) == report


def test_processes_of_their_own_give_the_same(report: geomap.Report) -> None:
    """So do processes that begin afresh."""
    code = "import sys, geomap; print(geomap.geoparse(geomap.read(sys.argv[1])).to_json())"
    with ProcessPoolExecutor(2) as pool:
        command = [sys.executable, "-c", code, str(STORY)]
        done = [pool.submit(subprocess.run, command, capture_output=True, text=True, check=True) for _ in range(2)]
        assert {json.loads(one.result().stdout)["incidents"][0]["id"] for one in done} == {report.incidents[0].id}


def test_the_import_is_quick() -> None:
    """``import geomap`` takes less than 50 ms more than Python itself."""
    code = "import time; t = time.perf_counter(); import geomap; print(time.perf_counter() - t)"
    taken = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) for _ in range(5)
    ]
    assert min(taken) < 0.05  # the others were held up by something else


def test_geoparsing_again_is_quick(report: geomap.Report) -> None:
    """The engine is not loaded again for the second article."""
    began = time.process_time()
    geomap.geoparse(geomap.make_article("Rockets hit Balad airbase."))
    assert time.process_time() - began < 0.5
    assert report


def test_it_is_typed(tmp_path: Path) -> None:
    """A user's strict type checker sees the public names with their types."""
    (tmp_path / "use.py").write_text(
        "import geomap\n"
        "report = geomap.geoparse(geomap.read('x.txt'))\n"
        "reveal_type(report)\n"
        "reveal_type(report.incidents[0].radius_km)\n"
        "reveal_type(report.to_geojson())\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir", tmp_path, "use.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "MYPYPATH": str(STORY.parents[1])},
    )  # fmt: skip
    assert '"geomap.library.Report"' in done.stdout
    assert '"builtins.float"' in done.stdout or '"float"' in done.stdout
    assert '"builtins.str"' in done.stdout or '"str"' in done.stdout
    assert "error" not in done.stdout
