"""Candidates: which rows of the store a mention may mean, the likelier first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from geomap.gazetteer.features import strip_feature
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import Store
from geomap.model import Mention

MOST = 80  # candidates of one name that are compared


class Option(NamedTuple):
    """A row that a mention may mean; ``kind`` as in ``Hit``, ``loss`` how far the key is from the name as written."""

    row: int
    kind: int
    loss: float


def options(mention: Mention, store: Store) -> list[Option]:
    """Return what a mention may mean, at most ``MOST``, each row once under its nearest key."""
    found: dict[int, Option] = {}
    for strict, loss in _keys(mention):
        for hit in store.hits(strict):
            if hit.row not in found:
                found[hit.row] = Option(hit.row, hit.kind, loss)
        if found and loss >= 0.5:
            break
    return list(found.values())[:MOST]


def _keys(mention: Mention) -> Iterator[tuple[str, float]]:
    """Yield the keys to try: with its feature word, as written, without articles, without a feature word in it."""
    strict = key(mention.text)
    word = mention.feature_word
    if word and not strict.endswith(word):
        yield f"{strict} {word}", 0.0
    yield strict, 0.0
    bare = bare_key(strict)
    if bare != strict:
        yield bare, 0.2
    if stripped := strip_feature(strict):
        yield stripped[0], 0.5
        yield bare_key(stripped[0]), 0.6
