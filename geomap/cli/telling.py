"""What takes long is told on standard error: a bar that redraws itself on a terminal, plain lines elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import click

_SHARE = re.compile(r"(.*?) (\d{1,3}) %")
_WIDTH = 24


def telling() -> Callable[[str], None]:
    """Return a function that tells what is being done.

    A text that ends in a share ("writing 12,000 places 37 %") is drawn as a bar over the one before; where standard
    error is no terminal such texts are left out, so that a log has a line a step.
    """
    terminal = sys.stderr.isatty()
    drawn: list[int] = []  # how long the bar on the screen is

    def tell(text: str) -> None:
        share = _SHARE.fullmatch(text)
        if share is None:
            click.echo(("\n" if drawn else "") + text, err=True)
            drawn.clear()
        elif terminal:
            full = int(share[2]) * _WIDTH // 100
            line = f"{share[1]} [{'#' * full}{'.' * (_WIDTH - full)}] {share[2]:>3} %"
            click.echo("\r" + line.ljust(drawn[0] if drawn else 0), err=True, nl=False)
            drawn[:] = [len(line)]

    return tell
