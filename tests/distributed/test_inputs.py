"""Whatever the articles lie in, and wherever, the same articles give the same reports; each record is read once."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import gzip
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import written
from crawl import answer, page, record, write_crawl
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.corpus import run
from geomap.corpus.files import input_files
from geomap.corpus.formats import FORMATS
from geomap.errors import ArticleError, UsageError
from geomap.output.report import from_dict

COUNT = 23


@pytest.fixture(scope="module")
def few() -> list[dict[str, str]]:
    """Return the fields of some articles."""
    from made_articles import made_articles

    return list(made_articles(COUNT, seed=3))


@pytest.fixture
def plain(few, tmp_path: Path) -> Path:
    """Return them as JSON Lines."""
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in few), encoding="utf-8")
    return path


def reports(folder: Path) -> list[tuple[str, int, str]]:
    """Return what a run found, without the name of the file it was in."""
    return [(row["id"], row["number"], row["report"]) for row in written.rows(folder, "reports")]


def test_lines_compressed_lines_and_parquet_tell_the_same(few, plain, config, tmp_path):
    """The reports are the same, whatever the articles lie in and however many are in a piece."""
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    rows = [one | {"published_on": dt.date.fromisoformat(one["published_on"])} for one in few]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet", row_group_size=9)
    run(plain, tmp_path / "a", config=config, articles_a_piece=100)
    run(tmp_path / "in.jsonl.gz", tmp_path / "b", config=config, articles_a_piece=4)
    run(tmp_path / "in.parquet", tmp_path / "c", config=config, articles_a_piece=4)
    assert len(reports(tmp_path / "a")) == COUNT
    assert reports(tmp_path / "a") == reports(tmp_path / "b") == reports(tmp_path / "c")
    assert written.rows(tmp_path / "a", "incidents") == written.rows(tmp_path / "c", "incidents")
    assert written.success(tmp_path / "c")["pieces"] == 3 + 3 + 2


def test_a_batch_says_the_same(plain, config, tmp_path):
    """The report in the table is the line that ``geomap batch`` writes."""
    from geomap.cli.records import record_of
    from geomap.pipeline import load_engine

    run(plain, tmp_path / "a", config=config)
    with load_engine(config) as engine:
        batch = [record_of(line, engine).line.decode().rstrip("\n") for line in plain.read_bytes().splitlines()]
    assert [report for _, _, report in reports(tmp_path / "a")] == batch


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_the_pages_of_a_crawl(name, config, tmp_path):
    """Pages become articles, by their record's id and address; images, requests and missing pages are counted."""
    write_crawl(tmp_path / name, pages=7)
    summary = run(tmp_path / name, tmp_path / "out", config=config, articles_a_piece=3)
    assert (summary.tally.reports, summary.tally.errors, summary.passed_over, summary.pieces) == (7, 0, 22, 3)
    found = [from_dict(json.loads(row["report"])) for row in written.rows(tmp_path / "out", "reports")]
    assert [one.article.id for one in found] == [f"00000000-0000-4000-8000-{n:012d}" for n in range(1, 8)]
    assert [one.article.url for one in found] == [f"https://example.org/{n}" for n in range(1, 8)]
    assert all(f"day {number}, police" in one.article.text for number, one in enumerate(found, 1))
    assert all(one.incidents and one.incidents[0].place for one in found)


@pytest.mark.parametrize("cut", [9, 60, 200, 340])
def test_a_crawl_that_was_cut_off_is_refused(cut, config, tmp_path):
    """Half a record is said, never taken for a whole one or left out."""
    whole = tmp_path / "whole.warc.gz"
    write_crawl(whole, pages=2)
    (tmp_path / "cut.warc.gz").write_bytes(whole.read_bytes()[:-cut])
    with pytest.raises(ArticleError, match=r"cut\.warc\.gz"):
        run(tmp_path / "cut.warc.gz", tmp_path / "out", config=config)


def test_a_page_that_cannot_be_decoded_is_an_error_record(config, tmp_path):
    """The pages around it have their reports."""
    bad = answer(page(2), extra="Transfer-Encoding: by-hand\r\n"), answer(page(3), extra="Content-Encoding: gzip\r\n")
    pages = [answer(page(1)), *bad, answer(page(4))]
    content = b"".join(gzip.compress(record("response", n, one), mtime=0) for n, one in enumerate(pages, 1))
    (tmp_path / "in.warc.gz").write_bytes(content)
    run(tmp_path / "in.warc.gz", tmp_path / "out", config=config)
    assert [row["number"] for row in written.rows(tmp_path / "out", "reports")] == [1, 4]
    errors = written.rows(tmp_path / "out", "errors")
    assert [(row["number"], row["kind"]) for row in errors] == [(2, "article"), (3, "article")]
    assert all("cannot be decoded" in row["message"] for row in errors)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("in.jsonl.gz", gzip.compress(b'{"id": 1, "text": "Quiet."}\n' * 500)[:-9], "cannot be read"),
        ("in.jsonl.gz", b"no gzip", "cannot be read"),
        ("in.parquet", b"no parquet", "is no Parquet file"),
        ("in.warc.gz", b"no warc at all" * 50, "cannot be read"),
    ],
)
def test_a_damaged_file_is_named(name, content, says, config, tmp_path):
    """Before any work is done."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ArticleError, match=says):
        run(tmp_path / name, tmp_path / "out", config=config)


def test_a_parquet_file_without_the_columns_is_named(config, tmp_path):
    """The message says which column and which there may be."""
    pq.write_table(pa.table({"id": ["a"], "body": ["b"]}), tmp_path / "in.parquet")
    with pytest.raises(ArticleError, match="has no column text") as caught:
        run(tmp_path / "in.parquet", tmp_path / "out", config=config)
    assert "published_on" in caught.value.hint


def test_what_is_no_article_is_an_error_record(config, tmp_path):
    """With its place in the file, what is wrong and what to do; the others have their reports."""
    bad = ["no JSON", "{}", '{"id": 1}', '{"id": 2, "text": " "}', '{"id": 3, "text": 4}', "[" * 100_000, "[]", "7",
           '{"id": 4, "text": "Quiet.", "published_on": "Friday"}', '{"id": "\\ud800", "text": ""}']  # fmt: skip
    good = '{"id": "good", "text": "Two rockets hit Balad airbase on Friday, police said."}'
    (tmp_path / "in.jsonl").write_text("\n".join([*bad, "", good]), encoding="utf-8")
    summary = run(tmp_path / "in.jsonl", tmp_path / "out", config=config, articles_a_piece=4)
    assert (summary.tally.reports, summary.tally.errors) == (1, len(bad))
    errors = written.rows(tmp_path / "out", "errors")
    assert [row["number"] for row in errors] == list(range(1, len(bad) + 1))
    assert {row["kind"] for row in errors} == {"input", "article"}
    assert all(row["message"] and row["remedy"] and row["file"] == "in.jsonl" for row in errors)
    assert [row["id"] for row in errors] == [None, None, "1", "2", "3", None, None, None, "4", "\\ud800"]


def test_an_object_store(plain, config, tmp_path):
    """Into a store and out of it as from a disk: the files are the same."""
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe_file("/archive/in.jsonl", plain.read_bytes())
    run(plain, tmp_path / "disk", config=config, articles_a_piece=6)
    run("memory://archive/*.jsonl", "memory://desk/tables", config=config, articles_a_piece=6)
    found = {name.removeprefix("/desk/tables/"): memory.cat_file(name) for name in memory.find("/desk/tables")}
    expected = written.files(tmp_path / "disk")
    assert found.keys() == expected.keys()
    assert all(found[name] == expected[name] for name in found if name != "_plan.json")
    memory.rm_file("/desk/tables/reports/part-000002.parquet")
    again = run("memory://archive/*", "memory://desk/tables", config=config, existing="resume", articles_a_piece=6)
    assert (again.pieces, again.pieces_before) == (4, 3)
    assert memory.cat_file("/desk/tables/reports/part-000002.parquet") == expected["reports/part-000002.parquet"]


@contextlib.contextmanager
def serving(folder: Path, *, parts: bool) -> Iterator[str]:
    """Serve a folder; in parts, if they are asked for and the server gives any."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            if parts:
                self.send_header("Accept-Ranges", "bytes")
            super().end_headers()

        def do_GET(self) -> None:
            if not (asked := self.headers.get("Range")) or not parts:
                super().do_GET()
                return
            content = (folder / self.path.lstrip("/")).read_bytes()
            first, last = (int(one) for one in asked.removeprefix("bytes=").split("-"))
            part = content[first : last + 1]
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(content)}")
            self.send_header("Content-Length", str(len(part)))
            self.end_headers()
            self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_web_server(plain, config, tmp_path):
    """Files are read in parts; of a server that gives none that is said."""
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    run(plain, tmp_path / "disk", config=config, articles_a_piece=6)
    with serving(tmp_path, parts=True) as base:
        run(f"{base}/in.jsonl", tmp_path / "a", config=config, articles_a_piece=6)
        run(f"{base}/in.jsonl.gz", tmp_path / "b", config=config, articles_a_piece=6)
    assert reports(tmp_path / "disk") == reports(tmp_path / "a") == reports(tmp_path / "b")
    with serving(tmp_path, parts=False) as base, pytest.raises(ArticleError, match="support range requests"):
        run(f"{base}/in.jsonl", tmp_path / "c", config=config, articles_a_piece=6)


def test_a_folder_and_several_sources(plain, config, tmp_path):
    """A folder means the files in it that are of a known kind; no file counts twice."""
    archive = tmp_path / "archive"
    (archive / "2024").mkdir(parents=True)
    for name in ("2024/b.jsonl", "a.ndjson"):
        (archive / name).write_bytes(plain.read_bytes())
    (archive / "notes.txt").write_text("not an archive", encoding="utf-8")
    found = input_files([str(archive), str(archive / "2024" / "*.jsonl")])
    assert [one.name for one in found] == ["2024/b.jsonl", "a.ndjson"]
    with pytest.raises(UsageError, match="no known kind"):
        input_files([str(archive / "notes.txt")])
    with pytest.raises(UsageError, match="there is no file"):
        input_files([str(archive / "*.parquet")])


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(
        st.sampled_from([b'{"id": 1}', b"x", b"  ", b"", b"\xff", b'"\xe2\x80\xa8"', b"a" * 300]), max_size=40
    ),
    end=st.sampled_from([b"\n", b"\r\n"]),
    open_end=st.booleans(),
    size=st.integers(1, 7),
    packed=st.booleans(),
)
def test_every_line_is_in_one_stretch(tmp_path_factory, lines, end, open_end, size, packed):
    """However lines end and however they are cut, reading all stretches gives each line that is not blank, once."""
    content = end.join(lines) + (b"" if open_end else end)
    path = tmp_path_factory.mktemp("lines") / ("in.jsonl.gz" if packed else "in.jsonl")
    path.write_bytes(gzip.compress(content) if packed else content)
    (file,) = input_files([str(path)])
    cut = FORMATS["jsonl"].cut(file, size)
    read = [one for stretch in cut.stretches for one in FORMATS["jsonl"].read(file, stretch)]
    wanted = [line for line in content.split(b"\n") if line and not line.isspace()]
    assert [one.raw.rstrip(b"\n") for one in read] == wanted
    assert [one.number for one in read] == list(range(1, len(wanted) + 1))
    assert all(stretch.articles <= size for stretch in cut.stretches)


@settings(max_examples=30, deadline=None)
@given(rows=st.integers(0, 60), group=st.integers(1, 25), size=st.integers(1, 9))
def test_every_row_is_in_one_stretch(tmp_path_factory, rows, group, size):
    """Over row groups of any length."""
    path = tmp_path_factory.mktemp("rows") / "in.parquet"
    names = pa.array([f"a{number}" for number in range(1, rows + 1)], pa.string())
    pq.write_table(pa.table({"id": names, "text": names}), path, row_group_size=group)
    (file,) = input_files([str(path)])
    stretches = FORMATS["parquet"].cut(file, size).stretches
    read = [one for stretch in stretches for one in FORMATS["parquet"].read(file, stretch)]
    assert [(one.number, one.raw["id"]) for one in read] == [(n, f"a{n}") for n in range(1, rows + 1)]
    assert sum(stretch.articles for stretch in stretches) == rows


def test_a_large_compressed_file_is_cut_into_few_stretches(tmp_path):
    """Reaching the middle of it costs reading what lies before."""
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1, "text": "Quiet."}\n' * 5000))
    (file,) = input_files([str(path)])
    stretches = FORMATS["jsonl"].cut(file, 10).stretches
    assert len(stretches) <= 64
    assert sum(one.articles for one in stretches) == 5000
