"""Candidate spans: every stretch of a run of capitalised words that the gazetteer knows or that could be a name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.gazetteer.store import Store
from geomap.toponyms.lines import Line, is_tied_article
from geomap.toponyms.lookup import Names
from geomap.toponyms.names import Name, is_grammar, keeps_article
from geomap.toponyms.stretches import Stretch, pieces
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import Word

MAX_TOKENS = 7  # in the longest name looked for, hyphens included
_HEADLESS = frozenset(("the", "a", "an"))
_LEADING = frozenset(("a feature word", "a direction"))
# in lines of capitals nothing shows whether these are part of the name: they are not, as in running text
_APART = frozenset("airport airbase base district province governorate region oblast camp embassy".split())
_PLACING = frozenset(("a feature word", "a preposition of place"))


class Span(NamedTuple):
    """A candidate: its first and last token in the line, the run of capitals it is of, and what its name tells."""

    first: int
    last: int
    run: Stretch
    name: Name


_span: Callable[[tuple[int, int, Stretch, Name]], Span] = partial(tuple.__new__, Span)  # half the cost of Span(...)


class Looker(NamedTuple):
    """Looks stretches of one line up."""

    line: Line
    text: str
    store: Store
    names: Names

    def slice(self, first: int, last: int) -> str:
        """Return the text of a stretch of tokens; plain words are only put together: white space says nothing there.

        That saves asking where the tokens of a line lie. Behind an article white space is looked at.
        """
        tokens, word = self.line.tokens, self.line.words[first]
        texts = tokens.texts[first : last + 1]
        letters = "".join(texts).replace("-", "")
        if letters.isascii() and letters.isalpha() and not (word.is_article or word.fold in _HEADLESS):
            return " ".join(texts)
        starts = tokens.starts
        return self.text[starts[first] : starts[last] + len(texts[-1])]


def candidate_spans(line: Line, text: str, store: Store, tools: ToponymTools) -> list[Span]:
    """Return the spans of a line that may be names: what the gazetteer knows, and what has the shape of a name.

    Unknown ones are the stretches between joining words, and those that begin or end with a feature word.
    """
    found: list[Span] = []
    looker = Looker(line, text, store, names := tools.names(store))
    is_running, texts = line.style == "running text", line.tokens.texts
    for run in line.runs:
        first, last = run
        if first != last:
            found += _of_run(looker, run)
        elif (name := names.alone(texts[first]) if is_running else _alone(looker, first)) is not None:
            found.append(_span((first, first, run, name)))
    for (_, last), run in pairwise(line.runs):
        if run[0] == last + 2 and line.words[last + 1].kind == "a possessive":
            found += _across_possessive(looker, last, run)
    bodies = [s for s in found if s.name.is_body and s.last > s.first]
    return [s for s in found if not any(_is_inside(s, body) for body in bodies)] if bodies else found


def _is_inside(span: Span, body: Span) -> bool:
    """Tell whether a span is part of the name of a body: "Iraq" in "Islamic Resistance in Iraq"."""
    return body.first <= span.first and span.last <= body.last and span is not body


def _across_possessive(looker: Looker, start: int, run: Stretch) -> Iterator[Span]:
    """Yield the longest known name with a possessive in it: Cox's Bazar, People's Republic of China."""
    for end in range(min(run[1], run[0] + MAX_TOKENS), run[0] - 1, -1):
        name = looker.names.known(looker.slice(start, end))
        if name is not None:
            yield _span((start, end, run, name))
            return


def _of_run(looker: Looker, run: Stretch) -> Iterator[Span]:
    """Yield the candidates of a run of several tokens."""
    line, (first, last) = looker.line, run
    words = line.words
    is_running = line.style == "running text"
    single, several = (_word, _stretch) if is_running else (_levelled_word, _levelled_stretch)
    whole = pieces(line, run) if is_running else ()
    ends = [i for i in range(last, first - 1, -1) if words[i].is_capital or words[i].kind == "a number"]
    for start in range(first, last + 1):
        word = words[start]
        if word.is_capital or (word.is_article and is_tied_article(words, start)):
            for end in ends:
                if start < end < start + MAX_TOKENS and (name := several(looker, start, end, whole)) is not None:
                    yield _span((start, end, run, name))
            if word.is_capital and word.fold not in _HEADLESS and (name := single(looker, start, whole)) is not None:
                yield _span((start, start, run, name))


def _word(looker: Looker, i: int, whole: Collection[Stretch]) -> Name | None:
    """Return the name that a word of a run is, if it is known, or stands alone between joining words."""
    text, names = looker.line.tokens.texts[i], looker.names
    name = names.among(text)
    return names.alone(text) if name is None and (i, i) in whole else name


def _stretch(looker: Looker, start: int, end: int, whole: Collection[Stretch]) -> Name | None:
    """Return the name that several tokens are, if it is known or has the shape of one."""
    words, names, text = looker.line.words, looker.names, looker.slice(start, end)
    if words[start].fold in _HEADLESS:
        name = names.known(text)
        return name if keeps_article(text, name, looker.store) else None
    return names.whole(text) if (start, end) in whole or _has_feature_word(words, start, end) else names.known(text)


def _has_feature_word(words: Sequence[Word], start: int, end: int) -> bool:
    return words[end].fold in GROUP_OF_WORD or words[start].kind == "a capitalised feature word"


def _alone(looker: Looker, i: int) -> Name | None:
    """Return the name that a word is which stands alone in a line of capitals, or without cases."""
    if is_grammar(looker.line.words[i], looker.line.tokens.texts[i]):
        return None
    name = looker.names.whole(looker.line.tokens.texts[i])
    return name if name.hits or _may_be_unknown(looker.line, i) else None


def _levelled_word(looker: Looker, i: int, _: Collection[Stretch]) -> Name | None:
    """Return the name that a word of a run is in a line of capitals, or without cases."""
    word = looker.line.words[i]
    name = looker.names.whole(looker.line.tokens.texts[i])
    if name.is_body or is_grammar(word, looker.line.tokens.texts[i]):
        return name if name.is_body else None
    is_known = bool(name.hits) and (word.plain is None or not word.is_cased)
    return name if is_known or _may_be_unknown(looker.line, i) else None


def _levelled_stretch(looker: Looker, start: int, end: int, _: Collection[Stretch]) -> Name | None:
    """Return the known name that several tokens are in a line of capitals, or without cases."""
    words, text = looker.line.words, looker.slice(start, end)
    name = looker.names.known(text)
    if words[start].fold in _HEADLESS and not keeps_article(text, name, looker.store):
        return None
    if name is None or name.is_body:
        return name
    is_apart = words[start].kind in _LEADING if looker.line.style == "no cases" else words[end].fold in _APART
    return None if is_apart else name


def _may_be_unknown(line: Line, i: int) -> bool:
    """Tell whether a word that the gazetteer lacks could be a name where it stands, though nothing shows capitals."""
    if line.words[i].plain is not None:
        return False
    return i > 0 and line.words[i - 1].kind in _PLACING and len(line.tokens.texts[i]) > 2
