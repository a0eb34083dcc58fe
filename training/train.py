"""Refit all weights from labelled data, cross-validated, and refuse to write weights that score below the floors.

    python training/train.py                 refit finding, resolving and linking; data in ../shared/data
    python training/train.py --dry-run       print the figures, write nothing
    python training/train.py --check         score the committed weights on our own sentences against the floors

Figures are of articles, then of names, that the fit has not seen. Floors stand in ``benchmarks/floors.json``; raise
them when the figures rise. The same data give the same weights, to the digit.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import resolution
import toponyms
from data import Labelled, read_own, read_toponyms

from geomap.config import Config, load_config
from geomap.gazetteer.locate import open_store
from geomap.gazetteer.store import Store
from geomap.resolution.tools import ResolutionTools
from geomap.resolution.tools import load_tools as load_ranker
from geomap.scoring import Learning, Model
from geomap.toponyms.tools import ToponymTools, load_tools

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "benchmarks" / "floors.json"
DATA = ROOT.parent / "shared" / "data"
FINDER, RANKER = (ROOT / "geomap" / stage / "model.json" for stage in ("toponyms", "resolution"))
WIKTOR_DOCUMENTS = 300  # enough to learn from rare places; the rest stays unseen
ROUNDS = 2  # refits of resolution with what the last model makes of an article's other names


class Floors:
    """Figures that must not fall, by stage and corpus, and those that did."""

    def __init__(self, path: Path = FLOORS) -> None:
        self._floors: Mapping[str, Mapping[str, float]] = json.loads(path.read_text(encoding="utf-8"))
        self.broken: list[str] = []

    def hold(self, stage: str, figures: Mapping[str, float]) -> bool:
        """Note every figure of a stage that is below its floor; tell whether all hold."""
        low = [
            f"{stage}: {name} {figures.get(name, 0.0):.3f} is below its floor {floor}"
            for name, floor in self._floors.get(stage, {}).items()
            if figures.get(name, 0.0) < floor
        ]
        self.broken += low
        return not low


def read_corpus(folder: Path) -> list[Labelled]:
    """Return all labelled articles: those of the data folder, and our own."""
    return [
        *read_toponyms(folder, ("lgl", "geovirus")),
        *read_toponyms(folder, ("wiktor",), WIKTOR_DOCUMENTS),
        *read_own(),
    ]


def train_finder(corpus: Sequence[Labelled], store: Store, config: Config) -> tuple[Model, dict[str, float]]:
    """Fit finding; print and return what it scores on articles it has not seen."""
    used = [one for one in corpus if one.corpus != "wiktor"]  # its articles have only one name marked
    used += toponyms.blinded(used)
    tools = load_tools(store.meta["demonyms"], Model(weights=Learning()))
    data = toponyms.collect(used, store, tools)
    threshold = config.toponyms.min_score
    toponyms.recall(data, toponyms.held_out(data, data.documents))
    judged = toponyms.held_out(data, data.documents)
    found = toponyms.exact(judged, data, threshold, tools)
    print(f"finding: {len(data.labels):,} candidates, {sum(data.labels):,} place names")
    for name, figures in found.items():
        print(f"  {name:9} exact P {figures.precision:.3f} R {figures.recall:.3f} F1 {figures.f1:.3f}")
    for kind, (recall, number) in toponyms.recall_by_novelty(judged, data, threshold).items():
        print(f"  names {kind} in other articles: recall {recall:.3f} of {number:,}")
    by_name = toponyms.exact(toponyms.held_out(data, data.names), data, threshold, tools)
    print("  folds by name:", ", ".join(f"{name} F1 {figures.f1:.3f}" for name, figures in by_name.items()))
    return toponyms.fit(data, range(len(data.labels))), {name: figures.f1 for name, figures in found.items()}


def learning(model: Model) -> Model:
    """Return a model whose candidates keep the features it has no weight for."""
    return replace(model, weights=Learning(model.weights))


def train_ranker(
    corpus: Sequence[Labelled], store: Store, config: Config, finder: ToponymTools
) -> tuple[Model, dict[str, float]]:
    """Fit resolving; print and return what it places right on articles it has not seen."""
    tools = load_ranker(learning(load_ranker().model))
    for _ in range(ROUNDS):
        data = resolution.collect(corpus, store, tools, finder)
        tools = load_ranker(learning(resolution.fit(data)))
    data = resolution.collect(corpus, store, tools, finder)
    threshold = config.resolution.min_score
    slope, outcomes = resolution.held_out(data, [c.document for c in data])
    print(f"resolving: {len(data):,} names with a point, slope {slope}")
    figures = _print_placed(outcomes, threshold)
    _, by_name = resolution.held_out(data, [c.name for c in data])
    print("  folds by name:")
    unseen = _print_placed(by_name, threshold)
    gaps = {f"{name} loss on unseen names": figures[name] - unseen[name] for name in ("lgl", "geovirus")}
    print("  loss on unseen names:", {name: round(gap, 3) for name, gap in gaps.items()})
    return replace(tools.model, slope=slope), figures


def _print_placed(outcomes: Sequence[resolution.Outcome], threshold: float) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, placed in resolution.placed(outcomes, threshold).items():
        print(
            f"  {name:9} right within 161 km {placed.pinned:.3f} (answering always {placed.best:.3f}, at most"
            f" {placed.ceiling:.3f}); pins: precision {placed.precision:.3f}, coverage {placed.coverage:.3f}"
        )
        figures |= {name: placed.pinned, f"{name} precision": placed.precision}
    return figures


def train_linking(data: Path, *, dry: bool) -> dict[str, float]:
    """Run the fit of linking, where it and its data exist; return the figures it prints."""
    script, labelled = ROOT / "training" / "linking.py", data / "events" / "linking_dev.jsonl"
    if not (script.is_file() and labelled.is_file()):
        return {}
    command = [sys.executable, str(script), str(labelled), *(["--dry-run"] if dry else [])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # our own script
    print(f"linking: {done.stdout.strip()}")
    return {
        name: float(value) for name, value in re.findall(r"(exact set|unlocated left alone) (\d\.\d+)", done.stdout)
    }


def committed_on_own(store: Store, config: Config, finder: ToponymTools, ranker: ResolutionTools) -> dict[str, float]:
    """Return what the committed weights score on our own sentences, which they were fitted with."""
    own = list(read_own())
    data = toponyms.collect(own, store, finder)
    rows = range(len(data.labels))
    toponyms.recall(data, toponyms.judge(finder.model, data, rows))
    judged = toponyms.judge(finder.model, data, rows)
    choices = resolution.collect(own, store, ranker, finder)
    outcomes = [resolution.outcome(choice, ranker.model, ranker.model.slope) for choice in choices]
    placed = resolution.placed(outcomes, config.resolution.min_score)["own"]
    return {
        "exact F1": toponyms.exact(judged, data, config.toponyms.min_score, finder)["own"].f1,
        "placed right": placed.pinned,
        "precision of pins": placed.precision,
    }


def save(model: Model, target: Path) -> None:
    """Write a model where geomap reads it."""
    content = {"bias": model.bias, "slope": model.slope, "weights": dict(sorted(model.weights.items()))}
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def check() -> Iterator[str]:
    """Yield what the committed weights miss of the floors."""
    config, floors = load_config(), Floors()
    with open_store(config.gazetteer) as store:
        finder, ranker = load_tools(store.meta["demonyms"]), load_ranker()
        figures = committed_on_own(store, config, finder, ranker)
    print("committed weights on our own sentences:", {name: round(value, 3) for name, value in figures.items()})
    floors.hold("committed on own", figures)
    yield from floors.broken


def train(data: Path, *, dry: bool) -> Iterator[str]:
    """Refit everything; write what holds its floors and yield what does not."""
    config, floors = load_config(), Floors()
    corpus = read_corpus(data)
    with open_store(config.gazetteer) as store:
        model, figures = train_finder(corpus, store, config)
        if floors.hold("finding", figures) and not dry:
            save(model, FINDER)
        finder = load_tools(store.meta["demonyms"], model)
        ranker, figures = train_ranker(corpus, store, config, finder)
        if floors.hold("resolving", figures) and not dry:
            save(ranker, RANKER)
    floors.hold("linking", train_linking(data, dry=dry))
    yield from floors.broken


def main() -> int:
    """Run from the command line; the exit status is 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with toponyms/*.jsonl and events/*.jsonl")
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    parser.add_argument("--check", action="store_true", help="score the committed weights on our own sentences")
    args = parser.parse_args()
    if not args.check and not (args.data / "toponyms").is_dir():
        parser.error(f"no folder {args.data / 'toponyms'} with labelled articles; name one by --data")
    broken = list(check() if args.check else train(args.data, dry=args.dry_run))
    for line in broken:
        print(f"refused: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
