"""What the verbs of ``geomap store`` share: which store, which events, who decides."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from geomap.cli.options import config_option, configuration
from geomap.model import BBox

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def store_options(verb: _Verb) -> _Verb:
    """Add ``--store`` and ``--config``."""
    option = click.option(
        "--store", "location", metavar="FILE|URL",
        help="The store: a .gpkg file or postgresql://user@host/database (default: store.location of the settings).",
    )  # fmt: skip
    return option(config_option(verb))


def location_of(location: str | None, config_file: Path | None) -> str:
    """Return where the store is: as given, as set, or in the user data folder."""
    found = location or configuration(config_file).store.location
    if found:
        return found
    import platformdirs

    return str(Path(platformdirs.user_data_dir("geomap", appauthor=False)) / "archive.gpkg")


@contextmanager
def opened(location: str | None, config_file: Path | None, **how: bool) -> Iterator[Any]:
    """Open the store that the options mean."""
    from geomap.archive.store.opening import open_store

    with open_store(location_of(location, config_file), **how) as store:
        yield store


def filter_options(verb: _Verb) -> _Verb:
    """Add the options that say which events are wanted."""
    kinds = click.Choice(("strike", "attack"))
    grades = click.Choice(("single", "several", "contested", "denied"))
    for option in (
        click.option("--bbox", metavar="W,S,E,N", callback=_box, help="Within this box, in degrees."),
        click.option("--grade", type=grades, help="By how its sources support it."),
        click.option("--kind", type=kinds, help="Strikes, or other attacks."),
        click.option("--actor", metavar="NAME", help="By whom; a part of the name is enough."),
        click.option("--country", "country_code", metavar="CODE", callback=_upper, help="ISO code, as IQ."),
        click.option("--until", metavar="YYYY-MM-DD", callback=_day, help="Until this day."),
        click.option("--since", metavar="YYYY-MM-DD", callback=_day, help="From this day on."),
    ):
        verb = option(verb)
    return verb


def query_of(given: dict[str, Any]) -> Any:
    """Return the query that the filter options mean."""
    from geomap.archive.nouns import Query

    names = {"bbox": "box", **{name: name for name in ("since", "until", "country_code", "actor", "kind", "grade")}}
    return Query(**{ours: given[name] for name, ours in names.items()})


def said_options(verb: _Verb) -> _Verb:
    """Add ``--by`` and ``--why`` of a decision."""
    for option in (
        click.option("--why", metavar="TEXT", default="", help="The reason; it is kept with the decision."),
        click.option("--by", "who", metavar="NAME", default=_user, help="Who decides (default: your user name)."),
    ):
        verb = option(verb)
    return verb


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def _upper(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not (len(value) == 2 and value.isalpha()):
        raise click.BadParameter(f"{value!r} is not a country code of two letters")
    return value.upper() if value else None


def _day(_: click.Context, __: click.Parameter, value: str | None) -> Any:
    import datetime as dt

    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a date like 2024-01-24") from error


def _box(_: click.Context, __: click.Parameter, value: str | None) -> BBox | None:
    if value is None:
        return None
    try:
        box = BBox(*map(float, value.split(",")))
    except (ValueError, TypeError) as error:
        raise click.BadParameter(f"{value!r} is not four numbers like 38.5,29,48.6,37.4") from error
    if not (-90 <= box.south <= box.north <= 90 and all(-180 <= lon <= 180 for lon in (box.west, box.east))):
        raise click.BadParameter(f"{value!r} is not a box of west, south, east, north in degrees")
    return box
