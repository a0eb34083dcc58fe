"""Frames that make a name a place though no gazetteer has it: "the village of X", "X district", "shelled Tal X".

Frames of settlements hold everywhere; looser ones only in sentences that speak of violence, where what follows "near"
or is called "… Hospital" is where something happened.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from geomap.toponyms.frame_words import (
    ACCIDENTAL,
    AFTER,
    AGAINST,
    BULLETS,
    DWELLERS,
    FIRM,
    HIT,
    HONOURED,
    LOOSE,
    OF,
    PARTS,
    SHELLED,
    SHELLS,
    SITE_AFTER,
    SITES,
    STRIKES,
)
from geomap.toponyms.lexicons import singular
from geomap.toponyms.lines import Line
from geomap.toponyms.scan import Span
from geomap.toponyms.tools import ToponymTools
from geomap.toponyms.words import AYNS, VIOLENCE, Word

PERSON = frozenset(("a title", "a given name", "an initial"))
_UNTITLED = PERSON - {"a title"}
BODY = frozenset(("an organisation's word", "a newspaper's word"))
_KNOWN = frozenset(("a plain word", "a country", "a capital", "a province"))
_NO_END = frozenset(("a month or day", "a determiner", "a preposition of place", "another preposition"))
_ENDS_OF_LABELS = frozenset((":", "–", "—", "-"))
HEADING = 8  # most words of a line that is a heading
_SHORTEST = 4  # letters of a name that nothing but "in" or "at" makes a place


class Sight(NamedTuple):
    """A line, the words that begin names of places, demonyms, and whether the line speaks of violence."""

    line: Line
    heads: Container[str]
    demonyms: Container[str]
    violent: bool


def sight_of(line: Line, tools: ToponymTools) -> Sight:
    """Return what frames look at in a line."""
    violent = any(word.kind == VIOLENCE and word.fold not in ACCIDENTAL for word in line.telling)
    return Sight(line, tools.lexicons.place_heads, tools.demonyms, violent)


def frame_of_name(span: Span, sight: Sight) -> str | None:
    """Return the frame that a span stands in, in words, if it is one of a place."""
    words, name = sight.line.words, span.name
    if is_no_place(span, sight):
        return None
    if frame := named_of(words, span.first):
        return None if name.sort == "a plain word" and not name.is_body else frame
    if name.is_body:
        return None
    if frame := _as_label(span, sight) or _as_struck(span, sight):
        return frame
    firm = _before(words, span.first) if sight.violent else None
    if firm in FIRM:
        return f"{firm} …" if name.hits or words[span.first].plain is None else None
    return _by_its_noun(span, sight)


def _as_label(span: Span, sight: Sight) -> str | None:
    """Return the frame of a known name that labels an entry of a list: "• X: two shells ..."."""
    words = sight.line.words
    if not span.name.hits or span.name.sort == "a plain word" or words[span.first].kind in PERSON:
        return None
    bullets = [word.fold for word in words[: span.first]]
    if not bullets or not all(bullet in BULLETS or bullet.isdigit() for bullet in bullets):
        return None
    return "… in a list" if span.last + 1 < len(words) and words[span.last + 1].fold in _ENDS_OF_LABELS else None


def is_heading(span: Span, words: Sequence[Word]) -> bool:
    """Tell a line that is nothing but a known name: "X.", "X (A province)."."""
    behind, last = span.last + 1, len(words) - 1
    if span.first or not span.name.hits or not 0 < last < HEADING or words[last].fold != "." or behind > last:
        return False
    known = words[0].plain is None and words[0].kind not in PERSON
    return known and (behind == last or (words[behind].fold == "(" and words[last - 1].fold == ")"))


def _as_struck(span: Span, sight: Sight) -> str | None:
    """Return the frame of a known name that was shelled or bombed."""
    words = sight.line.words
    if not span.name.hits or words[span.first].plain is not None or words[span.first].kind in PERSON:
        return None
    behind = [word.fold for word in words[span.last + 1 : span.last + 9]]
    if behind[:1] in (["was"], ["were"], ["came"]) and _is_fired_at(behind[1:]):
        return f"… {behind[0]} {behind[1]}"
    done = behind[:1] in (["was"], ["were"]) and any(word in SHELLED for word in behind[1:3])
    return "… was shelled" if done else _as_target(words, span.first, sight)


def _is_fired_at(behind: Sequence[str]) -> bool:
    """Tell "was hit by two guided bombs" and "came under fire" from what befalls people."""
    if behind[:1] == ["under"]:
        return behind[1:2] == ["fire"] or not SHELLS.isdisjoint(behind[1:3])
    return behind[:1] != [] and behind[0] in HIT and "by" in behind[1:3] and not SHELLS.isdisjoint(behind[2:])


def _as_target(words: Sequence[Word], first: int, sight: Sight) -> str | None:
    """Return the frame of a known name behind "shelled", "an airstrike against", "rockets at" where there is war."""
    before, host = (words[first - 1].fold, words[first - 2].fold) if first > 1 else ("", "")
    if before == "of" and host in DWELLERS:
        return f"{host} of …"
    if not sight.violent:
        return None
    if before in SHELLED:
        return f"{before} …"
    of_part = before == "of" and host in PARTS
    aimed = (before in AGAINST and host in STRIKES) or (before == "at" and host in SHELLS)
    return f"{host} {before} …" if of_part or aimed else None


def _by_its_noun(span: Span, sight: Sight) -> str | None:
    words = sight.line.words
    if span.name.sort in _KNOWN or words[span.last].kind == "a newspaper's word":
        return None
    first = words[span.first]
    if first.plain is not None and first.fold not in HONOURED and first.fold not in sight.heads:
        return None
    return followed(words, span, AFTER) or (_site(span, sight) if sight.violent else None)


def is_no_place(span: Span, sight: Sight) -> bool:
    """Tell whether a span looks like a people, a person with a title, an abbreviation, or a month at its end."""
    first, last = sight.line.words[span.first], sight.line.words[span.last]
    if first.kind == "a people's name" or first.fold in sight.demonyms or last.kind in _NO_END:
        return True
    if first.kind == "a title" and first.fold not in HONOURED:
        return True
    texts = sight.line.tokens.texts
    return first.fold.isalpha() and len(first.fold) > 1 and texts[span.first].isupper() and texts[span.last].isupper()


def named_of(words: Sequence[Word], first: int) -> str | None:
    """Return the frame of "the village of X", "a town called X"."""
    i = first - 1
    while i >= 0 and (words[i].fold in {"the", "both", "either"} or words[i].fold in AYNS):
        i -= 1
    if i < 1 or words[i].fold not in {"of", "called", "named"} or words[i - 1].is_capital:
        return None
    noun = words[i - 1].fold
    return f"{noun} {words[i].fold} …" if singular(noun) in OF else None


def followed(words: Sequence[Word], span: Span, nouns: Container[str]) -> str | None:
    """Return the frame of "the X district"; that of a person's name is none."""
    after = [word.fold for word in words[span.last + 1 : span.last + 3]]
    noun = next((n for n in (" ".join(after), *after[:1]) if n in nouns or singular(n) in nouns), None)
    if (
        noun is None
        or words[span.last].kind in BODY
        or words[span.first].kind in _UNTITLED
        or (span.first and words[span.first - 1].kind in PERSON)
    ):
        return None
    return f"… {noun}"


def _site(span: Span, sight: Sight) -> str | None:
    """Return the frame of a name in a sentence that speaks of violence."""
    words = sight.line.words
    first, last = words[span.first], words[span.last]
    if frame := followed(words, span, SITE_AFTER):
        return frame
    if span.last > span.first and first.kind not in BODY:
        if last.fold in SITES or singular(last.fold) in SITES:
            return f"… {last.fold} in capitals"
        if first.fold in sight.heads:
            return f"{first.fold} in capitals …"
    if first.kind in PERSON or last.kind in BODY or span.name.hits or len(span.name.key) < _SHORTEST:
        return None
    if span.last + 1 < len(words) and words[span.last + 1].fold in {"of", "'s"}:
        return None
    before = _before(words, span.first)
    return f"{before} …" if before else None


def _before(words: Sequence[Word], first: int) -> str | None:
    """Return the preposition before a name, "east of" included."""
    i = first - 1
    while i > 0 and words[i].fold in {"the", "nearby"}:
        i -= 1
    if i > 0 and words[i].fold == "of" and words[i - 1].kind == "a direction":
        return f"{words[i - 1].fold} of"
    return words[i].fold if i >= 0 and words[i].fold in LOOSE else None
