"""Text to article."""

import datetime as dt
import hashlib
import time

import pytest

from geomap.errors import ArticleError
from geomap.reading.article import make_article


def test_the_text_stays_as_it_is():
    """Neither line breaks nor spaces change, and what is told is kept."""
    text = "  A raid\r\n\r\nSoldiers  repelled it.\t\n"
    article = make_article(text, title="A raid", url="https://example.org/a", published_on=dt.date(2024, 1, 24))
    assert article.text == text
    assert [article.quote(s) for s in article.sentences] == ["A raid", "Soldiers  repelled it."]
    assert (article.title, article.url, article.published_on) == (
        "A raid",
        "https://example.org/a",
        dt.date(2024, 1, 24),
    )


def test_the_id_is_given_or_made_of_the_address_or_the_text():
    """The same source has the same id every time."""
    assert make_article("Raid.", id="a-1").id == "a-1"
    assert make_article("Raid.").id == hashlib.sha256(b"Raid.").hexdigest()[:16]
    assert (
        make_article("Raid.", url="https://example.org/a").id == make_article("Other.", url="https://example.org/a").id
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" \n\t\u3000", "empty"), ("Raid\0", "NUL character at 4"),
     ("\x01\x02\x03\x04\x05\x06 raid", "control"), ("Raid \ud800", "surrogate pair at character 5")],
)  # fmt: skip
def test_what_is_no_text_is_refused(text, reason):
    """One clear error with a remedy."""
    with pytest.raises(ArticleError, match=reason) as caught:
        make_article(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    "pattern",
    ["Raid on a camp.\n", "." * 99 + "a", ". ", '."', "a ", "(", "U.S. ", "[1]", "“ ”", "BAGHDAD — ", "Comments\n",
     "\n", "contributed to ", "Photo: ", "By A ", "a’", "A. ", "1. "],
)  # fmt: skip
def test_time_grows_with_length_alone(pattern):
    """Four times the text takes nowhere near sixteen times as long: no rule is quadratic."""

    def seconds(size):
        text = (pattern * (size // len(pattern)))[:size] + "x"
        start = time.process_time()
        make_article(text)
        return time.process_time() - start

    short = min(seconds(60_000) for _ in range(3))
    long = min(seconds(240_000) for _ in range(3))
    assert long < 16 * short + 0.05
