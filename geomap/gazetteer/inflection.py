"""Names as sentences inflect them: Slavic cases, and the prefixes that Arabic and Hebrew write onto a name.

Only guesses: a form counts where the gazetteer knows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from geomap.gazetteer.names import key

# ending in a sentence: endings in the gazetteer, Ukrainian and Russian together; longer endings first
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("івського", ("івський",)), ("ського", ("ський",)), ("ському", ("ський",)), ("ського", ("ське",)),
    ("ской", ("ская",)), ("ского", ("ский", "ское")), ("ском", ("ский", "ское")), ("скому", ("ский",)),
    ("областю", ("область",)), ("області", ("область",)), ("областью", ("область",)), ("области", ("область",)),
    ("району", ("район",)), ("районі", ("район",)), ("районе", ("район",)), ("ому", ("ий",)), ("ого", ("ий",)),
    ("ській", ("ська",)), ("ської", ("ська",)), ("ську", ("ська",)), ("скую", ("ская",)), ("цькій", ("цька",)),
    ("цької", ("цька",)), ("цькому", ("цький",)), ("цького", ("цький",)),
    ("кові", ("ків",)), ("ові", ("ів", "")), ("еві", ("їв", "ев", "ів")), ("єві", ("їв",)), ("ова", ("ів", "ов")),
    ("єва", ("їв",)), ("ева", ("ев", "їв")), ("овом", ("ов", "ово")), ("евом", ("ев", "ево")), ("овим", ("ів", "ов")),
    ("євом", ("їв",)), ("ківці", ("ківка",)), ("івці", ("івка",)), ("івку", ("івка",)), ("івки", ("івка",)),
    ("овке", ("овка",)), ("овку", ("овка",)), ("овки", ("овка",)), ("евке", ("евка",)), ("ці", ("ка", "ця")),
    ("зі", ("га",)), ("сі", ("са", "ха")), ("ком", ("к",)), ("ою", ("а",)), ("ею", ("я",)), ("ой", ("а",)),
    ("ом", ("", "о")), ("ем", ("ь", "е", "")), ("ям", ("и",)), ("ах", ("и", "а")), ("ях", ("і", "и")),
    ("ии", ("ия",)), ("ію", ("ія",)), ("ії", ("ія",)), ("ию", ("ия",)), ("є", ("я",)), ("і", ("", "а", "о", "ь", "я")),
    ("ї", ("я",)), ("у", ("", "а", "о")), ("ю", ("ь", "я", "")), ("а", ("", "о")), ("я", ("ь", "й", "")),
    ("и", ("а", "", "ь")), ("ы", ("а", "")), ("е", ("", "а", "о", "ь")),
)  # fmt: skip
_MOST_WORDS, _MOST_FORMS = 3, 60
_ARABIC = ("وال", "بال", "فال", "كال", "لل", "و", "ب", "ل", "ف")
_HEBREW = ("וב", "ול", "ומ", "וה", "שב", "מה", "ב", "ל", "מ", "ה", "ו", "ש")


def is_cyrillic(text: str) -> bool:
    """Tell whether a text begins in the Cyrillic script."""
    return "\u0400" <= text[:1] <= "\u04ff"


def base_forms(strict: str) -> Iterator[str]:
    """Yield dictionary forms that an inflected Cyrillic key may have; nothing for other scripts."""
    if is_cyrillic(strict):
        forms = product(*(_forms(word) for word in strict.split(" ")[:_MOST_WORDS]))
        yield from islice(dict.fromkeys(" ".join(parts) for parts in forms), 1, _MOST_FORMS)


@cache
def _keyed() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the endings as keys have them; only made for texts that have such names."""
    return tuple((key(ending), tuple(map(key, bases))) for ending, bases in _ENDINGS)


def _forms(word: str) -> list[str]:
    """Return a word and the dictionary forms it may be of."""
    found = [word]
    for ending, bases in _keyed():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            found += [word[: len(word) - len(ending)] + base for base in bases]
    return found


def prefix_lengths(word: str) -> Iterator[int]:
    """Yield how many letters at the front of an Arabic or Hebrew word may be a conjunction or preposition."""
    first = word[:1]
    if "\u0600" <= first <= "\u06ff":
        for prefix in _ARABIC:
            if word.startswith(prefix) and len(word) > len(prefix) + 2:
                # the article stays with the name: wa-l-Raqqa is wa + al-Raqqa
                yield len(prefix) - 2 if prefix.endswith("ال") else 1
    elif "\u0590" <= first <= "\u05ff":
        for prefix in _HEBREW:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                yield len(prefix)
