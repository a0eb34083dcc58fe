"""The command ``geomap``: finds the verb and turns every known error into one clear message and an exit code.

Exit codes: 0 done (also when nothing was found), 1 processing failed, 2 the call or the configuration is wrong,
3 nothing was found and ``--fail-empty`` was given, 4 the network was needed and could not be used, 5 something stayed
unplaced and ``--strict`` was given, 130 interrupted.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from geomap.cli.collecting import collect_seldom
from geomap.errors import GeomapError
from geomap.version import __version__

VERBS = {
    "map": "Map the strikes that articles report.",
    "report": "Print the full report of an article as JSON.",
    "batch": "Turn a JSON Lines file of articles into one of reports.",
    "export": "Write reports as GeoJSON, CSV, GeoPackage, KML, XLSX or GeoParquet.",
    "store": "Keep an archive: every event once, with all its sources.",
    "feed": "Report on the new articles of an RSS or Atom feed.",
    "open": "Open a map in the web browser.",
    "explain": "Say why a place name was placed where it was.",
    "lookup": "Look a place name up in the gazetteer.",
    "gazetteer": "Show, check or compile the offline gazetteer.",
    "doctor": "Check the gazetteer, the configuration and the geocoder.",
    "config": "Show the settings and where they come from.",
    "completion": "Print the completion script of a shell.",
}


class Verbs(click.Group):
    """Loads the module of a verb only when it is used, so that help and completion are instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a verb."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"geomap.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="geomap")
def cli() -> None:
    """Map the strikes and attacked bases that an article reports, every pin quoting its sentence.

    \b
    geomap map article.txt                 one article to maps/<name>/map.html
    geomap map https://example.org/story   a page from the web
    geomap report article.txt | jq .       everything found, as JSON
    geomap lookup "Ain al-Asad"            what the offline gazetteer knows
    """  # noqa: D301  # \b keeps click from wrapping the examples


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    collect_seldom()
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    try:
        status = cli.main(given, prog_name="geomap", standalone_mode=False, color=colours())
    except GeomapError as error:
        _complain(as_json, {"code": error.code, "message": error.message, "hint": error.hint})
        status = error.exit_code
    except click.exceptions.Abort:
        _complain(as_json, {"code": "interrupted", "message": "interrupted", "hint": ""})
        status = 130
    except click.ClickException as error:
        hint = "see `geomap --help`"
        if isinstance(error, click.UsageError) and error.ctx is not None:
            hint = f"see `{error.ctx.command_path} --help`"
        _complain(as_json, {"code": "usage", "message": error.format_message(), "hint": hint})
        status = 2
    except BrokenPipeError:
        sys.stderr.close()
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


def _complain(as_json: bool, error: dict[str, Any]) -> None:  # noqa: FBT001
    if as_json:
        click.echo(json.dumps({"error": error}, ensure_ascii=False), err=True)
        return
    click.echo(click.style("geomap: ", fg="red", bold=True) + error["message"], err=True, color=colours())
    if error["hint"]:
        click.echo(f"  {error['hint']}", err=True)


def colours() -> bool | None:
    """Return False where the user wants no colours (no-color.org); None leaves it to whether it is a terminal."""
    return False if os.environ.get("NO_COLOR") else None
