"""The tables of a store, the same in both databases; ``migrations`` makes them.

Names of columns are plain words, because QGIS and SQL show them. ``fid`` is the number that GeoPackage wants a row to
have; the writer counts it, so that the order of tellings is the order they came in. ``geom`` is what maps draw: what is
known only to a country has none, though ``longitude`` and ``latitude`` say where the country is.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from geomap.archive.store.types import Moment, Point

metadata = MetaData()


def _told() -> list[Column[Any]]:
    """Return the columns that events and tellings share."""
    return [
        Column("kind", Text, nullable=False),
        Column("attacked_base", Boolean, nullable=False),
        Column("sub_event_type", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("precision", Text, nullable=False),
        Column("radius_km", Double, nullable=False),
        Column("longitude", Double),
        Column("latitude", Double),
        Column("place_id", Text),
        Column("place_name", Text),
        Column("country_code", Text),
        Column("admin1", Text),
        Column("date_start", Date),
        Column("date_end", Date),
        Column("actors", Text, nullable=False),
        Column("targets", Text, nullable=False),
        Column("weapons", Text, nullable=False),
        Column("killed_low", Integer),
        Column("killed_best", Integer),
        Column("killed_high", Integer),
        Column("injured_low", Integer),
        Column("injured_best", Integer),
        Column("injured_high", Integer),
    ]


article = Table(
    "article",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("article_id", Text, nullable=False),
    Column("outlet", Text),
    Column("title", Text),
    Column("url", Text),
    Column("published_on", Date),
    Column("geomap", Text, nullable=False),
    Column("gazetteer", Text, nullable=False),
    Column("config_sha256", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=False),
    Column("geom", Point),
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("outlets", Text, nullable=False),
    *_told(),
    Column("first_day", Date),
    Column("last_day", Date),
    Index("event_by_day", "last_day", "id"),
)

telling = Table(
    "telling",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=False),
    Column("geom", Point),
    Column("article_key", Text, ForeignKey("article.key"), nullable=False),
    Column("incident_id", Text, nullable=False),
    Column("event_id", Text, ForeignKey("event.id"), nullable=False, index=True),
    Column("link_score", Double, nullable=False),
    Column("link_by", Text, nullable=False),
    Column("link_reasons", Text, nullable=False),
    Column("incident_group", Text, nullable=False),
    *_told(),
    Column("attribution", Text, nullable=False),
    Column("casualty_scope", Text),
    Column("attributed_to", Text),
    Column("quotes", Text, nullable=False),
    Column("trigger_start", Integer),
    Column("trigger_end", Integer),
    Column("mention_start", Integer),
    Column("mention_end", Integer),
    UniqueConstraint("article_key", "incident_id"),
)

block = Table(
    "block",
    metadata,
    Column("telling", Integer, ForeignKey("telling.fid", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Index("block_by_key", "key", "telling"),
    sqlite_with_rowid=False,
)

decision = Table(
    "decision",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=False),
    Column("verb", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("other_id", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("undone_by", Text),
    Column("undone_why", Text),
    Column("undone_at", Moment),
)

move = Table(
    "move",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=False),
    Column("decision", Integer, ForeignKey("decision.fid"), nullable=False, index=True),
    Column("article_key", Text, nullable=False),
    Column("incident_id", Text, nullable=False),
    Column("from_event", Text, nullable=False),
    Column("to_event", Text, nullable=False),
    Column("link_score", Double, nullable=False),
    Column("link_by", Text, nullable=False),
    Column("link_reasons", Text, nullable=False),
    Index("move_by_telling", "article_key", "incident_id"),
)
