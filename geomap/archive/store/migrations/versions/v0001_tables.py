"""The first tables: articles, tellings, events, blocks, decisions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from geomap.archive.store import geopackage
from geomap.archive.store.migrations.steps import run
from geomap.archive.store.types import Moment, Point

revision = "0001"
down_revision = None
_LAYERS = {"event": "what happened, each once", "telling": "each event as each article tells it"}
_TABLES = {
    "article": "the articles that were added",
    "decision": "what people joined and parted",
    "move": "which tellings a decision moved",
}


def _told() -> list[sa.Column[Any]]:
    """Return the columns that events and tellings share."""
    needed: list[sa.Column[Any]] = [
        sa.Column(name, sa.Text, nullable=False) for name in ("kind", "sub_event_type", "status", "precision")
    ]
    lists: list[sa.Column[Any]] = [
        sa.Column(name, sa.Text, nullable=False) for name in ("actors", "targets", "weapons")
    ]
    place: list[sa.Column[Any]] = [
        sa.Column(name, sa.Text) for name in ("place_id", "place_name", "country_code", "admin1")
    ]
    tolls: list[sa.Column[Any]] = [
        sa.Column(f"{who}_{how}", sa.Integer) for who in ("killed", "injured") for how in ("low", "best", "high")
    ]
    return [
        *needed,
        sa.Column("attacked_base", sa.Boolean, nullable=False),
        sa.Column("radius_km", sa.Double, nullable=False),
        sa.Column("longitude", sa.Double),
        sa.Column("latitude", sa.Double),
        *place,
        sa.Column("date_start", sa.Date),
        sa.Column("date_end", sa.Date),
        *lists,
        *tolls,
    ]


def _number() -> sa.Column[int]:
    return sa.Column("fid", sa.Integer, primary_key=True, autoincrement=False)


def _link() -> list[sa.Column[Any]]:
    return [
        sa.Column("link_score", sa.Double, nullable=False),
        sa.Column("link_by", sa.Text, nullable=False),
        sa.Column("link_reasons", sa.Text, nullable=False),
    ]


def upgrade() -> None:
    """Make the tables; on SQLite also what makes the file a GeoPackage."""
    if op.get_bind().dialect.name == "sqlite":
        run(geopackage.registers())
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    _article()
    _event()
    _telling()
    _decisions()
    if op.get_bind().dialect.name == "sqlite":
        for name, description in _LAYERS.items():
            run(geopackage.layer(name, description))
        for name, description in _TABLES.items():
            run(geopackage.attributes(name, description))
    else:
        for name in _LAYERS:
            op.create_index(f"{name}_by_place", name, ["geom"], postgresql_using="gist")


def _article() -> None:
    words = ("key", "article_id", "geomap", "gazetteer", "config_sha256")
    op.create_table(
        "article",
        _number(),
        *(sa.Column(name, sa.Text, nullable=False) for name in words),
        *(sa.Column(name, sa.Text) for name in ("outlet", "title", "url")),
        sa.Column("published_on", sa.Date),
        sa.Column("added_at", Moment, nullable=False),
        sa.UniqueConstraint("key"),
    )


def _event() -> None:
    op.create_table(
        "event",
        _number(),
        sa.Column("geom", Point),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "title", "category", "grade", "outlets")),
        sa.Column("sources", sa.Integer, nullable=False),
        *_told(),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.UniqueConstraint("id"),
    )


def _telling() -> None:
    marks = ("trigger_start", "trigger_end", "mention_start", "mention_end")
    op.create_table(
        "telling",
        _number(),
        sa.Column("geom", Point),
        sa.Column("article_key", sa.Text, sa.ForeignKey("article.key"), nullable=False),
        sa.Column("event_id", sa.Text, sa.ForeignKey("event.id"), nullable=False),
        *_link(),
        *_told(),
        *(sa.Column(n, sa.Text, nullable=False) for n in ("incident_id", "incident_group", "attribution", "quotes")),
        *(sa.Column(name, sa.Text) for name in ("casualty_scope", "attributed_to")),
        *(sa.Column(name, sa.Integer) for name in marks),
        sa.UniqueConstraint("article_key", "incident_id"),
    )
    op.create_index("ix_telling_event_id", "telling", ["event_id"])
    op.create_table(
        "block",
        sa.Column("telling", sa.Integer, sa.ForeignKey("telling.fid", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("block_by_key", "block", ["key", "telling"])


def _decisions() -> None:
    op.create_table(
        "decision",
        _number(),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("verb", "event_id", "other_id", "who", "why")),
        sa.Column("decided_at", Moment, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("undone_by", "undone_why")),
        sa.Column("undone_at", Moment),
    )
    op.create_table(
        "move",
        _number(),
        sa.Column("decision", sa.Integer, sa.ForeignKey("decision.fid"), nullable=False),
        *(sa.Column(n, sa.Text, nullable=False) for n in ("article_key", "incident_id", "from_event", "to_event")),
        *_link(),
    )
    op.create_index("ix_move_decision", "move", ["decision"])
    op.create_index("move_by_telling", "move", ["article_key", "incident_id"])
