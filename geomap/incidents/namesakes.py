"""A base that one sentence only describes and the next one names: "a base near X", "the Y base"."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.incidents.bases import CODES
from geomap.incidents.distance import distance_km
from geomap.incidents.merging import Story, actors_agree, days_meet

NEAR_KM = 25.0
NEAR_LINES = 3


def with_names(stories: Sequence[Story]) -> list[Story]:
    """Join every unnamed base that was attacked with the named one that can only be it."""
    found = list(stories)
    for unnamed in stories:
        fitting = [named for named in found if _names(named, unnamed)] if _is_unnamed_base(unnamed) else []
        if len(fitting) == 1:
            joined = fitting[0].__class__(
                group=unnamed.group,
                tellings=(*fitting[0].tellings, *unnamed.tellings),
                echoes=(*unnamed.echoes, *fitting[0].echoes),
            )
            found = [joined if story is fitting[0] else story for story in found if story is not unnamed]
    return found


def _is_unnamed_base(story: Story) -> bool:
    """Tell whether a story is of a base that is known only by a town nearby."""
    telling, place = story.lead, story.place
    if place is None or telling.link is None or place.feature_code in CODES:
        return False
    return telling.located.relation == "near" and telling.draft.bases[telling.draft.places.index(telling.link)]


def _names(named: Story, unnamed: Story) -> bool:
    """Tell whether a story can be of the base that another one leaves unnamed."""
    one, other = named.place, unnamed.place
    if one is None or other is None or named is unnamed or one.feature_code not in CODES:
        return False
    a, b = named.lead.draft, unnamed.lead.draft
    close = 0 < a.line.number - b.line.number <= NEAR_LINES and distance_km(one, other) <= NEAR_KM
    return close and not a.another and days_meet(a, b) and actors_agree(a, b)
