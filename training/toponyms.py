"""Fit the weights that tell place names from other capitalised words; score them on held-out articles."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from data import Labelled, read_own, read_toponyms
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from geomap.config import load_config
from geomap.gazetteer.locate import open_store
from geomap.gazetteer.store import Store
from geomap.scoring import Model
from geomap.toponyms.find import Judged, choose, describe_all, observe
from geomap.toponyms.scan import Span
from geomap.toponyms.tools import ToponymTools, load_tools

TARGET = Path(__file__).parents[1] / "geomap" / "toponyms" / "model.json"
MIN_COUNT = 12  # a cue word seen less often than this gets no weight


class Sentences:
    """Every candidate span of every sentence, with its label."""

    def __init__(self, corpus: list[Labelled], store: Store, tools: ToponymTools) -> None:
        self.features: list[dict[str, float]] = []
        self.labels: list[bool] = []
        self.groups: list[int] = []
        self.sentences: list[tuple[int, list[int], list[Span]]] = []
        self.missed = Counter[int]()
        for number, one in enumerate(corpus):
            self._add(number, one, store, tools)

    def _add(self, number: int, one: Labelled, store: Store, tools: ToponymTools) -> None:
        gold = {(t["start"], t["end"]) for t in one.toponyms}
        setting = observe(one.words, tools)
        found = set()
        for sentence, tokens in zip(one.article.sentences, one.words, strict=True):
            if sentence.zone == "boilerplate":
                continue
            rows, spans = [], []
            for span, features in describe_all(sentence, tokens, one.article.text, setting, store=store, tools=tools):
                ends = (tokens[span.first].start, tokens[span.last].end)
                if "a demonym" in features:
                    continue
                rows.append(len(self.features))
                spans.append(span)
                self.features.append(features)
                self.labels.append(ends in gold)
                self.groups.append(number)
                found.add(ends)
            self.sentences.append((number, rows, spans))
        self.missed[number] = len(gold - found)


def fit(features: list[dict[str, float]], labels: list[bool], strength: float, weights: list[float]) -> Model:
    """Fit a logistic regression and return its weights, rounded."""
    counts = Counter(name for row in features for name in row)
    kept = [{n: v for n, v in row.items() if counts[n] >= MIN_COUNT} for row in features]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(kept)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    learner = LogisticRegression(C=strength, max_iter=400, solver="liblinear").fit(matrix, labels, sample_weight=weights)
    fitted = {name: round(float(w), 3) for name, w in zip(vectorizer.get_feature_names_out(), learner.coef_[0], strict=True)}
    return Model(weights={n: w for n, w in fitted.items() if abs(w) >= 0.05}, bias=round(float(learner.intercept_[0]), 3))


def judge_all(model: Model, data: Sentences, rows: list[int]) -> dict[int, float]:
    """Return the probability of every candidate row."""
    weights = model.weights
    totals = [model.bias + sum(weights.get(n, 0.0) * v for n, v in data.features[i].items()) for i in rows]
    return dict(zip(rows, 1 / (1 + np.exp(-np.array(totals))), strict=True))


def exact_f1(judged: dict[int, float], data: Sentences, corpus: list[Labelled], threshold: float) -> dict[str, float]:
    """Score the spans chosen in the judged sentences against the gold ones, exactly, by corpus."""
    right, predicted = Counter[str](), Counter[str]()
    for number, rows, spans in data.sentences:
        if rows and rows[0] not in judged:
            continue
        index = {id(s): r for r, s in zip(rows, spans, strict=True)}
        for one in choose([Judged(s, judged[r], {}) for r, s in zip(rows, spans, strict=True)], threshold):
            predicted[corpus[number].corpus] += 1
            right[corpus[number].corpus] += data.labels[index[id(one.span)]]
    documents = {data.groups[r] for r in judged}
    gold = Counter(corpus[n].corpus for n in documents for _ in corpus[n].toponyms)
    return {name: 2 * right[name] / (predicted[name] + gold[name]) for name in gold}


def main() -> None:
    """Cross-validate by article, then fit on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--strength", type=float, default=0.3)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--own", type=float, default=3.0, help="weight of a candidate of our own sentences")
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    corpus = [*read_toponyms(args.data, ("lgl", "geovirus")), *read_own()]
    with open_store(load_config().gazetteer) as store:
        data = Sentences(corpus, store, load_tools(store.meta["demonyms"]))
    missed = Counter[str]()
    for number, count in data.missed.items():
        missed[corpus[number].corpus] += count
    print(f"{len(data.labels):,} candidates, {sum(data.labels):,} place names; not among the candidates: {dict(missed)}")
    weights = [args.own if corpus[g].corpus == "own" else 1.0 for g in data.groups]
    judged: dict[int, float] = {}
    for train, test in GroupKFold(args.folds).split(data.features, data.labels, data.groups):
        model = fit([data.features[i] for i in train], [data.labels[i] for i in train], args.strength, [weights[i] for i in train])
        judged |= judge_all(model, data, list(test))
    for threshold in (0.3, 0.4, 0.5, 0.6):
        print("held out, threshold", threshold, {k: round(v, 4) for k, v in exact_f1(judged, data, corpus, threshold).items()})
    model = fit(data.features, data.labels, args.strength, weights)
    print("fitted on all", {k: round(v, 4) for k, v in exact_f1(judge_all(model, data, list(range(len(data.labels)))), data, corpus, args.threshold).items()})
    TARGET.write_text(json.dumps({"bias": model.bias, "slope": 1.0, "weights": dict(sorted(model.weights.items()))}, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(model.weights)} weights written to {TARGET.name}")


if __name__ == "__main__":
    main()
