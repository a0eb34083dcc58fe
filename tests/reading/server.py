"""A web server on the loopback interface that misbehaves on request."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

PAGES = Path(__file__).parent / "pages"
AGENCY = (PAGES / "agency.html").read_bytes()
ARABIC = (PAGES / "arabic.html").read_text(encoding="utf-8").encode("cp1256")
LATIN = "<html><body><p>Le café du général à Kherson a été touché par un drone, a dit l’armée.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    answers: ClassVar = {
        "/page": ("text/html; charset=utf-8", AGENCY),
        "/untyped": (None, AGENCY),
        "/text": ("text/plain; charset=utf-8", "Raid on a camp\r\n\r\nSoldiers repelled it – mostly.".encode()),
        "/arabic": ("text/html", ARABIC),
        "/arabic-header": ("text/html; charset=windows-1256", ARABIC.replace(b"charset=windows-1256", b"")),
        "/latin": ("text/html; charset=iso-8859-1", LATIN.encode("cp1252")),
        "/mislabelled": ("text/html; charset=iso-8859-1", LATIN.encode()),
        "/damaged": ("text/html; charset=utf-8", LATIN.encode() + b"\xff"),
        "/pdf": ("application/pdf", b"%PDF-1.7"),
        "/lying-pdf": ("text/html", b"%PDF-1.7"),
        "/xml": ("text/xml", b"<?xml version='1.0'?><rss/>"),
        "/image": ("image/png", b"\x89PNG"),
        "/empty": ("text/html", b""),
    }
    redirects: ClassVar = {
        "/moved": "/page", "/twice": "/moved", "/loop": "/loop2", "/loop2": "/loop", "/self": "/self",
        "/to-file": "file:///etc/hostname", "/to-secret": "http://user:word@127.0.0.1/", "/nowhere": "http://[::1",
    }  # fmt: skip

    def do_GET(self):
        """Answer one request."""
        path = self.path.partition("?")[0]
        with contextlib.suppress(OSError):
            if path in self.redirects:
                self.head(302, Location=self.redirects[path])
            elif path.startswith("/chain/"):
                self.head(301, Location=f"/chain/{int(path.rpartition('/')[2]) + 1}")
            elif path in self.answers:
                kind, body = self.answers[path]
                self.head(200, Content_Length=len(body), **({"Content_Type": kind} if kind else {}))
                self.wfile.write(body)
            elif path[1:].isdigit():
                self.head(int(path[1:]))
            else:
                getattr(self, path[1:].replace("-", "_"), self.unknown)()

    def unknown(self):
        """Answer that there is no such page."""
        self.head(404)

    def cookie(self):
        """Redirect to itself until its cookie comes back."""
        if self.headers.get("Cookie") == "seen=1":
            self.head(200, Content_Type="text/html")
            self.wfile.write(AGENCY)
        else:
            self.head(302, Location="/cookie", Set_Cookie="seen=1")

    def slow(self):
        """Keep silent for longer than anyone waits."""
        time.sleep(3)

    def drip_headers(self):
        """Send a header a little at a time, each within the time limit of a socket."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        for _ in range(300):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def drip_body(self):
        """Send a page a little at a time."""
        self.head(200, Content_Type="text/html")
        for _ in range(300):
            self.wfile.write(b"<p>raid</p>")
            time.sleep(0.05)

    def declared_huge(self):
        """Declare 50 MB and send none of it."""
        self.head(200, Content_Type="text/html", Content_Length=50_000_000)

    def huge(self):
        """Send without a length until the reader hangs up."""
        self.head(200, Content_Type="text/html")
        for _ in range(1000):
            self.wfile.write(b"<p>raid</p>" * 10_000)

    def cut_off(self):
        """Break off in the middle of a chunk."""
        self.head(200, Content_Type="text/html", Transfer_Encoding="chunked")
        self.wfile.write(b"ff\r\n<p>raid")

    def bad_gzip(self):
        """Declare compression and send none."""
        self.head(200, Content_Type="text/html", Content_Encoding="gzip")
        self.wfile.write(b"<p>raid</p>")

    def headers_seen(self):
        """Send back what was asked."""
        self.head(200, Content_Type="text/plain")
        self.wfile.write(str(self.headers).encode())

    def head(self, status, **headers):
        """Send the status and the headers."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def log_message(self, *words):
        """Keep quiet."""


@contextlib.contextmanager
def running():
    """Serve on a free port and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
