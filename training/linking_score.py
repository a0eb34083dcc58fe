"""How often the places of a sentence's strike are all right, beside what naive rules would have chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from linking_rows import Row, place_words

from geomap.config import IncidentsConfig
from geomap.incidents.find import find
from geomap.incidents.lexicons import Lexicons
from geomap.model import Resolution, Span

NOT_HAPPENED = frozenset({"denied", "threatened"})


class Figures(NamedTuple):
    """Shares of sentences: the whole set of places is right; a place is given where there is none."""

    exact: float
    false: float


def figures(rows: Sequence[Row], choose: Callable[[Row], set[int]]) -> Figures:
    """Return how often a choice of place words is that of the annotators."""
    judged = [(place_words(row.article, row.places), choose(row)) for row in rows]
    unlocated = [told for gold, told in judged if not gold]
    exact = sum(gold == told for gold, told in judged) / max(1, len(judged))
    return Figures(exact, sum(map(bool, unlocated)) / max(1, len(unlocated)))


def chosen(row: Row, resolutions: Sequence[Resolution], lexicons: Lexicons) -> set[int]:
    """Return the place words that the incident stage says the verb of a row happened at."""
    findings = find(row.article, row.words, resolutions, config=IncidentsConfig(), tools=lexicons)
    here, bound = set[int](), set[int]()
    for incident in findings.incidents:
        if incident.place is None or incident.status in NOT_HAPPENED:
            continue
        for evidence in incident.evidence:
            if evidence.mention is None or evidence.trigger is None:
                continue
            words = _words(row, [resolutions[evidence.mention]])
            here |= words
            if evidence.trigger.start < row.verb.end and row.verb.start < evidence.trigger.end:
                bound |= words
    return bound or here


def every_place(row: Row) -> set[int]:
    """Return all known places of the verb's sentence."""
    return _words(row, _placed(row))


def nearest_place(row: Row) -> set[int]:
    """Return the known place that stands nearest to the verb."""
    return _words(row, sorted(_placed(row), key=lambda r: _gap(row, r))[:1])


def first_behind(row: Row) -> set[int]:
    """Return the first known place behind the verb."""
    return _words(row, [r for r in _placed(row) if r.mention.start >= row.verb.end][:1])


BASELINES: dict[str, Callable[[Row], set[int]]] = {
    "every place": every_place,
    "nearest place": nearest_place,
    "first behind the verb": first_behind,
}


def _placed(row: Row) -> list[Resolution]:
    sentences = row.article.sentences
    own = next((n for n, s in enumerate(sentences) if s.start <= row.verb.start < s.end), None)
    return [r for r in row.found if r.place is not None and r.mention.sentence == own]


def _gap(row: Row, resolution: Resolution) -> int:
    return max(resolution.mention.start - row.verb.end, row.verb.start - resolution.mention.end)


def _words(row: Row, resolutions: Iterable[Resolution]) -> set[int]:
    return place_words(row.article, [Span(r.mention.start, r.mention.end) for r in resolutions])
