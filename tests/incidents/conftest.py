"""A small world for the rules: known names are resolved by a table, so that only the incident stage is on trial.

``places.csv`` is a test fixture: add the names a new pair needs.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest

from geomap.config import IncidentsConfig
from geomap.incidents.find import find
from geomap.incidents.lexicons import Lexicons, load_lexicons
from geomap.model import Article, Findings, Mention, Place, Resolution
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

HERE = Path(__file__).parent
PUBLISHED = dt.date(2024, 1, 24)  # a Wednesday


@cache
def lexicons() -> Lexicons:
    """Load the words once for all tests."""
    return load_lexicons()


@cache
def world() -> dict[str, Place | None]:
    """Read the table of names: every spelling and its place, None where the name is to stay unresolved."""
    found: dict[str, Place | None] = {}
    with (HERE / "places.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            place = Place(
                id=f"test:{row['name']}",
                name=row["name"],
                lon=float(row["lon"] or 0),
                lat=float(row["lat"] or 0),
                feature_code=row["feature_code"],
                country_code=row["country"] or None,
                admin1=row["admin1"] or None,
                radius_km=float(row["radius_km"] or 0),
            )
            for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
                found[name] = place if row["lat"] else None
    return found


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(world(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n).replace("'", "['’]") for n in names) + r")(?!\w)")


def resolutions(article: Article) -> list[Resolution]:
    """Resolve every known name of an article."""
    found = []
    for match in _pattern().finditer(article.text):
        sentence = next(n for n, s in enumerate(article.sentences) if s.start <= match.start() < s.end)
        place = world()[match[0].replace("’", "'")]
        mention = Mention(start=match.start(), end=match.end(), text=match[0], sentence=sentence)
        status = "resolved" if place is not None else "unresolved"
        found.append(Resolution(mention=mention, status=status, place=place))
    return found


def read(text: str, published: dt.date | None = PUBLISHED) -> tuple[Article, list[Resolution], Findings]:
    """Run the incident stage on a text."""
    article = make_article(text, published_on=published)
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    resolved = resolutions(article)
    return article, resolved, find(article, words, resolved, config=IncidentsConfig(), tools=lexicons())


@pytest.fixture(scope="session")
def read_text():
    """Return the function that runs the incident stage on a text over the small world."""
    return read
