"""Places whose preposition or its host says that nothing was struck there: "from X", "by X", "called on X"."""

from __future__ import annotations

from geomap.incidents.bonds import Bond
from geomap.incidents.scenes import Scene, Trigger
from geomap.incidents.verdicts import Verdict

IN_PLACE = frozenset(
    "in at near on over inside outside around across within throughout into along between toward towards off"
    " surrounding beyond behind atop under through onto".split()
)
SIRENS = frozenset({"siren", "sirens"})
SIREN_REACH = 4  # words between the sirens and the preposition of the place: "sirens sounded across most of X"
CAMPAIGN = "place of a campaign"
NEVER = frozenset({"with", "for", "via", "as", "than", "until", "upon"})
LOOKS = frozenset({"looks", "look", "looked", "sounds", "seems", "appears"})
CARRIERS = frozenset("truck pickup van vehicle car lorry".split())  # "launched from a truck near X"
STANDS = frozenset(
    "territory bases base soil areas launchers submarine submarines ship ships vessel vessels carrier plane planes"
    " aircraft boat boats jets bombers".split()
)


def is_power(scene: Scene, number: int) -> bool:
    """Tell whether a place is a country or a capital that stands for one."""
    place = scene.line.spots[number].resolution.place
    return place is not None and (place.feature_code.startswith("PCL") or place.feature_code in {"PPLC", "PPLG"})


def by_preposition(scene: Scene, trigger: Trigger, number: int, bond: Bond) -> Verdict | None:
    """Judge places that are never struck: "from X", "by X", "against Iran", "called on X"."""
    prep = bond.prep
    if bond.relation.endswith(" of") or prep is None:
        return None
    told = _by_host(scene, trigger, bond, prep)
    if told is not None:
        return told
    launched = trigger.way == "launch" and prep in {"in", "near"} and bond.prep_at == trigger.last
    if prep == "from" or launched or _is_starting_point(scene, trigger, bond):
        return Verdict("origin", "from")
    if prep == "by" and trigger.last <= scene.line.spots[number].first:
        return Verdict("actor", "by")
    return Verdict("target", "against a country") if prep == "against" and is_power(scene, number) else None


def _is_starting_point(scene: Scene, trigger: Trigger, bond: Bond) -> bool:
    """Tell "from their positions at X": where those stood who struck."""
    words, sets = scene.line.words, scene.lexicons.sets
    if bond.prep == "at" and words[bond.host] in {"territory", "soil", "land", "side"}:
        return False  # "fired from Turkish territory at X"
    base = bond.host > trigger.last and (words[bond.host] in sets["targets_military"] or words[bond.host] in STANDS)
    base = base or (bond.host > trigger.last and words[bond.host] in CARRIERS and bond.prep != "at")
    return (
        base
        and bond.prep in {"at", "in", "near", "inside"}
        and "from" in words[bond.host - (5 if words[bond.host - 1] == "'s" else 3) : bond.host]
    )


def _by_host(scene: Scene, trigger: Trigger, bond: Bond, prep: str) -> Verdict | None:
    """Judge a place by the word that its preposition belongs to: "the war in X", "the people of X", "called on X"."""
    sets, host = scene.lexicons.sets, scene.line.words[bond.host] if bond.host >= 0 else ""
    hosts = {
        CAMPAIGN: host in sets["campaign"] and bond.host != trigger.first,
        "people of a place": prep == "of" and (host in sets["persons"] or host == "support"),
        "seat of an authority": prep == "in" and host in sets["authorities"],
        "border of a place": prep == "of" and host in sets["borders"],
        "where people react": host in sets["reactions"],
        "where sirens sounded": prep in IN_PLACE and _is_warned(scene, bond),
        "called on": prep == "on" and host in sets["on_verbs"],
        "what looks like it": prep == "like" and host in LOOKS,
        f"behind {prep!r}": prep in NEVER,
    }
    rule = next((name for name, holds in hosts.items() if holds), None)
    return Verdict("mention", rule) if rule is not None else None


def _is_warned(scene: Scene, bond: Bond) -> bool:
    """Tell where sirens sounded from where something fell: "set off sirens in X"."""
    return not SIRENS.isdisjoint(scene.line.words[max(0, bond.prep_at - SIREN_REACH) : bond.prep_at])
