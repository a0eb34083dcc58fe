"""The words the rules know, read once from ``lexicon/`` by the caller and passed down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from geomap.scoring import Model, parse_model

WEAPON_SECTIONS = ("gun", "explosive", "air", "drone", "tank", "mortar", "artillery", "rocket", "missile")
BREAK_SECTIONS = ("cause", "clause", "relative", "verbs_report")
VERB_SECTIONS = ("strong", "hit", "launch", "land", "intercept", "kill")
SAME_PAST = frozenset({"hit", "burst"})  # verbs whose past is their base
Words = tuple[str, ...]


class Actor(NamedTuple):
    """A row of the list of armed actors; ``country`` is its home by ISO 3166, ``active`` a range of years."""

    id: str
    name: str
    kind: str
    country: str
    active: str
    seats: Words


class Alias(NamedTuple):
    """One name of an actor, in words. ``exact`` names are abbreviations that only capitals make a name."""

    words: Words
    actor: Actor
    exact: bool
    role: str


class Verb(NamedTuple):
    """One form of a verb: its lemma, the frame it opens and its form (``base``, ``past`` or ``ing``)."""

    words: Words
    lemma: str
    frame: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicons:
    """Everything the rules look up.

    ``sets`` holds the sections of ``words.txt``; phrases stand by first word. ``triggers`` and the ``*_starts`` are the
    words at which a trigger, an actor, a break of clauses or a weapon can begin: the cheap test before the dear one;
    those of breaks with the sections that they begin an entry of.
    """

    sets: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[Words, ...]]]
    verbs: Mapping[str, tuple[Verb, ...]]
    weapons: Mapping[str, str]
    weapon_phrases: Mapping[str, tuple[tuple[Words, str], ...]]
    aliases: Mapping[str, tuple[Alias, ...]]
    strike_nouns: frozenset[str]
    triggers: frozenset[str]
    actor_starts: frozenset[str]
    break_starts: Mapping[str, Words]
    weapon_starts: frozenset[str]
    linking: Model


def load_lexicons() -> Lexicons:
    """Read the word lists, the armed actors and the weights of linking."""
    folder = Path(__file__).parent
    sections = dict(_sections((folder / "lexicon" / "words.txt").read_text(encoding="utf-8")))
    actors = (folder / "lexicon" / "actors.tsv").read_text(encoding="utf-8")
    plain = {name: _entries(lines) for name, lines in sections.items() if not _holds_verbs(name)}
    sets = {name: frozenset(e[0] for e in entries if len(e) == 1) for name, entries in plain.items()}
    verbs = _verbs(sections)
    weapons, weapon_phrases = _weapons(plain)
    phrases = {name: _by_first(e for e in entries if len(e) > 1) for name, entries in plain.items()}
    aliases = _aliases(actors)
    strike_nouns = sets["nouns_strong"] | sets["nouns_weak"]
    triggers = strike_nouns | frozenset(verbs)
    breaks = {word for name in BREAK_SECTIONS for known in (sets, phrases) for word in known[name]} | {";"}
    return Lexicons(
        sets=sets,
        phrases=phrases,
        verbs=verbs,
        weapons=weapons,
        weapon_phrases=weapon_phrases,
        aliases=aliases,
        strike_nouns=strike_nouns,
        triggers=triggers,
        actor_starts=frozenset(aliases) | sets["groups_generic"] | sets["group_modifiers"],
        break_starts={w: tuple(n for n in BREAK_SECTIONS if w in sets[n] or w in phrases[n]) for w in breaks},
        weapon_starts=frozenset(weapons) | frozenset(weapon_phrases),
        linking=parse_model((folder / "linking.json").read_text(encoding="utf-8")),
    )


def words_of(text: str) -> Words:
    """Cut a phrase of the lexicon as the rules cut a sentence: lower case, hyphens as spaces, dotted initials bare."""
    if text.isalpha():
        return (text.lower(),)
    clean = text.lower().replace("’", "'").replace("-", " ").replace("/", " / ").replace("(", "( ").replace(")", " )")
    return tuple(part for word in clean.split() for part in _possessive(_bare(word)))


def _bare(word: str) -> str:
    return word.replace(".", "") if len(word) > 1 and word.replace(".", "").isalpha() else word


def _possessive(word: str) -> Words:
    return (word[:-2], "'s") if word.endswith("'s") and len(word) > len("'s") else (word,)


def _holds_verbs(section: str) -> bool:
    return section.removeprefix("verbs_") in VERB_SECTIONS and section.startswith("verbs_")


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections of a word file: their names and lines without comments."""
    name, lines = "", list[str]()
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            if name:
                yield name, lines
            name, lines = line.strip("[]"), []
        elif line:
            lines.append(line)
    yield name, lines


def _entries(lines: Iterable[str]) -> list[Words]:
    return [words_of(entry) for line in lines for entry in map(str.strip, line.split(",")) if entry]


def _by_first(entries: Iterable[Words]) -> dict[str, tuple[Words, ...]]:
    """Index phrases by first word, the longest first."""
    found: dict[str, list[Words]] = {}
    for entry in entries:
        found.setdefault(entry[0], []).append(entry)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in found.items()}


def _verbs(sections: Mapping[str, list[str]]) -> dict[str, tuple[Verb, ...]]:
    found: dict[str, list[Verb]] = {}
    for frame in VERB_SECTIONS:
        for line in sections[f"verbs_{frame}"]:
            lemma, _, forms = line.partition(":")
            for words in _entries([forms]):
                found.setdefault(words[0], []).append(Verb(words, lemma, frame, _form(words[0], lemma)))
    return {first: tuple(sorted(rest, key=lambda v: -len(v.words))) for first, rest in found.items()}


def _form(word: str, lemma: str) -> str:
    if word.endswith("ing"):
        return "ing"
    if word in SAME_PAST:
        return "past"
    return "base" if word == lemma or (word.endswith("s") and word.rstrip("es").startswith(lemma[:3])) else "past"


def _weapons(plain: Mapping[str, list[Words]]) -> tuple[dict[str, str], dict[str, tuple[tuple[Words, str], ...]]]:
    """Return the class of every single weapon word, and weapon phrases by first word."""
    single: dict[str, str] = {}
    phrases: dict[str, list[tuple[Words, str]]] = {}
    for kind in WEAPON_SECTIONS:
        for entry in plain[f"weapon_{kind}"]:
            if len(entry) == 1:
                single[entry[0]] = kind
            else:
                phrases.setdefault(entry[0], []).append((entry, kind))
    return single, {first: tuple(sorted(rest, key=lambda p: -len(p[0]))) for first, rest in phrases.items()}


def _aliases(table: str) -> dict[str, tuple[Alias, ...]]:
    found: dict[str, list[Alias]] = {}
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    for row in rows[1:]:
        actor = Actor(row[0], row[1], row[2], row[3], row[4], tuple(filter(None, row[6].split("|"))))
        for role, names in (("name", [actor.name]), ("alias", row[5].split("|")), ("seat", actor.seats)):
            for name in filter(None, names):
                alias = Alias(words_of(name), actor, _needs_capitals(name), role)
                found.setdefault(alias.words[0], []).append(alias)
    return {first: tuple(sorted(rest, key=lambda a: -len(a.words))) for first, rest in found.items()}


def _needs_capitals(name: str) -> bool:
    """Tell whether a name is an abbreviation: "us" is no country, "US" is."""
    bare = name.replace(".", "").replace("-", "")
    return len(bare) <= len("AMISOM") and bare.isupper()
