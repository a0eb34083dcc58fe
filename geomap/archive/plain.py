"""Events as plain data, for JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from geomap.archive.nouns import Event


def event_data(event: Event) -> dict[str, Any]:
    """Return an event with its tellings as what JSON holds; the names are those of the nouns."""
    plain: dict[str, Any] = _plain(event)
    return plain


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
