"""Recognises the caption or the credit of a picture by the words of credit in it."""

from __future__ import annotations

import re

_PICTURE = (
    r"(?:[Pp]hoto|PHOTO|[Pp]hotograph|[Ii]mage|[Pp]icture|[Vv]ideo|[Gg]raphic|[Ss]creengrab|[Ss]creenshot"
    r"|[Ii]llustration)s?"
)
_FILE = r"(?:[Ff]ile |FILE )?"
_AGENCY = (
    r"(?:AFP|AP|Reuters|REUTERS|Getty(?: Images)?|EPA(?:-EFE)?|EFE|Anadolu(?: Agency)?|AA|Xinhua|TASS|Sputnik|SANA|IRNA"
    r"|dpa|DPA|NurPhoto|Shutterstock|[Hh]andout|[Ff]ile(?: [Pp]hoto)?|[Ss]creengrab|Maxar(?: Technologies)?"
    r"|Planet Labs(?: PBC)?)"
)
_OPENINGS = (
    rf"{_FILE}{_PICTURE}(?: (?:[Cc]redit|[Cc]aption|[Ss]ource))?\s*:",  # Photo: ...
    rf"{_FILE}{_PICTURE} (?:by|courtesy|via|source|caption)\b",  # Photo by ...
    r"FILE\s*(?:PHOTO\s*)?[-–—:]",  # FILE - ...
    r"(?:Photo |Picture |Image )?[Cc]redits?\s*:|Caption\s*:|(?:File|Handout|Undated) (?:photo|image|picture)\b",
)
_ENDINGS = (
    rf"(?:^|[^\w\s]\s*){_FILE}{_PICTURE}(?: [Cc]redit)?\s*:\s[^.]{{2,80}}\.?$",  # ... . Photo: ...
    rf"(?:^|[^\w\s]\s*){_PICTURE} (?:by|courtesy(?: of)?) [^.]{{2,80}}\.?$",  # ... . Photo by ...
    r"(?:^|[^\w\s]\s*)[Cc]redits?\s*(?::|\.\.\.)[^.]{2,80}\.?$",  # ... . Credit: ...
    rf"[\[(](?:{_AGENCY} )?{_FILE}{_PICTURE}\b[^\])]{{0,80}}[\])]\.?$",  # ... (AP Photo/...)
    rf"[\[(][^\[\]()]{{0,60}}/ ?{_AGENCY}[^\[\]()]{{0,40}}[\])]\.?$",  # ... [.../Reuters]
    rf"\s[/|] {_AGENCY}$|\b[A-Z]\w+ ?/ ?{_AGENCY}(?:/[A-Z][\w ]+)?$",  # ... / AFP
    rf"[.,] ?(?:{_AGENCY} )?(?:[Ff]ile [Pp]hoto|FILE PHOTO)\W*$",  # ... . File photo
)
OPENING = re.compile(rf"\W{{0,3}}(?:{'|'.join(_OPENINGS)})")
ENDING = re.compile("|".join(_ENDINGS))
_HEADER_ENDING = re.compile(rf"[\[(]{_AGENCY}[\])]$")
_WORDS = (  # one of them is in every caption that is known by itself
    *("hoto", "HOTO", "mage", "icture", "ideo", "raphic", "creengrab", "creenshot", "llustration"),
    *("redit", "aption", "FILE", "/", "|"),
)
TAIL = 120
LONGEST = 400


def is_caption(paragraph: str) -> bool:
    """Tell whether a paragraph is a caption or a credit, wherever it stands."""
    if len(paragraph) > LONGEST or not any(map(paragraph.__contains__, _WORDS)):
        return False
    if OPENING.match(paragraph):
        return True
    return ENDING.search(paragraph, max(0, len(paragraph) - TAIL)) is not None


def is_header_caption(paragraph: str) -> bool:
    """Tell whether a paragraph ends in a bare agency's name: a caption if it stands above the body."""
    return len(paragraph) <= LONGEST and _HEADER_ENDING.search(paragraph, max(0, len(paragraph) - 40)) is not None
