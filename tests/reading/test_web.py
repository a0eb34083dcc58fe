"""Web addresses, against a real server on the loopback interface."""

import importlib.util
import socket
import time
from pathlib import Path

import pytest

from geomap.config import ReadingConfig
from geomap.errors import ArticleError, NetworkError
from geomap.reading.source import read

_spec = importlib.util.spec_from_file_location("reading_server", Path(__file__).with_name("server.py"))
server = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(server)

LIMITS = ReadingConfig(timeout_s=1.0, total_timeout_s=3.0, max_megabytes=1.0, max_redirects=3, user_agent="geomap-test")


@pytest.fixture(scope="module")
def site():
    """Return the address of a running server."""
    with server.running() as address:
        yield address


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("path", ["/page", "/untyped", "/cookie"])
def test_a_page(site, path):
    """Text, title, date and address of a page; without a content type the content decides."""
    article = read(f"{site}{path}#part", config=LIMITS)
    assert article.title == "Soldiers repel raid on desert camp"
    assert article.published_on.isoformat() == "2024-01-24"
    assert article.url == f"{site}{path}"
    assert "fuel depot" in article.text
    assert "Atlantis" not in article.text


def test_what_is_told_wins(site):
    """The caller's title and address win over the page's."""
    article = read(f"{site}/page", config=LIMITS, title="Told", url="https://told.example/")
    assert (article.title, article.url) == ("Told", "https://told.example/")


def test_plain_text_keeps_its_line_breaks(site):
    """A text/plain answer is the text itself."""
    assert read(f"{site}/text", config=LIMITS).text == "Raid on a camp\r\n\r\nSoldiers repelled it – mostly."


def test_redirects_are_followed_and_shown(site):
    """Each redirect is told; the article's address is the last one."""
    told = []
    article = read(f"{site}/twice", config=LIMITS, notify=told.append)
    assert told == [f"{site}/twice redirects to {site}/moved", f"{site}/moved redirects to {site}/page"]
    assert article.url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "words"),
    [("/arabic", "قال الجيش"), ("/arabic-header", "قال الجيش"), ("/latin", "l’armée"), ("/mislabelled", "l’armée")],
)
def test_encodings(site, path, words):
    """By the header, by the page's own declaration, and as UTF-8 where the declaration is wrong."""
    assert words in read(f"{site}{path}", config=LIMITS).text


def test_a_wrong_or_damaged_encoding_is_told(site):
    """Nothing is guessed in silence."""
    told = []
    read(f"{site}/mislabelled", config=LIMITS, notify=told.append)
    read(f"{site}/damaged", config=LIMITS, notify=told.append)
    assert "read as UTF-8" in told[0]
    assert "U+FFFD" in told[1]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/404", "answered 404 Not Found"), ("/410", "answered 410"), ("/403", "answered 403"),
        ("/500", "answered 500"), ("/204", "answered 204"), ("/304", "answered 304"), ("/loop", "circle"),
        ("/self", "circle"), ("/chain/1", "more than 3 redirects"), ("/to-file", "only http and https"),
        ("/to-secret", "user name"),
        ("/nowhere", "cannot be read"), ("/pdf", "application/pdf"), ("/image", "image/png"), ("/xml", "text/xml"),
        ("/slow", "no answer within 1 s"), ("/cut-off", "connection broke"), ("/bad-gzip", "compressed"),
    ],
)  # fmt: skip
def test_bad_answers(site, path, reason):
    """One clear error a cause, naming the address, with a remedy."""
    with pytest.raises(NetworkError, match=reason) as caught:
        read(f"{site}{path}", config=LIMITS)
    assert "127.0.0.1" in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 4


def test_a_password_is_never_repeated(site):
    """An address with credentials is refused, and the message does not print them."""
    for address in ("https://user:word@example.org/", f"{site}/to-secret"):
        told = []
        with pytest.raises(NetworkError) as caught:
            read(address, config=LIMITS, notify=told.append)
        assert "word" not in f"{caught.value}{told}".replace("password", "")


@pytest.mark.parametrize("path", ["/drip-headers", "/drip-body"])
def test_the_whole_is_limited_in_time(site, path):
    """A server that always sends a little is given up after the total time."""
    start = time.monotonic()
    with pytest.raises(NetworkError, match=r"longer than 0\.6 s"):
        read(f"{site}{path}", config=ReadingConfig(timeout_s=0.5, total_timeout_s=0.6))
    assert time.monotonic() - start < 5  # the whole drip takes fifteen


@pytest.mark.parametrize("path", ["/declared-huge", "/huge"])
def test_too_large(site, path):
    """A declared length is refused at once, an undeclared one when it passes the limit."""
    with pytest.raises(ArticleError, match="limit is 1 MB") as caught:
        read(f"{site}{path}", config=LIMITS)
    assert "max_megabytes" in caught.value.hint


@pytest.mark.parametrize(("path", "reason"), [("/empty", "is empty"), ("/lying-pdf", "a PDF document")])
def test_the_content_is_checked_too(site, path, reason):
    """A server's word that it is a page is not enough."""
    with pytest.raises(ArticleError, match=reason):
        read(f"{site}{path}", config=LIMITS)


def test_the_request_says_who_asks(site, tmp_path, monkeypatch):
    """The configured name is sent; what the user's .netrc holds is not."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    seen = read(f"{site}/headers-seen", config=LIMITS).text
    assert "geomap-test" in seen
    assert "Authorization" not in seen


def test_a_refused_port():
    """Nobody listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NetworkError, match="refused"):
        read(f"http://127.0.0.1:{port}/", config=LIMITS)


def test_no_secure_connection(site):
    """A server that does not speak TLS."""
    with pytest.raises(NetworkError, match="secure connection"):
        read(site.replace("http:", "https:"), config=LIMITS)


def test_no_such_host():
    """A name reserved for having no address (RFC 6761)."""
    with pytest.raises(NetworkError, match="no such host"):
        read("http://nowhere.invalid/", config=LIMITS)


def test_a_proxy_that_is_not_there(monkeypatch):
    """The environment's proxy is used, as requests does, and named where it fails."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with pytest.raises(NetworkError, match="proxy"):
        read("http://example.invalid/", config=LIMITS)


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "file:///etc/hostname", "http://", "http://[::1", "http://a:b/"]
)
def test_addresses_that_are_not_asked(address):
    """Only web addresses are."""
    with pytest.raises(NetworkError) as caught:
        read(address, config=LIMITS)
    assert caught.value.hint
