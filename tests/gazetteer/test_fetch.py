"""Fetching dumps from a real server on this machine: resumed, checked, polite, and safe to kill."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geomap.errors import NetworkError, UsageError
from geomap.gazetteer.fetch import dump_url, fetch_dump


def packed(text: str) -> bytes:
    """Return a zip archive with one dump, stored as it is so that its size is known."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("IQ.txt", text)
    return data.getvalue()


LINE = "3\tQa'im\tQaim\tKaim\t34.4\t41.0\tP\tPPL\tIQ\t\t01\t\t\t\t80000\t\t180\tAsia/Baghdad\t2024-01-01\n"
ARCHIVE = packed(LINE + "".join(LINE.replace("3\tQa'im", f"{n}\tPlace {n}", 1) for n in range(10, 20_000)))


class Server(ThreadingHTTPServer):
    """What the tests set and see: the file, its tag, faults to come, the requests that came."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.etag, self.sha256 = ARCHIVE, '"one"', None
        self.faults, self.seen, self.pause_s = [], [], 0.0
        self.base = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Serves one archive with ranges and tags; breaks off or refuses where a fault says so."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Answer a request."""
        server = self.server
        if self.path.endswith(".sha256"):
            self.answer(200 if server.sha256 else 404, (server.sha256 or "").encode())
            return
        server.seen.append(dict(self.headers))
        fault = server.faults.pop(0) if server.faults else None
        if isinstance(fault, int):
            self.answer(fault, b"", {"Retry-After": "0"})
            return
        if self.headers.get("If-None-Match") == server.etag:
            self.answer(304, b"")
            return
        start = 0
        asked = self.headers.get("Range")
        if asked and self.headers.get("If-Range") == server.etag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
        body = server.body[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", server.etag)
        self.end_headers()
        for at in range(0, len(body), 65536):
            if fault == "break" and at >= len(body) // 2:
                self.close_connection = True
                self.connection.close()
                return
            self.wfile.write(body[at : at + 65536])
            time.sleep(server.pause_s)

    def answer(self, status, body, headers=None):
        """Send a short answer."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    """A server on the loopback."""
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()


def fetch(server, folder):
    """Fetch Iraq's dump."""
    return fetch_dump(dump_url(server.base, "IQ"), folder, timeout_s=5, user_agent="geomap-test", backoff_s=0.01)


def test_a_dump_is_fetched_and_not_again(server, tmp_path):
    """The bytes are the server's, we say who we are, and an unchanged file costs one conditional request."""
    path = fetch(server, tmp_path)
    assert path.read_bytes() == ARCHIVE
    assert server.seen[0]["User-Agent"] == "geomap-test"
    fetch(server, tmp_path)
    assert server.seen[1]["If-None-Match"] == '"one"'
    server.body, server.etag = packed(LINE), '"two"'
    assert fetch(server, tmp_path).read_bytes() == server.body


def test_a_broken_download_goes_on_where_it_stopped(server, tmp_path):
    """After a break only the rest is asked for, and the whole is right."""
    server.faults = ["break"]
    assert fetch(server, tmp_path).read_bytes() == ARCHIVE
    assert server.seen[1]["Range"].startswith("bytes=")
    assert server.seen[1]["If-Range"] == '"one"'


def test_versions_are_never_joined(server, tmp_path):
    """If the file changed between two tries it is loaded anew, not glued to the old half."""
    server.faults = ["break"] * 9
    with pytest.raises(NetworkError, match="broke off"):
        fetch(server, tmp_path)
    server.faults, server.body, server.etag = [], packed(LINE + LINE), '"two"'
    assert fetch(server, tmp_path).read_bytes() == server.body


def test_a_busy_server_is_given_time(server, tmp_path):
    """Refusals that pass are waited for; those that stay are an error."""
    server.faults = [503, 429]
    assert fetch(server, tmp_path).read_bytes() == ARCHIVE
    server.faults, server.etag = [404], '"new"'
    with pytest.raises(NetworkError, match="404"):
        fetch(server, tmp_path)


def test_the_checksum_beside_the_file_counts(server, tmp_path):
    """A matching checksum passes; another one removes the file and says so."""
    server.sha256 = f"{hashlib.sha256(ARCHIVE).hexdigest()}  IQ.zip\n"
    fetch(server, tmp_path)
    server.sha256, server.etag = "0" * 64, '"two"'
    with pytest.raises(NetworkError, match="checksum"):
        fetch(server, tmp_path)
    assert not (tmp_path / "IQ.zip").exists()


def test_what_is_no_archive_is_refused(server, tmp_path):
    """A page that says sorry is not taken for data."""
    server.body = b"<html>sorry</html>"
    with pytest.raises(NetworkError, match="no zip"):
        fetch(server, tmp_path)


@pytest.mark.parametrize(
    ("base", "country", "said"),
    [("", "IQ", "no server"), ("ftp://x", "IQ", "no web address"), ("http://x", "Iraq", "no country code")],
)
def test_a_wrong_call_says_so(base, country, said):
    """Without a server there is no default one: the remedy names the setting."""
    with pytest.raises(UsageError, match=said):
        dump_url(base, country)


def test_the_verb_survives_being_killed(server, tmp_path):
    """Kill -9 during fetch: the next run goes on, adds the layer, and the store that was there answered all along."""
    server.pause_s = 0.05
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "world.csv").write_text("id,name,lon,lat,country_code,kind\ngeonames:1,Iraq,44,33,IQ,PCLI\n")
    environment = os.environ | {
        "GEOMAP_GAZETTEER_FOLDER": str(tmp_path / "stores"),
        "GEOMAP_GAZETTEER_TABLES": str(tables),
        "GEOMAP_GAZETTEER_DUMPS_URL": server.base,
    }
    verb = [sys.executable, "-m", "geomap", "gazetteer"]
    child = subprocess.Popen([*verb, "fetch", "IQ"], env=environment, stderr=subprocess.DEVNULL)
    while not server.seen:
        time.sleep(0.02)
    time.sleep(0.3)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    answered = subprocess.run(
        [sys.executable, "-m", "geomap", "lookup", "Iraq"], capture_output=True, text=True, env=environment, check=True
    )
    assert "PCLI" in answered.stdout
    server.pause_s = 0
    done = subprocess.run([*verb, "fetch", "IQ"], capture_output=True, text=True, env=environment, check=True)
    assert "geonames-IQ: 19,991 places" in done.stdout
    assert "Range" in server.seen[-1]
