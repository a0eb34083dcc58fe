"""``geomap gazetteer``: show, check or compile the offline gazetteer."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from geomap.cli.options import config_option, configuration, json_option, say
from geomap.errors import GazetteerError

SAMPLES = (
    ("Baghdad", "IQ", 33.3, 44.4),
    ("Ain al-Asad", "IQ", 33.79, 42.44),
    ("Damascus", "SY", 33.5, 36.3),
    ("Kyiv", "UA", 50.45, 30.5),
)


@click.group("gazetteer")
def command() -> None:
    """Show, check or compile the offline gazetteer."""


@command.command("info")
@config_option
@json_option
def info(config_file: Path | None, *, as_json: bool) -> None:
    """Show what the gazetteer holds and where it is."""
    from geomap.gazetteer.locate import open_store

    with open_store(configuration(config_file).gazetteer, progress=say(quiet=False)) as store:
        data = {"folder": str(store.folder), **{k: store.meta[k] for k in (
            "schema", "tables_sha256", "compiled_at", "places", "names", "sources", "by_country")}}  # fmt: skip
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    click.echo(f"folder    {data['folder']}\ncompiled  {data['compiled_at']}\ntables    {data['tables_sha256'][:16]}")
    click.echo(f"places    {data['places']:,}\nnames     {data['names']:,}")
    for source, count in data["sources"].items():
        click.echo(f"          {count:>8,}  {source}")


@command.command("check")
@config_option
@json_option
def check(config_file: Path | None, *, as_json: bool) -> None:
    """Prove that the gazetteer answers: counts, the GeoPackage, sample look-ups."""
    from geomap.gazetteer.locate import open_store
    from geomap.gazetteer.lookup import distance_km, lookup
    from geomap.model import LonLat

    with open_store(configuration(config_file).gazetteer, progress=say(quiet=False)) as store:
        results = {}
        for name, country, lat, lon in SAMPLES:
            found = lookup(store, name, country=country, limit=1)
            results[name] = bool(found) and distance_km(found[0].place.point, LonLat(lon, lat)) < 25
        results["places.gpkg"] = (store.folder / "places.gpkg").is_file()
    click.echo(
        json.dumps(results) if as_json else "\n".join(f"{'ok' if ok else 'FAILED':7} {n}" for n, ok in results.items())
    )
    if not all(results.values()):
        raise GazetteerError("the gazetteer does not answer as it should", hint="run `geomap gazetteer compile`")


@command.command("compile")
@config_option
@json_option
def compile_(config_file: Path | None, *, as_json: bool) -> None:
    """Compile the tables again."""
    from geomap.gazetteer.locate import ensure_compiled

    began = time.perf_counter()
    folder = ensure_compiled(configuration(config_file).gazetteer, progress=say(quiet=as_json), again=True)
    seconds = round(time.perf_counter() - began, 1)
    click.echo(
        json.dumps({"folder": str(folder), "seconds": seconds}) if as_json else f"compiled in {seconds} s: {folder}"
    )
