"""What a run finds in its folder: it is gone on with, begun again or refused, and never mixed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import written

from geomap.corpus import run
from geomap.corpus.careful import deadly_records
from geomap.corpus.files import input_files
from geomap.corpus.nouns import Piece
from geomap.corpus.planning import cut_file
from geomap.errors import ArticleError, OutputError, UsageError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return an archive of a dozen articles."""
    path = tmp_path / "in.jsonl"
    rows = [{"id": f"a{n}", "text": f"Two rockets hit Balad airbase on day {n}, police said."} for n in range(12)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_an_output_is_not_replaced_unasked(small, config, tmp_path):
    """It says what is there; overwriting leaves alone what is not a run's."""
    goal = tmp_path / "out"
    run(small, goal, config=config, articles_a_piece=2)
    (goal / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is the output of a run") as caught:
        run(small, goal, config=config, articles_a_piece=5)
    assert "--overwrite" in caught.value.hint
    run(small, goal, config=config, articles_a_piece=5, existing="overwrite")
    assert len(list(goal.glob("reports/*"))) == len(list(goal.glob("_pieces/*"))) == 3
    assert (goal / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_overwriting_begins_when_the_input_is_known_to_be_good(small, config, tmp_path):
    """A mistyped source must not cost the output that is there."""
    goal = tmp_path / "out"
    run(small, goal, config=config)
    before = written.files(goal)
    (tmp_path / "bad.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / "blank.jsonl").write_bytes(b"\n \n")
    for source, error in (("nowhere.jsonl", UsageError), ("bad.jsonl.gz", ArticleError), ("blank.jsonl", ArticleError)):
        with pytest.raises(error):
            run(tmp_path / source, goal, config=config, existing="overwrite")
    assert written.files(goal) == before


def test_nothing_found_is_said(config, tmp_path):
    """An input without a single article is a mistake, not a result."""
    (tmp_path / "blank.jsonl").write_bytes(b"\n \n")
    with pytest.raises(ArticleError, match="there is no article in 1 files"):
        run(tmp_path / "blank.jsonl", tmp_path / "out", config=config)


def test_resuming_does_only_what_is_missing(small, config, tmp_path):
    """A partition that is missing or cut off is made again, to the same bytes; half-written files go."""
    goal, wanted = tmp_path / "out", tmp_path / "wanted"
    run(small, wanted, config=config, articles_a_piece=2)
    run(small, goal, config=config, articles_a_piece=2)
    (goal / "_SUCCESS.json").unlink()
    (goal / "reports" / "part-000001.parquet").unlink()
    (goal / "_pieces" / "part-000002.json").unlink()
    cut = goal / "incidents" / "part-000004.parquet"
    cut.write_bytes(cut.read_bytes()[:-5])
    (goal / "_pieces" / "part-000005.json").write_bytes(b'{"piece": 5, ')
    (goal / "errors" / ".half-part-000001.parquet.0").write_bytes(b"half")
    summary = run(small, goal, config=config, articles_a_piece=2, existing="resume")
    assert (summary.pieces, summary.pieces_before, summary.tally.articles) == (6, 2, 12)
    written.same(goal, wanted)


def test_resuming_needs_the_same_input_and_settings(small, config, tmp_path):
    """What would mix two runs is refused, with the difference."""
    goal = tmp_path / "out"
    run(small, goal, config=config, articles_a_piece=2)
    with pytest.raises(UsageError, match="articles_a_piece 2, this run has 3"):
        run(small, goal, config=config, articles_a_piece=3, existing="resume")
    small.write_text(small.read_text(encoding="utf-8") + '{"id": "new", "text": "Quiet."}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"in\.jsonl is not the file"):
        run(small, goal, config=config, articles_a_piece=2, existing="resume")
    (goal / "_plan.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match="is no plan of a run"):
        run(small, goal, config=config, articles_a_piece=2, existing="resume")


def test_a_relative_folder_is_the_clients(small, config, tmp_path, monkeypatch):
    """Workers stand in other folders: they are told the whole path."""
    from geomap.corpus.files import Folder

    monkeypatch.chdir(tmp_path)
    assert Folder("tables").url == f"file://{tmp_path}/tables"
    assert Folder("memory://desk/tables").url == "memory:///desk/tables"
    run("in.jsonl", "tables", config=config)
    assert written.success(tmp_path / "tables")["articles"] == 12


def test_partitions_on_a_disk_of_another_machine_are_missed(small, config, tmp_path):
    """What a worker wrote must be there for everybody when the run ends."""
    from geomap.corpus.files import Folder
    from geomap.corpus.goal import check_whole

    run(small, tmp_path / "out", config=config, articles_a_piece=4)
    notes = [json.loads(path.read_bytes()) for path in (tmp_path / "out" / "_pieces").iterdir()]
    check_whole(Folder(str(tmp_path / "out")), notes)
    with pytest.raises(OutputError, match="lacks 9 files that were written"):
        check_whole(Folder(str(tmp_path / "elsewhere")), notes)


def test_a_table_without_rows_has_its_columns(config, tmp_path):
    """Readers of a folder of partitions need the same columns in all of them."""
    (tmp_path / "in.jsonl").write_text('{"id": "a", "text": "Quiet."}\n', encoding="utf-8")
    (tmp_path / "in2.jsonl").write_text('{"id": "b", "text": "Two rockets hit Balad airbase."}\n', encoding="utf-8")
    import pyarrow.parquet as pq

    run(tmp_path / "in*.jsonl", tmp_path / "out", config=config)
    schemas = [pq.read_schema(path) for path in sorted((tmp_path / "out" / "incidents").iterdir())]
    assert len(schemas) == 2
    assert schemas[0] == schemas[1]


def test_incidents_are_geoparquet_as_exported(small, config, tmp_path):
    """What geopandas reads is the incidents; the columns are those of ``geomap export``."""
    import geopandas

    from geomap.output.report import from_dict
    from geomap.output.tables.delimited import with_point
    from geomap.output.tables.layers import layer_features

    run(small, tmp_path / "out", config=config, articles_a_piece=5)
    frame = geopandas.read_parquet(tmp_path / "out" / "incidents")
    assert (len(frame), frame.geometry.notna().sum()) == (12, 12)
    assert frame.geometry.x.tolist() == frame.longitude.tolist()
    reports = [from_dict(json.loads(row["report"])) for row in written.rows(tmp_path / "out", "reports")]
    exported = [with_point(feature) for feature in layer_features(reports, "incidents")]
    assert list(frame.columns) == [*exported[0], "geometry"]
    assert frame.source_sentence.tolist() == [row["source_sentence"] for row in exported]


def test_the_deadly_are_found_and_the_others_are_not_blamed(config, tmp_path):
    """A record that takes more memory than allowed is found in its piece, in a process of its own."""
    path = tmp_path / "in.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, 7):
            junk = "[]," * 5_000_000 if number in {2, 6} else ""
            file.write(f'{{"id": {number}, "text": "Quiet.", "junk": [{junk}[]]}}\n')
    (file_,) = input_files([str(path)])
    (stretch,) = cut_file(file_, 10).stretches
    assert deadly_records(Piece(number=0, file=file_, stretch=stretch), config, 300_000_000) == {2, 6}


@pytest.mark.parametrize("missing", ["pyarrow", "fsspec"])
def test_a_missing_library_is_named_with_the_extra(missing, small, tmp_path):
    """Whoever has not installed the extra is told how."""
    code = f"import sys; sys.modules['{missing}'] = None; from geomap.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "batch", str(small), "--scheduler", "none", "-o", str(tmp_path / "out")],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'geomap[dask]'" in done.stderr


def test_a_missing_dask_is_named_with_the_extra(small, tmp_path):
    """Only where a scheduler is given."""
    code = "import sys; sys.modules['distributed'] = None; from geomap.cli.main import main; main()"
    command = [sys.executable, "-c", code, "batch", str(small), "-o", str(tmp_path / "out"), "--scheduler"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    there = subprocess.run([*command, "tcp://h:1"], capture_output=True, text=True, check=False, env=environment)
    assert (there.returncode, "needs distributed" in there.stderr) == (2, True)
    assert "pip install 'geomap[dask]'" in there.stderr
    here = subprocess.run([*command, "none"], capture_output=True, text=True, check=False, env=environment)
    assert here.returncode == 0, here.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--scheduler", "none"), "use -o FOLDER"),
        (("--piece", "5"), "--piece is for runs with --scheduler"),
        (("--scheduler", "none", "-o", "out", "-j", "2"), "--jobs is for batches without a scheduler"),
        (("--scheduler", "somewhere", "-o", "out"), "no address of a scheduler"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, says, small, tmp_path):
    """With the remedy."""
    done = subprocess.run(
        [sys.executable, "-m", "geomap", "batch", str(small), *arguments], cwd=tmp_path, capture_output=True, text=True,
        check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 2
    assert says in done.stderr
