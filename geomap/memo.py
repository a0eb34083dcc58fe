"""Remembering what a function gives, faster than ``functools.lru_cache`` does.

The hottest look-ups, of every word of every article, hit nearly always: a plain dictionary answers them in half the
time, for it keeps no order of use. It is emptied when it is full, and fills up again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class _Memo(dict[Key, Value]):
    """Answers by argument, worked out when they are first asked for."""

    __slots__ = ("_function", "_most")

    def __init__(self, function: Callable[[Key], Value], most: int) -> None:
        self._function, self._most = function, most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._function(key)
        return value


def remembered(function: Callable[[Key], Value], most: int) -> Callable[[Key], Value]:
    """Return a pure function of one argument as one that remembers its answers, ``most`` of them at once."""
    return _Memo(function, most).__getitem__
