"""Batches: killed and gone on with, one bad article, constant memory, exit codes that scripts read."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from commands import geomap

TOWNS = "Balad Taji Mosul Tikrit Samarra Fallujah Ramadi Kirkuk Sinjar Hit".split()


def articles(count: int) -> list[dict[str, Any]]:
    """Return small articles, some of which cannot be read."""
    made: list[dict[str, Any]] = [
        {"id": f"a{n}", "text": f"Two rockets hit {TOWNS[n % 10]} airbase on day {n}, police said.\n" * (1 + n % 3)}
        for n in range(count)
    ]
    for n in range(7, count, 50):
        made[n] = {"id": f"a{n}", "text": ""}
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write 300 articles, a line that is no JSON and a blank one."""
    path = tmp_path / "in.jsonl"
    lines = [json.dumps(one) for one in articles(300)]
    path.write_text("\n".join([*lines[:120], "not json", "", *lines[120:]]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def whole(source: Path) -> bytes:
    """Return what an uninterrupted run writes."""
    done = geomap("batch", source, "-o", source.with_name("whole.jsonl"))
    assert done.returncode == 1, done.stderr
    return source.with_name("whole.jsonl").read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_killed_is_gone_on_with(jobs: str, source: Path, whole: bytes) -> None:
    """Kill -9 in the middle, perhaps in the middle of a line; then --resume gives the same bytes."""
    output = source.with_name("out.jsonl")
    part = output.with_name("out.jsonl.part")
    command = [sys.executable, "-m", "geomap", "batch", source, "-o", output, "-j", jobs]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    limit = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size > len(whole) // 5):
        assert process.poll() is None, "it was done before it could be killed"
        assert time.monotonic() < limit
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not output.exists()
    assert 0 < part.stat().st_size < len(whole)
    refused = geomap("batch", source, "-o", output)
    assert refused.returncode == 1
    assert "--resume" in refused.stderr
    done = geomap("batch", source, "-o", output, "-j", jobs, "--resume")
    assert "were done before" in done.stderr
    assert output.read_bytes() == whole
    assert not part.exists()


@pytest.mark.parametrize("cut", [0, 1, 700, 5000, 5001, -1])
def test_wherever_the_part_ends_the_rest_follows(cut: int, source: Path, whole: bytes) -> None:
    """A part cut at any byte is gone on with from its last whole line."""
    output = source.with_name("out.jsonl")
    output.with_name("out.jsonl.part").write_bytes(whole[:cut])
    geomap("batch", source, "-o", output, "--resume", "-q")
    assert output.read_bytes() == whole


def test_resume_without_a_part_is_a_run(source: Path, whole: bytes) -> None:
    """So that a script may always say --resume."""
    output = source.with_name("out.jsonl")
    geomap("batch", source, "-o", output, "--resume")
    assert output.read_bytes() == whole
    assert geomap("batch", source, "--resume").returncode == 2


def test_a_part_of_another_input_or_other_settings_is_refused(source: Path, whole: bytes) -> None:
    """Never a file of two runs: the part stays as it is and the error says what is wrong."""
    output = source.with_name("out.jsonl")
    part = output.with_name("out.jsonl.part")
    part.write_bytes(whole)
    other = source.with_name("other.jsonl")
    other.write_text(json.dumps({"id": "z", "text": "Rockets hit Balad."}) + "\n", encoding="utf-8")
    done = geomap("batch", other, "-o", output, "--resume")
    assert done.returncode == 2
    assert "not the input's" in done.stderr
    done = geomap("batch", source, "-o", output, "--resume", GEOMAP_TOYPONYMS="1")
    assert done.returncode == 2
    done = geomap("batch", source, "-o", output, "--resume", GEOMAP_RESOLUTION_ALTERNATIVES="1")
    assert done.returncode == 2
    assert "other settings" in done.stderr
    assert part.read_bytes() == whole


def test_bad_articles_are_records_and_are_counted(source: Path, whole: bytes) -> None:
    """The run goes on; each error names its article; the summary counts."""
    records = [json.loads(line) for line in whole.splitlines()]
    assert len(records) == 301
    wrong = [one["article"]["id"] for one in records if "error" in one]
    assert wrong == ["a7", "a57", "a107", None, "a157", "a207", "a257"]
    done = geomap("batch", source)
    assert "301 articles" in done.stderr
    assert "7 errors" in done.stderr
    assert done.stdout.encode() == whole


HOSTILE = {
    "not UTF-8": b'{"id": "x", "text": "caf\xe9 in Balad"}',
    "a list": b"[1, 2]",
    "a number for a text": b'{"id": "x", "text": 5}',
    "a bad date": b'{"id": "x", "text": "Rockets hit Balad.", "published_on": "soon"}',
    "a bad span": b'{"id": "x", "text": "Rockets hit Balad.", "mentions": [{"start": 12, "end": 99}]}',
    "half a surrogate pair": b'{"id": "\\ud83d", "text": "Rockets \\ud83d hit Balad."}',
    "nested without end": b"[" * 100_000,
}


def test_no_article_stops_a_run(tmp_path: Path) -> None:
    """Whatever a line holds, the next one is done."""
    good = b'{"id": "good", "text": "Rockets hit Balad airbase, police said."}'
    pairs = itertools.chain.from_iterable((bad, good) for bad in HOSTILE.values())
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(pairs))
    done = geomap("batch", tmp_path / "in.jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in one for one in records] == [True, False] * len(HOSTILE)
    assert "Traceback" not in done.stderr


TEXT = '"text": "Rockets hit Balad airbase, police said."'
ODD_IDS = {
    "a whole number without end": (b'{"id": 123456789012345678901234567890, %s}', "123456789012345678901234567890"),
    "a number of 64 bits": (b'{"id": 18446744073709551615, %s}', "18446744073709551615"),
    "a fraction": (b'{"id": 0.1, %s}', "0.1"),
    "given twice": (b'{"id": "old", "id": "new", %s}', "new"),
    "beside a number that is none": (b'{"id": "n", "weight": NaN, %s}', "n"),
    "beside a number without end": (b'{"id": "e", "weight": 1e999, %s}', "e"),
    "after a byte order mark": (b'\xef\xbb\xbf{"id": "b", %s}', "b"),
}


def test_an_odd_id_is_kept_to_the_letter(tmp_path: Path) -> None:
    """What Python's own JSON reads is read: no id is rounded, no article lost."""
    lines = [line % TEXT.encode() for line, _ in ODD_IDS.values()]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    done = geomap("batch", tmp_path / "in.jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["article"]["id"] for one in records] == [name for _, name in ODD_IDS.values()]
    assert not any("error" in one for one in records)


def test_exit_codes_tell_what_was_found(tmp_path: Path) -> None:
    """0 by default; 3 for nothing found and 5 for something unplaced only when asked for."""
    calm, odd = tmp_path / "calm.jsonl", tmp_path / "odd.jsonl"
    calm.write_text(json.dumps({"id": "1", "text": "The committee met and adjourned."}), encoding="utf-8")
    odd.write_text(json.dumps({"id": "1", "text": "Rockets hit Xyzzyabad, police said."}), encoding="utf-8")
    assert geomap("batch", calm).returncode == 0
    assert geomap("batch", calm, "--fail-empty").returncode == 3
    assert geomap("batch", calm, "--strict").returncode == 0
    assert geomap("batch", odd, "--strict").returncode == 5
    assert geomap("batch", odd).returncode == 0


MEMORY = """
import json, resource, subprocess, sys
source, count = sys.argv[1:]
with open(source, "w", encoding="utf-8") as file:
    for n in range(int(count)):
        text = f"Two rockets hit Balad airbase near article {n}, police said on Friday."
        file.write(json.dumps({"id": str(n), "text": text}) + chr(10))
subprocess.run([sys.executable, "-m", "geomap", "batch", source, "-o", source + ".out", "-q"], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    """Ten times the articles, the same memory (within 15 MB), and far below 300 MB."""
    peaks = []
    for count in (300, 3000):
        command = [sys.executable, "-c", MEMORY, str(tmp_path / f"{count}.jsonl"), str(count)]
        peaks.append(int(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    assert peaks[1] < 200
    assert peaks[1] - peaks[0] < 15
