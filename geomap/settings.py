"""Nested settings in frozen dataclasses: given values are checked against the types of the fields.

A section is a dataclass whose fields are values or sections. An unknown key or a value of the wrong type is a
``ConfigError`` that names the origin, the key and what is allowed.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeVar

from geomap.errors import ConfigError

_Section = TypeVar("_Section")


def merge(section: _Section, data: Mapping[str, Any], origin: str, prefix: str = "") -> _Section:
    """Return the section with the given values in place of its own.

    Raises
    ------
    ConfigError
        A key is unknown, or a value has the wrong type.
    """
    hints = typing.get_type_hints(type(section))
    changes: dict[str, Any] = {}
    for key, value in data.items():
        name = f"{prefix}{key}"
        if key not in hints:
            raise ConfigError(f"unknown setting {name!r} in {origin}", hint=suggest(str(key), hints))
        if dataclasses.is_dataclass(hints[key]):
            if not isinstance(value, Mapping):
                raise ConfigError(f"{name!r} in {origin} must hold settings", hint=f"known: {', '.join(hints)}")
            changes[key] = merge(getattr(section, key), value, origin, f"{name}.")
        else:
            changes[key] = _checked(value, hints[key], name, origin)
    return dataclasses.replace(section, **changes)  # type: ignore[type-var]  # every section is a dataclass


def _checked(value: Any, wanted: Any, name: str, origin: str) -> Any:
    """Return the value as the type its setting has."""
    kind = typing.get_origin(wanted)
    if kind is Literal:
        if value in typing.get_args(wanted):
            return value
        allowed = ", ".join(map(str, typing.get_args(wanted)))
        raise ConfigError(f"{name!r} in {origin} is {value!r}", hint=f"allowed: {allowed}")
    if kind is types.UnionType:
        return None if value is None else _checked(value, typing.get_args(wanted)[0], name, origin)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ConfigError(f"{name!r} in {origin} is {value!r}", hint=f"it must be of type {wanted.__name__}")
    return value


def suggest(name: str, known: Mapping[str, Any]) -> str:
    """Return a hint for a name that is not known."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return dotted keys as sections within sections."""
    found: dict[str, Any] = {}
    for key, value in flat.items():
        *sections, name = key.split(".")
        inner = found
        for section in sections:
            inner = inner.setdefault(section, {})
        inner[name] = value
    return found


def flatten(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield nested data as dotted keys and their values."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
