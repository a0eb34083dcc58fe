"""Writes ``docs/cli.md`` from the commands themselves: ``python -m geomap.cli.reference > docs/cli.md``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from geomap.cli.main import cli

WIDTH = 100
_HEAD = """# The command line

Made from the commands themselves by `python -m geomap.cli.reference > docs/cli.md`; a test keeps it true.

| exit code | means |
|---|---|
| 0 | done, also when nothing was found |
| 1 | processing failed: a source, an output, or an article of a batch |
| 2 | the call or the configuration is wrong |
| 3 | nothing was found, and `--fail-empty` was given |
| 4 | the network was needed and could not be used |
| 5 | something stayed unplaced, and `--strict` was given |
| 130 | interrupted |

Results go to standard output, everything else to standard error.
With `--json` errors are `{"error": {"code", "message", "hint"}}`.
Colours and progress appear only on a terminal; `NO_COLOR` turns colours off.
"""


def reference() -> str:
    """Return the reference of every command as Markdown."""
    return _HEAD + "".join(_sections(cli, "geomap", None))


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    context.help_option_names = ["-h", "--help"]
    path = context.command_path
    yield f"\n## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            inner = command.get_command(context, verb)
            if inner is not None:
                yield from _sections(inner, verb, context)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
