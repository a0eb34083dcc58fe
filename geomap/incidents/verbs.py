"""Strike verbs: "shelled X", "rockets landed near X", "fired missiles at X"."""

from __future__ import annotations

from geomap.incidents.actors import ActorHit
from geomap.incidents.clauses import RELATIVE, REPORT, clause_of
from geomap.incidents.dates import WEEKDAYS
from geomap.incidents.lexicons import Verb
from geomap.incidents.nouns import explosive_kind
from geomap.incidents.scenes import BE, WALLS, Scene, Trigger, clause_at, is_vetoed, weapons_within

ADVERBS = frozenset({"also", "again", "reportedly", "then", "since", "twice", "heavily"})
BOMBS = frozenset({"bomb", "bombs", "explosives", "explosive", "munitions", "warheads"})
FLYING = frozenset({"air", "drone"})
LANDING = frozenset({"missile", "rocket", "artillery", "mortar", "tank", "drone"})
FORCEFUL = frozenset({"strike", "hit", "target", "pound", "pummel", "batter", "blast"})
GROUND = frozenset({"attack", "assault", "storm", "raid", "ambush", "target", "strike", "hit", "pound"})
COMMANDERS = frozenset({"state", "force", "coalition"})
LEFT_REACH, RIGHT_REACH = 9, 8
FARTHEST_SUBJECT = 6
PRONOUNS = frozenset({"it", "they", "its"})


def verb_trigger(scene: Scene, i: int) -> Trigger | None:
    """Return the strike verb that begins at a word."""
    words = scene.line.words
    rivals = [v for v in scene.lexicons.verbs.get(words[i], ()) if words[i : i + len(v.words)] == v.words]
    if (
        not rivals
        or is_vetoed(scene, i)
        or any(w in scene.lexicons.sets["idiom_objects"] for w in words[i + 1 : i + 4])
    ):
        return None
    for verb in rivals:
        if verb.form == "base" and not _can_be_finite(scene, i):
            continue
        passive = is_passive(scene, i, verb)
        frame, way, weapon = _FRAMES[verb.frame](scene, i, verb, passive)
        if frame:
            return Trigger(
                i, i + len(verb.words), i, verb.lemma, frame, way, weapon=weapon, form=verb.form, passive=passive
            )
    return None


def _can_be_finite(scene: Scene, i: int) -> bool:
    """Tell whether a form that is also a noun can be the verb: "to strike", "jets strike", not "of targets"."""
    line, sets, before = scene.line, scene.lexicons.sets, scene.line.word(i - 1)
    if (
        before in ADVERBS | {"to", "not", "and", "did", "do", "does", "never", ""}
        or before in sets["modal"]
        or before.endswith("ly")
    ):
        return True
    if not before[0].isalnum():
        return True
    if before in sets["ordinary"] or before in sets["place_prepositions"]:
        return before in {"they", "we", "who", "that", "which", "it"}
    return before.endswith("s") or line.is_name(i - 1) or before in sets["groups_generic"] or before in sets["persons"]


def is_passive(scene: Scene, i: int, verb: Verb) -> bool:
    """Tell whether a verb is passive: "was hit", "a base hit by rockets"."""
    if verb.form == "ing":
        return scene.line.word(i - 1) == "being"
    line, before = scene.line, i - 1
    while before >= 0 and (line.words[before] in ADVERBS or line.words[before].endswith("ly")):
        before -= 1
    return line.word(before) in BE or line.word(i + len(verb.words)) == "by"


def subject_of(scene: Scene, i: int) -> ActorHit | None:
    """Return the actor that stands as subject of an active verb."""
    start, _ = clause_of(scene.line, scene.breaks, i, WALLS | {REPORT})
    if start > 1 and any(w in PRONOUNS for w in scene.line.words[start : start + 2]):
        start = 0  # "Hezbollah said it fired": the speaker speaks of itself
    free = [a for a in scene.actors if start <= a.first < i and not _is_governed(scene, a) and _may_act(scene, a)]
    new = [a for a in free if _begins_clause(scene, a) and i - a.last <= FARTHEST_SUBJECT]
    return next(iter(new or free), None)


def _begins_clause(scene: Scene, actor: ActorHit) -> bool:
    """Tell whether an actor is the subject of a second clause: "Israel struck X and Hezbollah fired"."""
    before = actor.first - 2
    listed = any(a.first <= before < a.last for a in scene.actors)
    return scene.line.word(actor.first - 1) == "and" and not listed


def _may_act(scene: Scene, actor: ActorHit) -> bool:
    """Tell a state that acts from an adjective: "Turkey on Monday struck", not "Russian bakers"."""
    if actor.armed:
        return True
    word, sets = scene.line.word(actor.last), scene.lexicons.sets
    if not word or not word[0].isalpha() or word.endswith("ly"):
        return True
    known = (sets["ordinary"], sets["verbs_light"], scene.lexicons.verbs, WEEKDAYS)
    return word.endswith("ed") or any(word in words for words in known)


def _is_governed(scene: Scene, actor: ActorHit) -> bool:
    before = scene.line.word(actor.first - 1)
    if before in {"the", "a", "an"}:
        before = scene.line.word(actor.first - 2)
    return before in {"by", "on", "against", "of", "at", "in", "near", "from", "targeting", "with", "for", "to"}


def agent_of(scene: Scene, i: int) -> ActorHit | None:
    """Return the actor of a passive: "was hit by X"."""
    _, end = clause_at(scene, i)
    for k in range(i, min(i + RIGHT_REACH, end)):
        if scene.line.words[k] == "by":
            return next((a for a in scene.actors if k < a.first <= k + 3), None)
    return None


def _own_clause(scene: Scene, i: int) -> tuple[int, int]:
    """Return the clause of a verb, with the strike or the weapon that a relative clause belongs to."""
    start, end = clause_of(scene.line, scene.breaks, i, WALLS | {REPORT, RELATIVE})
    words, sets = scene.line.words, scene.lexicons.sets
    if start < 2 or words[start - 1] not in {"that", "which"}:
        return start, end
    before = start - 2 - (words[start - 2] == ",")
    told = (
        words[before] in sets["nouns_strong"]
        or words[before] in sets["nouns_weak"]
        or words[before] in scene.lexicons.weapons
    )
    return (max(0, before - 3), end) if told else (start, end)


def _strong(scene: Scene, i: int, verb: Verb, passive: bool) -> tuple[str, str, str]:  # noqa: FBT001
    start, end = _own_clause(scene, i)
    words = scene.line.words[start:end]
    named = weapons_within(scene, start, end)
    if verb.lemma == "bomb":
        if any(w in scene.lexicons.sets["explosive_cues"] for w in words):
            return "attack", "object", explosive_kind(words)
        agent = agent_of(scene, i) if passive else subject_of(scene, i)
        by_hand = agent is not None and agent.kind in {"group", "generic"} and not named
        return "strike", "object", "explosive" if by_hand else (named[0].kind if named else "air")
    if named:
        return "strike", "object", named[0].kind
    return "strike", "object", "air" if verb.lemma in {"strafe", "airstrike"} else "artillery"


def _hit(scene: Scene, i: int, verb: Verb, passive: bool) -> tuple[str, str, str]:  # noqa: FBT001
    """Judge "struck", "targeted", "destroyed" by what or who did it."""
    start, end = _own_clause(scene, i)
    before, behind = weapons_within(scene, start, i), weapons_within(scene, i, end)
    tool = behind if passive or not before else before
    if passive and tool and _is_means(scene, tool[0].first):
        return "strike", "object", tool[0].kind
    if before and not passive:
        return "strike", "object", before[-1].kind
    if behind and _is_means(scene, behind[0].first):
        return "strike", "object", behind[0].kind
    if not passive and _strike_noun_before(scene, start, i):
        return "strike", "object", ""
    return _by_actor(scene, i, verb, passive=passive)


def _is_means(scene: Scene, at: int) -> bool:
    """Tell whether a weapon is what it was done with: "with rockets", "by a drone", "in an air strike"."""
    words = scene.line.words
    return any(w in {"with", "by", "using", "in", "during"} for w in words[max(0, at - 5) : at])


def _strike_noun_before(scene: Scene, start: int, i: int) -> bool:
    sets = scene.lexicons.sets
    near = scene.line.words[max(start, i - 4) : i]
    return any(w in {"strike", "strikes", "raid", "raids"} or w in sets["nouns_strong"] for w in near)


def _by_actor(scene: Scene, i: int, verb: Verb, *, passive: bool) -> tuple[str, str, str]:
    """Judge a verb without a weapon by who does it to what."""
    actor = agent_of(scene, i) if passive else subject_of(scene, i)
    if actor is None:
        return ("attack", "object", "") if _attacks_unnamed(scene, i, verb, passive=passive) else ("", "", "")
    if not passive and not _has_object(scene, i):
        return "", "", ""
    if any(w in scene.lexicons.sets["airborne"] for w in scene.line.words[actor.first : actor.last]):
        return "strike", "object", "air"
    close = passive or i - actor.last <= FARTHEST_SUBJECT
    forceful = verb.lemma in FORCEFUL and (
        verb.lemma != "target" or (actor.kind == "state" and not actor.armed and close)
    )
    if actor.kind in COMMANDERS and forceful:
        return "strike", "object", ""
    if actor.armed and verb.lemma in GROUND:
        return "attack", "object", ""
    plain = actor.kind == "state" and verb.lemma == "attack" and close
    return ("strike", "object", "") if plain else ("", "", "")


def _attacks_unnamed(scene: Scene, i: int, verb: Verb, *, passive: bool) -> bool:
    """Tell an attack whose attackers are not named: "was attacked", "an assault that targeted X", "Targeting X is"."""
    if passive:
        return verb.lemma in GROUND
    return _assault_before(scene, i) or _is_gerund_subject(scene, i, verb)


def _assault_before(scene: Scene, i: int) -> bool:
    """Tell whether an assault is the subject: "an assault that targeted X", "the offensive struck X"."""
    sets, near = scene.lexicons.sets, scene.line.words[max(0, i - FARTHEST_SUBJECT - 4) : i]
    return any(w in sets["assaults"] for w in near)


def _is_gerund_subject(scene: Scene, i: int, verb: Verb) -> bool:
    """Tell whether a sentence or a quotation begins with the act: "Targeting the headquarters in X is ..."."""
    start = scene.line.tokens[i].start
    opens = i == 0 or scene.line.article.text[start - 1] in '“"'
    return verb.form == "ing" and opens and _has_object(scene, i)


def _has_object(scene: Scene, i: int) -> bool:
    """Tell whether a verb is followed by something that can be struck."""
    line, sets = scene.line, scene.lexicons.sets
    reach = range(i + 1, min(i + 1 + RIGHT_REACH + 4, len(line.words)))
    return any(
        line.spot_at[k] >= 0
        or line.words[k] in sets["targets_base"]
        or line.words[k] in sets["targets_military"]
        or line.words[k] in sets["targets_civil"]
        for k in reach
    ) or any(a.first in reach for a in scene.actors)


def _launch(scene: Scene, i: int, verb: Verb, passive: bool) -> tuple[str, str, str]:  # noqa: FBT001
    """Judge "fired", "launched", "dropped": a weapon must be what is fired."""
    words, (start, end) = scene.line.words, clause_at(scene, i)
    behind = [w for w in weapons_within(scene, i, min(end, i + RIGHT_REACH)) if not _is_event(scene, w.last)]
    before = [w for w in weapons_within(scene, max(start, i - LEFT_REACH), i) if not _is_event(scene, w.last)]
    bombs = any(w in BOMBS for w in words[i : i + RIGHT_REACH])
    if verb.lemma in {"drop", "rain"} and (bombs or "air" in {w.kind for w in behind}):
        return "strike", "launch", "air"
    behind = [w for w in behind if w.kind != "air"]
    if behind and not _is_light(scene, i):
        return "strike", "launch", behind[0].kind
    fired = verb.form == "past" and verb.lemma in {
        "fire",
        "launch",
        "shoot",
        "send",
        "hurl",
        "lob",
        "direct",
        "aim",
        "drop",
    }
    if before and fired and before[-1].kind in LANDING and (passive or _aims(scene, i)):
        return "strike", "launch", before[-1].kind
    if before and verb.lemma == "fire" and words[i + 1 : i + 2] in {("on",), ("at",), ("into",)}:
        return "strike", "launch", before[-1].kind
    return "", "", ""


def _aims(scene: Scene, i: int) -> bool:
    """Tell whether "missiles fired" goes on to say where from or where to."""
    return any(
        w in {"at", "from", "into", "on", "toward", "towards", "by", "in"} for w in scene.line.words[i + 1 : i + 4]
    )


def _is_event(scene: Scene, at: int) -> bool:
    """Tell whether the weapon only qualifies an event noun: "launched a missile attack", "air strikes"."""
    sets, words = scene.lexicons.sets, scene.line.words
    events = sets["nouns_strong"] | sets["nouns_weak"]
    return any(w in events for w in words[max(0, at - 1) : at + 1]) or (
        words[at : at + 1] == ("and",) and any(w in events for w in words[at + 1 : at + 3])
    )


def _is_light(scene: Scene, i: int) -> bool:
    return scene.line.words[i] in {"launched", "launch", "launching"} and scene.line.word(i + 1) == "air"


def _land(scene: Scene, i: int, verb: Verb, passive: bool) -> tuple[str, str, str]:  # noqa: FBT001
    """Judge "landed", "fell", "exploded": a weapon must be what lands."""
    if passive:
        return "", "", ""
    start, end = clause_at(scene, i)
    before = [w for w in scene.weapons if max(start, i - 2 * LEFT_REACH) <= w.first < i]
    kinds = [w.kind for w in before]
    if verb.lemma in {"explode", "detonate"} and any(k in {"explosive", "suicide", "grenade"} for k in kinds):
        return "attack", "land", explosive_kind(scene.line.words[start:end])
    if "explosive" in kinds and verb.lemma in {"fall", "land"}:
        return "strike", "land", "air"
    landing = [k for k in kinds if k in LANDING]
    return ("strike", "land", landing[-1]) if landing else ("", "", "")


def _intercept(scene: Scene, i: int, verb: Verb, passive: bool) -> tuple[str, str, str]:  # noqa: FBT001
    """Judge "intercepted", "shot down": what was stopped must be on its way to a target."""
    start, end = clause_at(scene, i)
    weapons = (
        weapons_within(scene, max(start, i - LEFT_REACH), i)
        if passive
        else weapons_within(scene, i, min(end, i + RIGHT_REACH))
    )
    stopped = [w for w in weapons if w.kind in LANDING]
    if not stopped and verb.lemma in {"repel", "thwart"}:
        return "", "", ""
    spying = {"spy", "surveillance", "reconnaissance", "mq", "reaper", "hawk", "observation"}
    if not stopped or any(w in spying for w in scene.line.words[max(0, stopped[0].first - 3) : stopped[0].last + 2]):
        return "", "", ""
    return "intercept", "object", stopped[0].kind


_FRAMES = {"strong": _strong, "hit": _hit, "launch": _launch, "land": _land, "intercept": _intercept}
