"""Fit the weights that choose among the places of one name: a conditional logit over the candidates' features."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from data import Labelled, read_toponyms
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from geomap.config import ToponymsConfig, load_config
from geomap.gazetteer.locate import open_store
from geomap.gazetteer.lookup import distance_km
from geomap.gazetteer.store import Store
from geomap.model import LonLat
from geomap.resolution import resolve as stage
from geomap.resolution.context import containers, observe
from geomap.scoring import Model
from geomap.toponyms.find import find, given_mentions, with_given
from geomap.toponyms.tools import ToponymTools, load_tools

TARGET = Path(__file__).parents[1] / "geomap" / "resolution" / "model.json"
RIGHT_KM = 161.0
NEAR_KM = 30.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One mention with its candidates' features, which of them are right, and in which document it stands."""

    document: int
    features: list[dict[str, float]]
    errors_km: list[float]
    name: str


def choices(number: int, one: Labelled, store: Store, model: Model, tools: ToponymTools) -> list[Choice]:
    """Return the choices of a document that have a gold point; second-pass features use the model given."""
    gold = {(t["start"], t["end"]): t for t in one.toponyms}
    found_too = find(one.article, one.words, store, tools=tools, config=ToponymsConfig())
    mentions = with_given(found_too, given_mentions(one.article, one.words, list(gold)))
    groups = stage.group(mentions, store)
    spoken = stage.demonyms(one.words, store.meta["demonyms"])
    around = observe(groups, containers(one.words, mentions), spoken, store)
    found = []
    for group, scored in zip(groups, stage.rank(groups, around, store, model), strict=True):
        for i in group.mentions:
            toponym = gold.get((mentions[i].start, mentions[i].end))
            if toponym is None or toponym.get("lat") is None:
                continue
            errors = [_error_km(toponym, option.row, store) for _, option, _ in scored]
            found.append(Choice(number, [f for _, _, f in scored], errors, mentions[i].text))
    return found


def _error_km(toponym: dict[str, float], row: int, store: Store) -> float:
    if toponym.get("geonamesid") and store.id(row) == f"geonames:{toponym['geonamesid']}":
        return 0.0
    apart = distance_km(LonLat(toponym["lon"], toponym["lat"]), LonLat(store.lon[row], store.lat[row]))
    # two gazetteers put a country's point hundreds of kilometres apart: inside its circle is right
    return max(0.0, apart - store.radius[row]) if store.codes[store.code[row]].startswith("PCL") else apart


def fit(data: list[Choice], ridge: float) -> Model:
    """Maximise the likelihood of the right candidates: those within ``NEAR_KM``, else the nearest within 161 km."""
    usable = [c for c in data if c.errors_km and min(c.errors_km) <= RIGHT_KM and len(c.errors_km) > 1]
    names = sorted({n for c in usable for f in c.features for n in f})
    column = {n: i for i, n in enumerate(names)}
    rows, columns, values, right, starts = [], [], [], [], [0]
    for choice in usable:
        nearest = max(NEAR_KM, min(choice.errors_km))
        for features, error in zip(choice.features, choice.errors_km, strict=True):
            for n, v in features.items():
                rows.append(len(right))
                columns.append(column[n])
                values.append(v)
            right.append(error <= nearest)
        starts.append(len(right))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(right), len(names)))
    good, edges = np.array(right, dtype=float), np.array(starts[:-1])
    sizes = np.diff(starts)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ w
        scores -= np.repeat(np.maximum.reduceat(scores, edges), sizes)
        power = np.exp(scores)
        whole, part = np.add.reduceat(power, edges), np.add.reduceat(power * good, edges)
        slope = power / np.repeat(whole, sizes) - power * good / np.repeat(part, sizes)
        return float(np.sum(np.log(whole) - np.log(part)) + ridge * w @ w), matrix.T @ slope + 2 * ridge * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return Model(weights={n: round(float(w), 3) for n, w in zip(names, found.x, strict=True) if abs(w) > 0.01})


def judge(model: Model, data: list[Choice]) -> Counter[str]:
    """Count choices, those with a right candidate, and those where the best one is right."""
    counts = Counter[str]()
    for choice in data:
        counts["all"] += 1
        if not choice.errors_km:
            continue
        scores = [sum(model.weights.get(n, 0.0) * v for n, v in f.items()) for f in choice.features]
        counts["possible"] += min(choice.errors_km) <= RIGHT_KM
        counts["right"] += choice.errors_km[int(np.argmax(scores))] <= RIGHT_KM
    return counts


def main() -> None:
    """Cross-validate by article, then fit on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2, help="refits with the second-pass features of the last model")
    args = parser.parse_args()
    corpus = list(read_toponyms(args.data, ("lgl", "geovirus"))) + list(read_toponyms(args.data, ("wiktor",), 300))
    model = stage.load_model()
    with open_store(load_config().gazetteer) as store:
        tools = load_tools(store.meta["demonyms"])
        for _ in range(args.rounds):
            data = [c for n, one in enumerate(corpus) for c in choices(n, one, store, model, tools)]
            model = fit(data, args.ridge)
    table: dict[str, Counter[str]] = {}
    for fold in range(args.folds):
        held = fit([c for c in data if c.document % args.folds != fold], args.ridge)
        for c in data:
            if c.document % args.folds == fold:
                table.setdefault(corpus[c.document].corpus, Counter()).update(judge(held, [c]))
    for name, counts in table.items():
        print(name, dict(counts), f"acc161 {counts['right'] / counts['all']:.4f} ceiling {counts['possible'] / counts['all']:.4f}")
    TARGET.write_text(json.dumps({"bias": 0.0, "slope": 1.0, "weights": dict(sorted(model.weights.items()))}, indent=1) + "\n")
    print(f"{len(model.weights)} weights written to {TARGET.name}")


if __name__ == "__main__":
    main()


