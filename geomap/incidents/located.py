"""The place of an incident, and what is said of it where the place itself is not known."""

from __future__ import annotations

from typing import NamedTuple

from geomap.incidents.bonds import ALIAS, ANCHOR, CONTAINER
from geomap.incidents.codes import RANKS, is_loose, precision_of, rank
from geomap.incidents.distance import is_within
from geomap.incidents.drafts import Draft
from geomap.incidents.linking import Link
from geomap.incidents.prepositions import CAMPAIGN
from geomap.incidents.whereabouts import is_joined_by_where
from geomap.model import Place, Resolution

LOOSE_PREPS = frozenset({"near", "outside", "around", "off", "surrounding", "toward", "towards", "beyond"})
REGION_KM = 100.0
STREETS = frozenset({"street", "avenue", "square", "boulevard", "roundabout"})
BORROWED = "placed near what is told beside it"
SETTINGS = frozenset({"mention", "container", "event_location", "reporting"})
WITNESSES = frozenset({"residents", "resident", "inhabitants", "locals"})
SCENE_PREPS = frozenset({"in", "inside", "within", "across", "at"})
INNER_PREPS = frozenset({"in", "inside", "within", "across", "throughout", "over"})


class Located(NamedTuple):
    """A place, how the incident lies to it, and why there is none where there is none."""

    place: Place | None
    relation: str
    rules: tuple[str, ...]
    why_not: str | None


def locate(draft: Draft, link: Link | None) -> Located:
    """Return where a link puts its event: its place, another name's place, the place it lies in, or nothing."""
    if draft.meant is not None:
        return Located(draft.meant.place, "at", (draft.meant.rule,), None)
    if link is None:
        return Located(None, "at", (), "the article does not say where")
    link = _first_of_two(draft, link)
    spot = draft.line.spots[link.spot]
    relation = relation_of(draft, link)
    region = _named_region(draft, link)
    if spot.resolution.place is not None and region is not None and _is_outside(spot.resolution.place, region):
        return Located(region, "in", (*link.rules, "placed where it lies"), None)
    if spot.resolution.place is not None:
        return Located(spot.resolution.place, relation, link.rules, None)
    alias = _by_standing(draft, link, ALIAS)
    if alias is not None:
        return Located(alias, relation, (*link.rules, "by its other name"), None)
    return _around(draft, link) or Located(None, relation, link.rules, _why_not(spot.resolution))


def _named_region(draft: Draft, link: Link) -> Place | None:
    """Return the province that the sentence puts a place into: "the town of B in the A region"."""
    for number, bond in enumerate(draft.bonds):
        place = draft.line.spots[number].resolution.place
        own = bond.standing == CONTAINER and bond.parent == link.spot
        if own and place is not None and (place.feature_code == "ADM1" or _is_said_town(draft, number, link)):
            return place
    return None


def _is_said_town(draft: Draft, number: int, link: Link) -> bool:
    """Tell "the market in the city of X" and "the base in X" from a town beside another."""
    line, first = draft.line, draft.line.spots[number].first
    place, inner = line.spots[number].resolution.place, line.spots[link.spot].resolution.place
    site = inner is not None and precision_of(inner) == "site"
    if site and place is not None and place.feature_code.startswith("PPL") and line.word(first - 1) == "in":
        return True
    return line.words[first - 3 : first] in {("the", "city", "of"), ("the", "town", "of")}


def _is_outside(place: Place, region: Place) -> bool:
    """Tell a namesake far outside the province named beside it; provinces that were split since are let be."""
    apart = place.country_code == region.country_code and place.admin1 not in {None, region.admin1, region.name}
    far = not is_within(place, region, region.radius_km + REGION_KM)
    if region.feature_code.startswith("PPL"):
        return far and rank(place) < RANKS["province"]
    return apart and far and rank(place) < RANKS["province"]


def _first_of_two(draft: Draft, link: Link) -> Link:
    """Return the link that stands for "between A and B": one incident, at the first of the two that is known."""
    bond = draft.bonds[link.spot]
    if bond.prep != "between":
        return link
    both = [other for other in draft.places if draft.bonds[other.spot].head == bond.head]
    return next((o for o in both if draft.line.spots[o.spot].resolution.place is not None), link)


def _why_not(resolution: Resolution) -> str:
    return resolution.why_not or f"{resolution.mention.text!r} is {resolution.status}"


def _around(draft: Draft, link: Link) -> Located | None:
    """Return the coarser place that holds an unknown one, where the sentence or the article tells it."""
    container = _by_standing(draft, link, CONTAINER)
    if container is not None and not (precision_of(container) == "settlement" and _is_one_of_known(draft, link)):
        return Located(container, "in", (*link.rules, "placed where it lies"), None)
    anchor = _by_standing(draft, link, ANCHOR)
    if anchor is not None:
        return Located(anchor, "near", (*link.rules, BORROWED), None)
    theatre = _theatre(draft, link) or _listed(draft, link)
    if theatre is not None and rank(theatre) < RANKS["province"]:
        return Located(theatre, "near", (*link.rules, BORROWED), None)
    wider = theatre or draft.home
    return None if wider is None else Located(wider, "in", (*link.rules, "placed where it lies"), None)


def _is_one_of_known(draft: Draft, link: Link) -> bool:
    """Tell an unknown name of a list whose others are known: the town they all lie around would be a false pin."""
    head = draft.bonds[link.spot].head
    listed = [o for o in draft.places if draft.bonds[o.spot].head == head and o.spot != link.spot]
    return any(draft.line.spots[o.spot].resolution.place is not None for o in listed)


def _theatre(draft: Draft, link: Link) -> Place | None:
    """Return what else the sentence says of where it happened: the scene of its campaign, a province, a country."""
    spots = draft.line.spots
    beside = [
        (abs(spots[other.spot].first - spots[link.spot].first), spots[other.spot].resolution.place)
        for other in draft.links
        if other.spot != link.spot and _is_setting(draft, link, other)
    ]
    found = [(away, place) for away, place in beside if place is not None]
    return min(found, key=lambda pair: (rank(pair[1]), pair[0]))[1] if found else None


def _is_setting(draft: Draft, link: Link, other: Link) -> bool:
    """Tell whether a place may hold an unknown one: the scene of its event that gave way, a province, a country."""
    place, bond = draft.line.spots[other.spot].resolution.place, draft.bonds[other.spot]
    if place is None or other.role not in SETTINGS:
        return False
    if CAMPAIGN in other.rules or _is_where_witnesses_live(draft, other):
        return True
    if _is_street(draft, link) and bond.prep in SCENE_PREPS and other.role != "reporting":
        return True
    if _is_where(draft, link, other):
        return True
    scene = other.role == "event_location" and other.trigger in draft.numbers
    if (scene and all(told.spot != other.spot for told in draft.places)) or _is_main_scene(draft, other):
        return True
    wide = rank(place) >= RANKS["province"] and other.role != "reporting"
    return wide and (other.role == "container" or bond.prep in INNER_PREPS)


def _is_where(draft: Draft, link: Link, other: Link) -> bool:
    """Tell whether "where" puts an unknown place into another: "X, where shells fell on the Y quarter"."""
    line, spot = draft.line, draft.line.spots[link.spot]
    last = line.spots[other.spot].last
    at = next((k for k in range(last, spot.first) if line.words[k] == "where"), -1)
    return at >= 0 and at < draft.triggers[0].first and is_joined_by_where(line, last, at)


def _is_street(draft: Draft, link: Link) -> bool:
    """Tell a street or a square, which lies in the town that its sentence names."""
    return draft.line.word(draft.line.spots[link.spot].last) in STREETS


def _is_main_scene(draft: Draft, other: Link) -> bool:
    """Tell whether a place is where the main clause of a participle happened: "advanced in X, targeting Y"."""
    bond, trigger = draft.bonds[other.spot], draft.triggers[0]
    ahead = draft.line.spots[other.spot].first < trigger.first
    return ahead and trigger.form == "ing" and other.role == "mention" and bond.prep in SCENE_PREPS


def _is_where_witnesses_live(draft: Draft, other: Link) -> bool:
    """Tell "according to residents of X" from "officials in X": what befell residents befell them there."""
    host = draft.bonds[other.spot].host
    return other.role == "reporting" and host >= 0 and draft.line.words[host] in WITNESSES


def _listed(draft: Draft, link: Link) -> Place | None:
    """Return the nearest known place of the list that an unknown one stands in."""
    head, spots = draft.bonds[link.spot].head, draft.line.spots
    known = [
        (abs(other.spot - link.spot), place)
        for other in draft.places
        if draft.bonds[other.spot].head == head and (place := spots[other.spot].resolution.place) is not None
    ]
    return min(known, key=lambda pair: pair[0])[1] if known else None


def _by_standing(draft: Draft, link: Link, standing: str) -> Place | None:
    """Return the place of an alias or a container that belongs to a spot or to the list the spot is in."""
    head = draft.bonds[link.spot].head
    for number, bond in enumerate(draft.bonds):
        if bond.standing != standing or bond.parent is None:
            continue
        place = draft.line.spots[number].resolution.place
        own = bond.parent == link.spot or (standing != ALIAS and draft.bonds[bond.parent].head == head)
        if own and place is not None:
            return place
    return None


def relation_of(draft: Draft, link: Link) -> str:
    """Return how the incident lies to its place: "at", "in", "near", "north of"."""
    bond, spot = draft.bonds[link.spot], draft.line.spots[link.spot]
    if is_loose(bond.relation):
        return bond.relation
    if bond.prep in LOOSE_PREPS:
        return "near"
    if bond.prep == "between":
        return "between"
    place = spot.resolution.place
    if place is not None and precision_of(place) == "site":
        return "at"
    return "in" if bond.prep in INNER_PREPS else "at"
