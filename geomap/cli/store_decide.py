"""``geomap store merge``, ``split``, ``undo`` and ``decisions``: what people join and part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import json_option
from geomap.cli.store_options import opened, said_options, store_options


def _print(told: str, events: list[Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([{"id": one.id, "tellings": [t.key for t in one.tellings]} for one in events]))
        return
    click.echo(told)


@click.command("merge")
@click.argument("event_id", metavar="EVENT")
@click.argument("other_id", metavar="OTHER")
@said_options
@store_options
@json_option
def merge(
    event_id: str, other_id: str, who: str, why: str, location: str | None, config_file: Path | None, *, as_json: bool
) -> None:
    """Make OTHER a part of EVENT.

    It holds for these tellings for good, also when their articles are added again, until it is undone.

    \b
    geomap store merge 3f2a91bc 77d0aa12 --why "the same convoy"
    """  # noqa: D301
    from geomap.archive.store import deciding

    with opened(location, config_file) as store:
        event = deciding.merge(store, event_id, other_id, deciding.Said(who, why))
    _print(f"{event.id} has {len(event.tellings)} tellings now", [event], as_json=as_json)


@click.command("split")
@click.argument("event_id", metavar="EVENT")
@click.argument("telling", metavar="TELLING")
@said_options
@store_options
@json_option
def split(
    event_id: str, telling: str, who: str, why: str, location: str | None, config_file: Path | None, *, as_json: bool
) -> None:
    """Take a TELLING (its number in `geomap store show`, or its key) out of EVENT, into an event of its own.

    It holds for these tellings for good, also when their articles are added again, until it is undone.

    \b
    geomap store split 3f2a91bc 2 --why "another village of that name"
    """  # noqa: D301
    from geomap.archive.store import deciding

    with opened(location, config_file) as store:
        left, new = deciding.split(store, event_id, telling, deciding.Said(who, why))
    _print(f"{new.id} was taken out of {left.id}", [left, new], as_json=as_json)


@click.command("undo")
@click.argument("number", type=int, metavar="DECISION")
@said_options
@store_options
@json_option
def undo(number: int, who: str, why: str, location: str | None, config_file: Path | None, *, as_json: bool) -> None:
    """Take a DECISION back, by its number in `geomap store decisions`.

    \b
    geomap store undo 3
    """  # noqa: D301
    from geomap.archive.store import deciding

    with opened(location, config_file) as store:
        events = deciding.undo(store, number, deciding.Said(who, why))
    _print(f"decision {number} is undone: {', '.join(one.id for one in events)}", events, as_json=as_json)


@click.command("decisions")
@store_options
@json_option
def decisions(location: str | None, config_file: Path | None, *, as_json: bool) -> None:
    """List what people decided, the latest first."""
    from geomap.archive.store import deciding
    from geomap.cli.store_list import decision_line

    with opened(location, config_file) as store:
        for noted in deciding.decisions(store):
            click.echo(json.dumps(noted, default=str, ensure_ascii=False) if as_json else decision_line(noted))
