"""The clues of one candidate span: the name itself, what stands beside it, what the article says elsewhere."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from geomap.model import Zone
from geomap.scoring import NO_CLUE, Clue
from geomap.toponyms.lines import Line
from geomap.toponyms.names import Name
from geomap.toponyms.scan import Span
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import Word

_PERSON = frozenset(("a title", "a given name", "an initial"))
_BODY = frozenset(("an organisation's word", "a newspaper's word"))
_LINKS = frozenset(("the", "of", ",", "and", "'s", "-", "a"))
_CONTAINING = frozenset((",", "and", "(", "in"))
_PARTING = frozenset((",", "'s"))
_LINKING = _CONTAINING | _PARTING
_EDGE = Word(  # what stands before the first word of a sentence and behind the last
    fold="",
    is_capital=False,
    is_cased=False,
    is_article=False,
    joins=False,
    goes_on=False,
    tells=False,
    kind="the edge of the sentence",
    before=NO_CLUE,
    after=NO_CLUE,
    plain=None,
)
# what the word before a name makes of it
_FRAMES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_PERSON, "a person"),
        **dict.fromkeys(("a preposition of place", "a direction", "a feature word"), "a place"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a whole article tells about a name: words it also writes in lower case, family names, frames by key.

    A frame is what the words around one occurrence of a name make of it: a place, a person or a body; ``frames`` counts
    those of every name that stands in any.
    """

    lower_words: Container[str]
    surnames: Container[str]
    frames: Mapping[str, Mapping[str, int]]


class Neighbours(NamedTuple):
    """The known names of a line by their first and last token (the longest), and those of several words."""

    first: Mapping[int, Name]
    last: Mapping[int, Name]
    long: Sequence[tuple[int, int]]


_NO_NEIGHBOURS = Neighbours(MappingProxyType({}), MappingProxyType({}), ())


def neighbours(spans: Sequence[Span]) -> Neighbours:
    """Note the known names among the spans of a line."""
    known = [s for s in spans if s.name.hits] if len(spans) > 1 else ()
    if not known:
        return _NO_NEIGHBOURS
    return Neighbours(
        first={s.first: s.name for s in reversed(known)},
        last={s.last: s.name for s in reversed(known)},
        long=[(s.first, s.last) for s in known if s.last > s.first and not s.name.is_body],
    )


def clues_of(span: Span, line: Line, zone: Zone, near: Neighbours, setting: Setting, tools: ToponymTools) -> list[Clue]:
    """Return the clues of a span."""
    first, last, run, name = span
    fold = line.words[last].fold
    found = _beside(span, line.words, near, tools)
    if first == last and (fold in setting.lower_words or line.tokens.texts[first].isupper()):
        _single(first, line, setting, tools, found)
    if fold in setting.surnames:
        found.append(tools.fact("a family name here"))
    if zone != "body" or line.style != "running text":
        _in_line(name.sort, line, zone, tools, found)
    if near.long and _is_in_longer(span, near):
        found.append(tools.fact("inside a longer known name"))
    if first == run[0] and last == run[1]:
        found.append(tools.fact("a whole run"))
    else:
        _in_run(span, line, tools, found)
    if name.key in setting.frames:
        _elsewhere(span, line, setting, tools, found)
    return found


def _beside(span: Span, words: Sequence[Word], near: Neighbours, tools: ToponymTools) -> list[Clue]:
    """Return the clues of a name and of what stands before it and behind it."""
    first, last, _, name = span
    sort, beside = name.sort, tools.beside
    before = words[first - 1] if first else _EDGE
    after = words[last + 1] if last + 1 < len(words) else _EDGE
    found = [
        name.clue,
        before.before,
        beside(("kind before", before.kind, sort)),
        after.after,
        beside(("kind after", after.kind, sort)),
    ]
    if before.fold in _LINKS:
        _behind_link(before.fold, span, words, near, tools, found)
    if (after.fold in _LINKING or after.kind == "a hyphen") and last + 2 < len(words):
        _before_link(after, span, words, near, tools, found)
    return found


def _behind_link(
    link: str, span: Span, words: Sequence[Word], near: Neighbours, tools: ToponymTools, found: list[Clue]
) -> None:
    """Add the clues of what a small word ties a span to: "the mayor of X", "X and Y"."""
    i, sort = span.first - 2, span.name.sort
    if i < 0:
        found.append(tools.beside(("begins the sentence after", link, sort)))
        return
    two = words[i]
    found += (
        tools.beside((f"after “{link}” behind", two.kind, sort)),
        tools.beside(("after", "a name in capitals" if two.is_capital else two.fold, link)),
    )
    if (name := near.last.get(i)) is not None:
        found.append(tools.beside(("after a known name and", link, sort)))
        if name.holds is not None:
            found.append(tools.beside((_lies(name.holds, span), "the name before", link)))


def _before_link(
    word: Word, span: Span, words: Sequence[Word], near: Neighbours, tools: ToponymTools, found: list[Clue]
) -> None:
    """Add the clues of what a small word or mark ties to a span: "X, Y", "X-based", "X's mayor"."""
    i, link = span.last + 2, word.fold
    if link in _CONTAINING and (name := near.first.get(i)) is not None:
        found.append(tools.beside(("before a known name and", link, span.name.sort)))
        if name.holds is not None:
            found.append(tools.beside((_lies(name.holds, span), "the name behind", link)))
    elif word.kind == "a hyphen":
        two = words[i]
        found.append(tools.pair("before a hyphen and", "a capital" if two.is_capital else two.fold))
    elif link in _PARTING:
        found.append(tools.pair(f"before “{link}” and", words[i].kind))


def _lies(area: int, span: Span) -> str:
    return "lies in" if span.name.lies_in(area) else "does not lie in"


def _in_line(sort: str, line: Line, zone: Zone, tools: ToponymTools, found: list[Clue]) -> None:
    """Add the clues of lines in capitals, or without cases, and of what is not body text."""
    if line.style != "running text":
        found += (tools.fact(f"in a line of {line.style}"), tools.pair(f"in a line of {line.style}", sort))
    if zone != "body":
        found.append(tools.pair("zone", zone))


def _single(i: int, line: Line, setting: Setting, tools: ToponymTools, found: list[Clue]) -> None:
    """Add the clues of a name of one word: how it is written here and elsewhere."""
    text = line.tokens.texts[i]
    if line.words[i].fold in setting.lower_words and text[0].isupper():
        found.append(tools.fact("also in lower case here"))
    if not text.isupper() or len(text) == 1:
        return
    if line.style == "running text":
        found.append(tools.fact("capitals, short" if len(text) < 5 else "capitals, long"))
    if line.style == "capitals" and text == "US":  # a country or a pronoun
        before = line.words[i - 1].kind if i else _EDGE.kind
        found.append(tools.pair("“US” in a line of capitals behind", before))


def _is_in_longer(span: Span, near: Neighbours) -> bool:
    size = span.last - span.first
    return any(start <= span.first and span.last <= end and end - start > size for start, end in near.long)


def _in_run(span: Span, line: Line, tools: ToponymTools, found: list[Clue]) -> None:
    """Add what the rest of the run of capitalised words around a span makes of it."""
    start, end = span.run
    if end > span.last and (kind := line.words[end].kind) in _BODY:
        found.append(tools.fact(f"in a run that ends with {kind}"))
    if start < span.first and line.words[start].kind in _PERSON:
        found.append(tools.fact("in a run that begins like a person"))


def _elsewhere(span: Span, line: Line, setting: Setting, tools: ToponymTools, found: list[Clue]) -> None:
    """Add what the words around the other occurrences of a name make of it."""
    own = frame_of(span, line)
    for frame, count in setting.frames[span.name.key].items():
        if count > (own == frame):
            found.append(tools.beside(("elsewhere here", frame, span.name.sort)))


def frame_of(span: Span, line: Line) -> str | None:
    """Return what the words around a span make of it: a place, a person, a body; None where that is not clear."""
    words, after = line.words, span.last + 1
    kind = words[after].kind if after < len(words) else ""
    if kind in _BODY:
        return "a body"
    before = words[span.first - 1].kind if span.first else ""
    if before == "a feature word" and kind == "a capitalised word":
        return None
    return _FRAMES.get(before)


def observe(lines: Sequence[tuple[Line, Sequence[Span]]]) -> Setting:
    """Note what the whole article tells."""
    singles = {line.words[s.first].fold for line, spans in lines for s in spans if s.first == s.last}
    surnames: set[str] = set()
    frames: dict[str, dict[str, int]] = {}
    for line, spans in lines:
        surnames.update(_surnames(line))
        for span in spans:
            if (frame := frame_of(span, line)) is not None:
                count = frames.setdefault(span.name.key, {})
                count[frame] = count.get(frame, 0) + 1
    return Setting(lower_words=_in_lower_case(singles, lines), surnames=surnames, frames=frames)


def _in_lower_case(singles: set[str], lines: Sequence[tuple[Line, Sequence[Span]]]) -> set[str]:
    """Return those of some folded words that are written in lower case as well: nearly all of these like their fold."""
    written = singles.intersection(chain.from_iterable([line.tokens.texts for line, _ in lines]))
    return written.union([w.fold for line, _ in lines for w in line.telling if w.is_cased and not w.is_capital])


def _surnames(line: Line) -> list[str]:
    """Return the capitalised words that follow a title, a given name or an initial."""
    words = line.words
    return [
        words[i].fold
        for i in line.capitals
        if i and words[i].kind == "a capitalised word" and words[i - 1].kind in _PERSON
    ]
