"""Which mention is said to lie in which: "B, A", "B (A)", "A's B", "B in A", "In A, … B"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.model import Mention, Token

_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_FILLERS = frozenset(
    "north south east west northern southern eastern western central northeastern northwestern southeastern"
    " southwestern northeast northwest southeast southwest rural greater the 's ’s - , town city village region area"
    " countryside suburb suburbs outskirts side part parts corner restive volatile rebel-held occupied nearby"
    " neighbouring neighboring".split()
)
_SAYING = frozenset(
    "said says told announced warned denied denies condemned condemns accused accuses blamed blames insisted insists"
    " rejected rejects vowed vows urged urges called calls agreed wants has is will claims claimed confirmed declined"
    " summoned expelled protested considers sees".split()
)
_LISTING = frozenset((",", "and", "or", "&", "و"))
MAX_GAP = 6  # words between a place and the container named after it


class Tie(NamedTuple):
    """A part, a whole (both mention numbers) and the wording that ties them."""

    part: int
    whole: int
    wording: str


def ties(words: Sequence[Sequence[Token]], mentions: Sequence[Mention]) -> list[Tie]:
    """Return what the wording between neighbouring mentions says of what lies in what."""
    found: list[Tie] = []
    listed: list[int] = []
    for i, (left, right) in enumerate(pairwise(mentions)):
        if left.sentence != right.sentence:
            listed.clear()
            continue
        gap = _gap(words[left.sentence], left.end, right.start)
        tie = _tie(i, gap)
        if tie is not None:
            found.append(tie)
            if tie.part == i:  # "A, B and C, Whole": the whole may hold for the list before it
                found += [Tie(other, i + 1, "at the end of a list") for other in listed]
        listed = [*listed, i] if gap and _LISTING.issuperset(gap) else []
    return [*found, *_opening(words, mentions)]


def _gap(tokens: Sequence[Token], start: int, end: int) -> list[str]:
    """Return the words between two offsets in lower case, feature words left out; at most a few are looked at."""
    if end - start > 80:
        return ["…"]
    between = [t.text.casefold() for t in tokens if start <= t.start and t.end <= end]
    return [w for w in between if w not in GROUP_OF_WORD]


def _tie(i: int, gap: Sequence[str]) -> Tie | None:
    if not gap:
        return Tie(i, i + 1, "directly before it")
    first, rest = gap[0], gap[1:]
    if gap in ([","], ["("]):
        return Tie(i, i + 1, "after a comma" if first == "," else "in brackets")
    if first in {"in", "of", "inside", "within"} and _is_filler(rest):
        return Tie(i, i + 1, f"after “{first}”")
    if first in _POSSESSIVES and _is_filler(rest):
        return Tie(i + 1, i, "as its owner")
    if first == "," and _is_filler(rest[1:]) and (rest[:1] == ["in"] or _is_filler(rest[:1])):
        return Tie(i, i + 1, "after “in”" if rest[:1] == ["in"] else "after a comma and more words")
    return None


def _is_filler(gap: Sequence[str]) -> bool:
    """Tell whether nothing but directions, articles and the like stands between a place and its container."""
    return len(gap) <= MAX_GAP and all(w in _FILLERS for w in gap)


def _opening(words: Sequence[Sequence[Token]], mentions: Sequence[Mention]) -> Iterator[Tie]:
    """Yield the ties of "In A, … B": a sentence that opens with its container."""
    opener: int | None = None
    for i, mention in enumerate(mentions):
        tokens = words[mention.sentence]
        if i == 0 or mentions[i - 1].sentence != mention.sentence:
            opens = [t.text for t in tokens if t.end <= mention.start]
            opener = (
                i
                if opens and opens[0] in {"In", "in", "Across"} and _is_filler([w.casefold() for w in opens[1:]])
                else None
            )
        elif opener is not None:
            yield Tie(i, opener, "opening the sentence")


def speakers(words: Sequence[Sequence[Token]], mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the mentions that say or do something themselves, as governments do: "Washington condemned"."""
    found = []
    for i, mention in enumerate(mentions):
        tokens = words[mention.sentence]
        after = bisect_left(tokens, mention.end, key=lambda t: t.start)
        if after < len(tokens) and tokens[after].text.casefold() in _SAYING:
            found.append(i)
    return frozenset(found)


def articled(words: Sequence[Sequence[Token]], mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the mentions behind "the" with no feature word, as rivers and regions are: "the Dnipro"."""
    found = []
    for i, mention in enumerate(mentions):
        if mention.feature_word is None:
            tokens = words[mention.sentence]
            before = bisect_left(tokens, mention.start, key=lambda t: t.start) - 1
            after = before + 1 + len(mention.text.split())
            ends = after >= len(tokens) or not tokens[after].text[0].isalpha() or tokens[after].text in _AFTER_THE
            if before >= 0 and tokens[before].text in {"the", "The"} and ends:
                found.append(i)
    return frozenset(found)


_AFTER_THE = frozenset("and or in on at to from for with by was is were are has have had that which near".split())
