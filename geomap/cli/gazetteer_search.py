"""``geomap gazetteer search`` and ``explain``: what the gazetteer knows, and why one answer goes before another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import config_option, configuration, json_option
from geomap.cli.telling import telling


@click.command("search")
@click.argument("text")
@click.option("--country", metavar="COUNTRY", help="Only places of this country, by name or ISO code.")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True, help="Most places listed.")
@config_option
@json_option
def search(config_file: Path | None, text: str, country: str | None, limit: int, *, as_json: bool) -> None:
    """List the places one of whose names begins with TEXT, the likelier first."""
    from geomap.cli.lookup import as_dict, table
    from geomap.gazetteer.locate import open_store
    from geomap.gazetteer.search import search_prefix

    with open_store(configuration(config_file).gazetteer, progress=telling()) as store:
        found = search_prefix(store, text, country=country, limit=limit)
    click.echo(
        json.dumps([as_dict(c) for c in found], ensure_ascii=False)
        if as_json
        else table(found) or f"{text}: no name begins so"
    )


@click.command("explain")
@click.argument("name")
@click.option("--country", metavar="COUNTRY", help="Country it lies in, by name or ISO code.")
@click.option("--admin1", metavar="PROVINCE", help="Province it is said to lie in.")
@config_option
@json_option
def explain(config_file: Path | None, name: str, country: str | None, admin1: str | None, *, as_json: bool) -> None:
    """Show how NAME is looked for, every place it may mean, and every reason for and against each."""
    from geomap.gazetteer.explaining import explain_name
    from geomap.gazetteer.locate import open_store

    with open_store(configuration(config_file).gazetteer, progress=telling()) as store:
        told = explain_name(store, name, country=country, admin1=admin1)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _shown(told))


def _shown(told: dict[str, Any]) -> str:
    """Return an explanation as text."""
    lines = [f"{told['name']}: {told['outcome']}", "", "looked for as"]
    lines += [f"  {form['key']:32} {form['what']}, {form['places']} places" for form in told["forms"]]
    for each in told["candidates"]:
        place = each["place"]
        where = ", ".join(part for part in (place["admin2"], place["admin1"], place["country_code"]) if part)
        lines += ["", f"{each['score']:+6.2f}  {place['name']} ({place['feature_code']}), {where}"]
        lines.append(f"        {place['lat']:.4f}, {place['lon']:.4f} ± {place['radius_km']:g} km  {place['id']}")
        lines.append(f"        by its {each['name_kind']}")
        lines += [f"        {value:+6.2f}  {reason}" for reason, value in each["reasons"].items()]
    return "\n".join(lines)
