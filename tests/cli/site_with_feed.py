"""A news site on the loopback interface: stories, and a feed that knows its version."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PARAGRAPH = "<p>Two rockets hit {town} airbase in Iraq on Friday, police said. Nobody was hurt in the attack.</p>"
ITEM = "<item><title>Rockets hit {town}</title><link>{base}/story/{town}</link><guid>{town}</guid>{day}</item>"
DAY = "<pubDate>Fri, 02 Feb 2024 10:00:00 GMT</pubDate>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:x</id><updated>2024-02-02T00:00:00Z</updated>'
    "<entry><title>Rockets hit Balad</title><id>urn:1</id><updated>2024-02-02T00:00:00Z</updated>"
    '<link href="{base}/story/Balad"/></entry></feed>'
)


@dataclass(slots=True)
class Site:
    """What the site has, and what it was asked."""

    base: str = ""
    towns: list[str] = field(default_factory=lambda: ["Balad", "Taji"])
    broken: set[str] = field(default_factory=set)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def rss(self) -> str:
        """The feed, the newest first."""
        items = "".join(ITEM.format(town=town, base=self.base, day=DAY) for town in reversed(self.towns))
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


@contextmanager
def serving() -> Iterator[Site]:  # noqa: C901  # a site is one thing
    """Run the site."""
    site = Site()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tag = self.headers.get("If-None-Match")
            site.asked.append((self.path, tag))
            town = self.path.rpartition("/")[2]
            if self.path == "/rss.xml":
                current = f'"{len(site.towns)}"'
                self.answer(304 if tag == current else 200, "application/rss+xml", site.rss, ETag=current)
            elif self.path == "/atom.xml":
                self.answer(200, "application/atom+xml", ATOM.format(base=site.base))
            elif self.path.startswith(("/story", "/news")) and town not in site.broken:
                text = PARAGRAPH.format(town="Balad" if town == "story" else town) * 3
                self.answer(200, "text/html", f"<html><head><title>{town}</title></head><body>{text}</body></html>")
            else:
                self.answer(404, "text/plain", "gone")

        def answer(self, status: int, kind: str, body: str, **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": f"{kind}; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if status != 304:
                self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    site.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()
