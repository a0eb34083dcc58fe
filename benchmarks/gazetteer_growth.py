"""How the gazetteer grows: ``python benchmarks/gazetteer_growth.py 0 3000000 12000000``.

Besides the packaged tables a synthetic GeoNames dump of the size given is added as a layer. Printed: time and peak
memory of the import, size on disk, a fresh process that opens the store and looks one name up (beyond the start of
Python, and its memory), and look-ups a second of names that are there and of names that are not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SYLLABLES = [c + v for c in "b d dh f g gh h j k kh l m n q r s sh t th w y z".split() for v in "a e i o u".split()]
COUNTRIES = "US CN RU IN ID MX NO CA IR AU IQ SY TR UA AF YE SD PK BR DE FR ES".split()
CODES = (
    ("P", "PPL"),
    ("P", "PPL"),
    ("P", "PPL"),
    ("H", "STM"),
    ("T", "HLL"),
    ("S", "AIRF"),
    ("L", "LCTY"),
    ("A", "ADM3"),
)
RUNS = 7
ADD = (
    "import resource, sys, time; from pathlib import Path; from geomap.cli.telling import telling;"
    "from geomap.config import GazetteerConfig; from geomap.gazetteer.importers.add import Request, add_layer;"
    "began = time.perf_counter(); config = GazetteerConfig(folder=sys.argv[1]);"
    "add_layer(config, Request(path=Path(sys.argv[2])), progress=telling());"
    "print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
)
COMPILE = ADD.replace(
    "add_layer(config, Request(path=Path(sys.argv[2])), progress=telling())", "ensure_compiled(config)"
).replace("geomap.gazetteer.importers.add import Request, add_layer", "geomap.gazetteer.locate import ensure_compiled")
OPEN = (
    "import sys; from geomap.config import GazetteerConfig; from geomap.gazetteer.locate import open_store;"
    "store = open_store(GazetteerConfig(folder=sys.argv[1])); assert store.hits(sys.argv[2]);"
    "print([l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')][0])"
)
PACE = """
import json, sys, time
from geomap.config import GazetteerConfig
from geomap.gazetteer.locate import open_store
store = open_store(GazetteerConfig(folder=sys.argv[1]))
hits = store.hits
def ask(names):
    for name in names:
        hits(name)
for names in json.load(sys.stdin):
    ask(names)
    began = time.perf_counter()
    ask(names)
    print(len(names) / (time.perf_counter() - began))
"""


def dump_lines(count: int, seed: int) -> Iterator[str]:
    """Yield the lines of a synthetic dump: two to four syllables a name, some with a second word and other names."""
    draw = random.Random(seed)  # noqa: S311  # a sample, not a secret
    for number in range(100_000_000, 100_000_000 + count):
        name = "".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))).capitalize()
        if draw.random() < 0.4:
            name += " " + "".join(draw.choices(SYLLABLES, k=2)).capitalize()
        others = ",".join("".join(draw.choices(SYLLABLES, k=3)).capitalize() for _ in range(draw.choice((0, 0, 1, 2))))
        kind, country = draw.choice(CODES), draw.choice(COUNTRIES)
        lat, lon = draw.uniform(-55, 70), draw.uniform(-180, 180)
        people = int(draw.paretovariate(0.8) * 100) if kind[0] == "P" else 0
        yield (
            f"{number}\t{name}\t{name}\t{others}\t{lat:.5f}\t{lon:.5f}\t{kind[0]}\t{kind[1]}\t{country}\t\t01\t\t\t\t"
            f"{min(people, 30_000_000)}\t\t100\tEtc/UTC\t2024-01-01\n"
        )


def run(code: str, *arguments: object, given: str = "") -> list[str]:
    """Run a piece of Python in a fresh process; return the words it printed."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, input=given).stdout.split()


def wall_ms(code: str, *arguments: object) -> float:
    """Return the median wall time of a fresh process, in milliseconds."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run(code, *arguments)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def sample_names(stores: Path) -> list[list[str]]:
    """Return names that the store has, drawn at random, and names that it has not."""
    from geomap.config import GazetteerConfig
    from geomap.gazetteer.locate import open_store
    from geomap.gazetteer.names import key

    draw = random.Random(1)  # noqa: S311
    with open_store(GazetteerConfig(folder=str(stores))) as store:
        there = [key(store.name(draw.randrange(len(store)))) for _ in range(200_000)]
    return [there, [f"{name}zx" for name in there]]


def measure(count: int, folder: Path) -> str:
    """Return one line of the table."""
    stores, dump = folder / "stores", folder / "synthetic.txt"
    if count:
        with dump.open("w", encoding="utf-8") as file:
            file.writelines(dump_lines(count, seed=1))
        seconds, memory = run(ADD, stores, dump)
        dump.unlink()
    else:
        seconds, memory = run(COMPILE, stores)
    store = max((p for p in stores.iterdir() if (p / "meta.json").is_file()), key=lambda p: p.stat().st_mtime)
    meta = json.loads((store / "meta.json").read_text(encoding="utf-8"))
    sizes = {p.name: p.stat().st_size / 1e6 for p in store.iterdir()}
    opening = wall_ms(OPEN, stores, "baghdad") - wall_ms("pass")
    (resident,) = run(OPEN, stores, "baghdad")
    found, missed = run(PACE, stores, given=json.dumps(sample_names(stores)))
    return (
        f"{meta['places']:>12,} {meta['names']:>12,} {float(seconds):>9.0f} {float(memory):>9.0f}"
        f" {sum(sizes.values()) - sizes['places.gpkg']:>9.0f} {sizes['places.gpkg']:>9.0f} {opening:>9.0f}"
        f" {int(resident) / 1024:>9.0f} {float(found):>11,.0f} {float(missed):>11,.0f}"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("counts", nargs="*", type=int, default=[0, 3_000_000, 12_000_000], metavar="PLACES")
    parser.add_argument("--folder", type=Path, help="where to work; default: a temporary folder")
    options = parser.parse_args()
    heads = "import s,memory MB,index MB,gpkg MB,open ms,open MB".split(",")
    print(f"{'places':>12} {'names':>12} " + " ".join(f"{h:>9}" for h in heads) + f" {'found/s':>11} {'missed/s':>11}")
    for count in options.counts:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            print(measure(count, Path(folder)), flush=True)


if __name__ == "__main__":
    os.nice(10)
    main()
