"""The feature word beside a name: "airbase", "oil field", "district of"; it says what kind of place the name is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geomap.gazetteer.features import GROUP_OF_WORD
from geomap.toponyms.lexicons import plurals, singular

_DIRECTLY_BEFORE = frozenset("camp fort port lake mount base kibbutz".split())
_PARTS = frozenset(
    "riverside residential industrial central old historic coastal suburban downtown crowded populated shopping".split()
)
_AIRPORTS = frozenset(("airport", "international airport", "military airport"))
_IN_A_LIST = frozenset((",", "and", "or", "و", "і", "та", "и", "&"))
_NO_FOREIGN: Mapping[str, str] = {}
_REACH = 4  # tokens beside a name that are looked at
_LASTS = frozenset(words.rpartition(" ")[2] for words in GROUP_OF_WORD)
# names without any of these beside them, in English, have no feature word
_NEEDED = _LASTS.union(plurals(_LASTS), _DIRECTLY_BEFORE, ("field",))


def feature_words(
    texts: Sequence[str], spans: Sequence[tuple[int, int]], foreign: Mapping[str, str] = _NO_FOREIGN
) -> list[str | None]:
    """Return the feature word of each span of a sentence; a plural counts for every member of its list.

    Parameters
    ----------
    texts
        The tokens of the sentence.
    spans
        First and last token of the names, in order; at least one.
    foreign
        Feature words of other languages with the English ones they stand for.
    """
    start = max(0, spans[0][0] - _REACH)
    folds = list(map(str.casefold, texts[start : spans[-1][1] + _REACH + 1]))
    if _NEEDED.isdisjoint(folds) and foreign.keys().isdisjoint(folds):
        return [None] * len(spans)
    spans = [(first - start, last - start) for first, last in spans]
    ends = {last for _, last in spans}
    found = [_own(folds, first, last, foreign, names_another=first - 3 in ends) for first, last in spans]
    if len(spans) > 1 and any(found):
        _spread(folds, spans, found, range(1, len(spans)), -1)
        _spread(folds, spans, found, range(len(spans) - 2, -1, -1), 1)
    return [_singular(word) for word in found]


def _own(folds: Sequence[str], first: int, last: int, foreign: Mapping[str, str], *, names_another: bool) -> str | None:
    """Return the word beside a name; in "the Y district of X" the district is Y (``names_another``)."""
    after = _words(folds[last + 1 : last + 1 + _REACH])[:3]
    before = _words(folds[max(0, first - _REACH) : first])[-3:]
    own = (_behind(after) if after else None) or (_ahead(before) if before and not names_another else None)
    if own is not None:
        return own
    if after and after[0] == "field":  # "the Sarsang field"
        return "oil field"
    if before and (before[-1] in _DIRECTLY_BEFORE or before[-1] in foreign):
        return foreign.get(before[-1], before[-1])
    if after and after[0] in foreign:
        return foreign[after[0]]
    return folds[last] if last > first and folds[last] in GROUP_OF_WORD else None


def _words(folds: Sequence[str]) -> Sequence[str]:
    """Return words without the hyphens between them: "heavy-water reactor"."""
    return folds if "-" not in folds[1:-1] else " ".join(folds).replace(" - ", " ").split(" ")


def _behind(after: Sequence[str]) -> str | None:
    """Return the word of "X airport" and "X's airport"."""
    if not _NEEDED.isdisjoint(after):
        for count in range(len(after), 0, -1):
            words = " ".join(after[:count])
            if _singular(words) in GROUP_OF_WORD:
                return words
    if after[0] == "'s":
        return next((words for n in (3, 2) if (words := " ".join(after[1:n])) in _AIRPORTS), None)
    return None


def _ahead(before: Sequence[str]) -> str | None:
    """Return the word of "the district of X" and "the airport in X"."""
    if before[-1] == "in":
        return _of_the_only(before)
    if before[-1] != "of" or _NEEDED.isdisjoint(before[-2:-1]) or _is_a_part(before):
        return None
    for count in (2, 1):
        if _singular(words := " ".join(before[-1 - count : -1])) in GROUP_OF_WORD:
            return words
    return None


def _of_the_only(before: Sequence[str]) -> str | None:
    """Return the word of "the airport in X", which is X's airport; "an airport in X" may be any."""
    if before[-2:-1] != ["airport"]:
        return None
    return "airport" if before[-3:-2] in (["the"], ["international"]) else None


def _is_a_part(before: Sequence[str]) -> bool:
    """Tell a part of a city from a unit: "the riverside district of Kherson"."""
    return before[-2:-1] == ["district"] and any(word in _PARTS or word.endswith("ern") for word in before[:-2])


def _singular(word: str | None) -> str | None:
    return word if word is None or word in GROUP_OF_WORD else singular(word)


def _spread(
    folds: Sequence[str], spans: Sequence[tuple[int, int]], found: list[str | None], order: range, step: int
) -> None:
    """Hand a plural feature word on along a list: "the towns of A, B and C", "A and B airports"."""
    for i in order:
        other = found[i + step]
        if found[i] is None and other is not None and other not in GROUP_OF_WORD:
            low, high = sorted((i, i + step))
            between = folds[spans[low][1] + 1 : spans[high][0]]
            if between and _IN_A_LIST.issuperset(between):
                found[i] = other
