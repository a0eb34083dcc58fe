"""``geomap lookup``: what the offline gazetteer knows of a name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import config_option, configuration, json_option, quiet_option, say
from geomap.errors import UsageError
from geomap.gazetteer.store import Store
from geomap.model import Candidate


@click.command("lookup")
@click.argument("name", required=False)
@click.option("--country", metavar="COUNTRY", help="Country it lies in, by name or ISO code.")
@click.option("--admin1", metavar="PROVINCE", help="Province it is said to lie in.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Most answers.")
@click.option(
    "--jsonl", type=click.Path(path_type=Path), metavar="FILE", help="Look up every line of a JSON Lines file."
)
@config_option
@json_option
@quiet_option
def command(
    name: str | None, jsonl: Path | None, config_file: Path | None, *, as_json: bool, quiet: bool, **options: Any
) -> None:
    """Look NAME up in the gazetteer.

    \b
    geomap lookup "Ain al-Asad airbase"
    geomap lookup Qaim --country Iraq --json
    geomap lookup --jsonl names.jsonl > found.jsonl
    """  # noqa: D301
    from geomap.gazetteer.locate import open_store

    if (name is None) == (jsonl is None):
        raise UsageError("give either a NAME or --jsonl FILE", hint='for example: geomap lookup "Qaim"')
    config = configuration(config_file)
    with open_store(config.gazetteer, progress=say(quiet=quiet)) as store:
        if jsonl is not None:
            for line in _answers(store, jsonl, options["limit"]):
                click.echo(line)
            return
        found = _find(store, {"name": name, **options}, options["limit"])
        click.echo(
            json.dumps([as_dict(c) for c in found], ensure_ascii=False)
            if as_json
            else table(found) or f"{name}: not in the gazetteer"
        )


def _find(store: Store, asked: dict[str, Any], limit: int) -> list[Candidate]:
    from geomap.gazetteer.lookup import lookup

    return lookup(store, asked["name"], country=asked.get("country"), admin1=asked.get("admin1"), limit=limit)


def _answers(store: Store, path: Path, limit: int) -> Iterator[str]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # not splitlines: strings may hold U+2028
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}", hint="give a JSON Lines file in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            found = _find(store, asked, limit)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{path}, line {number} is not a look-up: {error}", hint='see {"id", "name"}') from error
        yield json.dumps({"id": asked.get("id"), "candidates": [as_dict(c) for c in found]}, ensure_ascii=False)


def as_dict(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as the look-up's JSON has it."""
    place = candidate.place
    return {
        "id": place.id,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "feature_code": place.feature_code,
        "country_code": place.country_code,
        "admin1": place.admin1,
        "score": candidate.score,
        "name_kind": candidate.name_kind,
        "reasons": dict(candidate.reasons),
    }


def table(found: list[Candidate]) -> str:
    """Return candidates as aligned lines, empty where there are none."""
    if not found:
        return ""
    rows = [
        (c.place.name, c.place.feature_code, ", ".join(p for p in (c.place.admin1, c.place.country_code) if p),
         f"{c.place.lat:.4f}, {c.place.lon:.4f}", f"{c.score:.1f}", c.name_kind, c.place.id)
        for c in found
    ]  # fmt: skip
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
