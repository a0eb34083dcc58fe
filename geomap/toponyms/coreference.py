"""Later mentions without a name: "the base" after "Ain al-Asad airbase" means the site named last of that kind.

Only in sentences that speak of violence: elsewhere "the city" is no place to be mapped. Such mentions are inferred, and
say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from geomap.gazetteer.features import GROUP_OF_WORD, agrees
from geomap.model import Article, Mention
from geomap.toponyms.lines import Line
from geomap.toponyms.words import VIOLENCE

MOST_SENTENCES_BACK = 4
SCORE = 0.7  # an inference, never as sure as a name
# what "the …" may refer back to: groups of feature words
_KINDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(("base", "airbase", "garrison", "outpost", "facility"), frozenset(("airbase", "base", "camp"))),
        **dict.fromkeys(("airport", "airfield"), frozenset(("airport", "airbase"))),
        "camp": frozenset(("camp", "base")),
        **dict.fromkeys(("port", "terminal"), frozenset(("port",))),
        **dict.fromkeys(("refinery", "oilfield", "plant", "depot", "field"), frozenset(("field",))),
        **dict.fromkeys(("crossing", "checkpoint"), frozenset(("crossing",))),
        **dict.fromkeys(("dam", "bridge"), frozenset(("dam",))),
        "island": frozenset(("island",)),
        "hospital": frozenset(("hospital",)),
        **dict.fromkeys(("city", "town", "village"), frozenset(("city",))),
        "district": frozenset(("district",)),
        **dict.fromkeys(("province", "governorate"), frozenset(("province",))),
    }
)
_SETTLEMENTS = frozenset(("city", "town", "village"))
_DETERMINERS = frozenset(("the", "that"))


def coreferring(
    article: Article, number: int, line: Line, named: Sequence[Mention], code_of: Callable[[int], str]
) -> Iterator[Mention]:
    """Yield the mentions of a sentence that refer back.

    Parameters
    ----------
    article
        The article.
    number
        The sentence.
    line
        Its tokens.
    named
        Everything named so far, this sentence included, in text order; ``antecedent`` is a position in it.
    code_of
        A position in it to the feature code of the likeliest place of the name, empty where none is known.
    """
    if VIOLENCE not in [w.kind for w in line.telling]:
        return
    folds = [w.fold for w in line.words]
    for i in range(1, len(folds)):
        if folds[i] not in _KINDS or folds[i - 1] not in _DETERMINERS or _goes_on(line, i):
            continue
        start = line.tokens.starts[i - 1]
        end = line.tokens.end_of(i)
        antecedent = None if _is_named(start, end, named) else _last(folds[i], number, start, named, code_of)
        if antecedent is not None:
            yield Mention(
                start=start,
                end=end,
                text=article.text[start:end],
                sentence=number,
                kind="coreference",
                feature_word=folds[i],
                score=SCORE,
                reasons={f"inferred: the last {folds[i]} named": SCORE},
                antecedent=antecedent,
            )


def _is_named(start: int, end: int, named: Sequence[Mention]) -> bool:
    """Tell whether a stretch of text is part of a name already; names are in text order."""
    for mention in reversed(named):
        if mention.end <= start:
            return False
        if mention.start < end:
            return True
    return False


def _goes_on(line: Line, i: int) -> bool:
    """Tell whether what follows says itself which one is meant: "the city of X", "the garrison city"."""
    if i + 1 >= len(line.words):
        return False
    word = line.words[i + 1]
    if word.is_capital or word.fold in {"of", "called", "named", "-", *_SETTLEMENTS}:
        return True
    return word.fold in {"in", "at", "near", "outside"} and any(w.is_capital for w in line.words[i + 2 : i + 4])


def _last(word: str, number: int, start: int, named: Sequence[Mention], code_of: Callable[[int], str]) -> int | None:
    for i in range(len(named) - 1, -1, -1):
        mention = named[i]
        if mention.start >= start or mention.kind != "name":
            continue
        if number - mention.sentence > MOST_SENTENCES_BACK:
            return None
        if _is_one(word, mention, code_of(i)):
            return i
    return None


def _is_one(word: str, mention: Mention, code: str) -> bool:
    """Tell whether a named place is of the kind that a noun refers to; the country of "the US base" never is."""
    if code.startswith(("PCL", "TERR")):
        return False
    if mention.feature_word is not None:
        return GROUP_OF_WORD.get(mention.feature_word) in _KINDS[word]
    if word in _SETTLEMENTS:
        return code.startswith("PPL")
    return bool(agrees(word, code)) and not code.startswith("PPL") if code else False
