"""Splitting for cross-validation: whole documents, or whole names, are held out; always the same ones."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence

FOLDS = 5


def fold_of(group: Hashable) -> int:
    """Return the fold of a group, by a hash of what it is called, so that adding documents moves no other."""
    return hashlib.sha256(repr(group).encode()).digest()[0] % FOLDS


def folds_of(groups: Sequence[Hashable]) -> list[int]:
    """Return the fold of each row from the group it belongs to."""
    known = {group: fold_of(group) for group in set(groups)}
    return [known[group] for group in groups]
