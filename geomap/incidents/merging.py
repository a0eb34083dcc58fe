"""The drafts of an article to stories: one story an event, with every line that tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from geomap.incidents.codes import contains, precision_of, rank
from geomap.incidents.distance import is_within
from geomap.incidents.drafts import Draft
from geomap.incidents.likeness import SAME_PLACE_KM, same_place
from geomap.incidents.linking import Link
from geomap.incidents.located import BORROWED, Located, locate
from geomap.model import Place

PROVINCE = 3
HEADLINE_KM = 60.0
LATER_ZONES = frozenset({"headline", "caption"})
CLOSE_LINES = 3
EARLIER = frozenset({"first", "earlier", "previous", "initial", "last"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One line's word for one place of a story."""

    draft: Draft
    link: Link | None
    located: Located


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One incident to be: its tellings, the first of which leads. ``group`` numbers the event it belongs to."""

    group: int
    tellings: tuple[Telling, ...]
    echoes: tuple[Draft, ...] = field(default=())

    @property
    def lead(self) -> Telling:
        """The telling that the incident is made from."""
        return self.tellings[0]

    @property
    def place(self) -> Place | None:
        """Where it happened."""
        return self.lead.located.place


def merge(drafts: Sequence[Draft]) -> list[Story]:
    """Put drafts that tell of the same incident together: located ones first, then those that refer back."""
    stories = list[Story]()
    waiting = list[tuple[Draft, list[Located]]]()
    numbered = sorted(enumerate(drafts), key=lambda d: d[1].line.sentence.zone in LATER_ZONES)
    for number, draft in numbered:
        where = _located(draft)
        if _is_specific(where) and not _is_summary(stories, draft, where):
            _tell(stories, draft, where, number)
        else:
            waiting.append((draft, where))
    for draft, where in waiting:
        _refer(stories, draft, where, len(drafts) + draft.line.number)
    return stories


def _is_summary(stories: Sequence[Story], draft: Draft, where: Sequence[Located]) -> bool:
    """Tell whether a headline only sums up what the body tells finer: "strikes hit southern Gaza"."""
    if draft.line.sentence.zone not in LATER_ZONES:
        return False
    return not any(same_place(s.place, located.place) for s in stories for located in where)


def _is_specific(where: Sequence[Located]) -> bool:
    """Tell whether a place finer than a province is among some."""
    return any(located.place is not None and rank(located.place) < PROVINCE for located in where)


def _located(draft: Draft) -> list[Located]:
    return [locate(draft, link) for link in draft.places] or ([locate(draft, None)] if draft.meant else [])


def _tell(stories: list[Story], draft: Draft, where: Sequence[Located], group: int) -> None:
    """Add every place of a draft to the story it belongs to or begin a new one."""
    links: Sequence[Link | None] = draft.places or (None,)
    for link, located in zip(links, where, strict=True):
        telling = Telling(draft=draft, link=link, located=located)
        known = next((n for n, story in enumerate(stories) if _is_same(story, telling)), None)
        summed_up = draft.line.sentence.zone in LATER_ZONES and any(_is_around(s.place, located.place) for s in stories)
        if known is None and summed_up:
            continue
        if known is None:
            stories.append(Story(group=group, tellings=(telling,)))
        else:
            stories[known] = _joined(stories[known], telling)


def _joined(story: Story, telling: Telling) -> Story:
    """Add a telling; a headline or a quotation never leads."""
    ordered = sorted((*story.tellings, telling), key=_weight)
    return Story(group=story.group, tellings=tuple(ordered), echoes=story.echoes)


def _weight(telling: Telling) -> tuple[bool, bool, bool, bool, int]:
    draft = telling.draft
    zone = draft.line.sentence.zone
    return (
        telling.located.place is None,
        BORROWED in telling.located.rules,
        zone in {"caption", "boilerplate"},
        zone == "headline" or draft.quoted,
        draft.line.number,
    )


def _is_same(story: Story, telling: Telling) -> bool:
    """Tell whether a telling is about the incident of a story: same place, days that meet, actors that agree."""
    lead, draft = story.lead.draft, telling.draft
    if not (
        same_place(story.place, telling.located.place) or _same_word(story.lead, telling) or _is_part(story, telling)
    ):
        return False
    if draft is lead:
        return (
            story.place is not None and telling.located.place is not None and story.place.id == telling.located.place.id
        )
    if draft.line.number == lead.line.number and lead.answers is None and not draft.definite:
        return not draft.another
    if draft.another and not draft.definite:
        return False
    return (
        days_meet(lead, draft)
        and not _is_earlier_one(lead, draft)
        and actors_agree(lead, draft)
        and (lead.frame == "attack") <= (draft.frame != "intercept")
    )


def _is_part(story: Story, telling: Telling) -> bool:
    """Tell "the strike on the X district" from another one: the quarter of a town that was just said to be struck."""
    draft, place, told = telling.draft, telling.located.place, story.place
    if not draft.definite or place is None or told is None or not told.feature_code.startswith("PPL"):
        return False
    near = 0 < draft.line.number - story.lead.draft.line.number <= CLOSE_LINES
    quarter = place.feature_code == "PPLX" or precision_of(place) == "district"
    return near and quarter and is_within(place, told, SAME_PLACE_KM)


def _is_earlier_one(lead: Draft, draft: Draft) -> bool:
    """Tell whether "the first attack on X, on 7 April" is another than the undated one told before it."""
    trigger, when, today = draft.triggers[0], draft.when, draft.line.article.published_on
    if lead.when is not None or when is None or when.end is None or today is None:
        return False
    ranked = not EARLIER.isdisjoint(draft.line.words[trigger.start : trigger.first])
    return ranked and lead.line.number < draft.line.number and (today - when.end).days > 1


def _same_word(a: Telling, b: Telling) -> bool:
    """Tell whether two tellings name their places by one word, "Hama" for the city and for its airport nearby."""
    one, two = a.located.place, b.located.place
    if a.link is None or b.link is None or one is None or two is None:
        return False
    if not is_within(one, two, SAME_PLACE_KM) or max(rank(one), rank(two)) >= PROVINCE:
        return False
    texts = [t.draft.line.spots[t.link.spot].resolution.mention.text.lower() for t in (a, b) if t.link is not None]
    return texts[0] == texts[1]


def days_meet(a: Draft, b: Draft) -> bool:
    """Tell whether two drafts can be of one day: windows that overlap, or one that is open."""
    one, two = a.when, b.when
    if one is None or two is None or None in {one.start, one.end, two.start, two.end}:
        return one is None or two is None or _day(one.start) == _day(two.start) or None in {one.start, two.start}
    return _day(one.start) <= _day(two.end) and _day(two.start) <= _day(one.end)


def _day(day: dt.date | None) -> dt.date:
    return day or dt.date.min


def actors_agree(a: Draft, b: Draft) -> bool:
    """Tell whether two drafts can be of the same attackers."""
    if not a.agents or not b.agents or set(a.agents) & set(b.agents):
        return True
    return a.irregular and b.irregular and any(_is_description(name) for name in (*a.agents, *b.agents))


def _is_description(name: str) -> bool:
    """Tell a group that is only described from one that is named."""
    return name[:1].islower() or name.rsplit(maxsplit=1)[-1].islower()


def _refer(stories: list[Story], draft: Draft, where: Sequence[Located], group: int) -> None:
    """Add a draft without a fine place to the story it refers to, or begin one that is not located."""
    known = _antecedent(stories, draft, where)
    if known is not None:
        for n, story in enumerate(stories):
            if story.group == stories[known].group:
                stories[n] = Story(group=story.group, tellings=story.tellings, echoes=(*story.echoes, draft))
        return
    summary = draft.line.sentence.zone in LATER_ZONES and any(s.place is not None for s in stories)
    if (not draft.places and (draft.definite or draft.frame == "anaphor")) or (summary and not _is_specific(where)):
        return
    links: Sequence[Link | None] = draft.places or (None,)
    own = list[Story]()
    for link, located in zip(links, where or [locate(draft, None)], strict=True):
        telling = Telling(draft=draft, link=link, located=located)
        known = next((n for n, story in enumerate(own) if same_place(story.place, located.place)), None)
        if known is None:
            own.append(Story(group=group, tellings=(telling,)))
        else:
            own[known] = _joined(own[known], telling)
    stories += own


def _antecedent(stories: Sequence[Story], draft: Draft, where: Sequence[Located]) -> int | None:
    """Return the story that "the strikes" or an unplaced repetition means, if any."""
    fitting = [n for n, story in enumerate(stories) if _can_mean(story, draft, where)]
    return max(fitting, key=lambda n: _closeness(stories[n].lead.draft, draft), default=None)


def _closeness(lead: Draft, draft: Draft) -> tuple[bool, bool, bool, int]:
    """Rank antecedents: those of the same actors, of the same number, before the draft, near it."""
    ahead = lead.line.number <= draft.line.number
    same_number = lead.triggers[0].plural == draft.triggers[0].plural
    return bool(set(lead.agents) & set(draft.agents)), same_number, ahead, -abs(lead.line.number - draft.line.number)


def _can_mean(story: Story, draft: Draft, where: Sequence[Located]) -> bool:
    lead, headline = story.lead.draft, draft.line.sentence.zone in LATER_ZONES
    if not _is_comparable(lead, draft, headline=headline):
        return False
    if not draft.places or story.place is None:
        return draft.definite or _repeats(lead, draft)
    if headline:
        return any(_is_around(story.place, located.place) for located in where)
    return _tolls_agree(lead, draft) and any(_lies_in(story.place, located.place) for located in where)


def _is_comparable(lead: Draft, draft: Draft, *, headline: bool) -> bool:
    """Tell whether two drafts can be of one event at all: days, attackers and kinds agree, no cause parts them."""
    if lead.line.number == draft.line.number and lead is not draft and (lead.answers is not None or draft.another):
        return False
    if draft.another and not draft.definite and not headline:
        return False
    if draft.frame == "intercept" and lead.frame != "intercept" and draft.places:
        return False
    return days_meet(lead, draft) and actors_agree(lead, draft)


def _is_around(inner: Place | None, outer: Place | None) -> bool:
    """Tell whether the place of a headline can sum up a place of the body."""
    if inner is None or outer is None:
        return False
    return _lies_in(inner, outer) or is_within(inner, outer, HEADLINE_KM)


def _tolls_agree(a: Draft, b: Draft) -> bool:
    return a.killed is None or b.killed is None or a.killed.low == b.killed.low or b.line.sentence.zone in LATER_ZONES


def _lies_in(inner: Place, outer: Place | None) -> bool:
    """Tell whether a place lies in a coarser one, by the gazetteer or, for regions without facts, within its radius."""
    if outer is None:
        return False
    region = rank(outer) >= PROVINCE and is_within(inner, outer, outer.radius_km)
    return outer.id == inner.id or contains(outer, inner) or region


def _repeats(lead: Draft, draft: Draft) -> bool:
    """Tell whether a placeless draft only tells again what a nearby one told: same line or same weapons close by."""
    if lead.line.number == draft.line.number:
        return draft.answers is None
    close = abs(lead.line.number - draft.line.number) <= CLOSE_LINES
    return close and bool(set(lead.kinds) & set(draft.kinds))
