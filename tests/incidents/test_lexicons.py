"""The word lists and the list of armed actors are whole and clean."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources

import pytest

from geomap.incidents.codes import MODES, SUB_EVENTS
from geomap.incidents.lexicons import WEAPON_SECTIONS, load_lexicons, words_of

LEXICON = resources.files("geomap.incidents") / "lexicon"
LEAST_ACTORS = 250


@pytest.fixture(scope="module")
def lexicons():
    """Load the lexicons."""
    return load_lexicons()


@pytest.fixture(scope="module")
def rows():
    """Return the rows of the list of actors without its head."""
    lines = (LEXICON / "actors.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def test_there_are_actors_enough(rows):
    """States, forces, coalitions and groups of all parts of the world."""
    assert len(rows) >= LEAST_ACTORS
    assert {row[2] for row in rows} == {"state", "force", "coalition", "group"}
    assert len({row[3] for row in rows if row[2] != "state"}) >= 50


def test_every_actor_has_an_id_of_its_own_and_clean_columns(rows):
    """Seven columns; ids unique; countries by ISO 3166; years as from-to."""
    assert {len(row) for row in rows} == {7}
    assert not [name for name, count in Counter(row[0] for row in rows).items() if count > 1]
    for identity, name, _, country, active, aliases, _ in rows:
        assert re.fullmatch(r"[a-z0-9-]+", identity), identity
        assert name.strip() == name
        assert re.fullmatch(r"[A-Z]{2}|", country), identity
        assert re.fullmatch(r"(\d{4}-(\d{4})?)?", active), identity
        assert all(alias.strip() == alias and alias for alias in aliases.split("|") if aliases)


def test_no_two_groups_share_a_name(rows):
    """One name means one group; a force may share the name of its state."""
    owners: dict[str, set[str]] = {}
    for _, name, kind, _, _, aliases, _ in rows:
        if kind in {"group", "coalition"}:
            for alias in {name, *filter(None, aliases.split("|"))}:
                owners.setdefault(alias.casefold(), set()).add(name)
    assert {alias: names for alias, names in owners.items() if len(names) > 1} == {}


def test_weapon_classes_have_codes(lexicons):
    """Every class of weapon of the word list has an ACLED sub-event type and a PLOVER mode."""
    assert set(WEAPON_SECTIONS) <= set(SUB_EVENTS)
    assert set(SUB_EVENTS) == set(MODES)
    assert set(lexicons.weapons.values()) <= set(WEAPON_SECTIONS)


def test_words_are_cut_as_sentences_are():
    """A hyphen counts as a space, dotted initials lose their stops, a possessive stands alone."""
    assert words_of("US-led coalition") == ("us", "led", "coalition")
    assert words_of("U.S.") == ("us",)
    assert words_of("People's Protection Units") == ("people", "'s", "protection", "units")


def test_the_word_file_repeats_no_section():
    """A section that stands twice would silently hide its first half."""
    text = (LEXICON / "words.txt").read_text(encoding="utf-8")
    names = re.findall(r"^\[(\w+)\]", text, re.MULTILINE)
    assert len(names) == len(set(names))
