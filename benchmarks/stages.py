"""What each stage costs: ``python benchmarks/stages.py [ARTICLES.jsonl]``, by default our own labelled articles.

Dense news of strikes is the incident stage's worst case; other news leaves it little to do.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from incidents import labelled

from geomap.config import load_config
from geomap.incidents.find import find as find_incidents
from geomap.output.report import to_json
from geomap.pipeline import Engine, geoparse, load_engine
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize
from geomap.resolution.resolve import resolve
from geomap.toponyms.find import find as find_toponyms


def measure(text: str, engine: Engine, spent: Counter[str]) -> None:
    """Add the processor seconds of every stage of one article."""
    config = engine.config
    marks = [("", time.process_time())]
    article = make_article(text)
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    marks.append(("reading", time.process_time()))
    found = find_toponyms(article, words, engine.store, tools=engine.toponym_tools, config=config.toponyms)
    marks.append(("toponyms", time.process_time()))
    resolved = resolve(words, found, engine.store, model=engine.resolution_model, config=config.resolution)
    marks.append(("resolution", time.process_time()))
    find_incidents(article, words, resolved, config=config.incidents, tools=engine.lexicons)
    marks.append(("incidents", time.process_time()))
    for (_, before), (stage, now) in pairwise(marks):
        spent[stage] += now - before
    report = geoparse(article, engine)
    began = time.process_time()
    to_json(report)
    spent["output"] += time.process_time() - began


def main() -> None:
    """Print seconds and shares of the stages."""
    texts = [text for _, text in labelled()]
    if len(sys.argv) > 1:
        with Path(sys.argv[1]).open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
    spent: Counter[str] = Counter()
    with load_engine(load_config()) as engine:
        for text in texts:  # names and words are remembered before anything is measured
            geoparse(make_article(text), engine)
        for text in texts:
            measure(text, engine, spent)
    whole = sum(spent.values())
    for stage, seconds in spent.items():
        print(f"{stage:<12} {seconds:6.2f} s  {seconds / whole:4.0%}")


if __name__ == "__main__":
    main()
