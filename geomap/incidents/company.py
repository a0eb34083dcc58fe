"""Names that stand for who acts: forces, backers and seats of power; and the subjects of passives, which do not."""

from __future__ import annotations

from geomap.incidents.actors import LINKS, ActorHit
from geomap.incidents.bonds import Bond
from geomap.incidents.prepositions import IN_PLACE, is_power
from geomap.incidents.scenes import BE, Scene, Trigger
from geomap.incidents.verdicts import Verdict


def by_company(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    """Judge names of forces: "the Aleppo police", "Islamic Resistance in Iraq", "Damascus said"."""
    line, sets, spot = scene.line, scene.lexicons.sets, scene.line.spots[number]
    for actor in scene.actors:
        if (
            actor.first <= spot.first
            and spot.last <= actor.last
            and _is_more_than_country(actor, spot.last - spot.first)
        ):
            return Verdict("actor", "part of an armed actor's name")
    behind = line.word(spot.last)
    if behind in LINKS:
        return Verdict("actor", "backer of an actor")
    if behind == "'s" and _owns_an_actor(scene, spot.last + 1):
        return Verdict("actor", "possessor of a force")
    facility = line.word(spot.last + 1) in sets["facility_words"]  # "the Mezzeh military airport"
    if behind in sets["company_words"] and bond.prep not in IN_PLACE and not facility:
        return Verdict("actor", "name of a force")
    struck = trigger.first >= spot.last and is_struck_subject(scene, trigger, spot.last)
    if behind in sets["metonyms"] and bond.prep is None and is_power(scene, number) and not struck:
        return Verdict("actor", "a seat of power that acts")
    return None


def _is_more_than_country(actor: ActorHit, length: int) -> bool:
    return actor.last - actor.first > length or actor.kind != "state"


def _owns_an_actor(scene: Scene, i: int) -> bool:
    """Tell whether an actor or a strike follows a possessive: "Iran's Revolutionary Guards", "Washington's strikes"."""
    words, sets = scene.line.words[i : i + 3], scene.lexicons.sets
    if any(a.first in range(i, i + 2) and a.kind != "state" for a in scene.actors):
        return True
    if words[:1] and words[0] in {
        "embassy",
        "consulate",
        "ambassador",
        "president",
        "prime",
        "foreign",
        "defence",
        "defense",
    }:
        return True
    events = sets["nouns_strong"] | sets["nouns_weak"] | sets["campaign"]
    return any(w in sets["force_words"] or w in events for w in words) and not any(
        w in sets["facility_words"] or w in sets["targets_base"] for w in words
    )


def is_struck_subject(scene: Scene, trigger: Trigger, last: int) -> bool:
    """Tell whether what stands between a place and the trigger leaves the place its subject."""
    between = scene.line.words[last : trigger.start]
    under = "under" in between and any(w in {"come", "came", "comes", "coming", "been"} for w in between)
    under = under or ("subjected" in between and "to" in between) or ("suffered" in between and trigger.way == "noun")
    if ":" in between or (not under and not trigger.passive):
        return False
    if trigger.passive and BE.isdisjoint(between) and len(between) > 3:
        return False
    if not scene.lexicons.sets["ignored_subjects"].isdisjoint(between):
        return False
    own = {t for t in range(last, trigger.start) if scene.line.words[t] in scene.lexicons.verbs}
    return not own or under
