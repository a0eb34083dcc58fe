"""Fit the weights that tell place names from other capitalised words; score them on held-out articles."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from data import Labelled, read_own, read_toponyms
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from geomap.config import load_config
from geomap.gazetteer.locate import open_store
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import Hit, Store
from geomap.scoring import Model, merged
from geomap.toponyms.cues import clues_of, neighbours, observe
from geomap.toponyms.find import Judged, choose, scan
from geomap.toponyms.scan import Span
from geomap.toponyms.tools import ToponymTools, load_tools

TARGET = Path(__file__).parents[1] / "geomap" / "toponyms" / "model.json"
MIN_COUNT = 8  # a feature seen less often than this gets no weight


@dataclass(slots=True)
class Candidates:
    """Every candidate span of every sentence, with its features, its label and its document."""

    features: list[dict[str, float]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sentences: list[tuple[int, list[int], list[Span]]] = field(default_factory=list)
    gold: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)


class Blind:
    """A gazetteer that does not know some names: what stands around them must then do."""

    def __init__(self, store: Store, names: Sequence[str]) -> None:
        self._store = store
        strict = [key(name) for name in names]
        self._hidden = {*strict, *(bare_key(name) for name in strict)}

    def hits(self, strict: str) -> Sequence[Hit]:
        """Return what a key may mean, nothing for a hidden one."""
        return () if strict in self._hidden else self._store.hits(strict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def blinded(corpus: Sequence[Labelled]) -> list[Labelled]:
    """Return copies of our own documents, to be described as if the gazetteer knew none of their toponyms."""
    return [replace(one, corpus="blind") for one in corpus if one.corpus == "own"]


def collect(corpus: Sequence[Labelled], whole: Store, tools: ToponymTools) -> Candidates:
    """Describe every candidate of a corpus."""
    data = Candidates()
    for number, one in enumerate(corpus):
        store: Any = Blind(whole, [t["text"] for t in one.toponyms]) if one.corpus == "blind" else whole
        gold = {(t["start"], t["end"]) for t in one.toponyms}
        scanned = scan(one.article, one.words, store, tools)
        setting = observe([(s.line, s.spans) for s in scanned])
        found = set()
        for sentence in scanned:
            near, rows = neighbours(sentence.spans), []
            for span in sentence.spans:
                tokens = sentence.line.tokens
                ends = (tokens[span.first].start, tokens[span.last].end)
                rows.append(len(data.labels))
                data.features.append(merged(clues_of(span, sentence.line, sentence.zone, near, setting, tools)))
                data.labels.append(ends in gold)
                data.documents.append(number)
                data.names.append(span.name.key)
                found.add(ends)
            data.sentences.append((number, rows, sentence.spans))
        data.gold[one.corpus] += len(gold)
        data.missed[one.corpus] += len(gold - found)
    return data


def fit(data: Candidates, rows: Sequence[int], *, strength: float, weights: NDArray[np.float64]) -> Model:
    """Fit a logistic regression and return its weights, rounded."""
    counts = Counter(name for i in rows for name in data.features[i])
    kept = [{n: v for n, v in data.features[i].items() if counts[n] >= MIN_COUNT} for i in rows]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(kept)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    learner = LogisticRegression(C=strength, max_iter=400, solver="liblinear", random_state=0)
    learner.fit(matrix, np.array(data.labels)[list(rows)], sample_weight=weights[list(rows)])
    fitted = zip(vectorizer.get_feature_names_out(), learner.coef_[0], strict=True)
    return Model(
        weights={name: round(float(w), 3) for name, w in fitted if abs(w) >= 0.02},
        bias=round(float(learner.intercept_[0]), 3),
    )


def judge(model: Model, data: Candidates, rows: Sequence[int]) -> dict[int, float]:
    """Return the probability of every candidate row."""
    weights = model.weights
    totals = [model.bias + sum(weights.get(n, 0.0) * v for n, v in data.features[i].items()) for i in rows]
    return dict(zip(rows, 1 / (1 + np.exp(-np.array(totals))), strict=True))


def exact_f1(
    judged: dict[int, float], data: Candidates, corpus: Sequence[Labelled], threshold: float
) -> dict[str, tuple[float, float, float]]:
    """Score the spans chosen in the judged sentences against the gold ones, exactly: P, R, F1 by corpus."""
    right, predicted = Counter[str](), Counter[str]()
    for number, rows, spans in data.sentences:
        if rows and rows[0] not in judged:
            continue
        row_of = {id(s): r for r, s in zip(rows, spans, strict=True)}
        for one in choose([Judged(s, judged[r], ()) for r, s in zip(rows, spans, strict=True)], threshold):
            predicted[corpus[number].corpus] += 1
            right[corpus[number].corpus] += data.labels[row_of[id(one.span)]]
    return {
        name: (right[name] / max(1, predicted[name]), right[name] / gold, 2 * right[name] / (predicted[name] + gold))
        for name, gold in data.gold.items()
    }


def held_out(
    data: Candidates, groups: Sequence[object], *, strength: float, weights: NDArray[np.float64], folds: int = 5
) -> dict[int, float]:
    """Return the probability of every candidate by a model that has not seen its group."""
    judged: dict[int, float] = {}
    codes = {g: i for i, g in enumerate(dict.fromkeys(groups))}
    for train, test in GroupKFold(folds).split(data.labels, data.labels, [codes[g] for g in groups]):
        model = fit(data, list(train), strength=strength, weights=weights)
        judged |= judge(model, data, list(test))
    return judged


def main() -> None:
    """Cross-validate by article, then fit on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--strength", type=float, default=0.4)
    parser.add_argument("--own", type=float, default=2.0, help="weight of a candidate of our own sentences")
    parser.add_argument("--blind", type=float, default=0.4, help="weight of one whose names are hidden")
    parser.add_argument("--by-name", action="store_true", help="also score names that the fit has not seen")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    args = parser.parse_args()
    corpus = [*read_toponyms(args.data, ("lgl", "geovirus")), *read_own()]
    documents = [*range(len(corpus)), *(i for i, one in enumerate(corpus) if one.corpus == "own")]
    corpus += blinded(corpus)
    with open_store(load_config().gazetteer) as store:
        data = collect(corpus, store, load_tools(store.meta["demonyms"], Model(weights={})))
    own = {"own": args.own, "blind": args.blind}
    weights = np.array([own.get(corpus[d].corpus, 1.0) for d in data.documents])
    data.documents = [documents[d] for d in data.documents]  # a copy is held out with its original
    print(f"{len(data.labels):,} candidates, {sum(data.labels):,} place names; never candidates: {dict(data.missed)}")
    judged = held_out(data, data.documents, strength=args.strength, weights=weights)
    for threshold in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        table = exact_f1(judged, data, corpus, threshold)
        print("held out", threshold, {k: " ".join(f"{x:.3f}" for x in v) for k, v in table.items()})
    if args.by_name:
        judged = held_out(data, data.names, strength=args.strength, weights=weights)
        print("unseen names", {k: f"{v[2]:.3f}" for k, v in exact_f1(judged, data, corpus, 0.5).items()})
    if not args.dry:
        model = fit(data, range(len(data.labels)), strength=args.strength, weights=weights)
        save(model, TARGET)
        print(f"{len(model.weights)} weights written to {TARGET.name}")


def save(model: Model, target: Path) -> None:
    """Write a model as JSON."""
    content = {"bias": model.bias, "slope": model.slope, "weights": dict(sorted(model.weights.items()))}
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
