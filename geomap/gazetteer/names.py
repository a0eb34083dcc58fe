"""One normaliser for index and query: what makes two spellings the same name.

Two forms, from strict to loose. ``key`` makes equal what only typography sets apart (case, marks, apostrophes,
hyphens, letter variants of the Arabic script). ``bare_key`` also leaves out articles (al-, ez-, fused Arabic al) and
is how "al-Qaim" meets "Qaim". ``folding`` goes further, for a country that is known.
"""

from __future__ import annotations

import re
import unicodedata

ARTICLES = frozenset("al el ul il as es ash esh an en ar er at et ad ed az ez ath eth adh edh".split())
LEADING = frozenset(("the",))
_DROPPED = "'’‘ʼʻʿʾˈ`´“”\"„«».·ـ\u200c\u200d\u200e\u200f"
_SPACED = "~-‐‑‒–—_/,،؛;:()[]{}&+|\\"
_LETTERS = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h",
    "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ە": "ه", "ک": "ك", "ھ": "ه", "ہ": "ه", "ٱ": "ا", "ء": "",
}  # fmt: skip
_TABLE = str.maketrans({**dict.fromkeys(_DROPPED, ""), **dict.fromkeys(_SPACED, " "), **_LETTERS})
# the same for ASCII, as bytes: most names are, and this is five times faster
_ASCII_DROPPED = "".join(filter(str.isascii, _DROPPED)).encode()
_ASCII_SPACED = "".join(filter(str.isascii, _SPACED)).encode()
_ASCII_TABLE = bytes.maketrans(_ASCII_SPACED, b" " * len(_ASCII_SPACED))
_LETTER_NUMBER = re.compile(r"\b([a-z]) (\d{1,3})\b")
_DIGIT = re.compile(r"\d")
_FUSED_ARTICLE = "ال"


def key(name: str) -> str:
    """Return the strict form of a name.

    Upper and lower case, diacritics, apostrophes and full stops are levelled, hyphens are spaces, a leading "the" is
    dropped, and a letter with a number is one word ("K-1", "K 1", "K1").
    """
    text = name.casefold()
    if text.isascii() and text.isalpha():
        return text
    is_plain = text.isascii() and text.replace(" ", "").isalpha()
    if not is_plain:
        text = _levelled(text)
    words = text.split()
    if len(words) > 1 and words[0] in LEADING:
        del words[0]
    text = " ".join(words)
    return text if is_plain or len(words) == 1 or not _DIGIT.search(text) else _LETTER_NUMBER.sub(r"\1\2", text)


def _levelled(text: str) -> str:
    """Return a text without case and marks, what stands between words as blanks."""
    if text.isascii():
        return text.encode().translate(_ASCII_TABLE, _ASCII_DROPPED).decode()
    return _without_marks(text).casefold().translate(_TABLE)  # a styled letter may come apart into a capital


def bare_key(strict: str) -> str:
    """Return a strict key without its articles; the key itself where nothing would be left."""
    words = strict.split(" ")
    if len(words) == 1 and strict.isascii():
        return strict
    if strict.isascii():
        kept = [w for w in words if w not in ARTICLES]
    else:
        kept = [w[2:] if w.startswith(_FUSED_ARTICLE) and len(w) > 4 else w for w in words if w not in ARTICLES]
    return " ".join(kept) or strict


def _without_marks(text: str) -> str:
    combining = unicodedata.combining
    return "".join([c for c in unicodedata.normalize("NFKD", text) if not combining(c)])
