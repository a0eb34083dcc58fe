"""Articles by the thousand for runs over a corpus: our own labelled ones, each time with other places, days and tolls.

The same number gives the same articles. They are for speed and for whether all come through, not for scores: what they
say happened nowhere.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

from incidents import labelled

_PLACES = (
    "Balad Mosul Kirkuk Tikrit Erbil Samarra Fallujah Ramadi Basra Najaf Homs Hama Aleppo Idlib Latakia Raqqa Palmyra"
    " Kharkiv Odesa Kherson Mykolaiv Sumy Poltava Dnipro Zaporizhzhia Hodeidah Marib Taiz Aden Sidon Tyre Baalbek Rafah"
).split()
_TOWN = re.compile(rf"\b(?:{'|'.join(_PLACES)})\b")
_NUMBER = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|a dozen)\b")
_NUMBERS = "two three four five six seven eight nine ten".split()
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_BROKEN_EVERY = 997


def made_articles(count: int, seed: int = 9, *, brief: bool = False) -> Iterator[dict[str, Any]]:
    """Yield articles as the fields of JSON lines; a few are empty, as in any archive. A brief one has three lines."""
    chance, golds = random.Random(seed), labelled()  # noqa: S311  # nothing is secret here
    for number in range(count):
        gold, text = golds[chance.randrange(len(golds))]
        broken = number % _BROKEN_EVERY == _BROKEN_EVERY - 1
        day = f"{chance.randrange(2015, 2026)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        yield {
            "id": f"made-{number:06d}",
            "text": " " if broken else _varied(_briefly(text, chance) if brief else text, chance),
            "published_on": day,
            "url": f"https://example.org/{gold['id']}/{number}",
        }


def _briefly(text: str, chance: random.Random) -> str:
    """Return three lines of a text that follow each other."""
    found = [line for line in text.split("\n") if line]
    first = chance.randrange(max(1, len(found) - 2))
    return "\n".join(found[first : first + 3])


def _varied(text: str, chance: random.Random) -> str:
    """Change the towns, numbers and days of a text; leave out a paragraph now and then."""
    towns = dict(zip(_PLACES, chance.sample(_PLACES, len(_PLACES)), strict=True))
    text = _TOWN.sub(lambda found: towns[found[0]], text)
    text = _NUMBER.sub(lambda _: chance.choice(_NUMBERS), text)
    text = _DAY.sub(lambda _: chance.choice(_DAYS), text)
    lines = text.split("\n")
    return "\n".join(line for at, line in enumerate(lines) if not at or chance.random() > 0.1) or text


def lines(count: int, seed: int = 9, *, brief: bool = False) -> Iterator[str]:
    """Yield the articles as JSON lines."""
    return (json.dumps(fields, ensure_ascii=False) + "\n" for fields in made_articles(count, seed, brief=brief))
