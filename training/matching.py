"""Fit the weights that say whether two tellings are about one event, on the development half of our own corpus.

Run as ``python -m training.matching``. The corpus is small, so the fit does not begin at nothing: it moves away from
what an editor would say (``matching_prior.json``) only as far as the pairs of the corpus ask for. Prints
cross-validated figures, folds by story, and writes the weights fitted on everything.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from benchmarks.clusters import agreement
from benchmarks.matching import by_telling
from benchmarks.stories import Gold, Told, read_half, run
from geomap.archive.matching import compare, group
from geomap.archive.matching.vetoes import veto
from geomap.config import load_config
from geomap.pipeline import load_engine
from geomap.scoring import Model, parse_model, probability, total

PRIOR = Path(__file__).with_name("matching_prior.json")
TARGET = Path(__file__).parents[1] / "geomap" / "archive" / "matching" / "model.json"
FIRMNESS = 10.0  # how firmly a weight is held where it was: the inverse variance of the prior
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


class Pair(NamedTuple):
    """Two tellings of different articles that no veto keeps apart, and whether they tell one event."""

    story: str
    features: Mapping[str, float]
    same: bool


def pairs_of(articles: Sequence[Told], gold: Gold) -> list[Pair]:
    """Return every pair of gold tellings that matching would have to judge."""
    tellings = {t.key: t for t in gold.tellings}
    found = [(articles[n].story, cluster, tellings[key]) for (n, cluster), key in gold.found.items()]
    return [
        Pair(story, compare(a, b), one == two)
        for (story, one, a), (_, two, b) in combinations(found, 2)
        if veto(a, b) is None
    ]


def fit(pairs: Sequence[Pair], prior: Model) -> Model:
    """Fit a logistic regression whose weights are held to the prior's; a story counts alike however long it is."""
    names = sorted(prior.weights)
    table = np.array([[pair.features.get(name, 0.0) for name in names] + [1.0] for pair in pairs])
    signs = np.array([1.0 if pair.same else -1.0 for pair in pairs])
    start = np.array([prior.weights[name] for name in names] + [prior.bias])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (table @ weights)
        moved = weights - start
        value = np.logaddexp(0.0, -margins).sum() + 0.5 * FIRMNESS * moved @ moved
        slope = -(table.T @ (signs / (1.0 + np.exp(margins)))) + FIRMNESS * moved
        return float(value), slope

    best = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return Model(
        weights={name: round(float(w), 2) for name, w in zip(names, best, strict=False)}, bias=round(float(best[-1]), 2)
    )


def f1_of(gold: Gold, stories: Mapping[int, str], story: str, model: Model, min_score: float) -> tuple[float, int]:
    """Return B-cubed F1 over the found tellings of one story, and how many they are."""
    own = {item: key for item, key in gold.found.items() if stories[item[0]] == story}
    if not own:
        return 0.0, 0
    clustering = by_telling(group(gold.tellings, model=model, min_score=min_score))
    figures = agreement({item: item[1] for item in own}, {item: clustering[key] for item, key in own.items()})
    return figures.f1, figures.items


def validate(articles: Sequence[Told], gold: Gold, pairs: Sequence[Pair], prior: Model) -> float:
    """Print what weights fitted on the other stories score on each; return the slope that calibrates them."""
    stories = dict(enumerate(told.story for told in articles))
    names = sorted(set(stories.values()))
    models = {story: fit([p for p in pairs if p.story != story], prior) for story in names}
    for min_score in THRESHOLDS:
        scores = [f1_of(gold, stories, story, models[story], min_score) for story in names]
        held_out = sum(f1 * items for f1, items in scores) / sum(items for _, items in scores)
        kept = [f1_of(gold, stories, story, prior, min_score) for story in names]
        unmoved = sum(f1 * items for f1, items in kept) / sum(items for _, items in kept)
        print(
            f"  least score {min_score}: B-cubed F1 {held_out:.3f} on stories not fitted on, {unmoved:.3f} by the prior"
        )
    totals = [(total(p.features, models[p.story]), p.same) for p in pairs]
    return _slope(totals)


def _slope(totals: Sequence[tuple[float, bool]]) -> float:
    """Return the slope at which the logistic of held-out totals is most likely."""

    def loss(slope: float) -> float:
        return -sum(np.log(probability(t if same else -t, Model(weights={}, slope=slope))) for t, same in totals)

    return min((n / 20 for n in range(4, 41)), key=loss)


def main() -> None:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    arguments = parser.parse_args()
    prior = parse_model(PRIOR.read_text(encoding="utf-8"))
    articles = read_half("dev")
    with load_engine(load_config()) as engine:
        gold = run(articles, engine)
    pairs = pairs_of(articles, gold)
    print(f"{len(pairs)} pairs, {sum(p.same for p in pairs)} of them of one event")
    slope = validate(articles, gold, pairs, prior)
    model = replace(fit(pairs, prior), slope=slope)
    wrong = sum((total(p.features, model) > 0) != p.same for p in pairs)
    print(f"slope {slope}; {wrong} pairs on the wrong side after the fit on everything")
    if not arguments.dry_run:
        content = {"bias": model.bias, "slope": model.slope, "weights": model.weights}
        TARGET.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
