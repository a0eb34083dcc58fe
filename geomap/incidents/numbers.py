"""Numbers as the news writes them: "12", "2,500", "three", "dozens", "at least a dozen"."""

from __future__ import annotations

from geomap.incidents.lexicons import Words

UNITS = {w: n for n, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen".split())}  # fmt: skip
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
VAGUE = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "several": 3}
ONE = frozenset({"a", "an"})


def number_at(words: Words, i: int) -> tuple[int, int, bool] | None:
    """Return the number that begins at a word, the word behind it and whether it is vague; None where none stands."""
    word = words[i]
    digits = word.replace(",", "").replace("٬", "")
    if digits.isdigit() and len(digits) < 7:
        return int(digits), i + 1, False
    if word in {"a", "one", "two", "three"} and words[i + 1 : i + 2] == ("dozen",):
        return 12 * UNITS.get(word, 1), i + 2, False
    if word in TENS:
        unit = UNITS.get(words[i + 1], 0) if i + 1 < len(words) else 0
        return TENS[word] + unit, i + (2 if unit else 1), False
    if word in UNITS:
        return UNITS[word], i + 1, False
    if word in VAGUE:
        return VAGUE[word], i + 1, True
    return (1, i + 1, False) if word in ONE else None
