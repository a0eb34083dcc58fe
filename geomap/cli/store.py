"""``geomap store``: the archive of events, each with all its sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import json_option, quiet_option, say
from geomap.cli.store_decide import decisions, merge, split, undo
from geomap.cli.store_export import export
from geomap.cli.store_list import list_, show
from geomap.cli.store_map import map_
from geomap.cli.store_options import location_of, opened, store_options


@click.group("store")
def command() -> None:
    """Keep the events of many articles: each once, with every source.

    \b
    geomap store add out.jsonl
    geomap store list --country IQ --since 2024-01-01
    geomap store show 3f2a91bc
    """  # noqa: D301


@command.command("add")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option(
    "--batch", type=click.IntRange(1, 100_000), default=1000, show_default=True, help="Reports a transaction."
)
@store_options
@quiet_option
@json_option
def add(
    reports: tuple[str, ...], batch: int, location: str | None, config_file: Path | None, *, quiet: bool, as_json: bool
) -> None:
    """Add each REPORT (report.json, a .jsonl of `geomap batch`, a folder of maps, or - for standard input).

    An article is known by its text, title, outlet and day: added again it changes nothing, and a report of it that
    a newer geomap made replaces the older one. With --json a line is printed after every transaction, saying what is
    safely on the disk.

    \b
    geomap store add out.jsonl
    geomap batch in.jsonl | geomap store add - --store archive.gpkg
    """  # noqa: D301
    from geomap.archive.store.adding import Written, add_reports

    total, skipped = Written(), list[str]()
    with opened(location, config_file, make=True) as store:
        for written in add_reports(store, _read(reports, skipped), batch=batch):
            total += written
            if as_json:
                click.echo(json.dumps(written_data(total)))
    for line in total.lost:
        click.echo(line, err=True)
    if not as_json:
        _sum_up(total, location_of(location, config_file), quiet=quiet)
    if skipped:
        say(quiet=quiet)(f"{len(skipped)} error records were left out, the first of article {skipped[0]}")


def _read(sources: tuple[str, ...], skipped: list[str]) -> Iterator[Any]:
    from geomap.output.stored import stored_data

    return stored_data((Path(one) for one in sources), skip=skipped.append)


def written_data(written: Any) -> dict[str, Any]:
    """Return the counts of what was written, and the decisions that were lost."""
    return {"articles": written.articles, **{name: getattr(written, name) for name in written.__slots__}}


def _sum_up(total: Any, where: str, *, quiet: bool) -> None:
    again = ", ".join(
        f"{count:,} {name}"
        for name, count in (
            ("replaced", total.replaced), ("unchanged", total.unchanged), ("outdated", total.outdated),
        )
        if count
    )  # fmt: skip
    click.echo(f"{total.added:,} articles added{', ' + again if again else ''}; {total.tellings:,} tellings")
    say(quiet=quiet)(where)


@command.command("info")
@store_options
@json_option
def info(location: str | None, config_file: Path | None, *, as_json: bool) -> None:
    """Say where the store is and what it holds."""
    from geomap.archive.store.upkeep import describe

    with opened(location, config_file) as store:
        data = describe(store)
    click.echo(json.dumps(data) if as_json else "\n".join(f"{name:10} {value}" for name, value in data.items()))


@command.command("upgrade")
@store_options
@json_option
def upgrade(location: str | None, config_file: Path | None, *, as_json: bool) -> None:
    """Bring the tables of an older store to this version of geomap; all of it, or nothing."""
    from geomap.archive.store.upkeep import bring_up

    with opened(location, config_file, check=False) as store:
        before, after = bring_up(store)
    data = {"before": before, "after": after}
    click.echo(json.dumps(data) if as_json else f"version {before} became {after}" if before != after else "up to date")


for _verb in (list_, show, merge, split, undo, decisions, map_, export):
    command.add_command(_verb)
