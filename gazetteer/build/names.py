"""Which alternate names of a populated place are worth keeping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rows import distinct

CODE = re.compile(r"[A-Z]{3,4}")
NOT_A_NAME = re.compile(r"\d|https?:|www\.|[/@#;=<>()\[\]{}\\]|\.(com|org|net)\b")
MACHINE_ROMANISED = re.compile(r"[a-z'`^\-. ,]+")
DROPPED_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "YI ")


# where GeoNames' main names are scholarly transliterations, which no newspaper prints
TRANSLITERATED = frozenset("AE AF BH DZ EG ER IL IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SY TN YE".split())
_QUOTES = str.maketrans(dict.fromkeys("‘’ʻʼʿʾ`", "'"))


def plain(name: str, country_code: str) -> str:
    """Return a transliterated name without the marks of the transliteration: Ţūz Khūrmātū is Tuz Khurmatu."""
    if country_code not in TRANSLITERATED:
        return name
    letters = unicodedata.normalize("NFKD", name.translate(_QUOTES))
    return "".join(c for c in letters if not unicodedata.combining(c)).strip("'")


def kept(name: str) -> bool:
    """Say whether an alternate is a name people write.

    Left out: single characters, codes, addresses, names with digits, and names in small letters only: those are
    machine romanisations of scripts without capitals ("swldw"), which collide with common words.
    """
    if len(name) < 2 or CODE.fullmatch(name) or NOT_A_NAME.search(name) or MACHINE_ROMANISED.fullmatch(name):
        return False
    return not any(unicodedata.name(c, "").startswith(DROPPED_SCRIPTS) for c in name)


def alternates(names: Iterable[str], *, besides: str, dropped: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the alternates worth keeping, in alphabetical order, one of each folded spelling."""
    return distinct((n for n in sorted(names) if n not in dropped and kept(n)), besides=besides)
