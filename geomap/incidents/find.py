"""The stage's door: an article with its resolutions to incidents, aggregates and the part of every mention."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from geomap.config import IncidentsConfig
from geomap.incidents import factuality
from geomap.incidents.aggregates import make_aggregate
from geomap.incidents.anaphora import home_of, sightings_of
from geomap.incidents.assaults import is_assault
from geomap.incidents.calls import calls_of
from geomap.incidents.codes import precision_of
from geomap.incidents.context import Carried, in_context, with_denials
from geomap.incidents.drafts import Draft, Meant, Reading, read_line
from geomap.incidents.garrisons import with_bases
from geomap.incidents.lexicons import Lexicons
from geomap.incidents.lines import make_line, wording_of
from geomap.incidents.making import make_incidents
from geomap.incidents.merging import Story, merge
from geomap.incidents.namesakes import with_names
from geomap.incidents.news import is_bygone
from geomap.incidents.roles import assign_roles
from geomap.incidents.sequels import meant_by
from geomap.model import Aggregate, Article, Findings, Place, Resolution
from geomap.reading.tokens import Tokens

__all__ = ["find"]
_sentence = attrgetter("mention.sentence")
UNREAD = frozenset({"boilerplate", "dateline"})
TOLD = frozenset({factuality.ACTUAL, factuality.REACTION, factuality.GENERIC})
LISTED = frozenset({factuality.NEGATED, factuality.THREAT})


def find(
    article: Article,
    words: Sequence[Tokens],
    resolutions: Sequence[Resolution],
    *,
    config: IncidentsConfig,
    tools: Lexicons,
) -> Findings:
    """Find what was struck, where, when and by whom.

    Parameters
    ----------
    article
        The article.
    words
        Tokens of every sentence of the article.
    resolutions
        Resolved mentions in the order of the text.
    config
        What counts as news, and radii.
    tools
        Word lists, actors and weights.

    Returns
    -------
    Findings with one role for every resolution.
    """
    readings = _read(article, words, resolutions, tools)
    drafts = with_denials([d for reading in readings for d in reading.drafts])
    drafts = [d for d in drafts if not is_bygone(d, article, readings, config)]
    if not drafts:
        return Findings(roles=assign_roles(article, resolutions, readings, ()), incidents=(), aggregates=())
    seen = sightings_of(article, resolutions)
    told, home = in_context(with_bases([d for d in drafts if _is_told(d)]), tools), home_of(seen)
    told = [_with_meaning(d, meant_by(d, seen), home) for d in told]
    stories = [s for s in with_names(merge(told)) if _is_worth_listing(s)]
    return Findings(
        roles=assign_roles(article, resolutions, readings, stories),
        incidents=make_incidents(article, stories, config),
        aggregates=_aggregates(drafts),
    )


def _read(
    article: Article, words: Sequence[Tokens], resolutions: Sequence[Resolution], tools: Lexicons
) -> list[Reading]:
    """Read the sentences that hold a trigger word; repeated ones and boilerplate say nothing new."""
    calls, found, carried = calls_of(tools), list[Reading](), Carried()
    quiet = calls.written.isdisjoint
    for number in [n for n, tokens in enumerate(words) if not quiet(tokens.texts)]:  # few of most articles
        sentence, kind = article.sentences[number], carried.to(number)
        if sentence.repeats is not None or sentence.zone in UNREAD:
            continue
        wording = wording_of(words[number])
        if not kind and not calls.is_heard(wording.words):
            continue
        line = make_line(number, article, wording, _of_sentence(resolutions, number))
        reading = read_line(line, tools, article.published_on, kind)
        if reading is not None:
            found.append(reading)
            carried = carried.after(reading)
    return found


def _of_sentence(resolutions: Sequence[Resolution], number: int) -> tuple[tuple[int, Resolution], ...]:
    """Return the resolutions of a sentence with their numbers."""
    first = bisect_left(resolutions, number, key=_sentence)
    last = bisect_left(resolutions, number + 1, lo=first, key=_sentence)
    return tuple(enumerate(resolutions[first:last], first))


def _with_meaning(draft: Draft, meant: Meant | None, home: Place | None) -> Draft:
    """Return a draft with the place it means; where it names an unknown one, with the country the article is about."""
    spots = draft.line.spots
    if home is not None and all(spots[link.spot].resolution.place is not None for link in draft.places):
        home = None
    return draft if meant is None and home is None else dataclasses.replace(draft, meant=meant, home=home)


def _is_told(draft: Draft) -> bool:
    """Tell whether a draft says that something happened, or denies or threatens it at a place."""
    if draft.fact in LISTED:
        return bool(draft.places)
    if all(t.form == "ing" for t in draft.triggers) and not draft.places:
        return False
    if draft.fact == factuality.GENERIC or _is_vague(draft):
        return _is_fine(draft)
    return draft.fact in TOLD


def _is_vague(draft: Draft) -> bool:
    """Tell "attacks on bases in Iraq and Syria" from an event: bare plurals without a day, a toll or one place."""
    trigger = draft.triggers[0]
    bare = trigger.plural and trigger.way == "noun" and not draft.definite
    return bare and draft.when is None and draft.killed is None and draft.injured is None and len(draft.places) != 1


def _is_fine(draft: Draft) -> bool:
    """Tell whether a draft has a place finer than a country."""
    places = [draft.line.spots[link.spot].resolution.place for link in draft.places]
    return any(place is not None and precision_of(place) != "country" for place in places)


def _is_worth_listing(story: Story) -> bool:
    """Tell whether a story is an incident: a strike, or an attack on a base; nothing that only a caption shows."""
    drafts = [telling.draft for telling in story.tellings]
    if all(d.line.sentence.zone == "caption" or _is_rhetoric(d) for d in drafts):
        return False
    frames = {d.frame for d in (*drafts, *story.echoes)}
    if frames & {"strike", "intercept"}:
        return story.place is not None or story.lead.located.why_not is not None
    return "attack" in frames and any(any(d.bases) or is_assault(d) for d in drafts)


def _is_rhetoric(draft: Draft) -> bool:
    """Tell what is only said in quotation marks, without a day, a toll or a doer that speaks of itself."""
    if not draft.quoted or draft.when is not None or draft.killed is not None or draft.injured is not None:
        return False
    told = [b.at for b in draft.scene.breaks if b.kind == "report"]
    return not any(a.name in draft.agents and a.last <= at for a in draft.scene.actors for at in told[:1])


def _aggregates(drafts: Sequence[Draft]) -> tuple[Aggregate, ...]:
    made = [make_aggregate(d) for d in drafts if d.fact == factuality.TALLY]
    return tuple(a for a in made if a is not None)
