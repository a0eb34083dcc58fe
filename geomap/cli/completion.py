"""``geomap completion``: the script that teaches a shell our words."""

from __future__ import annotations

import click

HOW = {
    "bash": "geomap completion bash >> ~/.bashrc",
    "zsh": "geomap completion zsh >> ~/.zshrc",
    "fish": "geomap completion fish > ~/.config/fish/completions/geomap.fish",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(HOW)))
def command(shell: str) -> None:
    """Print the completion script for SHELL.

    \b
    geomap completion bash >> ~/.bashrc
    geomap completion zsh >> ~/.zshrc
    geomap completion fish > ~/.config/fish/completions/geomap.fish
    """  # noqa: D301
    from click.shell_completion import get_completion_class

    from geomap.cli.main import cli

    made = get_completion_class(shell)
    assert made is not None  # the choices are click's own
    click.echo(made(cli, {}, "geomap", "_GEOMAP_COMPLETE").source())
