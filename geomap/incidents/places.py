"""How a place stands in its sentence: what governs it, what it lies in, with what it is listed."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.incidents.bonds import (
    ALIAS,
    COMPASS,
    CONTAINER,
    FREE,
    QUOTES,
    Bond,
    is_container,
    over_feature_words,
    settled,
)
from geomap.incidents.lexicons import Lexicons
from geomap.incidents.lines import Line

STEPS = frozenset({",", "and", "or", "&", "plus"})
COMMAS = frozenset({",", "and", "or", "&", "plus", "later", "then", "also", "nearby"})
DISTANCES = frozenset(
    "km kilometers kilometres kilometer kilometre miles mile m meters metres just about some around roughly to the"
    " ) ( / - further few a , located situated lying approximately nearly".split()
)
SETTLEMENTS = frozenset(
    "town towns city cities village villages port capital suburb settlement camp neighbourhood neighborhood"
    " island resort hub".split()
)
CLOSE = frozenset({"close", "next", "adjacent"})
UNITS = frozenset("km kilometers kilometres miles mile m meters metres yards feet".split())
ROADS = frozenset({"road", "roads", "highway", "route", "motorway"})
ARMS = frozenset("tanks firearms guns launchers systems weapons howitzers".split())
FAR_OBJECT = 22
FAR_WEAPONS = 15
STARTING = frozenset({"over", "off", "inside", "within", "near", "across", "behind", "outside", "around"})
APPOSED = frozenset({("a",), ("an",), ("two",), ("three",), ("both",), ("another",)})
BEFORE_NOUN = frozenset({"'s", "the", "a", "an", "by", "these", "those", "air"})  # "by Friday's strikes"
EXAMPLES = {"including": frozenset({","}), "them": frozenset({"among"})}
AIMED = frozenset({"at", "against"})
MOST_EXAMPLE_STEPS = 12  # words between "including" and the verb or preposition of what it gives examples of
MOST_STEPS, MOST_LOOSE_STEPS = 7, 10


def find_bonds(line: Line, lexicons: Lexicons) -> tuple[Bond, ...]:
    """Return the bond of every spot of a line."""
    bonds = list[Bond]()
    for number in range(len(line.spots)):
        bonds.append(_bond(line, number, bonds, lexicons))
    return tuple(_with_possessors(line, bonds, lexicons))


def _bond(line: Line, number: int, earlier: Sequence[Bond], lexicons: Lexicons) -> Bond:
    """Walk left from a place to the word that governs it."""
    i, relation, steps = line.spots[number].first - 1, "", 0
    while i >= 0 and steps < MOST_STEPS:
        word = line.words[i]
        if word in STEPS or line.spot_at[i] >= 0 or (word in COMMAS and line.word(i - 1) in STEPS):
            listed = _beside_another(line, number, i, earlier, lexicons)
            apposed = _is_apposed(line, number, i)
            return listed._replace(standing=CONTAINER, parent=line.spot_at[i - 1]) if apposed else listed
        skipped = _over_of(line, i, lexicons) if word in {"of", "to"} else None
        if skipped is not None:
            i, part = skipped
            relation = part or relation
            if part.endswith(" of"):
                return settled(line, Bond("of", i + 1, _start_of_distance(line, i), relation, number), lexicons)
        elif word in EXAMPLES and line.word(i - 1) in EXAMPLES[word]:
            return _example(line, i, Bond(None, i, i, relation, number), lexicons)
        elif (bond := _ended(line, number, i, relation, lexicons)) is not None:
            return bond
        i, steps = i - 1, steps + (word not in QUOTES)
    return Bond(None, -1, -1, relation, number)


def _is_apposed(line: Line, number: int, comma: int) -> bool:
    """Tell what only explains the place before the comma: "Holon, a suburb of Tel Aviv"."""
    words = line.words[comma + 1 : line.spots[number].first]
    return line.word(comma) == "," and line.spot_at[comma - 1] >= 0 and words[:1] in APPOSED and words[-1:] == ("of",)


def _ended(line: Line, number: int, i: int, relation: str, lexicons: Lexicons) -> Bond | None:
    """Return the bond where a word ends the walk: a preposition, "formerly", a verb or a function word."""
    word = line.words[i]
    verb = _over_weapons(line, i, lexicons) if word in lexicons.weapons or word in ARMS else -1
    if verb >= 0:
        return Bond("", verb, verb, relation, number)
    if word == "as" and line.words[max(0, i - 2) : i] == ("as", "well"):
        return _as_well_as(line, number, i, lexicons)
    if word in lexicons.sets["place_prepositions"]:
        return settled(line, _governed(line, number, word, i, relation), lexicons)
    if word in lexicons.sets["alias"]:
        return _alias(line, number, i)
    if _is_verb(line, i, lexicons):
        return Bond("", i, i, relation, number)
    return Bond(None, i, i, relation, number) if _is_wall(word, lexicons) else None


def _as_well_as(line: Line, number: int, i: int, lexicons: Lexicons) -> Bond | None:
    """Bind the last object of "bombed X during the night as well as the power station of Y"."""
    verb = next((k for k in range(i - 3, max(-1, i - FAR_OBJECT), -1) if _is_verb(line, k, lexicons)), -1)
    return Bond("", verb, verb, "", number) if verb >= 0 else None


def _over_weapons(line: Line, i: int, lexicons: Lexicons) -> int:
    """Return the verb of "shelled from mortars and tanks the village of X", -1 where there is none."""
    for k in range(i, max(0, i - FAR_WEAPONS), -1):
        if line.words[k] in {"from", "with", "using"}:
            return k - 1 if line.words[k - 1] in lexicons.verbs else -1
        if line.spot_at[k] >= 0 or line.words[k] in lexicons.sets["place_prepositions"]:
            return -1
    return -1


def _is_verb(line: Line, i: int, lexicons: Lexicons) -> bool:
    """Tell whether a word is a verb that may govern a place directly."""
    word = line.words[i]
    if word in lexicons.strike_nouns and line.word(i - 1) in BEFORE_NOUN:
        return False
    return word in lexicons.verbs and not (word.endswith("s") and word[:-1] + "ing" in lexicons.verbs and i == 0)


def _is_wall(word: str, lexicons: Lexicons) -> bool:
    return word in lexicons.sets["ordinary"] and word not in {"a", "an", "the", "this", "its", "their", "his"}


def _governed(line: Line, number: int, prep: str, at: int, relation: str) -> Bond:
    if prep in STARTING and line.word(at - 1) == "from":
        prep, at = "from", at - 1  # "fired from over the sea"
    host = at - 1
    if prep == "from" and line.word(host) in UNITS and line.word(host - 1)[:1].isdigit():
        return Bond("near", at, host - 2, "near", number)  # "100 metres from X"
    while host > 0 and line.words[host] in QUOTES:
        host -= 1
    return Bond(prep, at, host, relation, number)


def _over_of(line: Line, i: int, lexicons: Lexicons) -> tuple[int, str] | None:
    """Step over "the town of", "the approaches to", "10 km north of"; None where the word governs the place itself."""
    before = line.word(i - 1)
    if line.words[i] == "to":
        road = before in ROADS and line.word(i - 3) != "beside"  # "a village beside the road to X" is far from X
        return (i - 1, "near") if road or before in lexicons.sets["part_words"] or before in CLOSE else None
    if before in COMPASS:
        return i - 2, f"{before} of"
    if before in lexicons.sets["part_words"] or before in lexicons.sets["borders"]:
        return i - 1, "near"
    if before == "out" and line.word(i - 2) in ROADS:
        return i - 3, "near"  # "on the road out of X"
    sorts = ("feature_words", "inside_words", "facility_words", "targets_civil")
    return (i - 1, "") if any(before in lexicons.sets[name] for name in sorts) else None


def _start_of_distance(line: Line, i: int) -> int:
    """Return the word before "some 35 km (20 miles)" that stands left of a direction."""
    while i > 0 and line.spot_at[i] < 0 and (line.words[i] in DISTANCES or line.words[i][0].isdigit()):
        i -= 1
    return i


def _alias(line: Line, number: int, at: int) -> Bond:
    """Recognise "(formerly X)": another name of the place before it, or of a name that is no known place."""
    i = at - 1
    while i >= 0 and line.spot_at[i] < 0 and at - i < MOST_STEPS:
        i -= 1
    owner = line.spot_at[i] if i >= 0 else -1
    if owner < 0:
        return Bond("formerly", at, i, "", number)
    unnamed = "'s" in line.words[i + 1 : at]  # "Babil's Y (formerly X)" where Y is unknown: X stands for Y
    return Bond("formerly", at, i, "", number, FREE if unnamed else ALIAS, owner)


def _beside_another(line: Line, number: int, i: int, earlier: Sequence[Bond], lexicons: Lexicons) -> Bond:
    """Bind a place that follows a comma, an "and" or another place."""
    left, words = i, list[str]()
    while left > 0 and line.spot_at[left] < 0 and i - left < MOST_STEPS:
        if line.words[left] == ")":
            left = _opening(line, left) - 1
            continue
        if line.words[left] not in COMMAS | QUOTES and line.words[left] not in lexicons.sets["feature_words"]:
            break
        words.append(line.words[left])
        left -= 1
    owner = line.spot_at[left]
    if owner < 0 and line.words[i] != ",":
        owner = line.spot_at[over_feature_words(line, left, lexicons)]
    if owner < 0 or owner >= number:
        return _loose(line, number, i, lexicons) if line.words[i] != "," else _over_aside(line, number, i, lexicons)
    before = earlier[owner]
    base = owner
    while earlier[base].standing != FREE and (above := earlier[base].parent) is not None and above < base:
        base = above
    if words and is_container(line, owner, number, words):
        return Bond(before.prep, before.prep_at, before.host, "", number, CONTAINER, owner)
    listed = earlier[base]
    return listed._replace(standing=FREE, parent=None) if words else Bond(None, i, i, "", number)


def _over_aside(line: Line, number: int, comma: int, lexicons: Lexicons) -> Bond:
    """Bind the object of "shelled, since the morning, the outskirts of X" to its verb."""
    opened = next((k for k in range(comma - 1, max(0, comma - MOST_STEPS), -1) if line.words[k] == ","), -1)
    if opened > 0 and _is_verb(line, opened - 1, lexicons) and line.words[comma + 1] in {"the", "a", "an"}:
        return Bond("", opened - 1, opened - 1, "", number)
    return Bond(None, comma, comma, "", number)


def _example(line: Line, at: int, bond: Bond, lexicons: Lexicons) -> Bond:
    """Bind an example to what it is one of: "struck three bases, including X", "fired at depots, among them X"."""
    for left in range(at - 1, max(-1, at - MOST_EXAMPLE_STEPS), -1):
        if _is_verb(line, left, lexicons):
            return bond._replace(prep="", prep_at=left, host=left)
        if line.words[left] in AIMED:
            return bond._replace(prep=line.words[left], prep_at=left, host=left - 1)
    return bond


def _opening(line: Line, i: int) -> int:
    """Return the bracket that opens what a word closes."""
    while i > 0 and line.words[i] != "(":
        i -= 1
    return i


def _loose(line: Line, number: int, i: int, lexicons: Lexicons) -> Bond:
    """Bind a place behind a comma or an "and" that follows a common noun: "a depot and Kabul airport"."""
    left, steps = i - 1, 0
    while left >= 0 and steps < MOST_LOOSE_STEPS:
        word = line.words[left]
        if _is_verb(line, left, lexicons):
            return Bond("", left, left, "", number)
        if word == "by":
            break  # "was hit by drones, and X": X did nothing
        if word in lexicons.sets["place_prepositions"] and word not in {"of", "with"}:
            return Bond(word, left, left - 1, "", number)
        if _is_wall(word, lexicons) and word not in COMMAS and not _is_inside_member(line, left, i):
            break
        left, steps = left - 1, steps + (word not in COMMAS and line.spot_at[left] < 0)
    return Bond(None, i, i, "", number)


def _is_inside_member(line: Line, at: int, joint: int) -> bool:
    """Tell the "of" and "with" of the member before: "hit A in the hills of X with rockets, and B with missiles"."""
    return line.words[at] in {"of", "with"} and line.words[joint] == "and" and line.word(joint - 1) == ","


def _with_possessors(line: Line, bonds: Sequence[Bond], lexicons: Lexicons) -> list[Bond]:
    """Mark "A's B", "A province's B district" and "the A town of B": A only says where B lies, B stands as A would."""
    made = list(bonds)
    for number in range(len(made) - 1, 0, -1):
        owner, inward = _possessor(line, number, lexicons)
        if made[number].prep == "formerly" and made[number].standing == FREE:
            owner, inward = made[number].parent, False
        if owner is None or made[number].standing != FREE or made[number].relation.endswith(" of"):
            continue
        if inward:
            made[number] = made[number]._replace(standing=CONTAINER, parent=owner)
            continue
        for other, bond in enumerate(made):
            if number in {bond.head, other} and bond.standing == FREE:
                made[other] = _in_place_of(bond, made[owner])
        made[owner] = made[owner]._replace(standing=CONTAINER, parent=number)
    return made


def _in_place_of(bond: Bond, owner: Bond) -> Bond:
    relation = bond.relation or owner.relation
    made = bond._replace(prep=owner.prep, prep_at=owner.prep_at, host=owner.host, head=owner.head, relation=relation)
    return made if owner.standing == FREE else made._replace(standing=owner.standing, parent=owner.parent)


def _possessor(line: Line, number: int, lexicons: Lexicons) -> tuple[int | None, bool]:
    """Return the place before a place that belongs to it, and whether it is the second that holds the first.

    "Anbar's Qaim" and "the Somali port city of Baraawe" name the outer place first, "Shindand district of Herat" last.
    """
    first = line.spots[number].first
    i, of = first - 1, False
    while i > 0 and first - i < MOST_STEPS:
        word, owner = line.words[i], line.spot_at[i]
        if owner >= 0:
            inward = of and SETTLEMENTS.isdisjoint(line.words[i:first])
            return owner, inward
        if word == "'s":
            owner = line.spot_at[over_feature_words(line, i - 1, lexicons)]
            return (owner if 0 <= owner < number else None), False
        of = of or word == "of"
        if word in lexicons.verbs or line.is_name(i):
            return None, False
        if word != "of" and (word in lexicons.sets["ordinary"] or word in COMMAS or not word[0].isalpha()):
            return None, False
        i -= 1
    return None, False
