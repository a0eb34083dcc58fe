"""What was read of a feed: the keys of its entries, and the version of the feed that the server named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geomap.errors import ArticleError
from geomap.output.files import write_text
from geomap.reading.raw import Raw

SCHEMA = "geomap.feed/1"
MOST_KEYS = 10_000


class State:
    """A file of notes, written anew after every article so that an interrupted run repeats nothing.

    Raises
    ------
    ArticleError
        The file is something else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        data = self._read()
        self.version = Raw(name="feed", data=b"", etag=data.get("etag"), modified=data.get("modified"))
        self._keys = dict.fromkeys(data.get("seen", ()))

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        """Note an entry as read."""
        self._keys[key] = None
        self._write()

    def keep(self, feed: Raw) -> None:
        """Note the version of a feed of which everything was read."""
        self.version = feed
        self._write()

    def _read(self) -> dict[str, Any]:
        if not self.path.exists():
            return {}
        try:
            data: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
            if data["schema"] != SCHEMA:
                raise ValueError(f"its schema is {data['schema']}")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArticleError(f"{self.path} holds no notes of a feed: {error}", hint="name another --state") from error
        return data

    def _write(self) -> None:
        seen = list(self._keys)[-MOST_KEYS:]
        data = {"schema": SCHEMA, "etag": self.version.etag, "modified": self.version.modified, "seen": seen}
        write_text(self.path, json.dumps(data, ensure_ascii=False) + "\n", overwrite=True)
