"""What people decided about a telling holds for what it became; where it became nothing, that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from geomap.archive.nouns import Telling
from geomap.archive.store.loading import cut
from geomap.archive.store.schema import decision, move
from geomap.archive.store.writing import update_rows

LONGEST = 90  # characters of a quotation in a message


def carry_over(db: Connection, renamed: Mapping[str, str]) -> None:
    """Let what was decided about tellings hold for those that they became, by their keys."""
    changed = []
    for part in cut(key.partition("/")[0] for key in renamed):
        wanted = select(move.c.fid, move.c.article_key, move.c.incident_id).where(move.c.article_key.in_(part))
        changed += [
            {"fid": row.fid, "incident_id": new.partition("/")[2]}
            for row in db.execute(wanted)
            if (new := renamed.get(f"{row.article_key}/{row.incident_id}"))
        ]
    update_rows(db, move, changed)


def no_longer(db: Connection, lost: Sequence[Telling]) -> tuple[str, ...]:
    """Return a line for each decision about a telling that its article no longer has."""
    lines: list[str] = []
    for one in lost:
        wanted = (
            select(decision.c.fid, decision.c.verb, decision.c.who)
            .join_from(move, decision)
            .where(decision.c.undone_at.is_(None), move.c.article_key == one.source.key)
            .where(move.c.incident_id == one.incident_id)
            .order_by(decision.c.fid)
        )
        for row in db.execute(wanted):
            quote = one.quotes[0][:LONGEST] if one.quotes else one.incident_id
            what = f"{row.verb} {row.fid} by {row.who} no longer applies"
            lines.append(f"{what}: {one.source.title or one.source.article_id} is now read without “{quote}”")
    return tuple(lines)
