"""The stage as a whole: what it promises to the stages around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

STORY = (
    "BEIRUT (Agency) - Israeli jets bombed Tyre and Nabatieh overnight, killing three people.\n"
    "Hezbollah said it fired rockets at Haifa in response to the strikes.\n"
)
WORDS = (
    "air strike on Tyre Haifa the in near rockets fired at killed three people “ ” ( ) , . ; : and after by Israel's"
    " Hezbollah said that denied base was hit on Monday overnight since from 140 attacks would Iraq ’s"
).split()


def test_a_repeated_paragraph_adds_nothing(read_text):
    """The same sentences again give the same incidents and evidence, and their mentions the same roles."""
    _, once, first = read_text(STORY)
    _, twice, second = read_text(STORY + STORY.split(" - ")[1])
    assert [i.id for i in first.incidents] != []
    assert len(first.incidents) == len(second.incidents)
    assert [len(i.evidence) for i in first.incidents] == [len(i.evidence) for i in second.incidents]
    again = second.roles[len(once) :]
    assert again == first.roles[len(once) - len(again) :]
    assert len(twice) == len(second.roles)


def test_the_same_input_gives_the_same_output(read_text):
    """No clock, no chance, no state."""
    assert read_text(STORY)[2] == read_text(STORY)[2]


def test_ids_are_distinct_and_groups_are_shared(read_text):
    """One event at two places is two incidents of one group."""
    findings = read_text(STORY)[2]
    assert len({i.id for i in findings.incidents}) == len(findings.incidents) == 3
    assert len({i.group for i in findings.incidents}) == 2
    caused = next(i for i in findings.incidents if i.place and i.place.name == "Haifa")
    assert caused.caused_by in {i.group for i in findings.incidents if i.place and i.place.name == "Tyre"}


@pytest.mark.parametrize(
    "text", ["Nothing.", "“”", "Tyre", "Strike", "strikes strikes strikes", "1", "at at at Tyre of of"]
)
def test_scraps_break_nothing(read_text, text):
    """Texts without sense give findings without incidents or, at most, unplaced ones."""
    _, resolved, findings = read_text(text)
    assert len(findings.roles) == len(resolved)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_any_order_of_words_gives_evidence_that_points_into_the_text(read_text, words):
    """Whatever stands in the text, every span lies in its sentence and every number has its mention."""
    article, resolved, findings = read_text(" ".join(words))
    assert len(findings.roles) == len(resolved)
    for incident in findings.incidents:
        assert incident.evidence
        for evidence in incident.evidence:
            sentence = article.sentences[evidence.sentence]
            assert evidence.trigger is not None
            assert sentence.start <= evidence.trigger.start < evidence.trigger.end <= sentence.end
            if evidence.mention is not None:
                assert resolved[evidence.mention].mention.sentence == evidence.sentence
        assert incident.place is not None or incident.why_not_located
