"""The clues of one candidate span: the name itself, what stands beside it, what the article says elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from geomap.model import Zone
from geomap.scoring import Clue
from geomap.toponyms.lines import Line
from geomap.toponyms.names import Name
from geomap.toponyms.scan import Span
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import Word

_PERSON = frozenset(("a title", "a given name", "an initial"))
_BODY = frozenset(("an organisation's word", "a newspaper's word"))
_LINKS = frozenset(("the", "of", ",", "and", "'s", "-", "a"))
_CONTAINING = frozenset((",", "and", "(", "in"))
_EDGE = "the edge of the sentence"
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
    first, last, _, name = span
    found = [name.clue]
    _before(span, line, near, tools, found)
    _after(span, line, near, tools, found)
    if first == last:
        _single(first, line, setting, tools, found)
    if line.words[last].fold in setting.surnames:
        found.append(tools.fact("a family name here"))
    if line.style != "running text":
        found += (tools.fact(f"in a line of {line.style}"), tools.pair(f"in a line of {line.style}", name.sort))
    if zone != "body":
        found.append(tools.pair("zone", zone))
    if near.long and _is_in_longer(span, near):
        found.append(tools.fact("inside a longer known name"))
    _in_run(span, line, tools, found)
    if name.key in setting.frames:
        _elsewhere(span, line, setting, tools, found)
    return found


def _before(span: Span, line: Line, near: Neighbours, tools: ToponymTools, found: list[Clue]) -> None:
    i, sort = span.first - 1, span.name.sort
    if i < 0:
        found.append(tools.beside("kind before", _EDGE, sort))
        return
    word = line.words[i]
    found += (word.before, tools.beside("kind before", word.kind, sort))
    if word.fold not in _LINKS:
        return
    if i == 0:
        found.append(tools.beside("begins the sentence after", word.fold, sort))
        return
    two = line.words[i - 1]
    found += (
        tools.beside(f"after “{word.fold}” behind", two.kind, sort),
        tools.beside("after", "a name in capitals" if two.is_capital else two.fold, word.fold),
    )
    if (name := near.last.get(i - 1)) is not None:
        found.append(tools.beside("after a known name and", word.fold, sort))
        if name.holds is not None:
            found.append(tools.beside(_lies(name.holds, span), "the name before", word.fold))


def _after(span: Span, line: Line, near: Neighbours, tools: ToponymTools, found: list[Clue]) -> None:
    i, sort = span.last + 1, span.name.sort
    if i >= len(line.words):
        found.append(tools.beside("kind after", _EDGE, sort))
        return
    word = line.words[i]
    found += (word.after, tools.beside("kind after", word.kind, sort))
    if i + 1 == len(line.words):
        return
    if word.fold in _CONTAINING and (name := near.first.get(i + 1)) is not None:
        found.append(tools.beside("before a known name and", word.fold, sort))
        if name.holds is not None:
            found.append(tools.beside(_lies(name.holds, span), "the name behind", word.fold))
    elif word.kind == "a hyphen":
        two = line.words[i + 1]
        found.append(tools.pair("before a hyphen and", "a capital" if two.is_capital else two.fold))
    elif word.fold in {"'s", ","}:
        found.append(tools.pair(f"before “{word.fold}” and", line.words[i + 1].kind))


def _lies(area: int, span: Span) -> str:
    return "lies in" if span.name.lies_in(area) else "does not lie in"


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
        before = line.words[i - 1].kind if i else _EDGE
        found.append(tools.pair("“US” in a line of capitals behind", before))


def _is_in_longer(span: Span, near: Neighbours) -> bool:
    size = span.last - span.first
    return any(start <= span.first and span.last <= end and end - start > size for start, end in near.long)


def _in_run(span: Span, line: Line, tools: ToponymTools, found: list[Clue]) -> None:
    """Add what the rest of the run of capitalised words around a span makes of it."""
    first, last, (start, end), _ = span
    if end > last:
        if (kind := line.words[end].kind) in _BODY:
            found.append(tools.fact(f"in a run that ends with {kind}"))
    elif start == first and end == last:
        found.append(tools.fact("a whole run"))
    if start < first and line.words[start].kind in _PERSON:
        found.append(tools.fact("in a run that begins like a person"))


def _elsewhere(span: Span, line: Line, setting: Setting, tools: ToponymTools, found: list[Clue]) -> None:
    """Add what the words around the other occurrences of a name make of it."""
    own = frame_of(span, line)
    for frame, count in setting.frames[span.name.key].items():
        if count > (own == frame):
            found.append(tools.beside("elsewhere here", frame, span.name.sort))


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


def observe(lines: Iterable[tuple[Line, Sequence[Span]]]) -> Setting:
    """Note what the whole article tells."""
    lower: set[str] = set()
    surnames: set[str] = set()
    frames: dict[str, dict[str, int]] = {}
    for line, spans in lines:
        lower.update([w.fold for w in line.words if w.is_cased and not w.is_capital])
        for first, last in line.runs:
            surnames.update(_surnames(line.words[max(first - 1, 0) : last + 1]))
        for span in spans:
            if (frame := frame_of(span, line)) is not None:
                count = frames.setdefault(span.name.key, {})
                count[frame] = count.get(frame, 0) + 1
    return Setting(lower_words=lower, surnames=surnames, frames=frames)


def _surnames(words: Sequence[Word]) -> list[str]:
    """Return the capitalised words that follow a title, a given name or an initial."""
    return [word.fold for one, word in pairwise(words) if one.kind in _PERSON and word.kind == "a capitalised word"]
