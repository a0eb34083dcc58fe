"""A web address to its bytes, with limits of time, size and redirects."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import Message
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from geomap.config import ReadingConfig
from geomap.errors import GeomapError, NetworkError
from geomap.reading.raw import BYTES_A_MEGABYTE, Raw, too_large
from geomap.reading.web_errors import explained

if TYPE_CHECKING:
    import requests

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
ARTICLES = ("text/html", "application/xhtml+xml", "text/plain")
FEEDS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml")
_CHUNK = 65_536
_SAVE_IT = "save the page in a browser and give the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """One fetch: its limits, and when it must be over (seconds of the monotonic clock)."""

    config: ReadingConfig
    deadline: float
    notify: Callable[[str], None]
    kinds: tuple[str, ...] = ARTICLES
    known: Raw | None = None

    @property
    def late(self) -> bool:
        return time.monotonic() > self.deadline


def fetch(
    url: str,
    config: ReadingConfig,
    *,
    notify: Callable[[str], None],
    kinds: tuple[str, ...] = ARTICLES,
    known: Raw | None = None,
) -> Raw:
    """Fetch a page or a plain text, or another of the kinds that are given.

    Where an earlier version is known the server is asked for a newer one only; ``unchanged`` says that it has none.

    The work is done in a thread of its own, since neither a slow name server nor a server that drips its headers is
    bound by a socket's time limit.

    Raises
    ------
    NetworkError
        The address cannot be reached in time, answers with an error, or must not be asked.
    ArticleError
        What it answers is too large.
    """
    visit = _Visit(
        config=config, deadline=time.monotonic() + config.total_timeout_s, notify=notify, kinds=kinds, known=known
    )
    outcomes: queue.SimpleQueue[Raw | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            outcomes.put(_follow(url, visit))
        except BaseException as error:  # noqa: BLE001  # it is raised in the caller's thread
            outcomes.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        outcome = outcomes.get(timeout=config.total_timeout_s)
    except queue.Empty:
        raise _out_of_time(url, config) from None
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _follow(url: str, visit: _Visit) -> Raw:
    """Ask for the address and follow its redirects by hand, so that each can be checked and shown."""
    import requests

    before = ""
    asked: set[tuple[str, frozenset[tuple[str, str | None]]]] = set()
    with requests.Session() as session:
        session.headers.update(_headers(visit))
        session.auth = _no_credentials
        for _ in range(visit.config.max_redirects + 1):
            url = _checked(url, f" ({before} redirects there)" if before else "")
            if before and not visit.late:
                visit.notify(f"{before} redirects to {url}")
            state = (url, frozenset(session.cookies.items()))  # a site may set a cookie and redirect to itself
            if state in asked:
                raise NetworkError(f"{url} redirects in a circle", hint=_SAVE_IT)
            asked.add(state)
            answer = _ask(session, url, visit)
            if isinstance(answer, Raw):
                return answer
            before, url = url, answer
    raise NetworkError(
        f"{url} is behind more than {visit.config.max_redirects} redirects",
        hint="give the final address, or raise reading.max_redirects",
    )


def _headers(visit: _Visit) -> dict[str, str]:
    known = visit.known
    conditions = {"If-None-Match": known and known.etag, "If-Modified-Since": known and known.modified}
    return {
        "User-Agent": visit.config.user_agent,
        "Accept": ", ".join(visit.kinds),
        **{name: value for name, value in conditions.items() if value},
    }


def _no_credentials(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send a request as it is; without this, requests would send what the user's .netrc holds."""
    return request


def _checked(url: str, origin: str) -> str:
    """Return the address without its fragment, if it may be asked for; ``origin`` says how we came there."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        shown = url.rpartition("@")[2]
        raise NetworkError(f"{shown} is not a web address{origin}: {error}", hint="check the address") from error
    if parts.scheme not in ("http", "https"):
        raise NetworkError(
            f"{url}{origin}: only http and https addresses are read, not {parts.scheme}", hint="give a file by its path"
        )
    if parts.username is not None or parts.password is not None:
        raise NetworkError(f"the address at {host} holds a user name or a password{origin}", hint=_SAVE_IT)
    if not host:
        raise NetworkError(f"{url} names no host{origin}", hint="check the address")
    return urldefrag(url).url


def _ask(session: requests.Session, url: str, visit: _Visit) -> Raw | str:
    """Return what the address answers: the bytes, or the address it redirects to."""
    import requests

    limit = visit.config.timeout_s
    try:
        with session.get(url, timeout=(limit, limit), stream=True, allow_redirects=False) as response:
            target = session.get_redirect_target(response)
            if target is None:
                return _receive(response, url, visit)
    except GeomapError:
        raise
    except (requests.RequestException, ValueError) as error:  # requests raises the latter for a bad redirect
        raise explained(error, url, limit) from error
    return urljoin(url, target)


def _receive(response: requests.Response, url: str, visit: _Visit) -> Raw:
    if response.status_code == HTTPStatus.NOT_MODIFIED and visit.known is not None:
        return replace(visit.known, unchanged=True)
    if response.status_code != HTTPStatus.OK:
        raise _refused(response, url)
    header = Message()
    header["Content-Type"] = response.headers.get("Content-Type", "")
    kind = header.get_content_type() if header["Content-Type"] else None
    _check_kind(kind, url, visit)
    declared = response.headers.get("Content-Length", "")
    most = visit.config.max_megabytes
    if declared.isdecimal() and int(declared) > most * BYTES_A_MEGABYTE:
        raise too_large(url, most, int(declared))
    data = bytearray()
    for chunk in response.iter_content(_CHUNK):
        data += chunk
        if len(data) > most * BYTES_A_MEGABYTE:
            raise too_large(url, most)
        if visit.late:
            raise _out_of_time(url, visit.config)
    return Raw(
        name=url,
        data=bytes(data),
        is_html=None if kind is None else kind in _PAGES,
        charset=header.get_content_charset(),
        url=url,
        etag=response.headers.get("ETag"),
        modified=response.headers.get("Last-Modified"),
    )


def _check_kind(kind: str | None, url: str, visit: _Visit) -> None:
    if kind is None or kind in visit.kinds:
        return
    if visit.kinds == FEEDS:
        raise NetworkError(f"{url} is {kind}, not a feed", hint="give the address of the RSS or Atom feed")
    raise NetworkError(f"{url} is {kind}, not a page or a text", hint="give the article's own page")


def _refused(response: requests.Response, url: str) -> GeomapError:
    status = response.status_code
    hints = {404: "check the address", 410: "check the address", 429: "try again later"}
    hint = "try again later" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else hints.get(status, _SAVE_IT)
    return NetworkError(f"{url} answered {status} {response.reason or ''}".rstrip(), hint=hint)


def _out_of_time(url: str, config: ReadingConfig) -> NetworkError:
    return NetworkError(
        f"{url} took longer than {config.total_timeout_s:g} s altogether",
        hint="try again later, or raise reading.total_timeout_s",
    )
