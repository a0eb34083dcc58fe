"""Did it happen? Negated, planned, threatened, rehearsed, summed up, bygone: each has its own word."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.incidents.lines import phrase_at
from geomap.incidents.numbers import number_at
from geomap.incidents.scenes import BE, SAYINGS, Scene, Trigger, clause_at

ACTUAL, NEGATED, THREAT, POSSIBLE, DRILL, TALLY, GENERIC, REACTION = (
    "actual", "negated", "threat", "possible", "drill", "tally", "generic", "reaction",
)  # fmt: skip
REACH = 6
FAR_REACH = 10
WITHIN_A_DAY = frozenset("hours hour morning midnight dawn noon yesterday overnight today evening".split())
RECORDS = frozenset("deadliest worst heaviest biggest largest bloodiest first most fiercest gravest".split())
RECORD_REACH = 6
SEAS = frozenset({"sea", "ocean", "waters"})
PARTINGS = frozenset({",", "that", "which"})
HAVE = frozenset({"has", "have", "had"})
CONDITIONS = frozenset({"if", "unless", "whether"})
PERFECT = frozenset({"have", "has", "'ve"})
ONE_DAYS_FIRE = 40  # times that a place may be shelled on one day
RUMOURS = frozenset("rumours rumors rumour rumor reports claims claim allegation allegations".split())
UNTRUE = frozenset("false untrue fake baseless unfounded lie lies nonsense fabrication fabricated invention".split())
SUMS = frozenset({"number", "most", "majority", "spate", "string", "wave", "series", "total", "tally", "rate"})


def judge_fact(scene: Scene, trigger: Trigger) -> str:
    """Return what a trigger says of its event: one of the words above."""
    for name, test in _TESTS:
        if test(scene, trigger):
            return name
    return ACTUAL


def _words_before(scene: Scene, trigger: Trigger, reach: int = REACH) -> tuple[str, ...]:
    start, _ = clause_at(scene, trigger.start)
    return scene.line.words[max(start, trigger.start - reach) : trigger.start]


def _is_negated(scene: Scene, trigger: Trigger) -> bool:
    before = _words_before(scene, trigger)
    if scene.line.words[trigger.start : trigger.first][:1] == ("no",):
        return True
    if "not" in before and "only" in before:
        return False
    if _is_denied(scene, trigger) or (trigger.passive and "no" in _words_before(scene, trigger, FAR_REACH)):
        return True
    return any(_negates(scene, w) for w in before) and not _is_resumed(scene, trigger)


def _is_denied(scene: Scene, trigger: Trigger) -> bool:
    """Tell what somebody "denied" or called "false" at the far end of the sentence."""
    words, sets = scene.line.words, scene.lexicons.sets
    told = [b for b in scene.breaks if b.kind in SAYINGS and b.end <= trigger.start]
    if told and words[told[-1].at] in sets["denial"] and "that" in words[told[-1].end : trigger.start]:
        return True
    return not RUMOURS.isdisjoint(words[: trigger.start]) and not UNTRUE.isdisjoint(words[trigger.last :])


def _negates(scene: Scene, word: str) -> bool:
    return word in scene.lexicons.sets["negation"] or word.endswith("n't")


def _is_stopped(scene: Scene, trigger: Trigger) -> bool:
    """Tell calls to stop, prevent or end something from the thing itself."""
    return not scene.lexicons.sets["stopping"].isdisjoint(_words_before(scene, trigger, 3))


def _is_resumed(scene: Scene, trigger: Trigger) -> bool:
    """Tell "without warning", "no casualties, strikes ...": the negation has another object."""
    before = _words_before(scene, trigger)
    near = list(before)
    last = max(k for k, w in enumerate(near) if _negates(scene, w))
    behind = near[last + 1 :]
    return any(w in {",", "and", "but"} for w in behind) and near[last] in {"no", "without", "not", "ending"}


def _is_threat(scene: Scene, trigger: Trigger) -> bool:
    return not scene.lexicons.sets["threat"].isdisjoint(_words_before(scene, trigger, 8)) and _is_unreal(scene, trigger)


def _is_unreal(scene: Scene, trigger: Trigger) -> bool:
    before = _words_before(scene, trigger)
    return any(w in {"to", "of", "with", "would", "will", "could", "more", "further"} for w in before)


def _is_possible(scene: Scene, trigger: Trigger) -> bool:
    """Tell a plan, a wish or a condition from a fact."""
    before, sets = _words_before(scene, trigger), scene.lexicons.sets
    if any(w in sets["modal"] and not _is_month(before, k) for k, w in enumerate(before[-4:], max(0, len(before) - 4))):
        return not any(w == "have" for w in before[-2:]) or "could" in before or "would" in before
    if trigger.passive and before[-1:] == ("be",):
        return True  # "surrender or be attacked"
    if trigger.way == "noun":
        return not sets["intent"].isdisjoint(before[-4:]) or _is_imagined(scene, trigger)
    if trigger.form != "ing" and before[-1:] == ("to",):
        return not any(w in {"used", "continued", "began", "started", "managed", "continues"} for w in before[-4:])
    return (not sets["intent"].isdisjoint(before[-3:]) and trigger.form != "past") or _is_conditional(scene, trigger)


def _is_imagined(scene: Scene, trigger: Trigger) -> bool:
    """Tell "a strike on X would take", "like a bombardment", "if an attack on X" from an event."""
    words, modal = scene.line.words, scene.lexicons.sets["modal"]
    if "like" in words[max(0, trigger.start - 1) : trigger.first] or _is_conditional(scene, trigger):
        return True
    if "happens" in words[max(0, trigger.start - 3) : trigger.start]:
        return True  # "what happens after a strike on X"
    predicate = next((w for w in words[trigger.last : trigger.last + 8] if w in modal or w in BE or w in HAVE), "")
    would = predicate in modal and predicate != "may"
    return would and PARTINGS.isdisjoint(words[trigger.last : trigger.last + 4])


def _is_month(words: Sequence[str], k: int) -> bool:
    """Tell the month from the modal: "3 May 2023"."""
    beside = (*words[max(0, k - 1) : k], *words[k + 1 : k + 2])
    return words[k] == "may" and any(w.isdigit() for w in beside)


def _is_rumour(scene: Scene, trigger: Trigger) -> bool:
    """Tell what accounts on social media "claimed" from a report."""
    words = scene.line.words[: trigger.start]
    return "social" in words and "media" in words and any(w.startswith("claim") for w in words)


def _is_conditional(scene: Scene, trigger: Trigger) -> bool:
    start, _ = clause_at(scene, trigger.start)
    return not CONDITIONS.isdisjoint(scene.line.words[max(start - 1, trigger.start - 8) : trigger.start])


def _is_drill(scene: Scene, trigger: Trigger) -> bool:
    start, end = clause_at(scene, trigger.start)
    words, sets = scene.line.words, scene.lexicons.sets
    if not sets["drill"].isdisjoint(words[start:end]):
        return True
    if trigger.way != "launch" or SEAS.isdisjoint(words[trigger.last : end]):
        return False
    hurt = any(not sets[name].isdisjoint(words) for name in ("killed", "targets_civil", "targets_military"))
    return not hurt and not any(a.kind in {"group", "generic"} for a in scene.actors)


def _is_tally(scene: Scene, trigger: Trigger) -> bool:
    """Tell a sum over a period from an event: "about 140 attacks since mid-October"."""
    if _is_counted(scene, trigger):
        return True
    if not trigger.plural:
        return False
    line = scene.line
    if not WITHIN_A_DAY.isdisjoint(line.words[trigger.last :]) or _is_a_first(line.words[: trigger.start]):
        return False
    start, end = clause_at(scene, trigger.start)
    summed = any(phrase_at(line, k, "aggregate", scene.lexicons) for k in range(start, end))
    counted = any(
        w.replace(",", "").isdigit() or w in scene.lexicons.sets["plural_counts"]
        for w in line.words[trigger.start : trigger.first]
    )
    quantity = counted or not scene.lexicons.sets["plural_counts"].isdisjoint(
        line.words[max(0, trigger.start - 3) : trigger.first]
    )
    return summed and (
        quantity
        or any(
            w in scene.lexicons.sets["generic_quantifiers"]
            for w in line.words[max(0, trigger.start - 3) : trigger.first]
        )
    )


def _is_a_first(words: Sequence[str]) -> bool:
    """Tell "for the first time since Sunday", which dates an event, from a sum "since Sunday"."""
    return any(tuple(words[k : k + 3]) == ("first", "time", "since") for k in range(len(words)))


def _is_counted(scene: Scene, trigger: Trigger) -> bool:
    """Tell "has struck the grid more than 1,000 times" from one strike."""
    behind = scene.line.words[trigger.last :]
    if "times" not in behind:
        return False
    start, end = clause_at(scene, trigger.start)
    summed = any(phrase_at(scene.line, k, "aggregate", scene.lexicons) for k in range(start, end))
    summed = summed or not PERFECT.isdisjoint(scene.line.words[max(start, trigger.first - 3) : trigger.first])
    return any(
        w == "times" and behind[k + 1 : k + 2] != (")",) and k and _is_a_sum(behind, k - 1, summed=summed)
        for k, w in enumerate(behind)
    )


def _is_a_sum(words: tuple[str, ...], k: int, *, summed: bool) -> bool:
    """Tell "more than 1,000 times", "14 times since May" from "shelled X 14 times", which is one day's fire."""
    count = number_at(words, k)
    return words[k] == "many" or (count is not None and (summed or count[0] > ONE_DAYS_FIRE))


def _is_habitual(scene: Scene, trigger: Trigger) -> bool:
    """Tell what happens "almost daily" from an event."""
    words, sets = scene.line.words, scene.lexicons.sets
    if _recurs(scene, trigger):
        return True
    if trigger.plural and not sets["habitual"].isdisjoint(words[trigger.last :]):
        return True
    if trigger.passive and _is_rule_of_life(scene, trigger):
        return True
    bare = trigger.plural and trigger.way == "noun" and words[trigger.start] not in sets["definite"]
    return (
        bare
        and not _is_a_record(words[trigger.last :])
        and any(
            w == "since" and k > 0 and words[k + 1 : k + 2] != ("noon",) for k, w in enumerate(words[trigger.last :])
        )
    )


def _is_a_record(words: Sequence[str]) -> bool:
    """Tell "the deadliest such incident since July", which ranks an event, from what goes on since July."""
    since = next((k for k, w in enumerate(words) if w == "since"), 0)
    return not RECORDS.isdisjoint(words[max(0, since - RECORD_REACH) : since])


def _recurs(scene: Scene, trigger: Trigger) -> bool:
    """Tell "has shelled villages almost every night" from an event."""
    starts = scene.lexicons.phrases["recurring"]
    if starts.keys().isdisjoint(scene.line.words):
        return False
    start, end = clause_at(scene, trigger.start)
    return any(phrase_at(scene.line, k, "recurring", scene.lexicons) for k in range(start, end))


def _is_rule_of_life(scene: Scene, trigger: Trigger) -> bool:
    """Tell "families are attacked when they are suspected" from "a base was attacked when"."""
    words = scene.line.words
    present = any(w in {"are", "is"} for w in words[max(0, trigger.first - 3) : trigger.first])
    return present and any(w in {"when", "whenever", "if"} for w in words[trigger.last :])


def _is_generic(scene: Scene, trigger: Trigger) -> bool:
    """Tell "attacks on US bases have risen" and "a series of attacks" from an attack that was carried out."""
    if not trigger.plural or trigger.way != "noun":
        return False
    words, sets = scene.line.words, scene.lexicons.sets
    light = words[max(0, trigger.start - 6) : trigger.start]
    if any(w in sets["verbs_light"] or w in {"carried", "carrying"} for w in light):
        return False
    return any(w in SUMS or w in sets["generic_quantifiers"] for w in words[max(0, trigger.start - 4) : trigger.first])


def _is_reaction(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether somebody only speaks of the event: "condemned the attack on X"."""
    before = _words_before(scene, trigger, 5)
    return trigger.way == "noun" and not scene.lexicons.sets["reactions"].isdisjoint(before)


_TESTS = (
    (THREAT, _is_threat),
    (DRILL, _is_drill),
    (POSSIBLE, _is_stopped),
    (POSSIBLE, _is_rumour),
    (NEGATED, _is_negated),
    (POSSIBLE, _is_possible),
    (TALLY, _is_tally),
    (POSSIBLE, _is_habitual),
    (GENERIC, _is_generic),
    (REACTION, _is_reaction),
)
