"""Demonyms as mentions, for those who count "Iraqi" as naming Iraq: off unless the configuration asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geomap.model import Article, Mention
from geomap.toponyms.lines import Line

SCORE = 0.9  # no weighing: a listed adjective in capitals is one


def demonym_mentions(
    article: Article, number: int, line: Line, taken: Sequence[tuple[int, int]], known: Mapping[str, str]
) -> Iterator[Mention]:
    """Yield the demonyms of a sentence, of two words or one, that overlap none of the spans taken."""
    tokens, i = line.tokens, 0
    free = [True] * len(tokens)
    for first, last in taken:
        free[first : last + 1] = [False] * (last + 1 - first)
    while i < len(tokens):
        size = next((n for n in (2, 1) if _is_demonym(line, free, i, n, known)), 0)
        if size:
            start, end = tokens.starts[i], tokens.end_of(i + size - 1)
            yield Mention(
                start=start,
                end=end,
                text=article.text[start:end],
                sentence=number,
                kind="demonym",
                score=SCORE,
                reasons={"a demonym": SCORE},
            )
        i += size or 1


def _is_demonym(line: Line, free: Sequence[bool], i: int, size: int, known: Mapping[str, str]) -> bool:
    if i + size > len(free) or not all(free[i : i + size]) or not line.words[i].is_capital:
        return False
    return " ".join(w.fold for w in line.words[i : i + size]) in known
