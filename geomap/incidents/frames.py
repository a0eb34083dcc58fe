"""Which part a place plays for a trigger, by the frame the two stand in; what no rule decides is left to weights."""

from __future__ import annotations

from itertools import pairwise

from geomap.incidents.actors import alias_at
from geomap.incidents.anaphors import by_anaphor
from geomap.incidents.bonds import ALIAS, ANCHOR, CONTAINER, Bond
from geomap.incidents.clauses import CAUSE, CLAUSE, RELATIVE, REPORT, STOP, kinds_between
from geomap.incidents.codes import precision_of
from geomap.incidents.company import by_company, is_struck_subject
from geomap.incidents.dates import WEEKDAYS
from geomap.incidents.harm import by_harm, is_another_deed
from geomap.incidents.openings import OPENING_WORDS, is_told_by_locals, opening, opens
from geomap.incidents.prepositions import IN_PLACE, by_preposition, is_power
from geomap.incidents.reporting import reporting_rule
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.verdicts import Verdict
from geomap.incidents.whereabouts import by_whereabouts, happens, says_who_is_there
from geomap.model import Role

ON_TARGET = frozenset({"on", "against", "of", "to", "into", "onto", "toward", "towards", "at"})
SHORTEST_HALF = 5  # letters; shorter ones are articles and prefixes: "Deir-", "Kafr-", "Al-"
CARRIED = (("which",), ("that",), (",",))
DIRECTED = frozenset({"directed", "fired", "aimed", "rained", "carried"})
SPARED = frozenset({("were", "not"), ("was", "not")})
SUBJECT = 4  # words from "and" to the noun that a place belongs to: ", and the talks in X ended"
TARGETS = ("targets_base", "targets_military", "targets_civil", "persons")
FINITE = frozenset("was were is are has had have will would said".split())
UNDERWENT = frozenset("witnessed saw suffered experienced endured sustained".split())
BY_WHOM = 6  # words of "strikes by the armed forces:"
LISTING = frozenset({"and", "twice", "once", "times", "also", "x"})
LIKEWISE = 9  # words that "as was a depot" may have before its place
FIXED: dict[str, Role] = {CONTAINER: "container", ANCHOR: "container", ALIAS: "mention"}


def judge(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict:
    """Return the part of a place by the first rule that knows it."""
    for rule in RULES:
        verdict = rule(scene, trigger, number, bond)
        if verdict is not None:
            return verdict
    return Verdict(None, "no frame")


def _by_standing(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:  # noqa: ARG001
    spot = scene.line.spots[number]
    if bond.standing in FIXED:
        return Verdict(FIXED[bond.standing], f"{bond.standing} of another place")
    if spot.resolution.mention.kind == "demonym" or _is_adjective(scene, number):
        return Verdict("actor", "adjective of a country")
    if scene.line.sentence.zone == "dateline":
        return Verdict("reporting", "dateline")
    if _is_half(scene, number) or _is_cut_name(scene, number):
        return Verdict("mention", "half of a longer name")
    return by_anaphor(scene, number, bond)


def _is_half(scene: Scene, number: int) -> bool:
    """Tell the second half of a name with a hyphen whose first half is no place: "the Neelum-Jhelum dam"."""
    line, first = scene.line, scene.line.spots[number].first
    if first == 0 or line.spot_at[first - 1] >= 0 or not line.is_name(first - 1):
        return False
    before, own = line.tokens[first - 1], line.tokens[first]
    return own.start == before.end + 1 and line.article.text[before.end] in "-–" and len(before.text) >= SHORTEST_HALF


def _is_cut_name(scene: Scene, number: int) -> bool:
    """Tell a province that is only the first word of an unknown name: "Tagant Keyna"."""
    line, spot = scene.line, scene.line.spots[number]
    place, behind = spot.resolution.place, line.word(spot.last)
    if place is None or place.feature_code != "ADM1" or not behind[:1].isalpha() or line.spot_at[spot.last] >= 0:
        return False
    known = ("feature_words", "facility_words", "company_words", "verbs_report", "speakers", "force_words", "ordinary")
    plain = any(behind in scene.lexicons.sets[name] for name in known) or behind in WEEKDAYS
    tied = line.tokens[spot.last].start == line.tokens[spot.last - 1].end + 1
    return line.is_name(spot.last) and tied and not plain


def _is_adjective(scene: Scene, number: int) -> bool:
    """Tell whether a mention only qualifies a noun, whatever it was resolved to: "Iraqi", "a US base"."""
    line, spot, sets = scene.line, scene.line.spots[number], scene.lexicons.sets
    alias = alias_at(line, spot.first, scene.lexicons)
    if alias is None or alias.actor.kind != "state" or len(alias.words) != spot.last - spot.first:
        return False
    if alias.role == "alias" and alias.words[0] not in sets["state_names"]:
        return True
    behind, place = line.word(spot.last), spot.resolution.place
    if not behind[:1].isalpha() or line.is_name(spot.last) or behind in scene.lexicons.verbs:
        return False
    if place is not None and precision_of(place) in {"settlement", "site"} and behind in sets["facility_words"]:
        return False  # "Madrid airport"
    known = ("ordinary", "state_followers", "place_prepositions", "verbs_light", "metonyms", "relative", "clause")
    return not any(behind in sets[name] for name in known) and not behind.endswith(("ed", "ing", "ly"))


def _by_reporting(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    rule = reporting_rule(scene, trigger, number, bond)
    return None if rule is None else Verdict("reporting", rule)


def _by_clause(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    """Judge places that another clause holds."""
    spot = scene.line.spots[number]
    if trigger.last <= spot.first:
        kinds = kinds_between(scene.breaks, trigger.last, spot.first)
    else:
        kinds = kinds_between(scene.breaks, spot.last, trigger.start)
        if REPORT in kinds and not is_told_by_locals(scene, trigger, number, bond):
            return Verdict("mention", "before a reporting verb")
    return Verdict("mention", "another clause") if kinds & {CAUSE, CLAUSE, STOP} else None


def _by_side(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    spot = scene.line.spots[number]
    if spot.first >= trigger.last:
        return _behind(scene, trigger, bond)
    return _before(scene, trigger, number, bond)


def _behind(scene: Scene, trigger: Trigger, bond: Bond) -> Verdict | None:
    """Judge a place behind its trigger."""
    if _is_listed_behind(scene, trigger, bond):
        return Verdict("event_location", "listed behind the strike")
    if bond.prep is None or bond.prep_at < trigger.first:
        return None
    if not bond.prep:
        return Verdict("event_location", "object of the verb") if bond.prep_at == trigger.first else None
    return _behind_preposition(scene, trigger, bond)


def _is_listed_behind(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell "Air strikes: X, Y (twice), Z"."""
    line, first = scene.line, scene.line.spots[bond.head].first
    if trigger.way != "noun" or bond.prep is not None or trigger.start > 1:
        return False
    colon = next((k for k in range(trigger.last, min(first, trigger.last + BY_WHOM)) if line.words[k] == ":"), -1)
    if colon < 0:
        return False
    words = [w for k, w in enumerate(line.words[colon:first], colon) if line.spot_at[k] < 0]
    return all(not w.isalpha() or w in LISTING for w in words)


def _behind_preposition(scene: Scene, trigger: Trigger, bond: Bond) -> Verdict | None:
    other = _of_another(scene, trigger, bond)
    if other:
        return Verdict("mention", other)
    if _is_cut_off(scene, trigger, bond):
        return Verdict("event_location", "struck as well") if _is_likewise(scene, trigger, bond) else None
    if bond.prep in ON_TARGET and bond.prep_at <= trigger.last + 1 and not _is_sent(trigger, bond):
        return Verdict("event_location", f"struck {bond.prep}")
    part = bond.prep == "of" and trigger.way != "noun" and bond.prep_at - trigger.last <= OPENING_WORDS
    aimed = bond.prep == "against" and (trigger.way == "launch" or _is_carried_out_on(scene, bond))
    part = part or _is_that_of(scene, bond)
    if aimed or bond.prep in IN_PLACE or bond.relation.endswith(" of") or part:
        return Verdict("event_location", f"{bond.relation or bond.prep} behind the trigger")
    return None


def _is_carried_out_on(scene: Scene, bond: Bond) -> bool:
    """Tell "was destroyed in operations carried out against X" from what is said against X."""
    words = scene.line.words[max(0, bond.prep_at - 2) : bond.prep_at]
    return words[-2:] == ("carried", "out") or words[-1:] in {("conducted",), ("launched",), ("mounted",)}


def _is_that_of(scene: Scene, bond: Bond) -> bool:
    """Tell "hit the radar of A and that of B"."""
    words, host = scene.line.words, bond.host
    return bond.prep == "of" and host > 0 and words[host] in {"that", "those"} and words[host - 1] == "and"


def _of_another(scene: Scene, trigger: Trigger, bond: Bond) -> str:
    """Return what else a place behind a trigger belongs to, empty where it is the trigger's own."""
    if is_another_deed(scene, trigger, bond):
        return "another deed"
    if _is_new_subject(scene, trigger, bond):
        return "another subject"
    spared = "those" in scene.line.words[trigger.last : bond.prep_at] and scene.line.words[-3:-1] in SPARED
    return "those that were not" if spared else ""


def _is_new_subject(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell ", and talks in X ended" from ", and a house in X", by what stands behind the place."""
    words, sets, last = scene.line.words, scene.lexicons.sets, scene.line.spots[bond.head].last
    joint = next((k for k in range(bond.host - SUBJECT, bond.host) if words[k : k + 1] == ("and",)), -1)
    if joint <= trigger.last or any(words[bond.host] in sets[name] for name in TARGETS):
        return False
    return words[last : last + 1] != () and (words[last] in FINITE or words[last].endswith("ed"))


def _is_sent(trigger: Trigger, bond: Bond) -> bool:
    """Tell a goal from a place that was reached: "sent drones to X"."""
    return trigger.lemma == "send" and bond.prep in {"to", "toward", "towards"}


def _is_likewise(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell the second subject of a passive: "The base was hit, as was a depot in X"."""
    words = scene.line.words[trigger.last : bond.prep_at]
    said = next(
        (k for k in range(len(words) - 1) if words[k] in {"as", "so"} and words[k + 1] in {"was", "were"}), None
    )
    return trigger.passive and said is not None and bond.prep in IN_PLACE and len(words) - said < LIKEWISE


def _is_cut_off(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell whether a relative clause, another predicate or another strike parts a place from its trigger."""
    relative = RELATIVE in kinds_between(scene.breaks, trigger.last, bond.prep_at) and not (
        _is_closed(scene, trigger, bond) or _is_carried_out(scene, trigger, bond)
    )
    told = happens(scene, bond) or says_who_is_there(scene, trigger.last, bond.prep_at)
    if (relative and not told) or _other_trigger_between(scene, trigger, bond):
        return True
    return any(w in {"has", "have", "had"} for w in scene.line.words[trigger.last : bond.prep_at])


def _is_carried_out(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell "the shelling which X directed at Y", "the strikes that jets launched on Y"."""
    words, sets = scene.line.words[trigger.last : bond.prep_at], scene.lexicons.sets
    if trigger.way != "noun" or words[:1] not in CARRIED or bond.prep not in ON_TARGET | IN_PLACE:
        return False
    return any(w in sets["verbs_light"] or w in DIRECTED for w in words)


def _is_closed(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell a relative clause that commas close: "bombed X, which was empty, and a depot in Y"."""
    words = scene.line.words[trigger.last : bond.prep_at]
    opened = next((k for k, w in enumerate(words) if w == "which" and words[k - 1 : k] == (",",)), None)
    return opened is not None and any(pair == (",", "and") for pair in pairwise(words[opened + 1 :]))


def _other_trigger_between(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    known = scene.lexicons.sets
    between = scene.line.words[trigger.last : bond.prep_at]
    return not known["nouns_strong"].isdisjoint(between) and trigger.form != "past"


def _before(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    """Judge a place before its trigger: an opening "In X,", the subject of a passive, "the X airport strike"."""
    line, spot = scene.line, scene.line.spots[number]
    if trigger.way == "noun" and _went_through(scene, trigger, number):
        return Verdict("event_location", "what went through it")
    if opens(scene, number, bond):
        return opening(scene, trigger, number)
    free = bond.prep is None or bond.prep in IN_PLACE or bond.prep in {"", "of"}
    if free and is_struck_subject(scene, trigger, spot.last):
        return Verdict("event_location", "subject of the passive")
    if trigger.way == "noun" and trigger.start <= spot.first and line.word(spot.last) != "'s":
        if not is_power(scene, number) or line.word(spot.last) in scene.lexicons.sets["facility_words"]:
            return Verdict("event_location", "name before the strike")
        return Verdict("actor", "country before the strike")
    active = trigger.way in {"object", "launch"} and not trigger.passive and trigger.form == "past"
    return Verdict("mention", "before an active verb") if active else None


def _went_through(scene: Scene, trigger: Trigger, number: int) -> bool:
    """Tell "X witnessed on Sunday the fall of two drones", "X suffered another air strike"."""
    last = scene.line.spots[number].last
    between = scene.line.words[last : trigger.start]
    return between[:1] != () and between[0] in UNDERWENT and len(between) <= OPENING_WORDS


RULES = (_by_standing, by_company, _by_reporting, by_whereabouts, by_preposition, by_harm, _by_clause, _by_side)
