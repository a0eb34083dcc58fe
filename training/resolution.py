"""Fit the weights that choose among the places of one name: a conditional logit over the candidates' features.

That none of the candidates is meant is one more candidate; it is the right one where no candidate lies near the gold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from data import Labelled
from folds import FOLDS, folds_of
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix

from geomap.config import ToponymsConfig
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.store import Store
from geomap.model import LonLat, Mention
from geomap.resolution.candidates import Option
from geomap.resolution.context import Group, surroundings
from geomap.resolution.decide import Weighed, joined, none_of_these
from geomap.resolution.merits import NO_SUCH_UNIT
from geomap.resolution.ranking import Ranked, rank
from geomap.resolution.resolve import group
from geomap.resolution.telling import FOUGHT_IN, IN_THE_ONE, OF_WAR
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Model, merged
from geomap.toponyms.find import find, given_mentions, with_given
from geomap.toponyms.tools import ToponymTools

RIGHT_KM = 161.0
NEAR_KM = 30.0  # candidates as near as this to the gold are right together
FAR_KM = 20_000.0
MIN_COUNT = 6
RIDGE = 1.0
CORPUS_WEIGHTS: Mapping[str, float] = {"own": 1.0, "wiktor": 0.3}
# where the data say little: what geomap is for
PRIORS: Mapping[str, float] = {
    FOUGHT_IN: 2.0,
    OF_WAR: 1.0,
    IN_THE_ONE: 3.0,
    NO_SUCH_UNIT: -3.0,
    "behind “the”: a river or sea": 3.0,
    "behind “the”: a settlement": -2.0,
    "behind “the”: a seat of government": -2.0,
    "behind “the”: a capital": -2.0,
    "in the place named: after a comma": 2.0,
    "in the place named: in brackets": 2.0,
    "in the place named: after “in”": 2.0,
    "in the place named: after “of”": 2.0,
    "in the place named: as its owner": 2.5,
    "in the place named: opening the sentence": 2.5,
    "not in the place named: in brackets": -1.0,
    "not in the place named: after “in”": -1.0,
    "not in the place named: as its owner": -1.0,
}
CALIBRATED_ON = frozenset(("lgl", "geovirus", "own"))  # news; encyclopaedia articles on rare places are something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One name of a document: its candidates, how far each is from the gold, their features (none of these last)."""

    corpus: str
    document: str
    name: str
    options: Sequence[Option]
    errors_km: Sequence[float]
    features: Sequence[Mapping[str, float]]


def collect(corpus: Iterable[Labelled], store: Store, tools: ResolutionTools, finder: ToponymTools) -> list[Choice]:
    """Return the choices of a corpus; what depends on the other names uses the model given."""
    return [choice for one in corpus for choice in _choices(one, store, tools, finder)]


def _choices(one: Labelled, store: Store, tools: ResolutionTools, finder: ToponymTools) -> Iterable[Choice]:
    gold = {(t["start"], t["end"]): t for t in one.toponyms}
    mentions = _mentions(one, list(gold), store, finder)
    groups = group(mentions, store, tools)
    around = surroundings(one.words, mentions, groups, store)
    for members, ranked in zip(groups, rank(groups, around, store, tools), strict=True):
        for i in members.mentions:
            toponym = gold.get((mentions[i].start, mentions[i].end))
            if toponym is not None and (toponym.get("lat") is not None or toponym.get("meant")):
                yield _choice(one, members, ranked, toponym, store, tools)


def _mentions(one: Labelled, gold: Sequence[tuple[int, int]], store: Store, finder: ToponymTools) -> list[Mention]:
    """Return the gold spans, scored as the finder does, with what it finds besides them."""
    found = find(one.article, one.words, store, tools=finder, config=ToponymsConfig())
    scores = {(m.start, m.end): m.score for m in found}
    given = given_mentions(one.article, one.words, gold)
    return with_given(found, [replace(m, score=scores.get((m.start, m.end), 1.0)) for m in given])


def _choice(
    one: Labelled,
    members: Group,
    ranked: Ranked,
    toponym: Mapping[str, Any],
    store: Store,
    tools: ResolutionTools,
) -> Choice:
    features = [merged(ranked.clues(number)) for number in range(len(ranked.options))]
    none = [merged([none_of_these(members, ranked, tools)])] if features else []
    return Choice(
        corpus=one.corpus,
        document=one.article.id,
        name=members.key,
        options=ranked.options,
        errors_km=[error_km(toponym, option.row, store) for option in ranked.options],
        features=features + none,
    )


def error_km(toponym: Mapping[str, Any], row: int, store: Store) -> float:
    """Return how far a row is from the gold, 0 where it is the gold's own entry or its country's.

    Our own labels say in which countries the place may lie, and a feature code's first letters in the end if they
    matter: what fits is right, what does not is far.
    """
    code = store.codes[store.code[row]]
    if meant := toponym.get("meant"):
        *countries, last = meant.split()
        sort = last if len(last) > 2 else ""
        known = store.countries[store.country[row]]
        fits = known in {"", "XX", *countries, *([] if sort else [last])} and code.startswith(sort)
        return 0.0 if fits else FAR_KM
    if toponym.get("geonamesid") and store.id(row) == f"geonames:{toponym['geonamesid']}":
        return 0.0
    apart = distance_km(LonLat(toponym["lon"], toponym["lat"]), LonLat(store.lon[row], store.lat[row]))
    # two gazetteers put a country's point hundreds of kilometres apart: inside its circle is right
    return max(0.0, apart - store.radius[row]) if code.startswith("PCL") else apart


class _Table(NamedTuple):
    """The candidates of all choices as one sparse matrix, choice after choice."""

    names: Sequence[str]
    matrix: csr_matrix
    right: NDArray[np.float64]
    edges: NDArray[np.int64]
    sizes: NDArray[np.int64]
    weights: NDArray[np.float64]


def fit(data: Iterable[Choice]) -> Model:
    """Maximise the likelihood of the right candidates: those within ``NEAR_KM``, else the nearest within 161 km."""
    table = _table([c for c in data if c.errors_km])
    prior = np.array([PRIORS.get(name, 0.0) for name in table.names])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = table.matrix @ w
        scores -= np.repeat(np.maximum.reduceat(scores, table.edges), table.sizes)
        power = np.exp(np.maximum(scores, -60))
        whole = np.add.reduceat(power, table.edges)
        part = np.add.reduceat(power * table.right, table.edges)
        slope = power / np.repeat(whole, table.sizes) - power * table.right / np.repeat(part, table.sizes)
        slope *= np.repeat(table.weights, table.sizes)
        value = float(np.sum(table.weights * (np.log(whole) - np.log(part))) + RIDGE * (w - prior) @ (w - prior))
        return value, table.matrix.T @ slope + 2 * RIDGE * (w - prior)

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    pairs = zip(table.names, found.x, strict=True)
    return Model(weights={name: round(float(w), 3) for name, w in pairs if abs(w) >= 0.01})


def _table(choices: Sequence[Choice]) -> _Table:
    counts = Counter(name for c in choices for f in c.features for name in f)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    column = {name: i for i, name in enumerate(names)}
    rows, columns, values = [], [], []
    right: list[bool] = []
    for choice in choices:
        for features, label in zip(choice.features, _labels(choice.errors_km), strict=True):
            known = [(column[n], v) for n, v in features.items() if n in column]
            rows += [len(right)] * len(known)
            columns += [c for c, _ in known]
            values += [v for _, v in known]
            right.append(label)
    sizes = np.array([len(c.features) for c in choices])
    return _Table(
        names=names,
        matrix=csr_matrix((values, (rows, columns)), shape=(len(right), len(names))),
        right=np.array(right, dtype=float),
        edges=np.concatenate(([0], np.cumsum(sizes)[:-1])),
        sizes=sizes,
        weights=np.array([CORPUS_WEIGHTS.get(c.corpus, 1.0) for c in choices]),
    )


def _labels(errors_km: Sequence[float]) -> list[bool]:
    none = min(errors_km) > RIGHT_KM
    nearest = max(NEAR_KM, min(errors_km))
    return [not none and error <= nearest for error in errors_km] + [none]


class Outcome(NamedTuple):
    """What a model makes of a choice: the probability of its best place, whether that is right or any could be."""

    corpus: str
    name: str
    probability: float
    right: bool
    possible: bool


def outcome(choice: Choice, model: Model, slope: float) -> Outcome:
    """Judge one choice by a model, as the resolution stage does: rows of one place count together."""
    possible = bool(choice.errors_km) and min(choice.errors_km) <= RIGHT_KM
    if not choice.errors_km:
        return Outcome(choice.corpus, choice.name, 0.0, right=False, possible=False)
    weights = model.weights
    totals = [slope * sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in choice.features]
    powers = np.exp(np.array(totals) - max(totals))
    shares = powers / powers.sum()
    order = sorted(range(len(choice.options)), key=lambda i: (-totals[i], choice.options[i].row))
    best, share = joined([Weighed(choice.options[i], float(shares[i])) for i in order])[0]
    return Outcome(
        choice.corpus, choice.name, share, choice.errors_km[choice.options.index(best)] <= RIGHT_KM, possible
    )


def held_out(data: Sequence[Choice], groups: Sequence[Hashable]) -> tuple[float, list[Outcome]]:
    """Judge every choice by a model that has not seen its group.

    Returns
    -------
    The slope that makes the probabilities mean what they say (least log loss on news), and the outcomes with it.
    """
    folds = folds_of(groups)
    models = [fit(c for c, f in zip(data, folds, strict=True) if f != fold) for fold in range(FOLDS)]

    def judged(slope: float) -> list[Outcome]:
        return [outcome(choice, models[fold], slope) for choice, fold in zip(data, folds, strict=True)]

    def loss(slope: float) -> float:
        kept = [o for o in judged(slope) if o.corpus in CALIBRATED_ON]
        chances = (min(max(o.probability, 1e-4), 1 - 1e-4) for o in kept)
        return -sum(np.log(p if o.right else 1 - p) for o, p in zip(kept, chances, strict=True))

    slope = minimize_scalar(loss, bounds=(0.4, 1.6), method="bounded", options={"xatol": 0.03}).x
    slope = round(float(slope), 2)
    return slope, judged(slope)


class Placed(NamedTuple):
    """Of all gold toponyms of a corpus: right at best, right and pinned, precision of pins, share pinned, ceiling."""

    best: float
    pinned: float
    precision: float
    coverage: float
    ceiling: float


def placed(outcomes: Iterable[Outcome], threshold: float) -> dict[str, Placed]:
    """Sum outcomes up by corpus; a pin has at least the threshold as its probability."""
    found = {}
    outcomes = list(outcomes)
    for corpus in dict.fromkeys(o.corpus for o in outcomes):
        own = [o for o in outcomes if o.corpus == corpus]
        pins = [o for o in own if o.probability >= threshold]
        right, number = sum(o.right for o in pins), len(own)
        found[corpus] = Placed(
            best=sum(o.right for o in own) / number,
            pinned=right / number,
            precision=right / max(1, len(pins)),
            coverage=len(pins) / number,
            ceiling=sum(o.possible for o in own) / number,
        )
    return found
