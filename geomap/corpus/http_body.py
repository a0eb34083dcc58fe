"""The body of an answer in a crawl to the page's own bytes: chunks joined, content unpacked (RFC 9110 and 9112)."""

from __future__ import annotations

import re
import zlib

from geomap.corpus.extras import library

_WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # bits of zlib's window; 31 with gzip's head
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]*\r\n")
_PLAIN = ("", "identity", "none", "utf-8")  # what servers say for nothing


def page_bytes(body: bytes, *, transfer: str | None, content: str | None, most: int) -> bytes:
    """Return the page of a body, of which no more than ``most`` bytes are unpacked.

    Raises
    ------
    ValueError
        An encoding is unknown, or the body is not in it.
    """
    ways = [one.strip().lower() for one in f"{content or ''},{transfer or ''}".split(",")]
    for way in reversed(ways):
        body = _undone(body, way, most)
    return body


def _undone(body: bytes, way: str, most: int) -> bytes:
    if way in _PLAIN:
        return body
    if way == "chunked":
        return _joined(body)
    if way == "br":
        brotli = library("brotli")
        try:
            return bytes(brotli.Decompressor().process(body))
        except brotli.error as error:
            raise ValueError(f"its body is not brotli: {error}") from error
    if way not in _WINDOW:
        raise ValueError(f"its body is encoded as {way!r}")
    try:
        return zlib.decompressobj(_WINDOW[way]).decompress(body, most)
    except zlib.error as error:
        raise ValueError(f"its body is not {way}: {error}") from error


def _joined(body: bytes) -> bytes:
    """Join chunks; some crawlers have joined them and left the header, then there is nothing to do."""
    parts, at = [], 0
    while head := _CHUNK.match(body, at):
        size = int(head[1], 16)
        if not size:
            break
        parts.append(body[head.end() : head.end() + size])
        at = head.end() + size + len(b"\r\n")
    return b"".join(parts) if parts else body
