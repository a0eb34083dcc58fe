"""Which mention is said to lie in which: "B, A", "B (A)", "A's B", "B in A", "In A, … B"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.model import Mention
from geomap.reading.tokens import Tokens

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
_OPENERS = frozenset(("In", "in", "Across"))
_LISTING = frozenset((",", "and", "or", "&", "و"))
MAX_GAP = 6  # words between a place and the container named after it


class Tie(NamedTuple):
    """A part, a whole (both mention numbers) and the wording that ties them."""

    part: int
    whole: int
    wording: str


def ties(words: Sequence[Tokens], mentions: Sequence[Mention]) -> list[Tie]:
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


def _gap(tokens: Tokens, start: int, end: int) -> list[str]:
    """Return the words between two offsets in lower case, feature words left out; at most a few are looked at."""
    if end - start > 80:
        return ["…"]
    between = tokens.texts[bisect_left(tokens.starts, start) : tokens.ended_by(end)]
    return [w for w in map(str.casefold, between) if w not in GROUP_OF_WORD]


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


def _opening(words: Sequence[Tokens], mentions: Sequence[Mention]) -> Iterator[Tie]:
    """Yield the ties of "In A, … B": a sentence that opens with its container."""
    opener: int | None = None
    for i, mention in enumerate(mentions):
        tokens = words[mention.sentence]
        if i == 0 or mentions[i - 1].sentence != mention.sentence:
            opener = i if _opens(tokens, mention.start) else None
        elif opener is not None:
            yield Tie(i, opener, "opening the sentence")


def _opens(tokens: Tokens, end: int) -> bool:
    """Tell whether a sentence opens with "In" and nothing but fillers up to an offset."""
    if not tokens or tokens.texts[0] not in _OPENERS:
        return False
    opening = tokens.texts[: tokens.ended_by(end)]
    return bool(opening) and _is_filler(list(map(str.casefold, opening[1:])))


def speakers(words: Sequence[Tokens], mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the mentions that say or do something themselves, as governments do: "Washington condemned"."""
    found = []
    for i, mention in enumerate(mentions):
        tokens = words[mention.sentence]
        after = bisect_left(tokens.starts, mention.end)
        if after < len(tokens) and tokens.texts[after].casefold() in _SAYING:
            found.append(i)
    return frozenset(found)


def articled(words: Sequence[Tokens], mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the mentions behind "the" with no feature word, as rivers and regions are: "the Dnipro"."""
    found = []
    for i, mention in enumerate(mentions):
        if mention.feature_word is None:
            tokens = words[mention.sentence]
            first = bisect_left(tokens.starts, mention.start)
            if first and tokens.texts[first - 1] in {"the", "The"}:
                after = tokens.texts[first + len(mention.text.split()) :][:1]
                if not after or not after[0][0].isalpha() or after[0] in _AFTER_THE:
                    found.append(i)
    return frozenset(found)


_AFTER_THE = frozenset("and or in on at to from for with by was is were are has have had that which near".split())
