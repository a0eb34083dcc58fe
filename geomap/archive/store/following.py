"""Which telling of an article is what another one was, after a newer geomap gave its incident another id.

An id depends on the words that tell an incident and on its place. Where one of the two is as before, the telling is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from geomap.archive.nouns import Telling


def successors(before: Iterable[Telling], now: Sequence[Telling]) -> dict[str, Telling]:
    """Return which telling of an article is now what another one was, by the key of the older.

    The surest pairs are made first; where several fit equally well, none is.
    """
    scored = [(_likeness(old, new), old.key, new) for old in before for new in now]
    found: dict[str, Telling] = {}
    for wanted in sorted({score for score, _, _ in scored if score}, reverse=True):
        taken = {one.key for one in found.values()}
        pairs = [(old, new) for score, old, new in scored if score == wanted and old not in found]
        pairs = [(old, new) for old, new in pairs if new.key not in taken]
        times = Counter(key for old, new in pairs for key in (old, new.key))
        found |= {old: new for old, new in pairs if times[old] == times[new.key] == 1}
    return found


def _likeness(old: Telling, new: Telling) -> int:
    """Return how surely two tellings of one article are the same: 0 where they are not."""
    same_place = old.place_id is not None and old.place_id == new.place_id
    same_days = (old.date_start, old.date_end) == (new.date_start, new.date_end)
    same_words = old.trigger is not None and (old.quotes[:1], old.trigger) == (new.quotes[:1], new.trigger)
    share_quote = not set(old.quotes).isdisjoint(new.quotes)
    if not (same_words or (same_place and (share_quote or same_days))):
        return 0
    return 8 * same_words + 4 * same_place + 2 * share_quote + same_days
