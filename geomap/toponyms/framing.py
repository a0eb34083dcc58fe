"""The spans of a line that frames make places: names whole as they stand, and what is listed with places.

A place that no gazetteer has must not be lost: what stands in a frame becomes a mention, if an unresolved one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from geomap.toponyms.frame_words import AFTER, FRAMING, SITE_AFTER
from geomap.toponyms.frames import (
    BODY,
    PERSON,
    Sight,
    followed,
    frame_of_name,
    is_heading,
    is_no_place,
    named_of,
    sight_of,
)
from geomap.toponyms.lexicons import singular
from geomap.toponyms.lines import Line
from geomap.toponyms.scan import Span
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import AYNS, HYPHENS, Word

_JOINING = frozenset("in on and of un an la y".split())
_LISTING = frozenset((",", "and", "or", "&"))
_BETWEEN = _LISTING | AYNS | {"the"}
_TOWNS = frozenset(("city", "town"))
_ROADS = frozenset(("road", "highway", "motorway", "route", "line", "axis", "corridor"))
_LONGEST_ASIDE = 4  # words in brackets within a list: "A (twice), B and C"


def framed(line: Line, spans: Sequence[Span], places: AbstractSet[int], tools: ToponymTools) -> Mapping[int, str]:
    """Return the frame of every span of a line that stands in one, by the span's number.

    Parameters
    ----------
    line
        The sentence.
    spans
        Its candidates.
    places
        Numbers of those that are surely places already: what is listed with one is a place too.
    tools
        Word lists: words that begin the names of places, demonyms.
    """
    if not spans or line.style != "running text":
        return {}
    if not line.telling:
        return {i: "… as a heading" for i, s in enumerate(spans) if is_heading(s, line.words)}
    sight = sight_of(line, tools)
    if not sight.violent and FRAMING.isdisjoint([word.fold for word in line.telling]):
        return {}
    pairs = [s for s in spans if _is_pair(line, s, spans)]
    whole = [
        i
        for i, s in enumerate(spans)
        if s not in pairs and _is_whole(line, s, spans) and not _is_known_city(line.words, s, spans)
    ]
    found = {i: frame for i in whole if i not in places and (frame := frame_of_name(spans[i], sight))}
    if pairs:
        halves = [i for i, s in enumerate(spans) if any(_is_half(line.words, s, pair) for pair in pairs)]
        found.update(dict.fromkeys(halves, "… road"))
    if len(whole) > 1:
        found.update(_listed([(i, spans[i]) for i in whole], places | found.keys(), sight))
    return found


def _is_whole(line: Line, span: Span, others: Sequence[Span]) -> bool:
    """Tell whether a span is all of its name: nothing ties more to it, and no "in" is inside."""
    words, first, last = line.words, span.first, span.last
    if last > first + 1 and any(words[i].fold in _JOINING for i in range(first + 1, last)):
        return False
    if first and ((words[first - 1].is_capital and words[first - 1].plain is None) or _is_tie(line, first - 1)):
        return False
    if last + 1 == len(words):
        return True
    behind = words[last + 1]
    if _is_capital(behind) or _is_tie(line, last + 1):
        return False
    return not (behind.is_article and any(other.first == first and other.last > last + 1 for other in others))


def _is_pair(line: Line, span: Span, others: Sequence[Span]) -> bool:
    """Tell the two towns of "the A-B road" from one name with a dash."""
    if span.name.hits or span.last + 1 >= len(line.words) or line.words[span.last + 1].fold not in _ROADS:
        return False
    known = {(other.first, other.last) for other in others if other.name.hits}
    dashes = [i for i in range(span.first + 1, span.last) if line.words[i].fold in HYPHENS]
    return any((span.first, i - 1) in known and (i + 1, span.last) in known for i in dashes)


def _is_half(words: Sequence[Word], span: Span, pair: Span) -> bool:
    first = span.first == pair.first and words[span.last + 1].fold in HYPHENS
    return bool(span.name.hits) and (first or (span.last == pair.last and words[span.first - 1].fold in HYPHENS))


def _is_tie(line: Line, i: int) -> bool:
    """Tell a hyphen from a dash, which stands apart from the name before it."""
    return line.words[i].fold in HYPHENS and (i == 0 or line.tokens.is_tied(i))


def _is_known_city(words: Sequence[Word], span: Span, others: Sequence[Span]) -> bool:
    """Tell "Aleppo City", which is known without its last word, from "Kansas City", which is a name of its own."""
    if span.name.hits or words[span.last].fold not in _TOWNS:
        return False
    return any(other.first == span.first and other.last == span.last - 1 and other.name.hits for other in others)


def _is_capital(word: Word) -> bool:
    """Tell whether a word could belong to the name before it: "Mardan Friday" is two."""
    return word.is_capital and word.kind != "a month or day"


def _listed(spans: Sequence[tuple[int, Span]], places: AbstractSet[int], sight: Sight) -> Iterator[tuple[int, str]]:
    """Yield what is listed with places: "the villages of A, B and C", or where there is violence "near A and B"."""
    words = sight.line.words
    chain: list[tuple[int, Span]] = []
    for number, span in sorted(spans, key=lambda s: s[1].first):
        if span.first and words[span.first - 1].fold == "(":
            continue
        if chain and _lists(words, chain[-1][1].last, span.first):
            chain.append((number, span))
        else:
            yield from _of_chain(chain, places, sight)
            chain = [(number, span)]
    yield from _of_chain(chain, places, sight)


def _of_chain(chain: Sequence[tuple[int, Span]], places: AbstractSet[int], sight: Sight) -> Iterator[tuple[int, str]]:
    words = sight.line.words
    if len(chain) < 2 or not (
        _is_headed(chain, words, SITE_AFTER if sight.violent else AFTER)
        or (sight.violent and _is_of_places(chain, places, words))
    ):
        return
    for number, span in chain:
        may_be = span.name.hits or (words[span.first].kind not in PERSON and words[span.last].kind not in BODY)
        if number not in places and may_be and not (span.name.is_body or is_no_place(span, sight)):
            yield number, "listed with places"


def _is_headed(chain: Sequence[tuple[int, Span]], words: Sequence[Word], nouns: AbstractSet[str]) -> bool:
    """Tell whether a list says of itself what it is of: "the villages of A and B", "the A and B districts"."""
    before, after = named_of(words, chain[0][1].first), followed(words, chain[-1][1], nouns | AFTER)
    plurals = [frame.split(" ")[at] for frame, at in ((before, 0), (after, -1)) if frame]
    return any(singular(noun) != noun for noun in plurals)


def _is_of_places(chain: Sequence[tuple[int, Span]], places: AbstractSet[int], words: Sequence[Word]) -> bool:
    before = chain[-1][1].first - 1
    sure = chain[0][0] in places or 2 * sum(number in places for number, _ in chain) >= len(chain) > 2
    return sure and words[before - (words[before].fold == "the")].kind == "and"


def _lists(words: Sequence[Word], last: int, first: int) -> bool:
    """Tell whether nothing but a comma or "and" stands between two names, an aside in brackets left out."""
    gap = [word.fold for word in words[last + 1 : first]]
    if gap and gap[0] == "(" and ")" in gap[: _LONGEST_ASIDE + 2]:
        gap = gap[gap.index(")") + 1 :]
    return bool(gap) and gap[0] in _LISTING and _BETWEEN.issuperset(gap)
