"""Cutting a file's records into stretches, the same whoever cuts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from geomap.corpus.nouns import Stretch

# A stretch in the middle of compressed lines or of a row group is reached by reading what lies before it: 64 cost about
# a twentieth of the work, and more would cost more.
MOST_OF_A_STREAM = 64


def stretches(starts: Iterable[tuple[int, int]], size: int) -> list[Stretch]:
    """Cut records, given as (start, stop), into stretches of a size; their numbers count from 1."""
    found: list[Stretch] = []
    records, first = iter(starts), 1
    while some := list(islice(records, size)):
        found.append(Stretch(some[0][0], some[-1][1], first, len(some)))
        first += len(some)
    return found


def joined(found: Sequence[Stretch], most: int = MOST_OF_A_STREAM) -> list[Stretch]:
    """Join neighbours until there are no more than ``most``."""
    each = -(-len(found) // most) or 1
    groups = [found[at : at + each] for at in range(0, len(found), each)]
    return [
        Stretch(some[0].start, some[-1].stop, some[0].first, sum(one.articles for one in some), some[0].group)
        for some in groups
    ]
