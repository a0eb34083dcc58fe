"""Exit codes that tell a script what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from geomap.model import Report

FAIL_EMPTY = 3
STRICT = 5

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def outcome_options(verb: _Verb) -> _Verb:
    """Add ``--fail-empty`` and ``--strict``."""
    for option in (
        click.option("--strict", is_flag=True, help="Exit with 5 if an incident or a name has no place."),
        click.option("--fail-empty", is_flag=True, help="Exit with 3 if nothing was found."),
    ):
        verb = option(verb)
    return verb


def outcome(reports: Iterable[Report], *, fail_empty: bool, strict: bool) -> int:
    """Return the exit code of what was found: 3 where nothing was and that counts, 5 where something is unplaced."""
    found = list(reports)
    if fail_empty and not any(report.incidents for report in found):
        return FAIL_EMPTY
    return STRICT if strict and any(report.unplaced for report in found) else 0
