"""A progress bar on standard error, where somebody looks at one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

STEPS = 500


@contextmanager
def progress_bar(length: int, *, quiet: bool) -> Iterator[Any]:
    """Give a bar to ``update`` by its units; None where standard error is no terminal, or nothing is to be said."""
    if quiet or not length or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=length, file=sys.stderr, update_min_steps=max(1, length // STEPS)) as bar:
        yield bar
