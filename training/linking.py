"""Fit the weights that decide where no frame does: which places of a sentence are where its strike verb happened.

The data are sentences with one marked verb and the marked places of its event (``events/linking_dev.jsonl``: ``text``,
``verbs``, ``locations``). Candidates are what the pipeline finds in the
sentence and every name that any row marks, so that the weights do not depend on which villages the finder knows. Prints
cross-validated figures, folds by text, for the names as they are found and for those candidates, naive rules beside
them, and writes the weights fitted on everything.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from linking_rows import Row, place_words, read_rows
from linking_score import BASELINES, Figures, chosen, figures
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from geomap.config import load_config
from geomap.incidents.features import features_of
from geomap.incidents.frames import judge
from geomap.incidents.lexicons import Lexicons, load_lexicons
from geomap.incidents.lines import Line, make_line, wording_of
from geomap.incidents.places import find_bonds
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.triggers import find_triggers
from geomap.model import Span
from geomap.pipeline import load_engine
from geomap.scoring import Model

TARGET = Path(__file__).parents[1] / "geomap" / "incidents" / "linking.json"
FOLDS = 5
STRENGTH = 0.1  # the inverse of regularisation
STRIKE_WEIGHT = 5.0  # how much more a sentence with a strike verb counts than one with "killed" or "captured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A verb and a candidate that no hard rule decides."""

    text: str
    strike: bool
    features: Mapping[str, float]
    right: bool


def make_pairs(row: Row, lexicons: Lexicons) -> Iterator[Pair]:
    """Yield the verb of a row with every candidate of its sentence that no hard rule decides."""
    number = next((n for n, s in enumerate(row.article.sentences) if s.start <= row.verb.start < s.end), None)
    if number is None:
        return
    own = [(n, r) for n, r in enumerate(row.candidates) if r.mention.sentence == number]
    scene = Scene(make_line(number, row.article, wording_of(row.words[number]), own), lexicons)
    trigger = _trigger(scene, row.verb)
    if trigger is None or trigger.way == "noun":
        return
    gold = place_words(row.article, row.places)
    for n, bond in enumerate(find_bonds(scene.line, lexicons)):
        verdict = judge(scene, trigger, n, bond)
        if verdict.role is None or verdict.role == "event_location":
            mention = scene.line.spots[n].resolution.mention
            yield Pair(
                text=row.article.id,
                strike=row.strike,
                features=features_of(scene, trigger, n, bond, verdict),
                right=bool(place_words(row.article, [Span(mention.start, mention.end)]) & gold),
            )


def _trigger(scene: Scene, verb: Span) -> Trigger | None:
    """Return the trigger at the marked verb; a plain one where the verb is none of ours."""
    for trigger in find_triggers(scene):
        span = scene.line.span(trigger.first, trigger.last)
        if span.start < verb.end and verb.start < span.end:
            return trigger
    at = _word_at(scene.line, verb)
    form = "ing" if at is not None and scene.line.words[at].endswith("ing") else "past"
    return None if at is None else Trigger(at, at + 1, at, scene.line.words[at], "strike", "object", form=form)


def _word_at(line: Line, span: Span) -> int | None:
    return next((i for i, t in enumerate(line.tokens) if t.start < span.end and span.start < t.end), None)


def fit(pairs: Sequence[Pair]) -> Model:
    """Fit a logistic regression over named features."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([pair.features for pair in pairs])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(table, [p.right for p in pairs], sample_weight=[STRIKE_WEIGHT if p.strike else 1.0 for p in pairs])
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return Model(weights={name: round(float(w), 4) for name, w in weights}, bias=round(float(model.intercept_[0]), 4))


def fold_of(text: str) -> int:
    """Return the fold of a text, the same in every run."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % FOLDS


def validate(rows: Sequence[Row], pairs: Sequence[Pair], lexicons: Lexicons) -> dict[str, Figures]:
    """Return what weights fitted on the other folds choose, by who names the candidates, and what naive rules do."""
    tools = [replace(lexicons, linking=fit([p for p in pairs if fold_of(p.text) != fold])) for fold in range(FOLDS)]
    strikes = [row for row in rows if row.strike]
    made = {
        "names as found": figures(strikes, lambda r: chosen(r, r.found, tools[fold_of(r.article.id)])),
        "names of the labels": figures(strikes, lambda r: chosen(r, r.candidates, tools[fold_of(r.article.id)])),
    }
    return made | {name: figures(strikes, choose) for name, choose in BASELINES.items()}


def show(rows: Sequence[Row], scores: Mapping[str, Figures]) -> None:
    """Print the figures; those of the names as found in the words that ``train.py`` reads."""
    best = scores["names as found"]
    print(f"{sum(row.strike for row in rows)} sentences with strike verbs, {FOLDS} folds by text: "
          f"exact set {best.exact:.3f}, unlocated left alone {1 - best.false:.3f}")  # fmt: skip
    for name, score in scores.items():
        print(f"  {name:22} exact {score.exact:.3f}, false locations {score.false:.3f}")


def save(model: Model, path: Path = TARGET) -> None:
    """Write a model where geomap reads it."""
    data = {"bias": model.bias, "slope": model.slope, "weights": dict(sorted(model.weights.items()))}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="linking_dev.jsonl")
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    args = parser.parse_args()
    lexicons = load_lexicons()
    with load_engine(load_config()) as engine:
        rows = list(read_rows(args.data, engine, lexicons))
    pairs = [pair for row in rows for pair in make_pairs(row, lexicons)]
    show(rows, validate(rows, pairs, lexicons))
    if not args.dry_run:
        save(fit(pairs))


if __name__ == "__main__":
    main()
