"""Every speed figure that the README quotes, measured side by side in one run, because machines differ."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import growth
import peers
from incidents import labelled, score_all

import maps
from geomap.config import load_config
from geomap.pipeline import load_engine

ROOT = Path(__file__).parents[1]
LGL = ROOT.parent / "shared" / "data" / "toponyms" / "lgl.jsonl"
STORY = ROOT / "examples" / "01-airbase-and-depot.txt"
RUNS = 5
LONG = 5  # times the articles of the long run


class Spent(NamedTuple):
    """What a command takes in a fresh process, in seconds: by the clock, and of a processor's time."""

    wall_s: float
    cpu_s: float


def spent(command: list[str]) -> Spent:
    """Return the medians over some runs."""
    runs = []
    for _ in range(RUNS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        runs.append(Spent(time.perf_counter() - began, cpu_s))
    return Spent(statistics.median(r.wall_s for r in runs), statistics.median(r.cpu_s for r in runs))


def peak_mb(command: list[str]) -> float:
    """Return the peak resident memory of a command, in megabytes."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def cold() -> None:
    """Print how long one article takes from a shell, as a multiple of importing folium in the same run."""
    folium = spent([sys.executable, "-c", "import folium"]).wall_s
    report = [sys.executable, "-m", "geomap", "report", str(STORY), "--date", "2024-02-03"]
    with tempfile.TemporaryDirectory() as folder:
        page = [sys.executable, "-m", "geomap", "map", str(STORY), "-o", folder, "--overwrite", "-q"]
        rows = {"import folium": (folium, 0.0), "geomap report": (spent(report).wall_s, peak_mb(report)),
                "geomap map": (spent(page).wall_s, peak_mb(page))}  # fmt: skip
    for name, (seconds, memory) in rows.items():
        print(f"{name:<16} {seconds:6.3f} s  {seconds / folium:5.2f} x import folium  {memory or 0:6.0f} MB peak")


def articles() -> tuple[str, list[dict[str, str]]]:
    """Return the articles of the throughput run: LGL where it is beside the checkout, else our own."""
    if LGL.is_file():
        rows = [json.loads(line) for line in LGL.read_text(encoding="utf-8").split("\n") if line]
        return "LGL", [{"id": str(row["id"]), "text": row["text"]} for row in rows]
    return "own corpus", [{"id": gold["id"], "text": text} for gold, text in labelled()]


def throughput() -> None:
    """Print articles a second of the whole pipeline, JSON in and out, one process on one core, start-up included."""
    name, rows = articles()
    again = [{"id": f"{row['id']}-{time}", "text": row["text"]} for time in range(LONG) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        once, long = (_batch(folder, given) for given in (rows, again))
        one, memory = spent(once), peak_mb(once)
        two = spent([*once, "-j", "2"])
        many, memory_of_many = spent(long), peak_mb(long)
    cpu, wall, wall_of_two = (len(rows) / seconds for seconds in (one.cpu_s, one.wall_s, two.wall_s))
    print(f"geomap batch     {cpu:6.0f} articles/s of CPU time over {len(rows)} of {name}, {memory:.0f} MB peak")
    print(f"  by the clock   {wall:6.0f} articles/s, {wall_of_two:.0f} with -j 2")
    rate = len(again) / many.cpu_s
    print(f"  {LONG} times over   {rate:6.0f} articles/s of CPU time, {memory_of_many:.0f} MB peak: names met before")


def _batch(folder: str, rows: list[dict[str, str]]) -> list[str]:
    """Return the command that works through some articles."""
    source = Path(folder, f"{len(rows)}.jsonl")
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    goal = ["-q", "--overwrite", "-o", f"{folder}/out.jsonl"]
    return [sys.executable, "-m", "geomap", "batch", str(source), *goal]


def accuracy() -> None:
    """Print the pins of our own labelled articles."""
    with load_engine(load_config()) as engine:
        score = score_all(engine)
    pins = f"pins right {score.right}, wrong {score.wrong}, missing {score.missing}"
    print(f"own corpus       {score.articles} articles, {pins}")


def section(title: str, part: Callable[[], None]) -> None:
    """Print one part under its title."""
    print(f"\n{title}")
    part()


def main() -> None:
    """Run everything."""
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    section("One article from a shell", cold)
    section("An archive, one process, start-up included", throughput)
    section("Growth with the length of an article", growth.main)
    section("Our own labelled articles", accuracy)
    section("Beside others, names only for them, the whole pipeline for geomap", peers.main)
    section("Maps of many incidents", maps.main)
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
