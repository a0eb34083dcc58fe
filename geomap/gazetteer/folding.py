"""What makes two romanisations one name: spelling families levelled, Cyrillic read as Latin.

``folded`` keeps the vowels and is strict enough to trust wherever the country is known. ``skeleton`` keeps only the
consonants, coarsely; it blocks candidates that ``likeness`` then compares. Families differ by language: a *j* is a *y*
in Ukrainian and Russian names but a *dj* in Arabic and Persian ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

SHORTEST = 4  # letters of a name that is told apart when folded
LEAST_BONES = 3
Family = Literal["eastern", "french", "slavic"]
SLAVIC = frozenset("UA RU BY".split())
FRENCH = frozenset("LB SY DZ TN MA MR TD NE ML DJ BF".split())  # ch is sh there
WordFold = Callable[[str, Family], str]

_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
        "и": "i", "і": "i", "ї": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip
_COMMON = (
    (r"tch|tsch|ch", "c"),
    (r"dzh|dj|zh", "j"),
    (r"kh", "x"),
    (r"sh", "s"),
    (r"th", "t"),
    (r"ph", "f"),
    (r"q|ck|c(?=[aouk])", "k"),
    (r"w(?=[aeiou])|v", "v"),
)
_VOWELS = (
    (r"ay|ai|ei|ey|ee|ie|iy|yi|yj|ij|y|e|i", "i"),
    (r"aw|au|ou|oo|ow|uw|w|o|u", "u"),
    (r"(.)\1+", r"\1"),
)
_ARABIC_ENDINGS = (
    (r"(?<=[a-z])(iyy?ah?|iyy?eh?|ieh|eya|iye|ia|ya)$", "ia"),  # Hamdaniyah, Hamdaniyya, Hamdanieh, Hamdania
    (r"(?<=[a-z]{2})(ah|eh|a|e)$", "a"),  # Hudaydah, Hodeida, Hodeideh
)
_SUN_ARTICLE = (r"^(?:[ae](?=([zrdn])\1..)|e(?=([st])\2..))(.)\3", r"\3")  # Ezzor, Arraqqa, but not Assad
_EASTERN = (_SUN_ARTICLE, *_ARABIC_ENDINGS, (r"aa+", "a"), *_COMMON, (r"gh", "g"), (r"dh", "d"), *_VOWELS)
_SLAVIC = (
    (r"shch|sjtsj|schtsch|szcz|sch|stch", "s"),
    (r"tsch|tsj|tch|cz|ch", "c"),
    (r"zh|zj", "z"),
    (r"sh|sj|sz", "s"),
    (r"kh|h|g", "g"),  # Ukrainian h is Russian g
    (r"tz|ts|c(?=[iey])", "c"),
    (r"w|v", "v"),
    (r"ck|q", "k"),
    (r"j", "i"),
    (r"(?<=.{2})[aeiouy]+$", ""),  # -oye, -oe, -e; -yy, -yi, -ij; -aya, -a
    (r"(?<=.)[aeiouy]+(?=v)", ""),  # -ivka, -ovka; -iv, -ov
    (r"yu|iu", "u"),
    (r"ya|ia", "a"),
    (r"[eiy]+", "i"),
    (r"[ou]+", "u"),
    (r"(.)\1+", r"\1"),
)


def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), to) for pattern, to in rules)


_RULES = {
    "eastern": _compiled(_EASTERN),
    "french": _compiled(((r"ch", "sh"), (r"gu(?=[ei])", "g"), *_EASTERN)),
    "slavic": _compiled(_SLAVIC),
}
_ARABIC = re.compile("[\u0600-\u06ff ]+")
_ARABIC_END = re.compile("[اهي]+$")
_DOUBLED = re.compile(r"(.)\1+")
_COARSE = str.maketrans({"z": "s", "x": "h", "g": "h", **dict.fromkeys("aeiouy ", "")})


def family_of(country: str) -> Family:
    """Return the spelling family of a country's names."""
    return "slavic" if country in SLAVIC else "french" if country in FRENCH else "eastern"


def folded(bare: str, family: Family = "eastern", word: WordFold | None = None) -> str:
    """Return a bare key with the families of its language levelled, words joined; empty where it is too short.

    Deir ez-Zor, Dayr az Zawr, Deir Ezzor and Deirezzor share one form; Qaim and Kaim too. Cyrillic is read as Latin;
    of the Arabic script only final vowels and the spaces go; of other scripts nothing is known.

    Parameters
    ----------
    bare
        The key without articles.
    family
        Of the country, by ``family_of``.
    word
        ``folded_word``, or the same with a memory, for whoever folds a million names.
    """
    if len(bare) < SHORTEST:
        return ""
    latin = bare if bare.isascii() else bare.translate(_CYRILLIC)
    if latin.isascii():
        fold = word or folded_word
        return _DOUBLED.sub(r"\1", "".join([fold(part, family) for part in latin.split(" ")]))
    return _ARABIC_END.sub("", bare.replace(" ", "")) if _ARABIC.fullmatch(bare) else ""


def folded_word(word: str, family: Family) -> str:
    """Return one Latin word with the families of its language levelled."""
    for pattern, to in _RULES[family]:
        word = pattern.sub(to, word)
    return word


def skeleton(fold: str) -> str:
    """Return the consonants of a Latin folded form, those that news mixes up taken together, h inside left out.

    Empty where the form is of another script, or has so few consonants that they tell nothing apart.
    """
    bones = fold.translate(_COARSE)
    found = _DOUBLED.sub(r"\1", bones[:1] + bones[1:].replace("h", ""))
    return found if len(found) >= LEAST_BONES and found.isascii() else ""


def likeness(one: str, two: str) -> float:
    """Return how alike two folded forms are, 0 to 1."""
    import difflib

    return difflib.SequenceMatcher(None, one, two, autojunk=False).ratio()
