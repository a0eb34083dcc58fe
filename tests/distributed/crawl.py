"""Writes WARC files by hand, after ISO 28500, so that what reads them is not what wrote them."""

from __future__ import annotations

import gzip
from pathlib import Path

PAGE = "<html><head><title>{title}</title></head><body><article><p>{text}</p></article></body></html>"


def record(kind: str, number: int, content: bytes, media: str = "application/http; msgtype=response") -> bytes:
    """Return a record."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Date: 2024-02-03T00:00:00Z\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def answer(body: bytes, *, status: str = "200 OK", media: str = "text/html; charset=utf-8", extra: str = "") -> bytes:
    """Return what a server sends."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def page(number: int) -> bytes:
    """Return a page with one strike in it."""
    text = f"Two rockets hit Balad airbase on day {number}, police said. Nobody was hurt in the attack, they said."
    return PAGE.format(title=f"Rockets on day {number}", text=text).encode()


def write_crawl(path: Path, pages: int) -> None:
    """Write a crawl: its own note, and for every page a request, an image, a page that is gone, and the page."""
    records = [record("warcinfo", 0, b"software: by hand\r\n", "application/warc-fields")]
    for number in range(1, pages + 1):
        records.append(record("request", number, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"))
        records.append(record("response", 1000 + number, answer(b"\x89PNG", media="image/png")))
        records.append(record("response", 2000 + number, answer(page(number), status="404 Not Found")))
        records.append(record("response", number, _answer(number)))
    packed = path.suffix == ".gz"
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) if packed else one for one in records))


def _answer(number: int) -> bytes:
    """Return a page plain, compressed or in chunks, by turns."""
    body = page(number)
    if number % 3 == 1:
        return answer(gzip.compress(body, mtime=0), extra="Content-Encoding: gzip\r\n")
    if number % 3 == 2:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
        return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    return answer(body)
