"""Matching keeps up with a stream; CPU time, so that a busy machine does not matter."""

from __future__ import annotations

import time

from geomap.archive.matching import choose, summarise
from geomap.archive.nouns import Link
from tests.archive.matching.made import told

WIRE = "American warplanes struck a depot of the group near the border late on {}, a security source said, killing {}."
LEAST_A_SECOND = 5_000
NEW = 2_000


def test_five_thousand_comparisons_a_second():
    """Tellings that nobody has seen yet against an event of three, nothing of it cheap."""
    known = [told(f"o{n}.example", quotes=(WIRE.format("Friday", n),)) for n in range(3)]
    event = summarise("e", known, [Link(score=1.0)] * 3)
    assert max(_rate(event, turn) for turn in range(3)) >= LEAST_A_SECOND


def _rate(event, turn):
    new = [told(f"{turn}-{n}.example", quotes=(WIRE.format(turn, n),)) for n in range(NEW)]
    began = time.process_time()
    for telling in new:
        choose(telling, [event])
    return NEW / (time.process_time() - began)
