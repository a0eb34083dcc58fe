"""Strike nouns: "an air strike", "a barrage of rockets", "the shelling of X"."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.incidents.actors import ActorHit, alias_at, is_demonym
from geomap.incidents.numbers import number_at
from geomap.incidents.scenes import BE, FAR_WEAPONS, Scene, Trigger, clause_at, is_vetoed, weapons_within

LONGEST_PHRASE = 7
BRIEFING = 3
DETERMINERS = frozenset("a an the this that these those its their his no".split())
BEFORE_NOUNS = DETERMINERS | frozenset({"'s", "'", "of", "under"})
CAMPAIGNS = frozenset({"aggression"})
REPELLED = frozenset({"repelled", "repulsed", "beaten", "stopped", "halted", "thwarted"})
CALLED = frozenset({("called", "a"), ("call", "a"), ("calling", "a"), ("calls", "a")})  # by a union
COMMANDERS = frozenset({"state", "force", "coalition"})
BARE = frozenset({"fire", "fires", "hit", "hits", "wave", "waves", "fall", "debris"})
BLAMED = frozenset(
    "to by of from after falling fallen downed".split()
)  # "a fire due to drone debris", not debris that was found
NOUN_FOLLOWERS = frozenset(
    "on against in near at by from of that which were was have has had is are across over targeting along inside around"
    ' outside between into during after before and or , . ; : ) ” " to for as killed kills kill hit hits left leave'
    " destroyed struck wounded injured caused causes carried conducted launched since will would could may might"
    " did also came under took happened overnight early late on".split()
)


def noun_trigger(scene: Scene, i: int) -> Trigger | None:
    """Return the strike noun that stands at a word."""
    sets, words = scene.lexicons.sets, scene.line.words
    word = words[i]
    if word not in scene.lexicons.strike_nouns or not _may_be_meant(scene, i):
        return None
    if scene.line.word(i + 1) in sets["alarms"] or not reads_as_noun(scene, i):
        return None
    start = start_of_phrase(scene, i)
    if word == "debris" and (start == 0 or words[start - 1] not in BLAMED):
        return None
    if not sets["civil_modifiers"].isdisjoint(words[max(start, i - 2) : i]):
        return None
    weapon = _weapon(scene, start, i)
    frame = "" if _is_repelled(scene, i, weapon) else _frame(scene, start, i, weapon)
    plural = word.endswith("s") and not word.endswith("ss")
    if not frame or is_vetoed(scene, i):  # the dearest test last
        return None
    return Trigger(i, i + 1, start, word, frame, "noun", weapon=weapon, plural=plural)


def _may_be_meant(scene: Scene, i: int) -> bool:
    """Tell words that are strikes only in some company: "a direct hit", "the aggression with missiles"."""
    word = scene.line.words[i]
    if word == "hit":
        return scene.line.word(i - 1) == "direct"
    return word not in CAMPAIGNS or _has_weapon(scene, i)


def _has_weapon(scene: Scene, i: int) -> bool:
    """Tell "the aggression with missiles on X" and "a missile aggression" from a war: one strike has its weapon."""
    before = any(w.last == i for w in scene.weapons)
    return before or (scene.line.word(i + 1) == "with" and any(i < w.first <= i + 3 for w in scene.weapons))


def reads_as_noun(scene: Scene, i: int) -> bool:
    """Tell whether "strikes", "attack" or "shelling" is a noun where it stands."""
    line, sets = scene.line, scene.lexicons.sets
    word, before, following = line.words[i], line.word(i - 1), line.word(i + 1)
    if word.endswith("ing") and before == "of" and following in {"the", "a", "an"} and _is_accused(scene, i):
        return False  # "accused the army of bombing a market"
    if word not in scene.lexicons.verbs or before in BEFORE_NOUNS:
        return True
    helped = before in {"to", "not"} or before in sets["modal"] or (before in BE and word.endswith("ing"))
    if helped or _is_plural_agent(scene, i - 1) or word in {"struck", "launched", "fired"}:
        return False
    if i == 0 and word.endswith("ing") and following.endswith("s") and not line.is_name(1):
        return not any(
            following in sets[name] for name in ("targets_military", "targets_civil")
        )  # "Shelling cuts power"
    noun_like = following in NOUN_FOLLOWERS or following in scene.lexicons.verbs or _is_modifier(scene, i - 1)
    return noun_like or (not following and not word.endswith("ing"))


def _is_repelled(scene: Scene, i: int, weapon: str) -> bool:
    """Tell "four assaults were repelled near X", which is ground fighting, from an attack on a base that was."""
    words, sets = scene.line.words, scene.lexicons.sets
    if weapon or words[i] not in sets["assaults"] or not any(w in REPELLED for w in words[i + 1 : i + LONGEST_PHRASE]):
        return False
    return sets["targets_base"].isdisjoint(words)


def _is_accused(scene: Scene, i: int) -> bool:
    near = scene.line.words[max(0, i - LONGEST_PHRASE) : i]
    return any(w in {"accused", "accuses", "accusing", "accuse", "suspected"} for w in near)


def _is_plural_agent(scene: Scene, i: int) -> bool:
    word, sets = scene.line.word(i), scene.lexicons.sets
    if not word.endswith("s"):
        return False
    return word in sets["groups_generic"] or word in sets["persons"] or word in sets["airborne"]


def _is_modifier(scene: Scene, i: int) -> bool:
    """Tell whether a word can only stand before a strike noun: "rocket", "retaliatory", "Israeli", "two"."""
    if i < 0:
        return False
    word, sets = scene.line.words[i], scene.lexicons.sets
    if word in scene.lexicons.weapons or word in sets["noun_modifiers"] or word in sets["generic_quantifiers"]:
        return True
    if word in {"a", "an"} or number_at(scene.line.words, i) is not None:
        return True
    alias = alias_at(scene.line, i, scene.lexicons)
    return alias is not None and is_demonym(scene.line, i, scene.lexicons)


def start_of_phrase(scene: Scene, i: int) -> int:
    """Return the first word of the noun phrase that ends at a word."""
    words, weapons, start = scene.line.words, scene.lexicons.weapons, i
    while start > 0 and i - start < LONGEST_PHRASE:
        word = words[start - 1]
        if word in {"and", "or", ","} and start > 1 and words[start - 2] in weapons:
            start -= 1
        elif word in DETERMINERS:
            return start - 1
        elif _ends_phrase(scene, word):
            return start
        else:
            start -= 1
    return start


def _ends_phrase(scene: Scene, word: str) -> bool:
    sets = scene.lexicons.sets
    if word in {"about", "around", "over", "up"}:
        return False
    if not (word[0].isalnum() or word == "'s"):
        return True
    if word in sets["ordinary"] or word in sets["verbs_light"] or word in sets["place_prepositions"]:
        return True
    if word in sets["verbs_report"] or word in sets["reactions"] or word in sets["denial"]:
        return True
    return word in scene.lexicons.verbs and word not in scene.lexicons.weapons


def _weapon(scene: Scene, start: int, i: int) -> str:
    """Return the weapon class that a noun phrase or its "of" names."""
    words, lexicons = scene.line.words, scene.lexicons
    if not lexicons.sets["explosive_cues"].isdisjoint(words[start:i]):
        return explosive_kind(words[start:i])
    own = lexicons.weapons.get(words[i], "")
    named = [w.kind for w in scene.weapons if start <= w.first < i]
    if "air" in named or own == "air":
        return "air"
    if named:
        return named[0]
    if own and own != "explosive":
        return own
    return _weapon_behind(scene, i)


def _weapon_behind(scene: Scene, i: int) -> str:
    """Return the weapon class of "fire from rocket launchers", "a hail of shells"."""
    words, lexicons = scene.line.words, scene.lexicons
    if words[i : i + 2] == ("fire", "from"):
        return next((k for w in words[i + 2 : i + 6] if (k := lexicons.weapons.get(w, "")) in FAR_WEAPONS), "")
    if words[i + 1 : i + 2] == ("of",) and words[i] in lexicons.sets["nouns_of_weapons"]:
        return next((w.kind for w in scene.weapons if i + 2 <= w.first <= i + 6), "")
    return ""


def explosive_kind(words: Sequence[str]) -> str:
    """Return which kind of bomb some words tell of."""
    if "suicide" in words:
        return "suicide"
    return "grenade" if any(w.startswith("grenade") for w in words) else "explosive"


def _frame(scene: Scene, start: int, i: int, weapon: str) -> str:
    """Return which frame a strike noun opens, empty where it tells of nothing."""
    word, sets = scene.line.words[i], scene.lexicons.sets
    if weapon in {"explosive", "suicide", "grenade", "gun"}:
        return "attack"
    if word in sets["nouns_strong"] or weapon:
        return "strike"
    blast = word in sets["explosion_nouns"]
    if word == "hit":
        return "bare"  # "a direct hit on a house"
    if word in BARE or (blast and any(w.kind in {"suicide", "explosive", "grenade"} for w in scene.weapons)):
        return ""
    agent = next((a for a in scene.actors if start <= a.first < i), None) or _agent_behind(scene, i)
    agent = agent or _agent_before(scene, start)
    commanded = agent is not None and agent.kind in COMMANDERS and not blast
    if commanded or not sets["noun_modifiers"].isdisjoint(scene.line.words[start:i]):
        return "strike"
    return _bare_frame(scene, i, word, blast=blast)


def _bare_frame(scene: Scene, i: int, word: str, *, blast: bool) -> str:
    """Judge a strike noun without modifiers by its clause."""
    armed = bool(weapons_within(scene, *clause_at(scene, i)))
    if word in {"strike", "strikes"}:
        if scene.line.words[max(0, i - 2) : i] in CALLED:
            return ""
        return "strike" if armed or _hits_something(scene, i) else "anaphor"
    if blast or word in {"impact", "impacts"}:
        return "strike" if armed else ""
    if word in {"raid", "raids"} and any(w in {"strike", "strikes"} for w in scene.line.words):
        return "strike"
    return "strike" if armed else "attack"


def _agent_behind(scene: Scene, i: int) -> ActorHit | None:
    """Return the actor of "strikes by X"."""
    by = next((k for k in range(i + 1, min(i + 4, len(scene.line.words))) if scene.line.words[k] == "by"), None)
    return None if by is None else next((a for a in scene.actors if by < a.first <= by + 2), None)


def _agent_before(scene: Scene, start: int) -> ActorHit | None:
    """Return the actor of "X carried out strikes"."""
    words, light = scene.line.words, scene.lexicons.sets["verbs_light"]
    if not any(w in light or w == "carried" for w in words[max(0, start - 2) : start]):
        return None
    return next((a for a in reversed(scene.actors) if start - 8 <= a.last <= start and a.armed), None)


def _hits_something(scene: Scene, i: int) -> bool:
    """Tell a military strike from a walkout: something is hit, it falls on a target, or a briefing lists it."""
    sets, words = scene.lexicons.sets, scene.line.words
    behind = words[i + 1 : i + 9]
    if behind and (behind[0] in {"on", "against", "targeting"} or behind[0] in scene.lexicons.verbs):
        return True
    if "near" in words[: min(i, BRIEFING)] and "," in words[:i]:
        return True  # "Near X, one strike produced inconclusive results"
    return any(w in sets["targets_military"] or w in sets["killed"] for w in behind)
