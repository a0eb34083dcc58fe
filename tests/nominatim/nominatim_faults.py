"""A server on the loopback interface that answers in every way that no Nominatim answers.

``CASES`` names each way with what it does and the kind of fault it has to become.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from typing import Any, NamedTuple

from geomap.resolution.geocoder_answers import FaultKind

Behaviour = Callable[[socket.socket], None]
GOOD: dict[str, Any] = {
    "place_id": 1, "osm_type": "node", "osm_id": 7, "lat": "33.3", "lon": "44.4", "class": "place", "type": "village",
    "place_rank": 19, "addresstype": "village", "name": "Ghayma", "display_name": "Ghayma, Iraq",
    "address": {"village": "Ghayma", "country_code": "iq"}, "namedetails": {"name": "Ghayma"},
    "boundingbox": ["33.2", "33.4", "44.3", "44.5"],
}  # fmt: skip


class Case(NamedTuple):
    """One way to answer, the fault it must become, and how long the server asks to be left alone."""

    behaviour: Behaviour
    kind: FaultKind
    retry_after_s: float | None = None


def head(status: str = "200 OK", **headers: object) -> bytes:
    """Return a status line and headers; ``_`` in a name stands for a hyphen."""
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def reply(body: bytes | str, status: str = "200 OK", **headers: object) -> Behaviour:
    """Send one whole response."""
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body

    def behave(peer: socket.socket) -> None:
        sized = {"Content_Type": "application/json", "Content_Length": len(data), "Connection": "close", **headers}
        peer.sendall(head(status, **sized) + data)

    return behave


def raw(data: bytes) -> Behaviour:
    """Send bytes and hang up."""
    return lambda peer: peer.sendall(data)


def drip(data: bytes, pause_s: float = 0.05) -> Behaviour:
    """Send bytes one by one: each comes in time, the whole does not."""

    def behave(peer: socket.socket) -> None:
        for byte in data:
            peer.sendall(bytes((byte,)))
            time.sleep(pause_s)

    return behave


def silent(peer: socket.socket) -> None:
    """Say nothing for a while."""
    time.sleep(3)


def reset(peer: socket.socket) -> None:
    """Break the connection."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def endless(peer: socket.socket) -> None:
    """Send a body that does not end, as fast as it is taken."""
    peer.sendall(head(Content_Type="application/json"))
    while True:
        peer.sendall(b"[" + b" " * 65_536)


def endless_hints(peer: socket.socket) -> None:
    """Promise an answer again and again."""
    while True:
        peer.sendall(head("100 Continue"))
        time.sleep(0.01)


def changed(**changes: object) -> Behaviour:
    """Send a good result and one that differs from it; None takes a key away."""
    one = {key: value for key, value in {**GOOD, **changes}.items() if value is not ...}
    return reply(json.dumps([GOOD, one]))


def status(code: str, **headers: object) -> Behaviour:
    """Send an error page with a status."""
    return reply("<html><body>no</body></html>", code, **{"Content_Type": "text/html", **headers})


_BOMB = gzip.compress(b" " * 50_000_000)
_LATER = formatdate(time.time() + 36_000, usegmt=True)
CASES: dict[str, Case] = {
    # no HTTP at all, or not enough of it
    "silent": Case(silent, "too slow"),
    "drips its body": Case(drip(head(Content_Length=900) + b"[" + b" " * 800), "too slow"),
    "drips its headers": Case(drip(b"HTTP/1.1 200 OK\r\n" + b"X-More: 1\r\n" * 50), "too slow"),
    "drips its status": Case(drip(b"HTTP/1.1 " + b"2" * 500), "too slow"),
    "drips chunks": Case(drip(head(Transfer_Encoding="chunked") + b"1\r\n[\r\n" * 90), "too slow"),
    "promises for ever": Case(endless_hints, "too slow"),
    "hangs up": Case(raw(b""), "unreachable"),
    "resets": Case(reset, "unreachable"),
    "hangs up in the headers": Case(raw(b"HTTP/1.1 200 OK\r\nContent-"), "bad answer"),
    "hangs up in the body": Case(raw(head(Content_Length=500) + b'[{"lat":'), "bad answer"),
    "hangs up in a chunk": Case(raw(head(Transfer_Encoding="chunked") + b"ff\r\n["), "bad answer"),
    "chunks of no size": Case(raw(head(Transfer_Encoding="chunked") + b"zz\r\n[]\r\n0\r\n\r\n"), "bad answer"),
    "speaks another protocol": Case(raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "unreachable"),
    "noise": Case(raw(bytes(range(256)) * 8), "unreachable"),
    "headers without end": Case(raw(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000 + b"\r\n\r\n"), "unreachable"),
    "damaged gzip": Case(reply(b"\x1f\x8b\x08 no gzip", Content_Encoding="gzip"), "bad answer"),
    "a gzip bomb": Case(reply(_BOMB, Content_Encoding="gzip"), "bad answer"),
    "a body without end": Case(endless, "bad answer"),
    # statuses
    "204": Case(status("204 No Content"), "bad answer"),
    "206": Case(status("206 Partial Content"), "bad answer"),
    "301 to another host": Case(status("301 Moved", Location="http://127.0.0.1:9/search"), "bad answer"),
    "302 to itself": Case(status("302 Found", Location="/search"), "bad answer"),
    "304": Case(status("304 Not Modified"), "bad answer"),
    "400": Case(status("400 Bad Request"), "bad request"),
    "401": Case(status("401 Unauthorized", WWW_Authenticate="Basic"), "refused"),
    "402": Case(status("402 Payment Required"), "refused"),
    "403": Case(status("403 Forbidden"), "refused"),
    "404": Case(status("404 Not Found"), "bad answer"),
    "408": Case(status("408 Request Timeout"), "bad answer"),
    "413": Case(status("413 Too Large"), "bad request"),
    "418": Case(status("418 I'm a teapot"), "bad answer"),
    "429": Case(status("429 Too Many Requests"), "rate limit"),
    "429 for seconds": Case(status("429 Too Many Requests", Retry_After="120"), "rate limit", 120.0),
    "429 until a date": Case(status("429 Too Many Requests", Retry_After=_LATER), "rate limit", 36_000.0),
    "429 until nonsense": Case(status("429 Too Many Requests", Retry_After="soon"), "rate limit"),
    "429 for less than nothing": Case(status("429 Too Many Requests", Retry_After="-5"), "rate limit"),
    "429 for ever": Case(status("429 Too Many Requests", Retry_After="9" * 40), "rate limit", 999_999_999_999.0),
    "500": Case(status("500 Internal Server Error"), "server error"),
    "502": Case(status("502 Bad Gateway"), "server error"),
    "503": Case(status("503 Service Unavailable"), "server error"),
    "503 for seconds": Case(status("503 Service Unavailable", Retry_After="30"), "server error", 30.0),
    "504": Case(status("504 Gateway Timeout"), "server error"),
    "999": Case(status("999 Nobody Knows"), "server error"),
    # 200 with what is no list of results
    "empty": Case(reply(""), "bad answer"),
    "blank": Case(reply("  \n"), "bad answer"),
    "words": Case(reply("Query took too long to process"), "bad answer"),
    "a login page": Case(reply("<!doctype html><title>Wi-Fi</title>", Content_Type="text/html"), "bad answer"),
    "half a list": Case(reply("["), "bad answer"),
    "two lists": Case(reply("[][]"), "bad answer"),
    "an object": Case(reply("{}"), "bad answer"),
    "null": Case(reply("null"), "bad answer"),
    "true": Case(reply("true"), "bad answer"),
    "a number": Case(reply("7"), "bad answer"),
    "a string": Case(reply('"text"'), "bad answer"),
    "an error": Case(reply('{"error": {"code": 400, "message": "no"}}'), "bad answer"),
    "an error of reverse": Case(reply('{"error": "Unable to geocode"}'), "bad answer"),
    "another encoding": Case(reply(b'[{"name": "\xe9"}]'), "bad answer"),
    "UTF-16": Case(reply("[]".encode("utf-16")), "bad answer"),
    "a surrogate": Case(reply(b'["\xed\xa0\x80"]'), "bad answer"),
    "a deep hole": Case(reply("[" * 200_000), "bad answer"),
    "a number without end": Case(reply(f"[{'9' * 10_000}]"), "bad answer"),
    "NaN": Case(reply(json.dumps([{**GOOD, "importance": float("nan")}])), "bad answer"),
    "Infinity": Case(reply(json.dumps([{**GOOD, "lat": float("inf")}])), "bad answer"),
    # results of a wrong shape, beside a good one
    "a result that is a number": Case(reply("[1]"), "bad answer"),
    "a result that is null": Case(reply("[null]"), "bad answer"),
    "a result that is a list": Case(reply("[[]]"), "bad answer"),
    "a result without anything": Case(reply("[{}]"), "bad answer"),
    "no lat": Case(changed(lat=...), "bad answer"),
    "no lon": Case(changed(lon=None), "bad answer"),
    "lat in words": Case(changed(lat="north"), "bad answer"),
    "lat nan": Case(changed(lat="nan"), "bad answer"),
    "lat inf": Case(changed(lat="inf"), "bad answer"),
    "lat with underscores": Case(changed(lat="3_3.3"), "bad answer"),
    "lat in other digits": Case(changed(lat="٣٣.٣"), "bad answer"),
    "lat a list": Case(changed(lat=["33.3"]), "bad answer"),
    "lat true": Case(changed(lat=True), "bad answer"),
    "lat beyond the pole": Case(changed(lat="95"), "bad answer"),
    "lon beyond the line": Case(changed(lon="200.5"), "bad answer"),
    "no class": Case(changed(**{"class": ...}), "bad answer"),
    "type a number": Case(changed(type=5), "bad answer"),
    "no rank": Case(changed(place_rank=...), "bad answer"),
    "rank in words": Case(changed(place_rank="19"), "bad answer"),
    "rank true": Case(changed(place_rank=True), "bad answer"),
    "rank below nothing": Case(changed(place_rank=-1), "bad answer"),
    "rank too high": Case(changed(place_rank=99), "bad answer"),
    "an unknown osm_type": Case(changed(osm_type="planet"), "bad answer"),
    "osm_id without a type": Case(changed(osm_type=...), "bad answer"),
    "osm_id in words": Case(changed(osm_id="../7"), "bad answer"),
    "osm_id below nothing": Case(changed(osm_id=-7), "bad answer"),
    "no display_name": Case(changed(display_name=...), "bad answer"),
    "a blank display_name": Case(changed(display_name=" "), "bad answer"),
    "name a list": Case(changed(name=["Ghayma"]), "bad answer"),
    "address a list": Case(changed(address=["iq"]), "bad answer"),
    "address with numbers": Case(changed(address={"country_code": 1}), "bad answer"),
    "namedetails a string": Case(changed(namedetails="Ghayma"), "bad answer"),
    "a box of three": Case(changed(boundingbox=["1", "2", "3"]), "bad answer"),
    "a box of words": Case(changed(boundingbox=["a", "b", "c", "d"]), "bad answer"),
}


class FaultServer:
    """Answers every request in one way and counts them."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.domain = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def serve(self) -> None:
        """Answer until the listener is closed."""
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(peer,), daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer(self, peer: socket.socket) -> None:
        with peer, contextlib.suppress(OSError):
            asked = b""
            while b"\r\n\r\n" not in asked:
                if not (more := peer.recv(65_536)):
                    return
                asked += more
            self.requests.append(asked)
            self.behaviour(peer)


@contextlib.contextmanager
def answering(behaviour: Behaviour) -> Iterator[FaultServer]:
    """Run a server that answers in one way."""
    server = FaultServer(behaviour)
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield server
    finally:
        server.close()
