"""Reading labelled articles for fitting: JSON Lines of others, and our own bracketed sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.model import Article, Token
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

OWN = Path(__file__).with_name("own")
_MARKED = re.compile(r"\[([^\]|]+)(?:\|([^\]]*))?\]")


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
            yield _labelled(corpus, str(row["id"]), row["text"], row["toponyms"])


def read_own(folder: Path = OWN) -> Iterator[Labelled]:
    """Yield our own documents: one a line, ``||`` for a line break in it, toponyms in brackets.

    ``[Tripoli|LB]`` also says in which country the place lies, ``[Anbar|IQ ADM1]`` of what class it is too. A comment
    "# countries: IQ SY" does so for all names below it that say nothing themselves: each lies in one of them.
    """
    for path in sorted(folder.glob("*.txt")):
        countries = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("# countries:"):
                countries = line.partition(":")[2].strip()
            elif line.strip() and not line.startswith("#"):
                text, toponyms = unmark("\n".join(part.strip() for part in line.split("||")))
                for toponym in toponyms:
                    toponym["meant"] = toponym["meant"] or countries
                yield _labelled("own", f"{path.stem}:{number}", text, toponyms)


def unmark(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the text without its brackets, and what they held."""
    parts: list[str] = []
    toponyms: list[dict[str, Any]] = []
    size = at = 0
    for match in _MARKED.finditer(marked):
        before = marked[at : match.start()]
        parts += [before, match[1]]
        start = size + len(before)
        size = start + len(match[1])
        toponyms.append({"start": start, "end": size, "text": match[1], "meant": match[2]})
        at = match.end()
    return "".join(parts) + marked[at:], toponyms


def _labelled(corpus: str, name: str, text: str, toponyms: list[dict[str, Any]]) -> Labelled:
    article = make_article(text, id=name)
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    return Labelled(corpus=corpus, article=article, words=words, toponyms=toponyms)
