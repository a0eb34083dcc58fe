"""``geomap store list`` and ``geomap store show``: events on the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import json_option
from geomap.cli.store_options import filter_options, opened, query_of, store_options


@click.command("list")
@filter_options
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many, the latest first.")
@store_options
@json_option
def list_(location: str | None, config_file: Path | None, *, limit: int | None, as_json: bool, **given: Any) -> None:
    """List events, the latest first; with --json one a line, with all their tellings.

    An event whose articles name no day is found under the days on which they were published.

    \b
    geomap store list --country IQ --since 2024-01-01 --until 2024-01-31
    geomap store list --bbox 38.5,29,48.6,37.4 --actor houthi --json
    """  # noqa: D301
    from geomap.archive.plain import event_data
    from geomap.archive.store.finding import events

    with opened(location, config_file) as store:
        found = events(store, query_of(given), limit=limit)
        first = next(found, None)
        if first is None:
            click.echo("no event is found", err=True)
            return
        for event in chain([first], found):
            click.echo(json.dumps(event_data(event), ensure_ascii=False) if as_json else line(event))


def line(event: Any) -> str:
    """Return an event as one line: id, days, sources, what, where."""
    where = ", ".join(part for part in (event.place_name or "place unknown", event.country_code) if part)
    toll = f", {people(event.killed)} killed" if event.killed else ""
    return f"{event.id[:8]}  {when(event):24}  {_sources(event):20}  {event.sub_event_type}: {where}{toll}"


def when(event: Any) -> str:
    """Return the days of an event."""
    start, end = event.date_start or event.date_end, event.date_end or event.date_start
    if start is None:
        return "undated"
    return str(start) if start == end else f"{start} to {end}"


def people(number: Any) -> str:
    """Return a range of people: "9", "9 to 12", "at least 9"."""
    if number.high is None:
        return f"at least {number.low}"
    return str(number.low) if number.low == number.high else f"{number.low} to {number.high}"


def _sources(event: Any) -> str:
    count = len(event.sources)
    return f"{event.grade}, {count} source{'s' if count > 1 else ''}"


@click.command("show")
@click.argument("event_id", metavar="EVENT")
@store_options
@json_option
def show(event_id: str, location: str | None, config_file: Path | None, *, as_json: bool) -> None:
    """Show an EVENT (its id, or the beginning of it) with every source's own sentence.

    \b
    geomap store show 3f2a91bc
    """  # noqa: D301
    from geomap.archive.plain import event_data
    from geomap.archive.store.deciding import decisions
    from geomap.archive.store.finding import find

    with opened(location, config_file) as store:
        event = find(store, event_id)
        noted = decisions(store, event.id)
    if as_json:
        click.echo(json.dumps(event_data(event), ensure_ascii=False))
        return
    click.echo("\n".join([*_head(event), *_tellings(event), *map(decision_line, noted)]))


def _head(event: Any) -> Iterator[str]:
    where = ", ".join(part for part in (event.place_name, event.admin1, event.country_code) if part)
    yield f"{event.id}  {event.sub_event_type}: {where or 'place unknown'}"
    yield f"  when      {when(event)}"
    yield f"  sources   {_sources(event)}"
    if event.status != "reported":
        yield f"  status    {event.status}"
    for name in ("actors", "targets", "weapons"):
        if words := getattr(event, name):
            yield f"  {name:9} {'; '.join(words)}"
    for name in ("killed", "injured"):
        if (number := getattr(event, name)) is not None:
            yield f"  {name:9} {people(number)}{'' if number.best is None else f', best {number.best}'}"


def _tellings(event: Any) -> Iterator[str]:
    for number, (one, link) in enumerate(zip(event.tellings, event.links, strict=True), 1):
        source = one.source
        head = ", ".join(str(part) for part in (source.outlet or source.article_id, source.published_on) if part)
        yield f"{number}. {head}: {source.title or source.url or 'untitled'}"
        yield from (f"     “{quote}”" for quote in one.quotes)
        if number > 1 or link.by != "matching":
            why = ", ".join(f"{name} {value:+.1f}" for name, value in link.reasons.items())
            yield f"     by {link.by}, {link.score:.2f}{': ' + why if why else ''}"


def decision_line(noted: dict[str, Any]) -> str:
    """Return a decision as one line."""
    told = {"merge": "{other_id} into {event_id}", "split": "{other_id} out of {event_id}"}[noted["verb"]]
    line = f"decision {noted['fid']}: {noted['verb']} {told.format(**noted)} by {noted['who']}"
    line += f" on {noted['decided_at']:%Y-%m-%d %H:%M}" + (f": {noted['why']}" if noted["why"] else "")
    return line + (f" (undone by {noted['undone_by']})" if noted["undone_at"] else "")
