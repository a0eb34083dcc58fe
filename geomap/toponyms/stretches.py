"""Which stretches of a run of capitals have the shape of one name: the run whole, and what joining words part.

A run is given by its first and last token in the line, and so is a stretch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from geomap.gazetteer.names import ARTICLES
from geomap.toponyms.lines import Line, is_tied_number
from geomap.toponyms.words import CONJUNCTIONS, Word

Stretch = tuple[int, int]


def pieces(line: Line, run: Stretch) -> Collection[Stretch]:
    """Return the whole run and its stretches between joining words, with and without a leading plain word.

    What "and" joins is never one unknown name; a number at the end belongs to one only if it is tied by a hyphen.
    """
    first, last = run
    words = line.words
    if all([word.is_capital for word in words[first : last + 1]]):  # noqa: C419  # most are, and a list is faster
        return (run,) if words[first].plain is None else (run, (first + 1, last))
    found: list[Stretch] = []
    for start, end in (*_between(words, first, last, CONJUNCTIONS), *_between(words, first, last, None)):
        while end > start and not (words[end].is_capital or is_tied_number(line.tokens, end)):
            end -= 1  # noqa: PLW2901
        found.append((start, end))
        if start < end and words[start].plain is not None and words[start + 1].is_capital:
            found.append((start + 1, end))
    return found


def _between(words: Sequence[Word], first: int, last: int, joints: frozenset[str] | None) -> Iterator[Stretch]:
    """Yield the stretches of a run between words of a set, or without one between all joining words."""
    start = first
    for i in range(first, last + 2):
        if i <= last:
            word = words[i]
            if word.is_capital or word.kind in {"a hyphen", "a number"} or (joints is None and word.fold in ARTICLES):
                continue
            if joints is not None and word.fold not in joints:
                continue
        if start < i:
            yield start, i - 1
        start = i + 1
