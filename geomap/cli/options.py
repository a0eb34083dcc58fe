"""Options and helpers that several verbs share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from geomap.config import Config, load_config

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
