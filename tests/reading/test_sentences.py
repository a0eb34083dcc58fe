"""Where sentences end, and that their spans cover the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.reading.abbreviations import BEFORE_NUMBERS, FIRMS, MONTHS, STATES, TITLES
from geomap.reading.sentences import split


def sentences(text):
    """Return the sentences' texts."""
    return [text[s.start : s.end] for s in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. forces left.",
        "The U.S. Central Command said so.",
        "Gen. Ali met Lt. Col. Smith and Mr. J. R. Brown.",
        "The Reverend W.V. Awdry. ",
        "It began at 3 p.m. Tuesday.",
        "Strike No. 5 hit on Jan. 3 at dawn.",
        "About 33.3 percent of 2,500 left.",
        "He said “stop.” and left.",
        "They waited ... and left.",
        "Officials from St. Petersburg came.",
        "Roanoke, Va. Mayor Smith spoke.",
        "Yes! said the man.",
        "1. The first point",
        "GEN. ALI LEFT THE U.S. ARMY BASE",
        "He read [...] The Times.",
        "رأى د. محمد القاعدة",
    ],
)
def test_one_sentence(text):
    """A full stop that belongs to a word does not end the sentence."""
    assert sentences(text) == [text.strip()]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("He left the U.S.", "The army stayed."),
        ("THEY LEFT THE U.S.", "THE ARMY STAYED."),
        ("It ended at 3 p.m.", "The army left."),
        ("It ended in Jan.", "Nobody knew."),
        ("They answered no.", "Two men left."),
        ("“We will strike.”", "He left."),
        ('"We will strike."', '"We will not."'),
        ("(They left.)", "They came."),
        ("Who did it?", "Nobody knows."),
        ("They waited…", "Then they left."),
        ("The raid failed.[1]", "It was the second."),
        ("The raid failed.", "al-Qaida claimed it."),
        ("He is ill.", "20 others are too."),
        ("ماذا حدث؟", "لا أحد يعرف"),
        ("دھماکہ ہوا۔", "کوئی زخمی نہیں"),
        ("They were hit.", "“We saw it,” he said."),
    ],
)
def test_two_sentences(first, second):
    """Closing quotes and brackets stay with the sentence they close."""
    assert sentences(f"{first} {second}") == [first, second]


def test_a_lost_space_still_ends_the_sentence():
    """Scraped text loses spaces; web addresses and abbreviations must not be cut."""
    assert sentences("It hit the troops.The army left.") == ["It hit the troops.", "The army left."]
    assert sentences("It stood on example.org and in the U.S.Army report.") == [
        "It stood on example.org and in the U.S.Army report."
    ]


def test_lines_are_paragraphs():
    """A line break ends a sentence, however the line breaks are written."""
    for newline in ("\n", "\r\n", "\n\n", "\r", "\u2028"):
        assert sentences(f"A headline{newline}  A body line ") == ["A headline", "A body line"]


WRAPPED = """\
Two rockets struck the air base in the western desert on Monday night and
wounded five people, a security source said. No group has claimed the
attack so far, and the army said that it was looking for the launcher near
the river.

In the north, a drone fell on a village.
"""


def test_hard_wrapped_text_is_unwrapped():
    """In a text wrapped at a fixed width, sentences run over line breaks; blank lines still part them."""
    found = sentences(WRAPPED)
    assert len(found) == 3
    assert found[0].endswith("night and\nwounded five people, a security source said.")
    assert found[2] == "In the north, a drone fell on a village."


def test_a_list_of_lines_is_not_unwrapped():
    """Lines of about equal length that each begin anew are not a wrapped text."""
    lines = [f"Near Village {n}, two air strikes destroyed a bunker and one vehicle {n}" for n in range(8)]
    assert sentences("\n".join(lines)) == lines


ABBREVIATED = sorted(TITLES | BEFORE_NUMBERS | MONTHS | STATES | FIRMS)


@given(
    st.sampled_from(ABBREVIATED).flatmap(
        lambda word: st.sampled_from([word, word.upper(), word.lower(), word + "ing"])
    ),
    st.sampled_from(["The", "Smith", "5", "al-Qaida", "he"]),
)
def test_a_word_is_the_same_abbreviation_behind_a_bracket(word, following):
    """Whether a word's full stop ends the sentence hangs on the word, not on what leads up to it."""
    bare, behind = (sentences(f"They saw {mark}{word}. {following} came.") for mark in ("", "("))
    assert len(bare) == len(behind)


@given(st.text(st.sampled_from("aB.?!…”\"'()[1] \n\t\r\u2028؟U.S.—-:،,ع é🙂")) | st.text())
def test_every_visible_character_lies_in_one_sentence(text):
    """Spans are ordered, trimmed, apart, and leave out nothing but white space."""
    end = 0
    for sentence in split(text):
        assert end <= sentence.start < sentence.end
        assert not text[end : sentence.start].strip()
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
        end = sentence.end
    assert not text[end:].strip()


@given(
    st.lists(
        st.sampled_from(["Drones hit the base near the river. ", "Comments\n", "\n", "BAGHDAD (AP) — "]), max_size=12
    )
)
def test_repeats_point_at_an_earlier_sentence_with_the_same_words(parts):
    """A repeat names the first such sentence, which is no repeat itself."""
    text = "".join(parts)
    found = split(text)
    for number, sentence in enumerate(found):
        if sentence.repeats is not None:
            first = found[sentence.repeats]
            assert sentence.repeats < number
            assert first.repeats is None
            assert text[first.start : first.end].split() == text[sentence.start : sentence.end].split()
