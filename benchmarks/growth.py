"""How the time of one article grows with its length: from a kilobyte to a megabyte of text without a repetition."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Sequence

from incidents import labelled

from geomap.config import load_config
from geomap.output.report import to_json
from geomap.pipeline import Engine, geoparse, load_engine
from geomap.reading.article import make_article
from geomap.reading.furniture import is_comments_line

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
_END = re.compile(r"(?<=[a-z]{2})\.(?=\s)")


def text_of(length: int, stories: Sequence[str]) -> str:
    """Return our own labelled articles one after the other, told again and again, each time in other words.

    A sentence that is only repeated would cost less: hence the number of its account at its end.
    """
    parts: list[str] = []
    size = account = 0
    while size < length:
        account += 1
        for story in stories:
            parts.append(_END.sub(f" in account {account}.", story))
            size += len(parts[-1]) + 2
    return "\n\n".join(parts)[:length]


def measured(text: str, engine: Engine) -> tuple[float, int, int]:
    """Return the CPU time of an article from text to JSON in seconds, its mentions and its incidents."""
    began = time.process_time()
    report = geoparse(make_article(text, id="growth"), engine)
    to_json(report)
    return time.process_time() - began, len(report.resolutions), len(report.incidents)


def main() -> None:
    """Print a line a length."""
    # nothing below a line "Comments" is read
    stories = [text for _, text in labelled() if not any(map(is_comments_line, text.split("\n")))]
    for length in LENGTHS:
        text = text_of(length, stories)
        with load_engine(load_config()) as engine:  # a new one, that remembers nothing
            seconds, mentions, incidents = measured(text, engine)
        size_kb = len(text.encode()) / 1000
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size_kb:>9,.0f} kB {seconds * 1000:>9,.0f} ms {seconds * 1000 / size_kb:>6.2f} ms/kB"
            f" {mentions:>7,} names {incidents:>6,} incidents {peak_mb:>5.0f} MB peak"
        )


if __name__ == "__main__":
    main()
