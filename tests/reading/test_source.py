"""Files and standard input, on real files."""

import codecs
import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.config import ReadingConfig
from geomap.errors import ArticleError
from geomap.reading.source import read

PAGES = Path(__file__).parent / "pages"
RUSSIAN = (
    "Военные отразили атаку на лагерь у границы в среду утром, сообщила армия. Пятеро солдат были ранены ракетами. "
    "Никто не взял на себя ответственность за нападение, а дорога на север закрыта."
)
FRENCH = (
    "L’armée a repoussé une attaque près de la frontière à l’aube. Le général a déclaré que cinq soldats ont été "
    "blessés par des roquettes tombées sur le dépôt d’essence, et que la route était fermée."
)


@pytest.fixture
def written(tmp_path):
    """Return a function that writes bytes to a new file and gives its path."""

    def write(data, name="article.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_text_file_is_kept_as_it_is(written, newline):
    """Line breaks and spaces are the file's own."""
    text = f"Raid on a camp{newline}{newline}Soldiers  repelled it – mostly.{newline}"
    assert read(written(text.encode())).text == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\r\t\x1c\x85"), min_size=1
    ).map("Raid on a camp. ".__add__)
)
def test_any_utf8_text_is_kept(written, text):
    """Whatever the characters, the article has them unchanged; one full of control characters would be refused."""
    assert read(written(text.encode())).text == text


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
     (codecs.BOM_UTF32_LE, "utf-32-le")],
)  # fmt: skip
def test_byte_order_marks(written, bom, encoding):
    """The mark says the encoding and is no part of the text."""
    assert read(written(bom + RUSSIAN.encode(encoding))).text == RUSSIAN


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (FRENCH, "cp1252")])
def test_an_encoding_that_is_guessed_is_told(written, text, encoding):
    """Without a mark, and not in UTF-8: the guess is right and said."""
    told = []
    assert read(written(text.encode(encoding)), notify=told.append).text == text
    assert "read as" in told[0]


def test_an_arabic_file_in_windows_1256(written):
    """A page's text without its declaration."""
    text = "قال الجيش إن الجنود صدوا هجوما على معسكر قرب الحدود فجر الأربعاء وأصيب خمسة منهم بجروح. " * 3
    told = []
    assert read(written(text.encode("cp1256")), notify=told.append).text == text
    assert told


def test_damaged_utf8_is_refused_by_position(written):
    """One wrong byte in UTF-8 must not turn all the text into another encoding."""
    data = RUSSIAN.encode()
    with pytest.raises(ArticleError, match=r"byte 0xff at position 15") as caught:
        read(written(data[:15] + b"\xff" + data[15:]))
    assert "UTF-8" in caught.value.hint


def test_half_a_utf16_text_is_refused(written):
    """A mark that promises what does not follow."""
    with pytest.raises(ArticleError, match="not UTF-16"):
        read(written(codecs.BOM_UTF16_LE + b"\x00\xd8\x00"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"), (b" \r\n\t", "is empty"), (codecs.BOM_UTF8, "is empty"), (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04...", "a ZIP archive or an office document"), (b"\x89PNG\r\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"), (b"\x1f\x8b\x08", "compressed"), (b"{\\rtf1 Raid}", "RTF"),
        (b"raid\0camp", "NUL byte at position 4"), (b"<?xml version='1.0'?><rss></rss>", "XML document"),
        (bytes(range(128, 256)) * 4, "is not UTF-8: byte 0x80 at position 0"),
        (b"<html><body><script>1</script></body></html>", "no text in the page"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_article(written, data, reason):
    """One clear error a cause, naming the file, with a remedy."""
    path = written(data)
    with pytest.raises(ArticleError, match=reason) as caught:
        read(path)
    assert caught.value.hint
    assert caught.value.exit_code == 1


def test_a_missing_file_and_a_folder(tmp_path):
    """Named as such; a web address without its scheme gets a hint."""
    with pytest.raises(ArticleError, match="there is no file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ArticleError, match="is a folder"):
        read(str(tmp_path))
    with pytest.raises(ArticleError) as caught:
        read("www.example.org/a")
    assert "https://www.example.org/a" in caught.value.hint
    with pytest.raises(ArticleError, match="cannot be read"):
        read("a\0b")


def test_a_file_above_the_limit(written):
    """Refused by its size before it is read."""
    with pytest.raises(ArticleError, match=r"is too large: 0\.2 MB, the limit is 0\.1 MB"):
        read(written(b"a" * 200_000), config=ReadingConfig(max_megabytes=0.1))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(written):
    """Without permission."""
    path = written(b"Raid.")
    path.chmod(0)
    with pytest.raises(ArticleError, match="may not be read"):
        read(path)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_a_file_the_system_cannot_read():
    """An error of the disk is passed on in one sentence."""
    with pytest.raises(ArticleError, match="cannot be read"):
        read("/proc/self/mem")


def test_standard_input():
    """Text or page, by the content; limited like a file."""
    assert read("-", stdin=io.BytesIO(b"Raid on a camp.")).text == "Raid on a camp."
    assert (
        read("-", stdin=io.BytesIO((PAGES / "agency.html").read_bytes())).title == "Soldiers repel raid on desert camp"
    )
    with pytest.raises(ArticleError, match="standard input is too large"):
        read("-", stdin=io.BytesIO(b"a" * 2000), config=ReadingConfig(max_megabytes=0.001))
    with pytest.raises(ArticleError, match="standard input is empty"):
        read("-", stdin=io.BytesIO())


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_a_page_is_known_by_its_content(written, name):
    """Whatever its name."""
    article = read(written((PAGES / "agency.html").read_bytes(), name))
    assert article.title == "Soldiers repel raid on desert camp"
    assert article.url == "https://news.example/world/raid-on-camp"
    assert article.published_on == dt.date(2024, 1, 24)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256"])
def test_pages_in_other_encodings(written, encoding):
    """By mark and by declaration."""
    page = (PAGES / "arabic.html").read_text(encoding="utf-8")
    article = read(written(page.encode(encoding), "page.html"))
    assert article.title == "جنود يصدون هجوما على معسكر"
    assert "قال الجيش" in article.text


def test_text_in_a_file_called_html_is_text(written):
    """Without a single tag it is no page."""
    assert read(written(b"Raid on a camp.\n\nIt failed.", "a.html")).text == "Raid on a camp.\n\nIt failed."


def test_what_is_told_wins(written):
    """Title, address and day of the caller win over the page's."""
    day = dt.date(2023, 5, 1)
    path = written((PAGES / "agency.html").read_bytes())
    article = read(path, title="Told", url="https://told.example/", published_on=day)
    assert (article.title, article.url, article.published_on) == ("Told", "https://told.example/", day)


def test_plain_text_loads_no_heavy_library(written):
    """Reading text must stay cheap: neither trafilatura nor requests is imported."""
    code = (
        "import sys; from geomap.reading.source import read; read(sys.argv[1]);"
        "print([m for m in ('trafilatura', 'requests', 'lxml', 'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, written(b"Raid.")], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
