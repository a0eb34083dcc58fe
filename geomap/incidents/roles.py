"""The part every mention plays in the article."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.incidents.drafts import Reading
from geomap.incidents.merging import Story
from geomap.model import Article, Resolution, Role


def assign_roles(
    article: Article, resolutions: Sequence[Resolution], readings: Sequence[Reading], stories: Sequence[Story]
) -> tuple[Role, ...]:
    """Return a role for every resolution; a mention in a repeated sentence has the role of its original."""
    roles: list[Role] = [_plain_role(article, r) for r in resolutions]
    for reading in readings:
        for link in reading.links:
            if link.role != "event_location":
                roles[reading.scene.line.spots[link.spot].number] = link.role
    for story in stories:
        for telling in story.tellings:
            if telling.link is not None:
                roles[telling.draft.line.spots[telling.link.spot].number] = "event_location"
    return tuple(_with_repeats(article, resolutions, roles))


def _plain_role(article: Article, resolution: Resolution) -> Role:
    if resolution.mention.kind == "demonym":
        return "actor"
    return "reporting" if article.sentences[resolution.mention.sentence].zone == "dateline" else "mention"


def _with_repeats(article: Article, resolutions: Sequence[Resolution], roles: Sequence[Role]) -> list[Role]:
    made = list(roles)
    if all(sentence.repeats is None for sentence in article.sentences):
        return made
    known = {
        (r.mention.sentence, r.mention.start - article.sentences[r.mention.sentence].start): role
        for r, role in zip(resolutions, roles, strict=True)
    }
    for n, resolution in enumerate(resolutions):
        sentence = article.sentences[resolution.mention.sentence]
        if sentence.repeats is not None:
            made[n] = known.get((sentence.repeats, resolution.mention.start - sentence.start), roles[n])
    return made
