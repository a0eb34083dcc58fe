"""Attacks without weapons that strike from afar: which of them are told as incidents."""

from __future__ import annotations

from geomap.incidents.codes import precision_of
from geomap.incidents.drafts import Draft

TARGETING = frozenset({"target", "strike", "hit", "pound"})


def is_assault(draft: Draft) -> bool:
    """Tell whether armed actors are said to have targeted a named place or military positions there."""
    if not draft.agents and not any(actor.armed for actor in draft.scene.actors):
        return False
    if any(kind in {"explosive", "suicide", "grenade", "gun"} for kind in draft.kinds):
        return False
    places = [draft.line.spots[link.spot].resolution.place for link in draft.places]
    fine = any(place is None or precision_of(place) != "country" for place in places)
    return fine and any(t.lemma in TARGETING and t.way == "object" for t in draft.triggers)
