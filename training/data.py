"""Reading labelled JSON Lines for fitting: articles with the toponyms that people marked in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.model import Article, Token
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An article, its tokens by sentence, and its gold toponyms."""

    corpus: str
    article: Article
    words: list[list[Token]]
    toponyms: list[dict[str, Any]]


def read_toponyms(folder: Path, corpora: tuple[str, ...], limit: int | None = None) -> Iterator[Labelled]:
    """Yield the labelled articles of the corpora in a data folder."""
    for corpus in corpora:
        lines = (folder / "toponyms" / f"{corpus}.jsonl").read_text(encoding="utf-8").split("\n")
        for line in filter(None, lines[:limit]):
            row = json.loads(line)
            article = make_article(row["text"], id=str(row["id"]))
            words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
            yield Labelled(corpus=corpus, article=article, words=words, toponyms=row["toponyms"])
