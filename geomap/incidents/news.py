"""News or history: what an article only recalls is no incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geomap.config import IncidentsConfig
from geomap.incidents.drafts import Draft, Reading
from geomap.incidents.factuality import TALLY
from geomap.model import Article

RECALLED = frozenset({"anniversary", "anniversaries", "decades", "decade", "1980s", "1990s", "1970s", "1960s", "2000s"})
RANKED = frozenset("first deadliest worst heaviest biggest largest bloodiest latest".split())
RANK_REACH = 14  # words between "the first" and "since"


def is_bygone(draft: Draft, article: Article, readings: Sequence[Reading], config: IncidentsConfig) -> bool:
    """Tell whether a draft tells of an event too long ago to be news.

    Without a day of publication the article's latest full date stands for it.
    """
    if draft.fact == TALLY:
        return False
    if not RECALLED.isdisjoint(draft.line.words) or _is_compared(draft):
        return True
    when = draft.when
    if when is None:
        return False
    if when.bygone:
        return True
    today = article.published_on or _latest(readings)
    limit = dt.timedelta(days=config.historical_after_days)
    return when.end is not None and today is not None and today - when.end > limit


def _is_compared(draft: Draft) -> bool:
    """Tell what a first is the first since: "the first attack since May, when ... after a strike on X"."""
    words, first = draft.line.words, draft.triggers[0].start
    if "since" not in words:
        return False
    since = next(
        (k for k in range(first) if words[k] == "since" and RANKED & set(words[max(0, k - RANK_REACH) : k])), None
    )
    return since is not None and any(w in {"when", "after"} for w in words[since:first])


def _latest(readings: Sequence[Reading]) -> dt.date | None:
    ends = [d.when.end for reading in readings for d in reading.drafts if d.when is not None and d.when.end is not None]
    return max(ends, default=None)
