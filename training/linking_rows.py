"""Sentences with one marked verb and the marked places of its event, read by the pipeline."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geomap.incidents.lexicons import Lexicons
from geomap.model import Article, Mention, Place, Resolution, Span, Token
from geomap.pipeline import Engine, geoparse
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

LEAST_MARKED = 0.1  # the share of its mentions in which a name must be marked to be a candidate
STRIKES = frozenset(
    "bomb bombard shell strafe rocket airstrike strike hit target pound pummel blast attack raid fire explode"
    " flatten slam".split()
)
WORD = re.compile(r"[^\W_]+")
EMPTY = frozenset("the of al el as ar ash at an ad az".split())


class Row(NamedTuple):
    """A sentence read: its article, tokens, marked verb and places, and whether it is a strike verb.

    ``found`` are the resolutions of the pipeline, ``candidates`` those and the names that any row marks.
    """

    article: Article
    words: list[list[Token]]
    found: list[Resolution]
    candidates: list[Resolution]
    verb: Span
    places: list[Span]
    strike: bool


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
            found=found,
            candidates=sorted([*found, *_named(article, known, found)], key=lambda r: r.mention.start),
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


def place_words(article: Article, spans: Iterable[Span]) -> set[int]:
    """Return where the words of some places begin, articles and the like apart."""
    return {
        span.start + word.start()
        for span in spans
        for word in WORD.finditer(article.quote(span))
        if word[0].casefold() not in EMPTY
    }
