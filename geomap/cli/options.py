"""Options and helpers that several verbs share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from geomap.config import Config, load_config
from geomap.errors import NetworkError
from geomap.model import Report

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def config_option(verb: _Verb) -> _Verb:
    """Add ``--config``."""
    return click.option(
        "--config", "config_file", type=click.Path(path_type=Path), metavar="FILE",
        help="Configuration file (default: ./config.yaml if it is geomap's).",
    )(verb)  # fmt: skip


def json_option(verb: _Verb) -> _Verb:
    """Add ``--json``: results and errors as JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Print results and errors as JSON.")(verb)


def json_errors_option(verb: _Verb) -> _Verb:
    """Add ``--json`` to a verb whose results are JSON anyway: errors then are JSON too."""
    return click.option("--json", is_flag=True, expose_value=False, help="Print errors as JSON too.")(verb)


def quiet_option(verb: _Verb) -> _Verb:
    """Add ``--quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors on standard error.")(verb)


def article_options(verb: _Verb) -> _Verb:
    """Add what can be told about an article: date, title, source URL."""
    for option in (
        click.option("--source-url", metavar="URL", help="Where the article was published."),
        click.option("--title", metavar="TEXT", help="Its title."),
        click.option(
            "--date", "published", metavar="YYYY-MM-DD", callback=_date,
            help="Day it was published; words such as 'Wednesday' count from it.",
        ),
    ):  # fmt: skip
        verb = option(verb)
    return verb


def network_options(verb: _Verb) -> _Verb:
    """Add ``--online`` and ``--offline``."""
    for option in (
        click.option("--offline", is_flag=True, help="Open no connection, whatever else is given or configured."),
        click.option("--online", is_flag=True, help="Ask the configured Nominatim server for unknown names."),
    ):
        verb = option(verb)
    return verb


def network(sources: Iterable[str] = (), *, online: bool, offline: bool) -> dict[str, bool]:
    """Return the settings that ``--online`` and ``--offline`` stand for.

    Raises
    ------
    NetworkError
        A source is a web address, and no connection may be opened.
    """
    web = next((s for s in sources if offline and s.lower().startswith(("http://", "https://"))), None)
    if web is not None:
        raise NetworkError(f"{web} is on the web, and --offline was given", hint="save the page and give the file")
    return {"nominatim.enabled": not offline} if online or offline else {}


def tell_network(engine: Any, reports: Iterable[Report], tell: Callable[[str], None]) -> None:
    """Say what was sent to a geocoder, and what the readers of the reports should know."""
    for warning in dict.fromkeys(w for report in reports for w in report.warnings):
        tell(f"warning: {warning}")
    if engine.geocoder is not None:
        tell(engine.geocoder.summary())


def _date(_: click.Context, __: click.Parameter, value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a date like 2024-01-24") from error


def say(*, quiet: bool) -> Callable[[str], None]:
    """Return a function that talks on standard error, or says nothing."""
    return (lambda _: None) if quiet else (lambda text: click.echo(text, err=True))


def configuration(config_file: Path | None, **overrides: Any) -> Config:
    """Load the configuration with the flags that were given."""
    return load_config(file=config_file, overrides={k: v for k, v in overrides.items() if v is not None})
