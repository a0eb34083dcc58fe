"""Fit the weights that choose among the places of one name: a conditional logit over the candidates' features.

That none of the candidates is meant is one more candidate; it is the right one where no candidate lies near the gold.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from data import Labelled, read_own, read_toponyms
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix
from toponyms import save

from geomap.config import ToponymsConfig, load_config
from geomap.gazetteer.locate import open_store
from geomap.gazetteer.lookup import distance_km
from geomap.gazetteer.store import Store
from geomap.model import LonLat
from geomap.resolution.context import surroundings
from geomap.resolution.decide import Weighed, none_of_these, weigh
from geomap.resolution.ranking import Scored, rank
from geomap.resolution.resolve import group
from geomap.resolution.tools import ResolutionTools, load_tools
from geomap.scoring import Model, clue, merged
from geomap.toponyms.find import find, given_mentions, with_given
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.tools import load_tools as load_finder

TARGET = Path(__file__).parents[1] / "geomap" / "resolution" / "model.json"
RIGHT_KM = 161.0
NEAR_KM = 30.0
FAR_KM = 20_000.0
MIN_COUNT = 6


class Place(NamedTuple):
    """What ``is_same_place`` looks at."""

    row: int
    lon: float
    lat: float
    unit: int
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One name of a document with its candidates' features (none of these last), and how far each is from the gold."""

    corpus: str
    document: int
    name: str
    features: list[dict[str, float]]
    errors_km: list[float]
    places: list[Place]
    weight: float = 1.0


def collect(corpus: Sequence[Labelled], store: Store, tools: ResolutionTools, finder: ToponymTools) -> list[Choice]:
    """Return the choices of a corpus; what depends on the other names uses the model given."""
    found: list[Choice] = []
    for number, one in enumerate(corpus):
        gold = {(t["start"], t["end"]): t for t in one.toponyms}
        around = find(one.article, one.words, store, tools=finder, config=ToponymsConfig())
        scores = {(m.start, m.end): m.score for m in around}
        given = [
            replace(m, score=scores.get((m.start, m.end), 1.0))
            for m in given_mentions(one.article, one.words, list(gold))
        ]
        mentions = with_given(around, given)
        groups = group(mentions, store, tools)
        evidence = surroundings(one.words, mentions, groups, store)
        for members, scored in zip(groups, rank(groups, evidence, store, tools), strict=True):
            for i in members.mentions:
                toponym = gold.get((mentions[i].start, mentions[i].end))
                if toponym is not None and (toponym.get("lat") is not None or toponym.get("meant")):
                    found.append(_choice(one.corpus, number, members, scored, toponym, store, tools))
    return found


def _choice(
    corpus: str,
    number: int,
    members: Any,
    scored: Sequence[Scored],
    toponym: Mapping[str, Any],
    store: Store,
    tools: ResolutionTools,
) -> Choice:
    options = [s.option for s in scored]
    none = [merged(none_of_these(members, scored, tools))] if scored else []
    return Choice(
        corpus=corpus,
        document=number,
        name=members.key,
        features=[merged(s.clues) for s in scored] + none,
        errors_km=[error_km(toponym, o.row, store) for o in options],
        places=[Place(o.row, o.lon, o.lat, o.unit, o.sort) for o in options],
    )


def error_km(toponym: Mapping[str, Any], row: int, store: Store) -> float:
    """Return how far a row is from the gold, 0 where it is the gold's own entry or its country's."""
    code = store.codes[store.code[row]]
    if meant := toponym.get("meant"):
        country, _, sort = meant.partition(" ") if " " in meant and not meant.split()[1].isupper() else (meant, "", "")
        fits = store.countries[store.country[row]] in country.split() + [""] and code.startswith(sort)
        return 0.0 if fits else FAR_KM
    if toponym.get("geonamesid") and store.id(row) == f"geonames:{toponym['geonamesid']}":
        return 0.0
    apart = distance_km(LonLat(toponym["lon"], toponym["lat"]), LonLat(store.lon[row], store.lat[row]))
    # two gazetteers put a country's point hundreds of kilometres apart: inside its circle is right
    return max(0.0, apart - store.radius[row]) if code.startswith("PCL") else apart


def fit(data: Iterable[Choice], ridge: float) -> Model:
    """Maximise the likelihood of the right candidates: those within ``NEAR_KM``, else the nearest within 161 km."""
    usable = [c for c in data if c.errors_km]
    counts = Counter(n for c in usable for f in c.features for n in f)
    names = sorted(n for n, count in counts.items() if count >= MIN_COUNT)
    column = {n: i for i, n in enumerate(names)}
    rows, columns, values, right, starts, weight = [], [], [], [], [0], []
    for choice in usable:
        none = min(choice.errors_km) > RIGHT_KM
        nearest = max(NEAR_KM, min(choice.errors_km))
        labels = [error <= nearest and not none for error in choice.errors_km] + [none]
        for features, label in zip(choice.features, labels, strict=True):
            for n, v in features.items():
                if n in column:
                    rows.append(len(right))
                    columns.append(column[n])
                    values.append(v)
            right.append(label)
        starts.append(len(right))
        weight.append(choice.weight)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(right), len(names)))
    good, edges = np.array(right, dtype=float), np.array(starts[:-1])
    sizes, w8 = np.diff(starts), np.array(weight)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ w
        scores -= np.repeat(np.maximum.reduceat(scores, edges), sizes)
        power = np.exp(np.maximum(scores, -60))
        whole, part = np.add.reduceat(power, edges), np.add.reduceat(power * good, edges)
        slope = np.repeat(w8, sizes) * (power / np.repeat(whole, sizes) - power * good / np.repeat(part, sizes))
        return float(np.sum(w8 * (np.log(whole) - np.log(part))) + ridge * w @ w), matrix.T @ slope + 2 * ridge * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return Model(weights={n: round(float(w), 3) for n, w in zip(names, found.x, strict=True) if abs(w) >= 0.01})


class Outcome(NamedTuple):
    """What a model makes of a choice: its probability, whether it answers, whether it is right, in raw totals too."""

    corpus: str
    name: str
    probability: float
    right: bool
    possible: bool


def outcome(choice: Choice, model: Model) -> Outcome:
    """Judge one choice by a model."""
    possible = bool(choice.errors_km) and min(choice.errors_km) <= RIGHT_KM
    if not choice.errors_km:
        return Outcome(choice.corpus, choice.name, 0.0, right=False, possible=False)
    totals = [sum(model.weights.get(n, 0.0) * v for n, v in f.items()) for f in choice.features]
    share, best = _merged_best(totals, choice, model.slope)
    return Outcome(choice.corpus, choice.name, share, choice.errors_km[best] <= RIGHT_KM, possible)


def _merged_best(totals: Sequence[float], choice: Choice, slope: float) -> tuple[float, int]:
    """Do what ``weigh`` does, from totals."""
    scaled = np.array(totals) * slope
    powers = np.exp(scaled - scaled.max())
    probabilities = powers / powers.sum()
    order = np.argsort(-scaled[:-1], kind="stable")
    found: list[list[float]] = []
    for i in order:
        for other in found:
            if _same(choice.places[i], choice.places[int(other[1])]):
                other[0] += probabilities[i]
                break
        else:
            found.append([probabilities[i], i])
    best = max(found, key=lambda f: f[0])
    return float(best[0]), int(best[1])


def _same(a: Place, b: Place) -> bool:
    if abs(a.lon - b.lon) < 0.3 and abs(a.lat - b.lat) < 0.25:
        return True
    if a.unit != b.unit or a.unit < 0 or "a province" not in (a.sort, b.sort):
        return False
    return abs(a.lon - b.lon) < 1.3 and abs(a.lat - b.lat) < 1.3


def held_out(data: Sequence[Choice], groups: Sequence[object], ridge: float, folds: int = 5) -> list[Outcome]:
    """Judge every choice by a model that has not seen its group."""
    return [o for _, outcomes in held_out_models(data, groups, ridge, folds) for o in outcomes]


def held_out_models(
    data: Sequence[Choice], groups: Sequence[object], ridge: float, folds: int
) -> list[tuple[Model, list[Outcome]]]:
    """Fit a model for every fold and judge the fold by it."""
    order = {g: i for i, g in enumerate(dict.fromkeys(groups))}
    fold_of = [order[g] % folds for g in groups]
    found = []
    for fold in range(folds):
        model = fit((c for c, f in zip(data, fold_of, strict=True) if f != fold), ridge)
        found.append((model, [outcome(c, model) for c, f in zip(data, fold_of, strict=True) if f == fold]))
    return found


def calibrate(data: Sequence[Choice], groups: Sequence[object], ridge: float, folds: int = 5) -> float:
    """Return the slope that makes held-out probabilities mean what they say (least log loss)."""
    order = {g: i for i, g in enumerate(dict.fromkeys(groups))}
    fold_of = [order[g] % folds for g in groups]
    models = [fit((c for c, f in zip(data, fold_of, strict=True) if f != fold), ridge) for fold in range(folds)]

    def loss(slope: float) -> float:
        total = 0.0
        for choice, fold in zip(data, fold_of, strict=True):
            if choice.corpus != "wiktor" and choice.errors_km:
                one = outcome(choice, replace(models[fold], slope=slope))
                p = min(max(one.probability, 1e-4), 1 - 1e-4)
                total -= np.log(p if one.right else 1 - p)
        return total

    return round(float(minimize_scalar(loss, bounds=(0.3, 1.5), method="bounded", options={"xatol": 0.02}).x), 2)


def table(outcomes: Iterable[Outcome], threshold: float) -> dict[str, str]:
    """Return accuracy, ceiling, and what is pinned at a threshold, by corpus."""
    found = {}
    outcomes = list(outcomes)
    for corpus in dict.fromkeys(o.corpus for o in outcomes):
        own = [o for o in outcomes if o.corpus == corpus]
        pinned = [o for o in own if o.probability >= threshold]
        right = sum(o.right for o in pinned)
        found[corpus] = (
            f"best {sum(o.right for o in own) / len(own):.3f} of {sum(o.possible for o in own) / len(own):.3f};"
            f" pinned {right / len(own):.3f} p {right / max(1, len(pinned)):.3f} cover {len(pinned) / len(own):.3f}"
        )
    return found


def main() -> None:
    """Cross-validate by article, then fit on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--own", type=float, default=0.5)
    parser.add_argument("--wiktor", type=float, default=0.3)
    parser.add_argument(
        "--rounds", type=int, default=2, help="refits with what the last model makes of the other names"
    )
    parser.add_argument("--by-name", action="store_true")
    parser.add_argument("--dry", action="store_true")
    args = parser.parse_args()
    corpus = [*read_toponyms(args.data, ("lgl", "geovirus")), *read_toponyms(args.data, ("wiktor",), 300), *read_own()]
    weights = {"own": args.own, "wiktor": args.wiktor}
    tools = load_tools()
    with open_store(load_config().gazetteer) as store:
        finder = load_finder(store.meta["demonyms"])
        for _ in range(args.rounds):
            data = [replace(c, weight=weights.get(c.corpus, 1.0)) for c in collect(corpus, store, tools, finder)]
            model = fit(data, args.ridge)
            tools = load_tools(model)
    groups = [c.document for c in data]
    slope = calibrate(data, groups, args.ridge)
    outcomes = [replace_slope(c, m, slope) for m, c in judged_by(data, groups, args.ridge)]
    print("slope", slope)
    for threshold in (0.4, 0.5, 0.6, 0.7):
        print("held out", threshold)
        for name, text in table(outcomes, threshold).items():
            print("   ", name, text)
    if not args.dry:
        save(replace(model, slope=slope), TARGET)
        print(f"{len(model.weights)} weights written to {TARGET.name}")


def judged_by(
    data: Sequence[Choice], groups: Sequence[object], ridge: float, folds: int = 5
) -> list[tuple[Model, Choice]]:
    """Return every choice with a model that has not seen its group."""
    order = {g: i for i, g in enumerate(dict.fromkeys(groups))}
    models = []
    for fold in range(folds):
        models.append(fit((c for c, g in zip(data, groups, strict=True) if order[g] % folds != fold), ridge))
    return [(models[order[g] % folds], c) for c, g in zip(data, groups, strict=True)]


def replace_slope(choice: Choice, model: Model, slope: float) -> Outcome:
    """Judge a choice by a model with another slope."""
    return outcome(choice, replace(model, slope=slope))


if __name__ == "__main__":
    main()
