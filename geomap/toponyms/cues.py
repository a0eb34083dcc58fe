"""The clues of one candidate span: the name itself, what stands beside it, what the article says elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geomap.model import Zone
from geomap.scoring import Clue
from geomap.toponyms.lines import Line
from geomap.toponyms.names import Name
from geomap.toponyms.scan import Span
from geomap.toponyms.tools import ToponymTools

_PERSON = frozenset(("a title", "a given name", "an initial"))
_BODY = frozenset(("an organisation's word", "a newspaper's word"))
_LINKS = frozenset(("the", "of", ",", "and", "'s", "-", "a"))
_CONTAINING = frozenset((",", "and", "(", "in"))
_EDGE = "the edge of the sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a whole article tells about a name: words it also writes in lower case, family names, frames by key.

    A frame is what the words around one occurrence of a name make of it: a place, a person or a body.
    """

    lower_words: frozenset[str]
    surnames: frozenset[str]
    frames: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The known names of a line by their first and last token (the longest), those of several words, bodies."""

    first: Mapping[int, Name]
    last: Mapping[int, Name]
    long: Sequence[tuple[int, int]]
    bodies: Sequence[tuple[int, int]]


def neighbours(spans: Sequence[Span]) -> Neighbours:
    """Note the known names among the spans of a line."""
    known = [s for s in spans if s.name.hits]
    return Neighbours(
        first={s.first: s.name for s in reversed(known)},
        last={s.last: s.name for s in reversed(known)},
        long=[(s.first, s.last) for s in known if s.last > s.first and not s.name.is_body],
        bodies=[(s.first, s.last) for s in spans if s.name.is_body],
    )


def clues_of(span: Span, line: Line, zone: Zone, near: Neighbours, setting: Setting, tools: ToponymTools) -> list[Clue]:
    """Return the clues of a span."""
    found = [span.name.clue]
    found += _before(span, line, near, tools)
    found += _after(span, line, near, tools)
    found += [tools.fact(name) for name in _inside(span, line, zone, near, setting)]
    found += _elsewhere(span, line, setting, tools)
    return found


def _before(span: Span, line: Line, near: Neighbours, tools: ToponymTools) -> Iterator[Clue]:
    i, sort = span.first - 1, span.name.sort
    if i < 0:
        yield tools.pair(f"kind before: {_EDGE}", sort)
        yield tools.fact("begins the sentence")
        return
    word = line.words[i]
    yield word.before
    yield tools.pair(word.before.parts[0][0], sort)
    if word.fold not in _LINKS:
        return
    if i > 0:
        two = line.words[i - 1]
        yield tools.pair(f"after {two.kind} + “{word.fold}”", sort)
        yield tools.fact(
            f"after “{two.fold} {word.fold}”" if not two.is_capital else f"after a capitalised word and “{word.fold}”"
        )
        if (name := near.last.get(i - 1)) is not None:
            yield tools.pair(f"after a known name and “{word.fold}”", sort)
            if name.holds is not None:
                yield tools.pair(_lies("before", name.holds, span), word.fold)
    else:
        yield tools.pair(f"begins the sentence after “{word.fold}”", sort)


def _after(span: Span, line: Line, near: Neighbours, tools: ToponymTools) -> Iterator[Clue]:
    i, sort = span.last + 1, span.name.sort
    if i >= len(line.words):
        yield tools.pair(f"kind after: {_EDGE}", sort)
        return
    word = line.words[i]
    yield word.after
    yield tools.pair(word.after.parts[0][0], sort)
    if i + 1 < len(line.words):
        two = line.words[i + 1]
        if word.fold in _CONTAINING and (name := near.first.get(i + 1)) is not None:
            yield tools.pair(f"before “{word.fold}” and a known name", sort)
            if name.holds is not None:
                yield tools.pair(_lies("after", name.holds, span), word.fold)
        elif word.kind == "a hyphen":
            yield tools.fact("before a hyphen and a capital" if two.is_capital else f"before a hyphen and “{two.fold}”")
        elif word.fold in {"'s", ","}:
            yield tools.fact(f"before “{word.fold}” and {two.kind}")


def _lies(side: str, area: int, span: Span) -> str:
    return f"lies in the name {side} it" if area in span.name.lies_in else f"does not lie in the name {side} it"


def _inside(span: Span, line: Line, zone: Zone, near: Neighbours, setting: Setting) -> Iterator[str]:
    first, last = span.first, span.last
    token = line.tokens[first]
    if first == last:
        if token.text[0].isupper() and token.text.casefold() in setting.lower_words:
            yield "also in lower case here"
        if line.style == "running text" and len(token.text) > 1 and token.text.isupper():
            yield "capitals, short" if len(token.text) < 5 else "capitals, long"
    if line.words[last].fold in setting.surnames:
        yield "a family name here"
    if line.style != "running text":
        yield f"in a line of {line.style}"
        yield f"in a line of {line.style}, {span.name.sort}"
    if zone != "body":
        yield f"in the {zone}"
    for spans, fact in ((near.long, "inside a longer known name"), (near.bodies, "inside the name of a known body")):
        if any(start <= first and last <= end and (start, end) != (first, last) for start, end in spans):
            yield fact
    yield from _run(span, line)


def _run(span: Span, line: Line) -> Iterator[str]:
    """Yield what the run of capitalised words around a span makes of it."""
    for start, end in line.runs:
        if start <= span.first <= end:
            if end > span.last and (kind := line.words[end].kind) in _BODY:
                yield f"in a run that ends with {kind}"
            if start < span.first and line.words[start].kind in _PERSON:
                yield "in a run that begins like a person"
            if (start, end) == (span.first, span.last):
                yield "a whole run"
            return


def _elsewhere(span: Span, line: Line, setting: Setting, tools: ToponymTools) -> Iterator[Clue]:
    frames = setting.frames.get(span.name.key, ())
    if len(frames) < 2:
        return
    own = frame_of(span, line)
    for frame in ("a place", "a person", "a body"):
        count = sum(f == frame for f in frames) - (own == frame)
        if count:
            yield tools.pair(f"{frame} elsewhere here", span.name.sort)


def frame_of(span: Span, line: Line) -> str:
    """Return what the words around a span make of it: a place, a person, a body, or nothing clear."""
    before = line.words[span.first - 1].kind if span.first else ""
    after = line.words[span.last + 1].kind if span.last + 1 < len(line.words) else ""
    if after in _BODY:
        return "a body"
    if before in _PERSON:
        return "a person"
    if before in {"a preposition of place", "a direction"} or (
        before == "a feature word" and after != "a capitalised word"
    ):
        return "a place"
    return "nothing clear"


def observe(lines: Sequence[tuple[Line, Sequence[Span]]]) -> Setting:
    """Note what the whole article tells."""
    lower: set[str] = set()
    surnames: set[str] = set()
    frames: dict[str, list[str]] = defaultdict(list)
    for line, spans in lines:
        kind = ""
        for word in line.words:
            if not word.is_capital:
                if word.is_cased:
                    lower.add(word.fold)
            elif kind in _PERSON and word.kind == "a capitalised word" and word.is_cased:
                surnames.add(word.fold)
            kind = word.kind if word.kind != "a full stop" else kind
        for span in spans:
            frames[span.name.key].append(frame_of(span, line))
    return Setting(lower_words=frozenset(lower), surnames=frozenset(surnames), frames=frames)
