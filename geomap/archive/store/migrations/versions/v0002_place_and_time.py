"""Questions by space and time together, lists by day, and layers that QGIS draws with their styles."""

from __future__ import annotations

from alembic import op

from geomap.archive.store import geopackage, styles
from geomap.archive.store.migrations.steps import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the indexes; what a store holds already is indexed too."""
    op.create_index("event_by_day", "event", ["last_day", "id"])
    if op.get_bind().dialect.name == "sqlite":
        run(geopackage.place_and_time())
    else:
        op.execute(
            "CREATE INDEX event_by_place_and_time ON event USING gist (geom, daterange(first_day, last_day, '[]'))"
        )
    run(styles.statements(op.get_bind().dialect.name))
