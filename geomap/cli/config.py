"""``geomap config``: the settings in force, and where each comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import config_option, json_option


@click.group("config")
def command() -> None:
    """Show the settings."""


@command.command("show")
@click.option("--origin", is_flag=True, help="Say where each value comes from.")
@config_option
@json_option
def show(config_file: Path | None, *, origin: bool, as_json: bool) -> None:
    """Print every setting with its value, as YAML that a configuration file may hold.

    \b
    geomap config show --origin
    geomap config show > config.yaml
    """  # noqa: D301
    from geomap.config import dotted_keys, load_config, origins

    config = load_config(file=config_file)
    values = dotted_keys(config)
    where = origins(file=config_file) if origin else {}
    if as_json:
        rows = {key: {"value": value, "origin": where[key]} if origin else value for key, value in values.items()}
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    click.echo("\n".join(_yaml(values, where)))


def _yaml(values: dict[str, Any], where: dict[str, str]) -> list[str]:
    """Return the settings as nested YAML, one a line, with their origins as comments."""
    from geomap.config import SCHEMA

    lines, open_sections = [f"schema: {SCHEMA}"], list[str]()
    for key, value in values.items():
        *sections, name = key.split(".")
        for depth, section in enumerate(sections):
            if open_sections[depth : depth + 1] != [section]:
                del open_sections[depth:]
                open_sections.append(section)
                lines.append(f"{'  ' * depth}{section}:")
        del open_sections[len(sections) :]
        line = f"{'  ' * len(sections)}{name}: {json.dumps(value, ensure_ascii=False)}"
        lines.append(f"{line:<40}  # {where[key]}" if key in where else line)
    return lines
