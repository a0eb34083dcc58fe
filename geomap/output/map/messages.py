"""The words of the interface: one file a language."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from geomap.errors import ConfigError

FOLDER = Path(__file__).parent / "messages"


def languages() -> tuple[str, ...]:
    """Return the languages there are, by their codes."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def messages(language: str) -> dict[str, Any]:
    """Return a language's messages; what it lacks is English.

    Raises
    ------
    ConfigError
        There is no file for the language.
    """
    if language not in languages():
        raise ConfigError(f"there is no interface in {language!r}", hint=f"known: {', '.join(languages())}")
    return _read("en") | _read(language)


def _read(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return found
