"""When the interpreter searches for cycles of objects that nothing else refers to: seldom, for there are hardly any."""

from __future__ import annotations

import gc

_MORE_OBJECTS = 200_000  # between two searches; some 20 MB


def collect_seldom() -> None:
    """Leave what has been loaded out of the search for cycles, and search seldom: data of an article refers one way."""
    gc.freeze()
    gc.set_threshold(_MORE_OBJECTS, 20, 20)
