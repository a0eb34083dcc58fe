"""A sentence as finding sees it: what each word is to its neighbours, how it is written, its runs of capitals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from geomap.gazetteer.inflection import prefix_lengths
from geomap.gazetteer.names import ARTICLES
from geomap.gazetteer.store import Store
from geomap.reading.tokens import Tokens
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import APOSTROPHES, AYNS, HYPHENS, TIED_JOINTS, Word

Style = Literal["running text", "capitals", "title case", "no cases"]

_PREPOSITIONS = frozenset(("a preposition of place", "another preposition"))
_CLOSING = frozenset("’'”")
_FEWEST_CAPITALS = 4
_MOSTLY = 0.7
_LONGEST_JOINT = 3  # tokens between two capitals of one name: "Rostov-on-Don"


class Line(NamedTuple):
    """The tokens of a sentence, their words, how it is written, its capitals and the runs they make.

    ``capitals`` are the numbers of its capitalised words, ``runs`` first and last token of each run; ``telling`` are
    the few of its words that rules look for, and the one that is not read as it is written.
    """

    tokens: Tokens
    words: Sequence[Word]
    style: Style
    capitals: Sequence[int]
    runs: Sequence[tuple[int, int]]
    telling: Sequence[Word]


def line_of(tokens: Tokens, store: Store, tools: ToponymTools) -> Line:
    """Describe a sentence's tokens; prefixes that Arabic and Hebrew write onto a name become tokens of their own."""
    words = list(map(tools.word, tokens.texts))
    capitals = _capitals(words)
    style = _style(words, [words[i] for i in capitals], tokens.texts)
    telling = []
    if style == "running text":
        if (i := _plain_start(words)) is not None:
            words[i] = tools.word(words[i].fold)
            capitals.remove(i)
            telling.append(words[i])
    elif style == "no cases":
        tokens = tokens.cut_up(list(_without_prefixes(tokens.texts, store, tools)))
        words = list(map(tools.word, tokens.texts))
        capitals = _capitals(words)
    else:
        words = list(map(tools.levelled, tokens.texts))
    telling += [word for word in words if word.tells]
    return Line(tokens, words, style, capitals, _runs(tokens, words, capitals), telling)


def _capitals(words: Sequence[Word]) -> list[int]:
    return [i for i, word in enumerate(words) if word.is_capital]


def _style(words: Sequence[Word], capital: Sequence[Word], texts: Sequence[str]) -> Style:
    uncased = len([w for w in capital if not w.is_cased])
    if uncased > len(capital) / 2:
        return "no cases"
    if len(capital) < _FEWEST_CAPITALS:
        return "running text"
    letters = len([w for w in words if w.is_cased]) + uncased
    if len(capital) <= _MOSTLY * letters:
        return "running text"
    if sum(map(str.isupper, texts)) > _MOSTLY * letters:
        return "capitals"
    return "title case" if sum(w.plain is not None for w in capital) > 1 else "running text"


def _plain_start(words: Sequence[Word]) -> int | None:
    """Return the number of a preposition that begins a sentence, to be read as it would be inside: "Near Hit, …"."""
    for i, word in enumerate(words):
        if word.is_cased:
            return i if word.is_capital and word.plain in _PREPOSITIONS else None
    return None


def _without_prefixes(texts: Sequence[str], store: Store, tools: ToponymTools) -> Iterator[str]:
    for i, text in enumerate(texts):
        cut = 0
        if not tools.names(store).entry(text).hits:
            after = f" {texts[i + 1]}" if i + 1 < len(texts) else ""
            cut = next((n for n in prefix_lengths(text) if _begins_name(text[n:], after, store, tools)), 0)
        if cut:
            yield text[:cut]
        yield text[cut:]


def _begins_name(text: str, after: str, store: Store, tools: ToponymTools) -> bool:
    return bool(tools.names(store).entry(text).hits or (after and tools.names(store).entry(text + after).hits))


def _runs(tokens: Tokens, words: Sequence[Word], capitals: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last token of every run of capitalised words, small joining words inside them included."""
    found: list[tuple[int, int]] = []
    done, end = -1, len(words) - 1
    for i in capitals:
        if i > done:
            start = i - 2 if i - 2 > done and words[i - 2].is_article and is_tied_article(words, i - 2) else i
            done = _run_end(tokens, words, i) if i < end and words[i + 1].goes_on else i
            found.append((start, done))
    return found


def _run_end(tokens: Tokens, words: Sequence[Word], last: int) -> int:
    """Return where the run of capitals ends that a capital begins."""
    for j in range(last + 1, len(words)):
        word = words[j]
        if word.is_capital or (word.kind == "a number" and (last == j - 1 or is_tied_number(tokens, j))):
            last = j
        elif not (word.goes_on and _goes_on(tokens, words, j, last)):
            break
    return last


def _goes_on(tokens: Tokens, words: Sequence[Word], j: int, last: int) -> bool:
    """Tell whether a name may go on behind a word, which does not end it."""
    word = words[j]
    if word.joins or _is_tied_joint(tokens, j):
        return j - last <= _LONGEST_JOINT
    if word.fold in APOSTROPHES:  # "Workers' Party"
        return last == j - 1 and tokens.is_tied(j)
    return word.fold in AYNS and _is_ayn(tokens, words, j)


def _is_ayn(tokens: Tokens, words: Sequence[Word], j: int) -> bool:
    """Tell whether a mark inside a name is a letter of it: it stands directly before a capital, and closes nowhere."""
    tied = j + 1 < len(words) and words[j + 1].is_capital and tokens.is_tied(j + 1)
    return tied and not any(word.fold in _CLOSING for word in words[j + 1 :])


def _is_tied_joint(tokens: Tokens, j: int) -> bool:
    """Tell whether a small word is tied to what stands before it: Qasr-e Shirin, Sar-i Pul."""
    return tokens.texts[j] in TIED_JOINTS and tokens.texts[j - 1] in HYPHENS and tokens.is_tied(j)


def is_tied_number(tokens: Tokens, j: int) -> bool:
    """Tell whether a number is tied to what stands before it: K-1."""
    return j > 0 and tokens.texts[j][0].isdigit() and tokens.texts[j - 1] in HYPHENS


def is_tied_article(words: Sequence[Word], i: int) -> bool:
    """Tell whether a lower-case article is tied to a capital: al-Qaim."""
    return (
        words[i].fold in ARTICLES and i + 2 < len(words) and words[i + 1].kind == "a hyphen" and words[i + 2].is_capital
    )
