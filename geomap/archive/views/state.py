"""What a store holds, as one short word: the same as long as nothing that its views show has changed."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import func, select

from geomap.archive.store.opening import Store
from geomap.archive.store.schema import article, decision, event, telling


def state_of(store: Store) -> str:
    """Return a hash of the articles, of what people decided, and of how many events they make.

    It asks for no telling: what an article tells changes only with the moment it was put there.
    """
    found = hashlib.sha256()
    wanted = (
        select(article.c.key, article.c.fid, article.c.added_at).order_by(article.c.key),
        select(decision.c.fid, decision.c.undone_by).order_by(decision.c.fid),
        *(select(func.count(), func.sum(table.c.fid)).select_from(table) for table in (event, telling)),
    )
    with store.reading() as db:
        for question in wanted:
            for row in db.execute(question):
                found.update(json.dumps([str(value) for value in row]).encode())
    return found.hexdigest()
