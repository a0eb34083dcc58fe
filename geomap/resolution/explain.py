"""Why a mention was placed where it was: every candidate with what spoke for it and against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.gazetteer.store import KINDS, Store
from geomap.model import Mention, Place
from geomap.reading.tokens import Tokens
from geomap.resolution.context import surroundings
from geomap.resolution.decide import none_of_these
from geomap.resolution.ranking import rank
from geomap.resolution.resolve import group
from geomap.resolution.tools import ResolutionTools
from geomap.scoring import Clue, merged, shares


class Considered(NamedTuple):
    """A candidate, or with no place that none of them is meant.

    ``share`` is the probability before rows of one place are joined; ``parts`` are the features with weight times
    value, strongest first.
    """

    place: Place | None
    name_kind: str
    share: float
    total: float
    parts: list[tuple[str, float]]


def explain(
    words: Sequence[Tokens], mentions: Sequence[Mention], number: int, store: Store, tools: ResolutionTools
) -> list[Considered]:
    """Return every candidate of one mention of an article, the likeliest first; empty where the name is unknown.

    Parameters
    ----------
    words
        The tokens of the article's sentences.
    mentions
        Its mentions in text order.
    number
        Which of them, counted from 0.
    store
        The gazetteer.
    tools
        Weights of the candidates' features.
    """
    groups = group(mentions, store, tools)
    around = surroundings(words, mentions, groups, store)
    for one, ranked in zip(groups, rank(groups, around, store, tools), strict=True):
        if number in one.mentions and ranked.options:
            none = none_of_these(one, ranked, tools)
            probabilities = shares([*ranked.totals, none.total], tools.model)
            found = [
                Considered(
                    store.place(option.row), KINDS[option.kind], share, total, _parts(ranked.clues(place), tools)
                )
                for place, (option, total, share) in enumerate(
                    zip(ranked.options, ranked.totals, probabilities, strict=False)
                )
            ]
            return [*found, Considered(None, "", probabilities[-1], none.total, _parts([none], tools))]
    return []


def _parts(clues: Sequence[Clue], tools: ResolutionTools) -> list[tuple[str, float]]:
    weighed = ((name, tools.model.weights.get(name, 0.0) * value) for name, value in merged(clues).items())
    return sorted(((n, round(w, 3)) for n, w in weighed if abs(w) >= 0.005), key=lambda part: (-abs(part[1]), part[0]))
