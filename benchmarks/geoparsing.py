"""Place names found and placed on held-out articles: reliability, coverage against accuracy, seen and unseen names.

    python benchmarks/geoparsing.py            accuracy; data in ../shared/data, some minutes
    python benchmarks/geoparsing.py --speed    articles a second, memory and growth with length instead

Every figure is of articles that the weights used for it have not seen; ``training/train.py`` fits and holds out.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))

import resolution  # noqa: E402  # the training folder is no package
import toponyms  # noqa: E402
import train  # noqa: E402

from geomap.config import load_config  # noqa: E402
from geomap.gazetteer.locate import open_store  # noqa: E402
from geomap.output.report import to_json  # noqa: E402
from geomap.pipeline import Engine, geoparse, load_engine  # noqa: E402
from geomap.reading.article import make_article  # noqa: E402
from geomap.resolution.tools import load_tools as load_ranker  # noqa: E402
from geomap.scoring import Learning, Model  # noqa: E402
from geomap.toponyms.tools import load_tools  # noqa: E402

NEWS = ("lgl", "geovirus", "own")
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def reliability(rated: Sequence[tuple[float, bool]], title: str) -> None:
    """Print, for probabilities in bins, how often what was said came true, and the mean gap."""
    print(f"\n{title}\n  probability      number   mean said   came true")
    gap = 0.0
    for low, high in pairwise(BINS):
        own = [(p, right) for p, right in rated if low <= p < high]
        if own:
            said, true = sum(p for p, _ in own) / len(own), sum(right for _, right in own) / len(own)
            gap += abs(said - true) * len(own) / len(rated)
            print(f"  {low:.2f} to {min(high, 1.0):.2f} {len(own):10,} {said:11.3f} {true:11.3f}")
    print(f"  expected calibration error {gap:.3f}")


def curve(outcomes: Sequence[resolution.Outcome]) -> None:
    """Print what share of the gold toponyms is pinned, and how many pins are right, at several thresholds."""
    print("\ncoverage and accuracy within 161 km by threshold")
    print("  threshold " + "".join(f"{name:>26}" for name in NEWS))
    for threshold in THRESHOLDS:
        placed = resolution.placed(outcomes, threshold)
        cells = (f"cover {placed[name].coverage:.3f} right {placed[name].precision:.3f}" for name in NEWS)
        print(f"  {threshold:9.2f} " + "".join(f"{cell:>26}" for cell in cells))


def novelty(outcomes: Sequence[resolution.Outcome], choices: Sequence[resolution.Choice], threshold: float) -> None:
    """Print accuracy for names that other articles have too, and for those that none has."""
    where: dict[str, set[str]] = {}
    for choice in choices:
        where.setdefault(choice.name, set()).add(choice.document)
    print("\nnames seen in other articles and unseen ones, right within 161 km")
    for name in NEWS:
        for kind, wanted in (("seen", True), ("unseen", False)):
            own = [o for o in outcomes if o.corpus == name and (len(where[o.name]) > 1) == wanted]
            right = sum(o.right and o.probability >= threshold for o in own)
            known = sum(o.possible for o in own)
            print(
                f"  {name:9} {kind:7} {len(own):6,} {right / max(1, len(own)):.3f};"
                f" of the {known:,} that the gazetteer has {right / max(1, known):.3f}"
            )


def accuracy(data: Path) -> None:
    """Print every table of accuracy."""
    config, corpus = load_config(), train.read_corpus(data)
    with open_store(config.gazetteer) as store:
        used = [one for one in corpus if one.corpus != "wiktor"]
        tools = load_tools(store.meta["demonyms"], Model(weights=Learning()))
        found = toponyms.collect([*used, *toponyms.blinded(used)], store, tools)
        toponyms.recall(found, toponyms.held_out(found, found.documents))
        judged = toponyms.held_out(found, found.documents)
        rows = [i for i, name in enumerate(found.corpora) if name in NEWS]
        reliability([(judged[i], found.labels[i]) for i in rows], "finding: is it a place name?")
        for name, figures in toponyms.exact(judged, found, config.toponyms.min_score, tools).items():
            print(
                f"  {name:9} exact P {figures.precision:.3f} R {figures.recall:.3f} F1 {figures.f1:.3f};"
                f" F1 without the {found.demonyms[name]} labelled demonyms {figures.f1_of_names:.3f}"
            )
        ranker = load_ranker(train.learning(load_ranker().model))
        choices = resolution.collect(corpus, store, ranker, load_tools(store.meta["demonyms"]))
    _, outcomes = resolution.held_out(choices, [c.document for c in choices])
    answered = [(o.probability, o.right) for o in outcomes if o.corpus in NEWS and o.probability > 0]
    reliability(answered, "resolving: is it this place?")
    curve(outcomes)
    novelty(outcomes, choices, config.resolution.min_score)
    _, by_name = resolution.held_out(choices, [c.name for c in choices])
    print("\nno article that tells of the name was learned from")
    for name, placed in resolution.placed(by_name, config.resolution.min_score).items():
        shares = f"precision {placed.precision:.3f}, coverage {placed.coverage:.3f}"
        print(f"  {name:9} right {placed.pinned:.3f}, pins: {shares}")


def _seconds(texts: Iterable[str], engine: Engine) -> float:
    began = time.process_time()
    for text in texts:
        to_json(geoparse(make_article(text, id="b"), engine))
    return time.process_time() - began


def speed(data: Path) -> None:
    """Print articles a second over LGL, peak memory, and the time of texts up to a megabyte, in seconds of one core."""
    texts = [one.article.text for one in train.read_toponyms(data, ("lgl",))]
    with load_engine(load_config()) as engine:
        for run in ("first", "second"):
            print(f"whole pipeline, {run} run over LGL: {len(texts) / _seconds(texts, engine):.0f} articles a second")
        whole = "\n".join(texts)
        print("length in characters, seconds, microseconds a character")
        for size in (1_000, 10_000, 100_000, 1_000_000):
            text = (whole * (1 + size // len(whole)))[:size]
            taken = _seconds([text], engine)
            print(f"{size:10,} {taken:8.3f} {1e6 * taken / size:6.2f}")
    print(
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (with what training imports)"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=train.DATA)
    parser.add_argument("--speed", action="store_true", help="measure speed, memory and growth instead")
    args = parser.parse_args()
    (speed if args.speed else accuracy)(args.data)


if __name__ == "__main__":
    main()
