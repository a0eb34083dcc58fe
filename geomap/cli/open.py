"""``geomap open``: a map in the web browser."""

from __future__ import annotations

from pathlib import Path

import click

from geomap.cli.options import json_errors_option
from geomap.errors import OutputError, UsageError


@click.command("open")
@click.argument("page", type=click.Path(path_type=Path), metavar="MAP")
@json_errors_option
def command(page: Path) -> None:
    """Open MAP, a page or the folder it is in, in the web browser.

    \b
    geomap open maps/story
    """  # noqa: D301
    found = next((one for one in (page, page / "map.html", page / "index.html") if one.is_file()), None)
    if found is None:
        raise UsageError(f"there is no map at {page}", hint="name a folder that geomap map wrote")
    if click.launch(found.resolve().as_uri()):
        raise OutputError(f"no browser could be started for {found}", hint="open the file yourself")
