"""Fit the weights that decide where no frame does: which places of a sentence are where its strike verb happened.

The data are sentences with one marked verb and the marked places of its event (``events/linking_dev.jsonl``: ``text``,
``verbs``, ``locations``). Candidates are what the pipeline resolves in the sentence and every name that any row marks,
so that the weights do not depend on which villages the gazetteer knows. Prints cross-validated figures, folds by text,
and writes the weights fitted on everything.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from geomap.config import IncidentsConfig, load_config
from geomap.incidents.features import features_of
from geomap.incidents.find import find
from geomap.incidents.frames import judge
from geomap.incidents.lexicons import Lexicons, load_lexicons
from geomap.incidents.lines import Line, make_line
from geomap.incidents.places import find_bonds
from geomap.incidents.scenes import Scene, Trigger, make_scene
from geomap.incidents.triggers import find_triggers
from geomap.model import Article, Mention, Place, Resolution, Span, Token
from geomap.pipeline import Engine, geoparse, load_engine
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.scoring import Model

TARGET = Path(__file__).parents[1] / "geomap" / "incidents" / "linking.json"
FOLDS = 5
LEAST_MARKED = 0.1  # the share of its mentions in which a name must be marked to be a candidate
STRENGTH = 0.1  # the inverse of regularisation
STRIKE_WEIGHT = 5.0  # how much more a sentence with a strike verb counts than one with "killed" or "captured"
STRIKES = frozenset(
    "bomb bombard shell strafe rocket airstrike strike hit target pound pummel blast attack raid fire explode"
    " flatten slam".split()
)
WORD = re.compile(r"[^\W_]+")
EMPTY = frozenset("the of al el as ar ash at an ad az".split())


class Row(NamedTuple):
    """A sentence read: its article, tokens, resolutions, marked verb and places, and whether it is a strike verb."""

    article: Article
    words: list[list[Token]]
    resolutions: list[Resolution]
    verb: Span
    places: list[Span]
    strike: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A verb and a candidate that no hard rule decides."""

    text: str
    strike: bool
    features: Mapping[str, float]
    right: bool


def read_rows(path: Path, engine: Engine, lexicons: Lexicons) -> Iterator[Row]:
    """Yield the rows with their candidates."""
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = _known_names(raw)
    for row in raw:
        article = make_article(row["text"], id=row["id"])
        words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
        found = list(geoparse(article, engine).resolutions)
        verb = _span(row["verbs"][0])
        said = set(WORD.findall(row["verbs"][0]["text"].casefold()))
        yield Row(
            article=article,
            words=words,
            resolutions=sorted([*found, *_named(article, known, found)], key=lambda r: r.mention.start),
            verb=verb,
            places=[_span(place) for place in row["locations"]],
            strike=any(verb.lemma in STRIKES for word in said for verb in lexicons.verbs.get(word, ())),
        )


def _span(data: Mapping[str, Any]) -> Span:
    return Span(data["start"], data["end"])


def _known_names(rows: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    """Return the names that some row marks; "Syrian", marked once by mistake and mostly not, is none of them."""
    marked = Counter(place["text"].strip() for row in rows for place in row["locations"])
    capital = [n for n in marked if n[:1].isupper() or n[1:2].isupper()]
    said = Counter(match[0] for row in rows for match in _any_of(capital).finditer(row["text"]))
    return _any_of([n for n in capital if marked[n] >= LEAST_MARKED * said[n]])


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def _named(article: Article, known: re.Pattern[str], found: Sequence[Resolution]) -> Iterator[Resolution]:
    """Yield the names that some row marks and the pipeline did not find here."""
    for match in known.finditer(article.text):
        if any(match.start() < r.mention.end and r.mention.start < match.end() for r in found):
            continue
        sentence = next((n for n, s in enumerate(article.sentences) if s.start <= match.start() < s.end), None)
        if sentence is not None:
            mention = Mention(start=match.start(), end=match.end(), text=match[0], sentence=sentence)
            place = Place(id=f"named:{match[0]}", name=match[0], lon=0.0, lat=0.0, feature_code="PPL")
            yield Resolution(mention=mention, status="resolved", place=place)


def make_pairs(row: Row, lexicons: Lexicons) -> Iterator[Pair]:
    """Yield the verb of a row with every candidate of its sentence that no hard rule decides."""
    number = next((n for n, s in enumerate(row.article.sentences) if s.start <= row.verb.start < s.end), None)
    if number is None:
        return
    own = [(n, r) for n, r in enumerate(row.resolutions) if r.mention.sentence == number]
    scene = make_scene(make_line(number, row.article, row.words[number], own), lexicons)
    trigger = _trigger(scene, row.verb)
    if trigger is None or trigger.way == "noun":
        return
    gold = _tokens(row.article, row.places)
    for n, bond in enumerate(find_bonds(scene.line, lexicons)):
        verdict = judge(scene, trigger, n, bond)
        if verdict.role is None or verdict.role == "event_location":
            mention = scene.line.spots[n].resolution.mention
            yield Pair(
                text=row.article.id,
                strike=row.strike,
                features=features_of(scene, trigger, n, bond, verdict),
                right=bool(_tokens(row.article, [Span(mention.start, mention.end)]) & gold),
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


def _tokens(article: Article, spans: Iterable[Span]) -> set[int]:
    """Return where the words of some places begin, articles and the like apart."""
    return {
        span.start + word.start()
        for span in spans
        for word in WORD.finditer(article.quote(span))
        if word[0].casefold() not in EMPTY
    }


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


def chosen(row: Row, lexicons: Lexicons) -> set[int]:
    """Return the place words that the incident stage says the verb of a row happened at."""
    findings = find(row.article, row.words, row.resolutions, config=IncidentsConfig(), tools=lexicons)
    here, bound = set[int](), set[int]()
    for incident in findings.incidents:
        if incident.place is None or incident.status in {"denied", "threatened"}:
            continue
        for evidence in incident.evidence:
            if evidence.mention is None or evidence.trigger is None:
                continue
            mention = row.resolutions[evidence.mention].mention
            words = _tokens(row.article, [Span(mention.start, mention.end)])
            here |= words
            if evidence.trigger.start < row.verb.end and row.verb.start < evidence.trigger.end:
                bound |= words
    return bound or here


def validate(rows: Sequence[Row], pairs: Sequence[Pair], lexicons: Lexicons) -> None:
    """Print how often the whole set of places is right, and how often a place is given where there is none."""
    exact = false = unplaced = judged = 0
    for fold in range(FOLDS):
        tools = replace(lexicons, linking=fit([p for p in pairs if fold_of(p.text) != fold]))
        for row in rows:
            if row.strike and fold_of(row.article.id) == fold:
                gold, told = _tokens(row.article, row.places), chosen(row, tools)
                exact, judged = exact + (gold == told), judged + 1
                unplaced, false = unplaced + (not gold), false + (not gold and bool(told))
    print(f"{judged} sentences with strike verbs, {FOLDS} folds: exact set {exact / judged:.3f}, "
          f"false locations {false / max(1, unplaced):.3f}")  # fmt: skip


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
    validate(rows, pairs, lexicons)
    if not args.dry_run:
        save(fit(pairs))


if __name__ == "__main__":
    main()
