"""Memory of a long batch: ``python benchmarks/long_batch.py [ARTICLES]``, 100,000 unless said.

The articles are halves of two others put together, no two alike, so that names come in ever new company.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from bench import articles

EVERY_S = 5
STEPS = 10  # rows printed


def made(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield articles without end: the first half of each one with the second half of one that changes every round."""
    halves = [(lines[: len(lines) // 2 + 1], lines[len(lines) // 2 + 1 :]) for lines in _lines(rows)]
    for turn in count():
        for number, (first, _) in enumerate(halves):
            second = halves[(7 * number + 13 * turn + 1) % len(halves)][1]
            yield {"id": f"{turn}-{number}", "text": "\n".join([*first, *second])}


def _lines(rows: list[dict[str, str]]) -> list[list[str]]:
    return [row["text"].split("\n") for row in rows]


def resident_mb(process: int) -> float:
    """Return the memory that a process holds now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Run the batch and print its memory as it goes."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        source, goal = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        with source.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in islice(made(articles()[1]), number))
        began, shown = time.perf_counter(), 0
        command = [sys.executable, "-m", "geomap", "batch", str(source), "-q", "-o", str(goal)]
        with subprocess.Popen(command) as run:
            while run.poll() is None:
                time.sleep(EVERY_S)
                part = Path(f"{goal}.part")
                done = part.read_bytes().count(b"\n") if part.exists() else 0
                if done >= (shown + 1) * number // STEPS and run.poll() is None:
                    shown = done * STEPS // number
                    print(f"{done:>9,} articles {resident_mb(run.pid):6.0f} MB", flush=True)
        seconds = time.perf_counter() - began
        print(f"{number:>9,} articles in {seconds:.0f} s, {number / seconds:.0f} a second, exit {run.returncode}")


if __name__ == "__main__":
    main()
