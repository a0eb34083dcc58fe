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
        own = type(value).__annotations__  # an event's id comes before what it shares with its tellings
        names = sorted((one.name for one in dataclasses.fields(value)), key=lambda name: name not in own)
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
