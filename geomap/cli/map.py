"""``geomap map``: articles to maps, each with its GeoJSON and its report."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from geomap.cli.options import (
    article_options,
    config_option,
    configuration,
    json_option,
    network,
    network_options,
    quiet_option,
    say,
    tell_network,
)
from geomap.cli.outcome import outcome, outcome_options
from geomap.cli.reading import Told, read_article
from geomap.config import Config
from geomap.errors import UsageError
from geomap.model import Article, Incident, Report
from geomap.output.geojson import category

COLOURS = {"strike": "red", "base": "blue", "attack": "yellow"}  # as on the map


class Written(NamedTuple):
    """One mapped article and the folder its files are in."""

    source: str
    folder: Path
    report: Report


@click.command("map")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--combine", is_flag=True, help="Each ARTICLE is a report or a folder of maps: one map of all incidents.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("maps"), show_default=True, metavar="FOLDER",
    help="Where the folder of each article goes.",
)  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Replace maps that exist.")
@click.option("--lang", "language", type=click.Choice(["en", "ar"]), help="Language of the page.")
@article_options
@network_options
@outcome_options
@click.option("-v", "--verbose", is_flag=True, help="Print the sentence that each pin quotes, too.")
@config_option
@json_option
@quiet_option
def command(
    articles: tuple[str, ...], output: Path, config_file: Path | None, language: str | None,
    *, combine: bool, overwrite: bool, as_json: bool, quiet: bool, online: bool, offline: bool, **options: Any,
) -> int:  # fmt: skip
    """Map each ARTICLE (a file, a URL, or - for standard input).

    Writes FOLDER/<name>/map.html, incidents.geojson and report.json, prints the pins and what could not be placed, and
    lists all maps of the folder in FOLDER/index.html. With --combine each ARTICLE is a report, a JSON Lines file of
    reports or a folder of maps, and FOLDER/all.html shows all their incidents.

    \b
    geomap map story.txt --date 2024-01-24
    geomap map *.html -o maps/
    curl -s https://example.org/story | geomap map - --title "Strike on base"
    geomap map --combine maps/
    """  # noqa: D301
    told = Told.of(options)
    if len(articles) > 1 and any(told):
        raise UsageError("--date, --title and --source-url speak of one article", hint="map the articles one by one")
    allowed = network(articles, online=online, offline=offline)
    config = configuration(config_file, **{"map.language": language}, **allowed)
    if combine:
        click.echo(_combine(articles, output, config, told.title, overwrite=overwrite))
        return 0
    written = list(_map_all(articles, output, config, told, overwrite=overwrite, quiet=quiet))
    _write_index(output, config)
    if as_json:
        click.echo(json.dumps([_summary(one) for one in written], ensure_ascii=False))
    else:
        for one in written:
            click.echo(table(one, verbose=options["verbose"]))
    return outcome([one.report for one in written], fail_empty=options["fail_empty"], strict=options["strict"])


def _map_all(
    articles: Sequence[str], output: Path, config: Any, told: Told, *, overwrite: bool, quiet: bool
) -> Iterator[Written]:
    from geomap.output.files import check_writable
    from geomap.pipeline import geoparse, load_engine

    tell = say(quiet=quiet)
    read = [(source, read_article(source, config, told, tell)) for source in articles]
    folders = _folders(read, output)
    for folder in folders:
        for name in ("map.html", "incidents.geojson", "report.json"):
            check_writable(folder / name, overwrite=overwrite)
    with load_engine(config, progress=lambda text: tell(f"gazetteer: {text}")) as engine:
        done: list[Report] = []
        for (source, article), folder in zip(read, folders, strict=True):
            done.append(geoparse(article, engine))
            _write(done[-1], folder, engine, overwrite=overwrite)
            yield Written(source, folder, done[-1])
        tell_network(engine, done, tell)


def _combine(sources: Sequence[str], output: Path, config: Config, title: str | None, *, overwrite: bool) -> str:
    """Write the map of all incidents of stored reports and return where it is."""
    from geomap.gazetteer.locate import open_store
    from geomap.mapping import archive_page
    from geomap.output.files import check_writable, write_text
    from geomap.output.map.index import ALL
    from geomap.output.stored import stored_reports

    check_writable(output / ALL, overwrite=overwrite)
    with open_store(config.gazetteer) as store:
        reports = stored_reports([Path(source) for source in sources])
        page = archive_page(reports, store, config.map, title=title)
    write_text(output / ALL, page, overwrite=overwrite)
    _write_index(output, config)
    return str(output / ALL)


def _write_index(folder: Path, config: Config) -> None:
    """Write the page that lists the maps of a folder; it is made from them, so an older one is replaced."""
    from geomap.output.map.index import write_index

    write_index(folder, config.map)


def _write(report: Report, folder: Path, engine: Any, *, overwrite: bool) -> None:
    """Make all three texts before the first is written, so that a failure leaves nothing behind."""
    from geomap.mapping import map_page
    from geomap.output.files import write_text
    from geomap.output.geojson import to_geojson
    from geomap.output.report import to_json

    page = map_page(report, engine.store, engine.config.map)
    texts = {"map.html": page, "incidents.geojson": to_geojson(report), "report.json": to_json(report, indent=1) + "\n"}
    for name, text in texts.items():
        write_text(folder / name, text, overwrite=overwrite)


def _folders(read: Sequence[tuple[str, Article]], output: Path) -> list[Path]:
    """Give every article a folder of its own, named after its file or its title."""
    found: list[Path] = []
    for source, article in read:
        name = slug(_stem(source, article)) or article.id
        folder = output / name
        found.append(folder if folder not in found else output / f"{name}-{article.id[:8]}")
    return found


def _stem(source: str, article: Article) -> str:
    if source == "-" or "://" in source:
        return article.title or (article.url or "").rstrip("/").rpartition("/")[2]
    return Path(source).stem


def slug(text: str) -> str:
    """Return a text as a short file name of plain letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")


def table(one: Written, *, verbose: bool = False) -> str:
    """Return what the command prints of one article: its pins, what is not on the map, where the files are."""
    pins = [i for i in one.report.incidents if i.place and i.precision != "country"]
    rest = [i for i in one.report.incidents if i not in pins]
    lines = [f"{one.report.article.title or one.source}: {_count(len(pins), 'pin')}"]
    for number, incident in enumerate(pins, 1):
        lines.append(_pin(number, incident))
        if verbose and incident.evidence:
            sentence = one.report.article.sentences[incident.evidence[0].sentence]
            lines.append(f"      {click.style(one.report.article.quote(sentence), dim=True)}")
    lines += [f"   -  not on the map: {_why(i)}" for i in rest]
    lines += [
        f"   -  tally, not on the map: {a.count_as_written} in {', '.join(a.regions) or 'no place'}"
        for a in one.report.aggregates
    ]
    if not pins and not rest and not one.report.aggregates:
        lines.append("   -  no strike or attacked base found in this article")
    unplaced = sorted({r.mention.text for r in one.report.resolutions if r.status != "resolved"})
    if unplaced:
        lines.append(f"      names not placed: {', '.join(unplaced)}")
    return "\n".join([*lines, f"      {one.folder / 'map.html'}"])


def _pin(number: int, incident: Incident) -> str:
    assert incident.place is not None
    shown = click.style(f"{number:>2}", fg=COLOURS[category(incident)], bold=True)
    where = f"{incident.relation} {incident.place.name}"
    what = f"{incident.sub_event_type}{', attacked base' if incident.attacked_base else ''}"
    day = incident.date_start or incident.date_end or "no date"
    return f"  {shown}  {where:<34} {what}  {incident.status}  {day}  within {incident.radius_km:g} km"


def _why(incident: Any) -> str:
    what = incident.sub_event_type.lower()
    if incident.place is not None:
        return f"{what}, known only to {incident.place.name}"
    return f"{what}, {incident.why_not_located or 'no place named'}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _summary(one: Written) -> dict[str, Any]:
    return {
        "source": one.source,
        "folder": str(one.folder),
        "incidents": len(one.report.incidents),
        "pins": sum(i.place is not None and i.precision != "country" for i in one.report.incidents),
        "aggregates": len(one.report.aggregates),
    }
