"""Fit the weights that tell place names from other capitalised words, and score spans on held-out articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from data import Labelled
from folds import FOLDS, folds_of
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import Hit, Store
from geomap.scoring import Model, merged
from geomap.toponyms.cues import clues_of, neighbours, observe
from geomap.toponyms.find import RECALLED, SURE, Judged, Scanned, choose, scan, with_frames
from geomap.toponyms.lines import Line
from geomap.toponyms.scan import Span
from geomap.toponyms.tools import ToponymTools

MIN_COUNT = 8  # a feature seen less often than this gets no weight
STRENGTH = 0.4  # the inverse of regularisation
# our own sentences speak of what geomap is for; their copies without gazetteer teach the frames of unknown names
CORPUS_WEIGHTS: Mapping[str, float] = {"own": 2.0, "blind": 0.4}


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


@dataclass(slots=True)
class Candidates:
    """Every candidate span of every sentence, with its features, its label, its corpus, document and name."""

    features: list[dict[str, float]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    corpora: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sorts: list[str] = field(default_factory=list)
    sentences: list[tuple[list[int], list[Span], Line]] = field(default_factory=list)
    gold: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    demonyms: Counter[str] = field(default_factory=Counter)

    def add(self, one: Labelled, sentence: Scanned, setting: Any, tools: ToponymTools) -> set[tuple[int, int]]:
        """Describe the candidates of a sentence; return their spans."""
        gold = {(t["start"], t["end"]) for t in one.toponyms}
        near, tokens, found = neighbours(sentence.spans), sentence.line.tokens, set()
        first = len(self.labels)
        for span in sentence.spans:
            ends = (tokens[span.first].start, tokens[span.last].end)
            self.features.append(merged(clues_of(span, sentence.line, sentence.zone, near, setting, tools)))
            self.labels.append(ends in gold)
            self.corpora.append(one.corpus)
            self.documents.append(one.article.id)
            self.names.append(span.name.key)
            self.sorts.append(span.name.sort)
            found.add(ends)
        self.sentences.append((list(range(first, len(self.labels))), sentence.spans, sentence.line))
        return found


def collect(corpus: Sequence[Labelled], whole: Store, tools: ToponymTools) -> Candidates:
    """Describe every candidate of a corpus."""
    data = Candidates()
    for one in corpus:
        store: Any = Blind(whole, [t["text"] for t in one.toponyms]) if one.corpus == "blind" else whole
        scanned = scan(one.article, one.words, store, tools)
        setting = observe([(s.line, s.spans) for s in scanned])
        found = {ends for sentence in scanned for ends in data.add(one, sentence, setting, tools)}
        data.gold[one.corpus] += len(one.toponyms)
        data.demonyms[one.corpus] += sum(_is_demonym(t["text"], tools) for t in one.toponyms)
        data.missed[one.corpus] += sum((t["start"], t["end"]) not in found for t in one.toponyms)
    return data


def _is_demonym(text: str, tools: ToponymTools) -> bool:
    return key(text) in tools.demonyms or key(text) in tools.lexicons.peoples


def recall(data: Candidates, judged: Mapping[int, float]) -> None:
    """Add to every unsure candidate that its name is surely a place elsewhere in its article, where it is."""
    where = list(zip(data.corpora, data.documents, data.names, strict=True))
    sure = {where[row] for row, probability in judged.items() if probability >= SURE}
    for row, probability in judged.items():
        if probability < SURE and where[row] in sure:
            data.features[row][f"{RECALLED}, {data.sorts[row]}"] = 1.0


def fit(data: Candidates, rows: Sequence[int]) -> Model:
    """Fit a logistic regression and return its weights, rounded."""
    counts = Counter(name for i in rows for name in data.features[i])
    kept = [{n: v for n, v in data.features[i].items() if counts[n] >= MIN_COUNT} for i in rows]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(kept)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    learner = LogisticRegression(C=STRENGTH, max_iter=400, solver="liblinear", random_state=0)
    weights = [CORPUS_WEIGHTS.get(data.corpora[i], 1.0) for i in rows]
    learner.fit(matrix, [data.labels[i] for i in rows], sample_weight=weights)
    fitted = zip(vectorizer.get_feature_names_out(), learner.coef_[0], strict=True)
    return Model(
        weights={name: round(float(w), 3) for name, w in fitted if abs(w) >= 0.02},
        bias=round(float(learner.intercept_[0]), 3),
    )


def judge(model: Model, data: Candidates, rows: Sequence[int]) -> dict[int, float]:
    """Return the probability of every candidate row."""
    weights = model.weights
    totals = [model.bias + sum(weights.get(n, 0.0) * v for n, v in data.features[i].items()) for i in rows]
    return dict(zip(rows, 1 / (1 + np.exp(-model.slope * np.array(totals))), strict=True))


def held_out(data: Candidates, groups: Sequence[Hashable]) -> dict[int, float]:
    """Return the probability of every candidate by a model that has not seen its group."""
    judged: dict[int, float] = {}
    folds = folds_of(groups)
    for fold in range(FOLDS):
        model = fit(data, [i for i, f in enumerate(folds) if f != fold])
        judged |= judge(model, data, [i for i, f in enumerate(folds) if f == fold])
    return judged


class Found(NamedTuple):
    """Exact precision, recall and F1 of the spans of a corpus; ``f1_of_names`` leaves labelled demonyms out."""

    precision: float
    recall: float
    f1: float
    f1_of_names: float


def exact(judged: Mapping[int, float], data: Candidates, threshold: float, tools: ToponymTools) -> dict[str, Found]:
    """Score the spans chosen against the gold ones, exactly, by corpus."""
    right, predicted = Counter[str](), Counter[str]()
    for rows, spans, line in data.sentences:
        row_of = {id(s): r for r, s in zip(rows, spans, strict=True)}
        weighed = [Judged(s, judged[r], ()) for r, s in zip(rows, spans, strict=True)]
        for one in choose(with_frames(line, weighed, tools, threshold), threshold):
            row = row_of[id(one.span)]
            predicted[data.corpora[row]] += 1
            right[data.corpora[row]] += data.labels[row]
    return {
        name: Found(
            precision=right[name] / max(1, predicted[name]),
            recall=right[name] / gold,
            f1=2 * right[name] / (predicted[name] + gold),
            f1_of_names=2 * right[name] / (predicted[name] + gold - data.demonyms[name]),
        )
        for name, gold in data.gold.items()
    }


def recall_by_novelty(judged: Mapping[int, float], data: Candidates, threshold: float) -> dict[str, tuple[float, int]]:
    """Return the recall of true candidates by whether their name occurs in another document, and how many there are."""
    where: dict[str, set[str]] = {}
    for name, document in zip(data.names, data.documents, strict=True):
        where.setdefault(name, set()).add(document)
    hit, count = Counter[str](), Counter[str]()
    for row, probability in judged.items():
        if data.labels[row] and data.corpora[row] != "blind":
            kind = "seen" if len(where[data.names[row]]) > 1 else "unseen"
            count[kind] += 1
            hit[kind] += probability >= threshold
    return {kind: (hit[kind] / number, number) for kind, number in count.items()}
