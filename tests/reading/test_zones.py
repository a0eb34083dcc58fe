"""Headline, dateline, caption, body, boilerplate; repeated sentences."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.reading.article import make_article
from geomap.reading.captions import ENDING, LONGEST, OPENING, TAIL, is_caption
from geomap.reading.sentences import split

REFERENCE = Path(__file__).parents[2].parent / "shared" / "articles" / "rudaw-2024-01-24.txt"
LEAD = "Soldiers repelled a raid on a camp in the desert on Monday, officials said."
MORE = "The army sent more troops in the night, according to its statement."


def zones(text, title=None):
    """Return each sentence's zone and words."""
    return [(s.zone, text[s.start : s.end]) for s in split(text, title)]


def body(text, title=None):
    """Return the sentences of the body."""
    return [words for zone, words in zones(text, title) if zone == "body"]


def test_headlines_stand_above_a_body():
    """A section label, a headline and one in capitals are headlines; the prose below is not."""
    assert zones(f"Iraq\nRaid on a camp\nARMY SENDS TROOPS\n\n{LEAD}") == [
        ("headline", "Iraq"),
        ("headline", "Raid on a camp"),
        ("headline", "ARMY SENDS TROOPS"),
        ("body", LEAD),
    ]


@pytest.mark.parametrize("text", ["Raid on a camp", "Raid on a camp\nMore to follow", LEAD, f"{LEAD}\n{MORE}"])
def test_without_a_body_below_there_is_no_headline(text):
    """A note of one line or of short lines alone is the article."""
    assert {zone for zone, _ in zones(text)} == {"body"}


def test_a_line_equal_to_the_title_is_headline_wherever_it_stands():
    """Also where it ends in a full stop, and where the page's title has the site's name behind it."""
    title = "Soldiers repel a raid on a desert camp."
    assert zones(f"{title}\n{LEAD}", title=f"{title} | Example News")[0] == ("headline", title)
    assert zones(f"{LEAD}\n{title}\n{MORE}", title=title)[1] == ("headline", title)
    assert zones(f"{LEAD}\n{title}\n{MORE}")[1] == ("body", title)


@pytest.mark.parametrize(
    "dateline",
    [
        "ERBIL, Kurdistan Region -", "BAGHDAD (AP) —", "KYIV, Ukraine (Reuters) –", "GAZA, Jan 3 (Xinhua) --",
        "WASHINGTON, Jan. 24 (Reuters) -", "DEIR AL-BALAH, Gaza Strip (AP) —", "BAGHDAD/ERBIL –", "BAGHDAD —",
        "Baghdad (AP) –", "Beirut, Lebanon –", "Kyiv –", "NEW DELHI:", "Baghdad / NINA /", "Damascus, SANA-",
        "MOSCOW, January 24. /TASS/.", "Shafaq News/", "(AFP) -", "JERUSALEM and GAZA CITY —", "دبي 3 يناير (رويترز) -",
    ],
)  # fmt: skip
def test_a_dateline_is_a_sentence_of_its_own(dateline):
    """The dateline's span ends before the sentence, which stays body."""
    assert zones(f"Raid on a camp\n{dateline} {LEAD}\n{MORE}")[1:3] == [("dateline", dateline), ("body", LEAD)]


@pytest.mark.parametrize(
    "opening",
    [
        "The camp — the largest in the region — was raided on Monday.",
        "Iran – which denies it – raided the camp on Monday, officials said.",
        "BREAKING: Soldiers repelled a raid on the camp on Monday.",
        "US - Iran talks stalled in the night, the ministry said.",
        "On Monday - The day of the raid - they left the camp.",
        "Two men raided the camp - the second in a week - officials said.",
        "The minister said: Soldiers repelled a raid on the camp.",
        "Ali Hassan (Abu Omar) — a commander — raided the camp on Monday.",
    ],
)
def test_a_dash_alone_makes_no_dateline(opening):
    """Apposition, labels, quotes and sentences with dashes are body as a whole."""
    assert body(f"Raid on a camp\n{opening}\n{MORE}") == [opening, MORE]


def test_a_dateline_opens_only_the_first_paragraphs():
    """Further down, a place before a dash heads an item of a list and says where it happened."""
    text = f"Raid on a camp\n{LEAD}\n{MORE}\n{MORE}\nKHARKIV — Soldiers repelled a raid on the town."
    assert ("body", "KHARKIV — Soldiers repelled a raid on the town.") in zones(text)


def test_a_dateline_on_its_own_line():
    """Below a headline and above the body a place in capitals is a dateline; above the headline it is a label."""
    assert zones(f"Soldiers repel raid on a camp\n\nISTANBUL\n\n{LEAD}")[1] == ("dateline", "ISTANBUL")
    assert zones(f"IRAQ\n\nSoldiers repel raid on a camp\n\n{LEAD}")[0] == ("headline", "IRAQ")


@pytest.mark.parametrize(
    "caption",
    [
        "Soldiers at the camp, January 24, 2024. Photo: Army/Screengrab",
        "Photo: AFP", "Photo by A. Hassan", "Soldiers at the camp (Photo: AFP)", "Soldiers at the camp. File photo",
        "Credit: Example Agency", "Soldiers at the camp / AFP", "Soldiers at the camp [Ali Hassan/Reuters]",
        "FILE - Soldiers stand at the camp, Jan. 3, 2024. (AP Photo/Ali Hassan, File)",
    ],
)  # fmt: skip
def test_captions_and_credits(caption):
    """A paragraph that credits a picture is a caption, above the body and inside it."""
    assert body(f"Raid on a camp\n{caption}\n{LEAD}\n{MORE}") == [LEAD, MORE]
    found = zones(f"Raid on a camp\n{LEAD}\n{caption}\n{MORE}")
    assert [words for zone, words in found if zone == "body"] == [LEAD, MORE]
    assert "caption" in dict(found)


@given(st.from_regex(OPENING) | st.from_regex(ENDING))
def test_the_cheap_test_lets_every_caption_through(text):
    """A paragraph that an expression of captions matches holds one of the words that are looked for first."""
    if len(text) <= LONGEST and (OPENING.match(text) or ENDING.search(text, max(0, len(text) - TAIL))):
        assert is_caption(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army published a photo of the camp and credited its soldiers.",
        "The file was handed to the army, which said that Reuters had the photo.",
        "A video by the group shows the raid on the camp.",
    ],
)
def test_a_sentence_about_pictures_is_no_caption(sentence):
    """Words of credit inside a sentence make no caption."""
    assert sentence in body(f"Raid on a camp\n{LEAD}\n{sentence}\n{MORE}")


def test_a_bare_agency_credits_a_picture_only_above_the_body():
    """Below, an agency in brackets may close a report."""
    line = "Soldiers stand at the gate of the camp on Monday. (Reuters)"
    assert zones(f"Raid on a camp\n{line}\n{LEAD}")[1][0] == "caption"
    assert "Soldiers stand at the gate of the camp on Monday." in body(f"Raid on a camp\n{LEAD}\n{line}\n{MORE}")


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Raid on another camp", "Related: Raid on a third camp", "Also read", "Subscribe to our newsletter",
        "Follow us on Telegram", "Reporting by Ali Hassan in Beirut; editing by J. Doe",
        "(Reporting by Ali Hassan; Editing by J. Doe)", "Ali Hassan contributed to this report.",
        "Ali Hassan reported from Beirut.", "© 2024 Example News. All rights reserved.", "Copyright 2024 Example News",
        "We use cookies to improve your experience.", "By Ali Hassan and Jo Doe", "January 24, 2024 10:15 AM",
        "2024-01-24 14:02", "Tags: Iraq, Syria", "Last updated: 24 Jan 2024",
    ],
)  # fmt: skip
def test_boilerplate(line):
    """What the site says about itself is no part of the article, wherever it stands."""
    assert body(f"Raid on a camp\n{line}\n{LEAD}\n{line}\n{MORE}\n{line}") == [LEAD, MORE]


@pytest.mark.parametrize(
    "sentence",
    [
        "Related attacks were reported in two other towns on Monday.",
        "Comments by the minister drew anger in the capital.",
        "Following the raid, the army closed the road to the camp.",
        "Subscribers to the group's channel saw the raid first.",
        "By Tuesday, the army had closed the road to the camp.",
        "January 24, 2024 was the day on which the camp was raided.",
        "Writing by hand, the commander signed the order for the raid.",
        "The drought contributed to this year's raids on the camp.",
    ],
)
def test_a_sentence_that_begins_like_boilerplate_is_body(sentence):
    """The same words in running text are body."""
    assert sentence in body(f"Raid on a camp\n{LEAD}\n{sentence}\n{MORE}")


def test_everything_after_the_line_comments_is_boilerplate():
    """Readers may write of any place; a menu's "Comments" above the article closes nothing."""
    assert body(f"Comments\nRaid on a camp\n{LEAD}\nComments (2)\nThey should hit the capital next, I say.") == [LEAD]


def test_one_paragraph_with_a_credit_is_still_an_article():
    """Where the only prose ends in a credit it is the body: an article must not vanish."""
    assert LEAD in body(f"{LEAD} Pic/AFP")


def test_a_second_copy_repeats_the_first():
    """White space, quotation marks and the dateline do not matter; short sentences repeat nothing."""
    lead = f"BAGHDAD (AP) — {LEAD}"
    found = split(f'{lead}\n“We saw it all,” he said.\nHe left.\n{lead}\n"We saw it  all," he said.\nHe left.')
    assert [s.repeats for s in found] == [None, None, None, None, None, 1, 2, None]
    assert [s.zone for s in found].count("dateline") == 2


def test_the_body_does_not_repeat_the_headline():
    """A lead with the headline's words still tells it; a headline's second copy is a headline."""
    line = "Soldiers repel a raid on the camp"
    first, second, third, _ = split(f"{line}\n{line}.\n{line}\n{MORE}")
    assert (first.zone, second.zone, second.repeats) == ("headline", "body", None)
    assert (third.zone, third.repeats) == ("headline", 0)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference article is not beside the checkout")
def test_the_reference_article():
    """Label, caption, dateline, body, a second copy that repeats the first, comment rules."""
    article = make_article(REFERENCE.read_text(encoding="utf-8"))
    label, *captions, dateline, first = article.sentences[:5]
    assert (label.zone, article.quote(label)) == ("headline", "Iraq")
    assert {s.zone for s in captions} == {"caption"}
    assert (dateline.zone, article.quote(dateline)) == ("dateline", "ERBIL, Kurdistan Region -")
    assert first.zone == "body"
    assert article.quote(first).startswith("The US State Department")
    in_body = [s for s in article.sentences if s.zone == "body"]
    copies = [s for s in in_body if s.repeats is not None]
    assert len(in_body) == 1 + 2 * len(copies)
    assert all(a.start < b.start for a, b in zip(in_body[1 : 1 + len(copies)], copies, strict=True))
    rules = article.text.index("\nComments\n")
    assert {s.zone for s in article.sentences if s.start > rules} == {"boilerplate"}
    assert all(s.zone == "boilerplate" for s in article.sentences if "contributed to this" in article.quote(s))
