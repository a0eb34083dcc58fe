"""What speaks for a candidate before any context, its fame, its kind, how well name and word fit, and what for none.

Each function takes what decides it, a few plain facts that many candidates share: what its features weigh together is
worked out once for all of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from geomap.gazetteer.features import GROUP_OF_WORD, agrees
from geomap.gazetteer.store import KINDS

STRIPPED = KINDS.index("stripped")
LOOSE = 0.4  # keys from which on a name is only tried where nothing nearer is known
_CLASSES = (
    ("PCL", "a country"),
    ("TERR", "a country"),
    ("CONT", "a part of the world"),
    ("RGN", "a part of the world"),
    ("ADM1", "a province"),
    ("ADM", "a district"),
    ("PPLC", "a capital"),
    ("PPLA", "a seat of government"),
    ("PPLX", "a quarter"),
    ("PPL", "a settlement"),
    ("AIR", "an airfield"),
    ("PRT", "a port"),
    *((start, "a river or sea") for start in ("STM", "LK", "SEA", "OCN", "GULF", "STRT", "BAY", "CNL", "CHN", "RSV")),
    ("", "another feature"),
)
# words that are said of nothing else: a town is no oblast
_STRICT = frozenset("oblast governorate province krai raion rayon voivodeship wilaya wilayat muhafazah".split())
NO_SUCH_UNIT = "no oblast, province or raion, as the word beside it has it"
LONG = "a name of several words"
ALONE = "no other place of the name"
LONGER = "its name is longer, and another's is not"
ONLY = "the only one"
UNCOUNTED = frozenset(("a province", "a district", "a part of the world", "a river or sea", "another feature"))


@lru_cache(1024)
def class_of(code: str) -> str:
    """Return the class of a feature code that the model tells apart."""
    return next(name for start, name in _CLASSES if code.startswith(start))


def size(sort: str, digits: int, steps: int, beside: int) -> Iterator[str]:
    """Yield the features of a candidate by its people, in powers of ten.

    Parameters
    ----------
    sort
        Its class.
    digits
        The power of ten, -1 where they are not known.
    steps
        How many powers of ten it lags behind the most populous of the name; -1 for that one itself, -2 where the
        people of none are known.
    beside
        The power of ten of the most populous where this one is no town itself, else -1.
    """
    yield sort
    yield f"{sort}, people: 10 to the {digits}" if digits >= 0 else f"{sort}, people not known"
    if steps == -1:
        yield "most populous of the name"
    if steps >= 0:
        yield f"smaller than another: {steps}"
    if beside >= 0:
        yield f"{sort}, beside a town of 10 to the {beside}"


def naming(sort: str, kind: int, loss: float, marks: Sequence[str]) -> Iterator[str]:
    """Yield the features of a candidate by the name that it was found under.

    Parameters
    ----------
    sort
        Its class.
    kind, loss
        As in ``Hit``; how far the name is from the one as written.
    marks
        Which of ``LONG``, ``ALONE``, ``LONGER`` and ``ONLY`` hold.
    """
    name = KINDS[kind]
    yield f"by its {name}"
    yield f"{sort} by its {name}"
    if loss:
        yield f"looser spelling: {loss}"
    yield from marks
    if ALONE in marks:
        yield f"{ALONE}: {sort}"


def standing(sort: str, code: str, home: int) -> Iterator[str]:
    """Yield the features of a candidate by what is known of the place and the digits of its country's people."""
    if home and sort != "a country":
        yield f"{sort} in a country of 10 to the {home} people"
    if code.endswith(("H", "Q")) and code.startswith(("PPL", "ADM")):
        yield "no longer there"


def curated(kind: int, word: str | None) -> Iterator[str]:
    """Yield the features of a place of conflict news, under a kind of name and with the feature word beside it."""
    yield "a place of conflict news"
    if kind == STRIPPED and word is None:
        yield "a place of conflict news by a longer name"


def fit(sort: str, code: str, word: str | None) -> Iterator[str]:
    """Yield the features of a candidate by the feature word beside the mention."""
    if word is None:
        yield f"no word beside it: {sort}"
    elif (fits := agrees(word, code)) is not None:
        yield "fits the word beside it" if fits else "does not fit the word beside it"
        yield f"word for a {GROUP_OF_WORD[word]}: {sort}"
        if word in _STRICT and not fits:
            yield NO_SUCH_UNIT


def none_of_these(sort: str, kind: int, words: str, candidates: str, found: str) -> Iterator[str]:
    """Yield the features of that none of the candidates is meant.

    Parameters
    ----------
    sort, kind
        The class of the likeliest candidate, and its kind as in ``Hit``.
    words, candidates
        How many words the name has, and how many candidates there are.
    found
        How surely it is the name of a place at all.
    """
    yield "none of these"
    yield f"none of these, best: {sort}"
    yield f"none of these, best by its: {KINDS[kind]}"
    yield f"none of these, words of the name: {words}"
    yield f"none of these, candidates: {candidates}"
    yield f"none of these, found: {found}"
