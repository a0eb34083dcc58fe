"""The events of one line: triggers that tell of the same event, and the places where it happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from geomap.incidents.bonds import Bond
from geomap.incidents.clauses import CAUSE, CLAUSE, RELATIVE, STOP, kinds_between
from geomap.incidents.codes import RANKS, contains, rank
from geomap.incidents.linking import Link
from geomap.incidents.prepositions import CAMPAIGN
from geomap.incidents.scenes import Scene, Trigger
from geomap.model import Place

CAMPAIGNS = frozenset({"in", "over", "across", "at", "on", "inside", "within", "around", "near"})
SCENES = frozenset({"in", "across", "over", "inside", "within", "throughout"})
AIMS = frozenset({"in", "into", "on", "at", "near"})  # "fell north of X and into Y"
ITEMISED = frozenset({"namely", "including", "specifically"})
NEAR_VERB = 8
NEAR_NOUN = 4


class Event(NamedTuple):
    """Triggers of a line that tell of one event and the links to its places.

    ``answers`` is the number of the line's event that this one answers ("in response to").
    """

    triggers: tuple[int, ...]
    places: tuple[Link, ...]
    answers: int | None = None


def find_events(scene: Scene, triggers: Sequence[Trigger], links: Sequence[Link], bonds: Sequence[Bond]) -> list[Event]:
    """Join the triggers of a line into events."""
    clusters = list[list[int]]()
    for t in range(len(triggers)):
        if clusters and _same_event(scene, triggers, links, clusters[-1][-1], t):
            clusters[-1].append(t)
        else:
            clusters.append([t])
    events = [Event(tuple(c), _places(scene, triggers, c, links, bonds)) for c in clusters]
    if len(events) == 1:
        return events
    return [e._replace(answers=_answered(scene, triggers, events, n)) for n, e in enumerate(events)]


def located_by(links: Sequence[Link], t: int) -> list[Link]:
    """Return the links that place a trigger."""
    return [link for link in links if link.trigger == t and link.role == "event_location"]


def _same_event(scene: Scene, triggers: Sequence[Trigger], links: Sequence[Link], a: int, b: int) -> bool:
    """Tell whether two neighbouring triggers tell of one event: "airstrikes hit", "strikes ..., targeting"."""
    first, second = triggers[a], triggers[b]
    kinds = kinds_between(scene.breaks, first.last, second.start)
    if kinds & {CAUSE, CLAUSE, STOP}:
        return False
    if second.form == "ing":
        return True
    between = scene.line.words[first.last : second.start]
    if first.way == second.way == "noun":
        return len(between) <= NEAR_NOUN and bool({"and", ",", "or"} & set(between))
    if first.way == "noun" and second.way != "noun":
        return "and" not in between or len(between) <= NEAR_VERB // 2 or RELATIVE in kinds
    if first.way != "noun" and second.way == "noun" and len(between) <= NEAR_VERB:
        return "and" not in between or not located_by(links, b)
    return not (located_by(links, a) and located_by(links, b) and "and" in between)


def _places(
    scene: Scene, triggers: Sequence[Trigger], cluster: Sequence[int], links: Sequence[Link], bonds: Sequence[Bond]
) -> tuple[Link, ...]:
    """Return where an event happened: of several places those that say it best."""
    found = [link for t in cluster for link in located_by(links, t)] or _scene_of_campaign(
        triggers, cluster, links, bonds
    )
    if len(found) <= 1:
        return tuple(found)
    for is_worse in (
        _is_pronoun(scene),
        _gives_way(scene, triggers, found, bonds),
        _holds_another(scene, found, bonds),
        _is_opening,
        _is_beside(scene, bonds, found),
    ):
        found = [link for link in found if not is_worse(link)] or found
    return tuple(sorted(found, key=lambda link: link.spot))


def _scene_of_campaign(
    triggers: Sequence[Trigger], cluster: Sequence[int], links: Sequence[Link], bonds: Sequence[Bond]
) -> list[Link]:
    """Return the place of "an aerial campaign over X, striking several sites": the participle's is the campaign's."""
    if not all(triggers[t].form == "ing" for t in cluster):
        return []
    scenes = [link for link in links if CAMPAIGN in link.rules and bonds[link.spot].prep in CAMPAIGNS]
    return [link._replace(role="event_location", trigger=cluster[0]) for link in scenes]


def _gives_way(
    scene: Scene, triggers: Sequence[Trigger], found: Sequence[Link], bonds: Sequence[Bond]
) -> Callable[[Link], bool]:
    """Return a test for the scene of "an assault in X, targeting positions at Y": the participle says it finer."""
    fine = [link for link in found if _is_fine(scene.line.spots[link.spot].resolution.place)]
    aims = [triggers[t].start for t in sorted({link.trigger for link in fine}) if _is_aim(scene, triggers[t])]

    def test(link: Link) -> bool:
        trigger, at = triggers[link.trigger], scene.line.spots[link.spot].first
        wide = trigger.way == "noun" or bonds[link.spot].prep in SCENES
        return wide and any(trigger.first < aim and at < aim for aim in aims)

    return test


def _is_fine(place: Place | None) -> bool:
    return place is None or rank(place) < RANKS["province"]


def _is_aim(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a trigger says what another one aimed at: ", targeting", "that targeted", not ", also hitting"."""
    before = scene.line.word(trigger.start - 1)
    return (trigger.form == "ing" and before == ",") or (trigger.way == "object" and before in {"that", "which"})


def _holds_another(scene: Scene, found: Sequence[Link], bonds: Sequence[Bond]) -> Callable[[Link], bool]:
    """Return a test for places that hold a finer one, by the gazetteer or because they stand apart from it."""
    places = {link.spot: scene.line.spots[link.spot].resolution.place for link in found}

    def test(link: Link) -> bool:
        place = places[link.spot]
        if place is None:
            return False
        others = [(spot, other) for spot, other in places.items() if other is not None and spot != link.spot]
        apart = [other for spot, other in others if bonds[spot].head != bonds[link.spot].head]
        if _is_itemised(scene, link.spot) and any(contains(place, other) for _, other in others):
            return True
        if any(contains(place, other) for other in apart) and not _goes_on(scene, link.spot, found):
            return True
        line = bonds[link.spot].prep == "along" and any(rank(other) < rank(place) for other in apart)
        wide = rank(place) >= RANKS["province"] and not _is_joined(scene, link.spot, found)
        return line or (wide and any(_may_hold(place, other) for other in apart))

    return test


def _is_itemised(scene: Scene, number: int) -> bool:
    """Tell "villages of the A region, namely B and C"."""
    behind = scene.line.words[scene.line.spots[number].last :]
    return any(word in ITEMISED for word in behind)


def _goes_on(scene: Scene, number: int, found: Sequence[Link]) -> bool:
    """Tell "hit the slopes of Mount X and a car near Y": what "and" joins are two places."""
    place = scene.line.spots[number].resolution.place
    return place is not None and rank(place) < RANKS["province"] and _is_joined(scene, number, found)


def _is_joined(scene: Scene, number: int, found: Sequence[Link]) -> bool:
    """Tell "pounded the X valley and villages near Y": "and" stands right behind the first of two places."""
    return scene.line.word(scene.line.spots[number].last) == "and" and any(link.spot == number + 1 for link in found)


def _is_pronoun(scene: Scene) -> Callable[[Link], bool]:
    """Return a test for places that only "the camp" or "the city" stands for."""
    return lambda link: scene.line.spots[link.spot].resolution.mention.kind == "coreference"


def _may_hold(outer: Place, inner: Place) -> bool:
    known = outer.country_code is not None and inner.country_code is not None
    return rank(inner) < rank(outer) and (not known or outer.country_code == inner.country_code)


def _is_opening(link: Link) -> bool:
    return "opening place" in link.rules


def _is_beside(scene: Scene, bonds: Sequence[Bond], found: Sequence[Link]) -> Callable[[Link], bool]:
    """Return a test for places that only say in which direction another one lies; "and the area north of X" is one."""
    alone = all(bonds[link.spot].prep == "between" for link in found)

    def test(link: Link) -> bool:
        between = not alone and bonds[link.spot].prep == "between"
        number = bonds[link.spot].head if between else link.spot
        at, before = scene.line.spots[number].first, scene.line.spots[number - 1].last if number else 0
        listed = bool(number) and "and" in scene.line.words[before:at]
        last = scene.line.spots[link.spot].last
        listed = listed or (scene.line.word(last) == "and" and scene.line.word(last + 1) in AIMS)
        return (between or bonds[link.spot].relation.endswith(" of")) and not listed

    return test


def _answered(scene: Scene, triggers: Sequence[Trigger], events: Sequence[Event], n: int) -> int | None:
    """Return the event behind a cause connective."""
    if n + 1 >= len(events):
        return None
    left, right = triggers[events[n].triggers[-1]], triggers[events[n + 1].triggers[0]]
    return n + 1 if CAUSE in kinds_between(scene.breaks, left.last, right.start) else None
