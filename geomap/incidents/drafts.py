"""One line to drafts: what it tells of each event, before the lines of an article are put together."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.incidents import factuality
from geomap.incidents.bases import attacks_a_base
from geomap.incidents.bonds import Bond
from geomap.incidents.casualties import find_tolls, merge_tolls
from geomap.incidents.clauses import CAUSE, RELATIVE, kinds_between
from geomap.incidents.dates import When, find_dates
from geomap.incidents.details import agents_of, names_of, targets_of, weapons_of
from geomap.incidents.events import Event, find_events
from geomap.incidents.lexicons import Lexicons
from geomap.incidents.lines import Line
from geomap.incidents.linking import Link, link_places
from geomap.incidents.places import find_bonds
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.speakers import attribution_of, is_attribution_denied, is_claimed, speaker_of
from geomap.incidents.triggers import find_triggers
from geomap.model import Attribution, Casualties, Place

UNREAL = frozenset({factuality.POSSIBLE, factuality.NEGATED})
MONTHS = 3  # the precision of a date that is no day


class Meant(NamedTuple):
    """A place that a draft means without naming it, the rule that says so, and the sentence that names it."""

    place: Place
    rule: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one line tells of one event.

    ``fact`` is a word of ``factuality``; ``irregular`` says that no state is among the agents, ``definite`` that it
    refers back ("the strikes"), ``another`` that it says it is not the one told before. ``line`` is the scene's,
    ``numbers`` are the line's triggers it has, ``position`` its own number in the line, ``answers`` that of the event
    it answers; ``meant`` is the place that "the base" means where no place is named, ``home`` the country that the
    article is about.
    """

    scene: Scene
    line: Line
    triggers: tuple[Trigger, ...]
    places: tuple[Link, ...]
    links: tuple[Link, ...]
    bonds: tuple[Bond, ...]
    bases: tuple[bool, ...]
    fact: str
    frame: str
    definite: bool
    another: bool
    quoted: bool
    claimed: bool
    agents: tuple[str, ...]
    irregular: bool
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    kinds: tuple[str, ...]
    attribution: Attribution
    speaker: str | None
    when: When | None
    killed: Casualties | None
    injured: Casualties | None
    answers: int | None
    numbers: tuple[int, ...]
    position: int
    meant: Meant | None = None
    home: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was found in one line."""

    scene: Scene
    links: tuple[Link, ...]
    bonds: tuple[Bond, ...]
    drafts: tuple[Draft, ...]


def read_line(line: Line, lexicons: Lexicons, published: dt.date | None, carried: str = "") -> Reading | None:
    """Return what a line tells; None where nothing in it is a trigger. ``carried`` is the weapon told before it."""
    scene = Scene(line, lexicons, carried)
    triggers = find_triggers(scene)
    if not triggers:
        return None
    bonds = find_bonds(line, lexicons)
    links = link_places(scene, triggers, bonds) if bonds else ()
    events = find_events(scene, triggers, links, bonds)
    dates = find_dates(line, published)
    drafts = tuple(split for d in _drafts(scene, triggers, events, (links, bonds), dates) for split in _split(d, dates))
    return Reading(scene=scene, links=links, bonds=bonds, drafts=drafts)


def _drafts(
    scene: Scene,
    triggers: Sequence[Trigger],
    events: Sequence[Event],
    ties: tuple[tuple[Link, ...], tuple[Bond, ...]],
    dates: Sequence[When],
) -> Iterator[Draft]:
    tolls = find_tolls(scene.line, scene.lexicons)
    for position, event in enumerate(events):
        own = tuple(triggers[t] for t in event.triggers)
        actors, fact = agents_of(scene, own), _fact(scene, own)
        event = _without_unreal(scene, triggers, event, fact)  # noqa: PLW2901
        agents = names_of(actors)
        killed, injured = merge_tolls(tuple(t for t in tolls if _nearest(t.at, triggers) in event.triggers))
        yield Draft(
            scene=scene,
            line=scene.line,
            triggers=own,
            places=event.places,
            links=ties[0],
            bonds=ties[1],
            bases=_bases(scene, own, event),
            fact=fact,
            frame=_frame(own),
            definite=_is_definite(scene, own[0]),
            another=_is_another(scene, own[0]),
            quoted=_is_quoted(scene, own[0]),
            claimed=is_claimed(scene),
            agents=agents,
            irregular=all(a.kind in {"group", "generic"} for a in actors),
            targets=targets_of(scene, own, agents),
            weapons=weapons_of(scene, own),
            kinds=tuple(dict.fromkeys(t.weapon for t in own if t.weapon)),
            attribution=attribution_of(scene, own, agents),
            speaker=speaker_of(scene),
            when=_when(scene, own, dates, tally=fact == factuality.TALLY),
            killed=killed,
            injured=injured,
            answers=event.answers,
            numbers=event.triggers,
            position=position,
        )


def _without_unreal(scene: Scene, triggers: Sequence[Trigger], event: Event, fact: str) -> Event:
    """Leave out the places of triggers that tell what could be, or was not: "a store of bombs to be dropped on X"."""
    if fact != factuality.ACTUAL or len(event.triggers) == 1:
        return event
    unsaid = UNREAL - {factuality.judge_fact(scene, triggers[event.triggers[0]])}  # a denial denies both alike
    unreal = {t for t in event.triggers[1:] if factuality.judge_fact(scene, triggers[t]) in unsaid}
    return event._replace(places=tuple(link for link in event.places if link.trigger not in unreal))


def _split(draft: Draft, dates: Sequence[When]) -> Iterator[Draft]:
    """Part "was attacked on Tuesday and again on Thursday" into two events."""
    words, at = draft.line.words, draft.triggers[0].last
    if "again" not in words:
        yield draft
        return
    again = next((k for k in range(at, len(words) - 1) if words[k : k + 2] == ("and", "again")), None)
    first = [w for w in dates if again is not None and at <= w.first < again]
    second = [w for w in dates if again is not None and w.first > again]
    if not first or not second or again is None:
        yield draft
        return
    behind = tuple(draft.line.written(w.first, w.last) for w in draft.scene.weapons if w.first > again)
    before = tuple(w for w in draft.weapons if w not in behind)
    yield dataclasses.replace(draft, when=first[-1], weapons=before or draft.weapons)
    yield dataclasses.replace(draft, when=second[0], weapons=behind or draft.weapons, another=True)


def _nearest(at: int, triggers: Sequence[Trigger]) -> int:
    return min(range(len(triggers)), key=lambda t: abs(triggers[t].first - at))


def _is_of_another_day(scene: Scene, at: int, date: When) -> bool:
    """Tell the day of "X, a town that the group took in April", "X, where soldiers killed 40 men last year"."""
    opened = next((b.at for b in scene.breaks if at < b.at < date.first and b.kind == RELATIVE), date.first)
    words = scene.line.words[opened : date.first]
    return not scene.lexicons.sets["verbs_take"].isdisjoint(words) or (_is_coarse(date) and words[:1] == ("where",))


def _is_coarse(date: When) -> bool:
    """Tell months and years from days."""
    return date.bygone or date.precision == MONTHS


def _bases(scene: Scene, triggers: tuple[Trigger, ...], event: Event) -> tuple[bool, ...]:
    if not event.places:
        return (attacks_a_base(scene, triggers, event, None),)
    return tuple(attacks_a_base(scene, triggers, event, link.spot) for link in event.places)


def _fact(scene: Scene, triggers: Sequence[Trigger]) -> str:
    """Return the fact of an event: that of its first trigger, unless only who did it is denied."""
    fact = factuality.judge_fact(scene, triggers[0])
    if fact == factuality.NEGATED and is_attribution_denied(scene, triggers[0]):
        return factuality.ACTUAL
    if fact == factuality.NEGATED and _is_definite(scene, triggers[0]):
        return factuality.REACTION  # "no group has claimed the attack"
    return fact


def _frame(triggers: Sequence[Trigger]) -> str:
    frames = [t.frame for t in triggers]
    if "intercept" in frames:
        landed = any(t.way in {"object", "land"} and t.frame == "strike" and t.form == "past" for t in triggers)
        return "strike" if landed else "intercept"
    return next((f for f in ("strike", "attack") if f in frames), frames[0])


def _is_definite(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a noun refers back: "the strikes", "Washington's strikes", "that attack"."""
    if trigger.way != "noun":
        return False
    words = scene.line.words[trigger.start : trigger.first]
    return bool(words) and (words[0] in scene.lexicons.sets["definite"] or "'s" in words)


def _is_another(scene: Scene, trigger: Trigger) -> bool:
    words = scene.line.words[max(0, trigger.start - 2) : trigger.last]
    return not scene.lexicons.sets["another"].isdisjoint(words)


def _is_quoted(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a trigger stands between quotation marks."""
    text = scene.line.article.text
    before = text[scene.line.sentence.start : scene.line.starts[trigger.first]]
    opened = before.count("“") - before.count("”")
    return opened > 0 or before.count('"') % 2 == 1


def _when(scene: Scene, triggers: Sequence[Trigger], dates: Sequence[When], *, tally: bool) -> When | None:
    """Return the date that belongs to an event: no cause connective and no reporting verb stands between."""
    at = triggers[0].first
    fitting = [w for w in dates if not w.speech and w.since <= tally and not _is_of_another_day(scene, at, w)]
    near = [w for w in fitting if CAUSE not in kinds_between(scene.breaks, *sorted((w.first, at)))]
    return min(near, key=lambda w: (w.bygone, abs(w.first - at)), default=None)
