"""Runs statements of the driver within a migration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alembic import op


def run(statements: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
    """Run statements, each with its values, as the database's driver takes them."""
    for statement, values in statements:
        op.get_bind().exec_driver_sql(statement, values or None)
