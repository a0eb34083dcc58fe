"""Articles of one sentence for these tests: the names in [brackets] are its place names."""

from __future__ import annotations

import re

from geomap.model import Report, Resolution, Span
from geomap.pipeline import Engine, geoparse
from geomap.reading.article import make_article


def report_on(marked: str, engine: Engine) -> Report:
    """Geoparse a sentence whose place names are given, so that finding them plays no part."""
    spans, text = [], ""
    for part in re.split(r"(\[[^\]]+\])", marked):
        bare = part.strip("[]") if part.startswith("[") else part
        if part.startswith("["):
            spans.append(Span(len(text), len(text) + len(bare)))
        text += bare
    return geoparse(make_article(text, id="test"), engine, spans=spans)


def first(marked: str, engine: Engine) -> Resolution:
    """Return what the first name of a sentence was resolved to."""
    return report_on(marked, engine).resolutions[0]
