"""``geomap gazetteer``: show, check and search the offline gazetteer, add places to it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import click

from geomap.cli.gazetteer_layers import add, fetch, list_, remove
from geomap.cli.gazetteer_search import explain, search
from geomap.cli.options import config_option, configuration, json_option
from geomap.cli.telling import telling
from geomap.errors import GazetteerError

SAMPLES = (
    ("Baghdad", "IQ", 33.3, 44.4),
    ("Ain al-Asad", "IQ", 33.79, 42.44),
    ("Damascus", "SY", 33.5, 36.3),
    ("Kyiv", "UA", 50.45, 30.5),
)
SHOWN = 25  # countries listed without --all


@click.group("gazetteer")
def command() -> None:
    """Show, check and search the offline gazetteer, add places to it."""


for _verb in (search, explain, add, list_, remove, fetch):
    command.add_command(_verb)


@command.command("info")
@click.option("--all", "every", is_flag=True, help="List every country.")
@config_option
@json_option
def info(config_file: Path | None, *, every: bool, as_json: bool) -> None:
    """Show what the gazetteer holds, by source and country, under which licences, and where it is."""
    from geomap.gazetteer.layers import read_layers
    from geomap.gazetteer.licences import read_licences
    from geomap.gazetteer.locate import open_store, stores_folder, tables_folder

    config = configuration(config_file).gazetteer
    with open_store(config, progress=telling()) as store:
        data: dict[str, Any] = {"folder": str(store.folder), **{k: store.meta[k] for k in (
            "schema", "tables_sha256", "compiled_at", "places", "names", "sources", "by_country")}}  # fmt: skip
    data["licences"] = read_licences(tables_folder(config), read_layers(stores_folder(config)))
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else _shown(data, every=every))


def _shown(data: dict[str, Any], *, every: bool) -> str:
    """Return the facts of ``info`` as a table."""
    lines = [
        f"folder    {data['folder']}",
        f"compiled  {data['compiled_at']}",
        f"tables    {data['tables_sha256'][:16]}  ({data['schema']})",
        f"places    {data['places']:,}",
        f"names     {data['names']:,}",
        "sources",
        *(f"  {count:>10,}  {source}" for source, count in data["sources"].items()),
    ]
    ranked = sorted(data["by_country"].items(), key=lambda item: (-item[1], item[0]))
    lines += [
        "countries",
        *(f"  {count:>10,}  {code or 'no country'}" for code, count in ranked[: None if every else SHOWN]),
    ]
    if not every and len(ranked) > SHOWN:
        lines.append(f"  {len(ranked) - SHOWN:>10,}  more (--all)")
    lines += ["licences", *(f"  {each['name']}: {each['licence']}{_version(each)}" for each in data["licences"])]
    return "\n".join(lines)


def _version(source: dict[str, str]) -> str:
    return f" ({source['version']})" if source["version"] else ""


@command.command("check")
@config_option
@json_option
def check(config_file: Path | None, *, as_json: bool) -> None:
    """Prove that the gazetteer answers: counts, the GeoPackage, sample look-ups."""
    from geomap.gazetteer.distance import distance_km
    from geomap.gazetteer.locate import open_store
    from geomap.gazetteer.lookup import lookup
    from geomap.model import LonLat

    with open_store(configuration(config_file).gazetteer, progress=telling()) as store:
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
    folder = ensure_compiled(configuration(config_file).gazetteer, progress=telling(), again=True)
    seconds = round(time.perf_counter() - began, 1)
    click.echo(
        json.dumps({"folder": str(folder), "seconds": seconds}) if as_json else f"compiled in {seconds} s: {folder}"
    )
