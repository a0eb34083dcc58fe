"""Stories to incidents."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from geomap.config import IncidentsConfig
from geomap.incidents import codes, factuality
from geomap.incidents.drafts import Draft
from geomap.incidents.merging import Story, Telling
from geomap.model import Article, Casualties, Evidence, Incident, IncidentStatus


def make_incidents(article: Article, stories: Sequence[Story], config: IncidentsConfig) -> tuple[Incident, ...]:
    """Return one incident a story, in the order of the text."""
    ordered = sorted(stories, key=lambda s: _position(s.lead))
    groups = {story.group: _hash(article.id, "group", str(story.group)) for story in stories}
    shelf = Shelf(article, config, ordered, groups)
    return tuple(_incident(shelf, story) for story in ordered)


def _position(telling: Telling) -> tuple[int, int, int]:
    spot = telling.draft.line.spots[telling.link.spot].first if telling.link is not None else 0
    return telling.draft.line.number, telling.draft.triggers[0].first, spot


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


class Shelf(NamedTuple):
    """What all incidents of an article are made with."""

    article: Article
    config: IncidentsConfig
    stories: Sequence[Story]
    groups: Mapping[int, str]


def _incident(shelf: Shelf, story: Story) -> Incident:
    article, config = shelf.article, shelf.config
    shared = sum(other.group == story.group for other in shelf.stories) > 1
    drafts = [telling.draft for telling in story.tellings] + list(story.echoes)
    located, lead, place = story.lead.located, story.lead.draft, story.place
    precision = codes.precision_of(place) if place is not None else "country"
    kinds = _first(d.kinds for d in drafts)
    base, frame = _is_base(story), _frame(drafts)
    start, end, precise, written = _window(article, drafts)
    agents = _first(d.agents for d in drafts)
    killed, injured = _toll(drafts, "killed"), _toll(drafts, "injured")
    key = (place.id if place is not None else "", str(lead.line.number), str(lead.triggers[0].first))
    return Incident(
        id=_hash(article.id, *key),
        group=shelf.groups[story.group],
        kind="attack" if frame == "attack" else "strike",
        attacked_base=base,
        sub_event_type=_sub_event(frame, kinds, base=base),
        status=_status(drafts),
        place=place,
        relation=located.relation,
        precision=precision,
        radius_km=codes.radius_km(place, located.relation, config.radius_km)
        if place is not None
        else config.radius_km.country,
        geo_precision=codes.geo_precision(place, located.relation) if place is not None else None,
        where_prec=codes.where_prec(place, located.relation) if place is not None else None,
        date_start=start,
        date_end=end,
        time_precision=precise,
        date_as_written=written,
        attribution=next((d.attribution for d in drafts if d.attribution != "unknown"), "unknown"),
        actors=agents,
        targets=_first(t.draft.targets for t in story.tellings),
        weapons=_first(d.weapons for d in drafts),
        killed=killed,
        injured=injured,
        casualty_scope=None if killed is None and injured is None else ("group" if shared else "event"),
        evidence=_evidence(story),
        attributed_to=next((t.draft.speaker for t in story.tellings if t.draft.speaker), None),
        caused_by=_cause(story, shelf.stories, shelf.groups),
        why_not_located=located.why_not,
    )


def _first(values: object) -> tuple[str, ...]:
    return next((v for v in values if v), ())  # type: ignore[attr-defined]


def _frame(drafts: Sequence[Draft]) -> str:
    frames = [d.frame for d in drafts]
    return next(
        (f for f in ("strike", "intercept", "attack") if f in frames[:1] or (f == "strike" and f in frames)), "strike"
    )


def _is_base(story: Story) -> bool:
    """Tell whether a base was attacked, by the lead's own words; what is only quoted does not make it one."""
    found = False
    for telling in story.tellings:
        link = telling.link
        at = telling.draft.places.index(link) if link is not None else 0
        found = found or (telling.draft.bases[at] and (telling is story.lead or not telling.draft.quoted))
    return found


def _sub_event(frame: str, kinds: Sequence[str], *, base: bool) -> str:  # noqa: ARG001
    if frame == "intercept":
        return codes.DISRUPTED
    known = [codes.SUB_EVENTS[k] for k in kinds if k in codes.SUB_EVENTS]
    if codes.AIR in known:
        return codes.AIR
    if known:
        return known[0]
    return codes.CLASH if frame == "attack" else codes.AIR


def _status(drafts: Sequence[Draft]) -> IncidentStatus:
    lead = drafts[0]
    if lead.fact == factuality.NEGATED:
        return "denied"
    if lead.fact == factuality.THREAT:
        return "threatened"
    if _frame(drafts) == "intercept":
        return "intercepted"
    return "claimed" if all(d.claimed for d in drafts) else "reported"


def _window(article: Article, drafts: Sequence[Draft]) -> tuple[dt.date | None, dt.date | None, int | None, str | None]:
    """Return the days of an incident: the first date given; without one the window is open and ends at publication."""
    for draft in drafts:
        when = draft.when
        if when is not None:
            return (
                when.start,
                when.end or article.published_on,
                when.precision,
                draft.line.written(when.first, when.last),
            )
    return None, article.published_on, None, None


def _toll(drafts: Sequence[Draft], name: str) -> Casualties | None:
    return next((getattr(d, name) for d in drafts if getattr(d, name) is not None), None)


def _evidence(story: Story) -> tuple[Evidence, ...]:
    """Return every line that tells of it, the lead first, each line once a trigger."""
    found = list[Evidence]()
    for telling in story.tellings:
        draft, link = telling.draft, telling.link
        trigger = draft.triggers[_trigger_of(draft, link)]
        mention = draft.line.spots[link.spot].number if link is not None else None
        found.append(_one(draft, trigger.first, trigger.last, mention, telling.located.rules))
        if draft.meant is not None and draft.meant.sentence is not None:
            found.append(Evidence(sentence=draft.meant.sentence, rules=(draft.meant.rule,)))
    found += [_one(d, d.triggers[0].first, d.triggers[0].last, None, ("refers back",)) for d in story.echoes]
    return tuple(dict.fromkeys(found))


def _one(draft: Draft, first: int, last: int, mention: int | None, rules: tuple[str, ...]) -> Evidence:
    return Evidence(sentence=draft.line.number, trigger=draft.line.span(first, last), mention=mention, rules=rules)


def _trigger_of(draft: Draft, link: object) -> int:
    numbers = draft.numbers
    return numbers.index(link.trigger) if link is not None and link.trigger in numbers else 0  # type: ignore[attr-defined]


def _cause(story: Story, stories: Sequence[Story], groups: Mapping[int, str]) -> str | None:
    """Return the group of the event that this one answers."""
    for draft in (*(t.draft for t in story.tellings), *story.echoes):
        if draft.answers is None:
            continue
        for other in stories:
            if other.group != story.group and any(
                _is_answered(draft, d) for d in (*(t.draft for t in other.tellings), *other.echoes)
            ):
                return groups[other.group]
    return None


def _is_answered(draft: Draft, other: Draft) -> bool:
    return other.line.number == draft.line.number and other.position == draft.answers
