"""The version of a store's tables: made new, checked when opened, upgraded when asked."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from geomap.errors import OutputError

NEWEST = "0002"
FOLDER = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """Return the version of a store's tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def require_current(connection: Connection, location: str) -> None:
    """Make sure that this version of geomap knows the tables.

    Raises
    ------
    OutputError
        There are none, or they are older or newer.
    """
    found = version_of(connection)
    if found is None:
        raise OutputError(f"there is no store at {location}", hint="put reports into it with `geomap store add`")
    said = f"tables of version {found}, not {NEWEST}"
    if found < NEWEST:
        hint = "make a copy, then run `geomap store upgrade`"
        raise OutputError(f"the store {location} was made by an older geomap ({said})", hint=hint)
    if found > NEWEST:
        hint = "install the geomap that wrote it, or a later one"
        raise OutputError(f"the store {location} was made by a newer geomap ({said})", hint=hint)


def create(connection: Connection) -> None:
    """Make the tables where there are none, within the transaction of the connection."""
    if version_of(connection) is None:
        upgrade(connection)


def upgrade(connection: Connection, version: str = "head") -> None:
    """Bring the tables to a version, within the transaction of the connection: all steps or none."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, version)
