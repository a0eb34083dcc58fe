"""The client of one Nominatim server, over geopy: the only module of this stage that uses the network.

geopy's own habits are switched off where they would hurt: it retries behind the back of a limit, sleeps as long as a
server says, follows redirects to other hosts, has no limit of the time or the size of a whole answer, and hides places
that are displayed alike. It is imported only when a server is to be asked.
"""

from __future__ import annotations

import queue
import threading
import time
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from geopy.adapters import RequestsAdapter
from geopy.exc import GeopyError
from geopy.geocoders import Nominatim

from geomap.resolution.geocoder_answers import PAGE, BadAnswerError, Fault, FaultKind, Question, read_hits, read_json
from geomap.resolution.geocoder_permission import Terms

LARGEST = 5_000_000  # bytes of an answer; forty results with every name are a tenth of it
_CHUNK = 4096
_KINDS: dict[int, FaultKind] = {
    400: "bad request", 401: "refused", 402: "refused", 403: "refused", 407: "refused", 413: "bad request",
    414: "bad request", 429: "rate limit",
}  # fmt: skip


class _TroubleError(Exception):
    """Carries a fault through geopy, which lets errors that it does not know pass."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


class _Adapter(RequestsAdapter):  # type: ignore[misc]  # geopy has no types
    """One request: no retry, no redirect, a limit of size; anything but JSON with the status 200 is a fault."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context, max_retries=0)

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Return the checked results. geopy cannot ask the server not to merge places that are displayed alike."""
        body = self._fetch(f"{url}&dedupe=0", timeout, headers)
        payload = read_json(body)
        read_hits(payload)
        return payload

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Return the body as text."""
        return self._fetch(url, timeout, headers).decode("utf-8", "replace")

    def _fetch(self, url: str, timeout: float, headers: dict[str, str]) -> bytes:
        deadline = time.monotonic() + timeout
        with self.session.get(url, timeout=timeout, headers=headers, stream=True, allow_redirects=False) as response:
            if response.status_code != requests.codes.ok:
                raise _TroubleError(_status_fault(response))
            body = bytearray()
            for chunk in response.iter_content(_CHUNK):
                body += chunk
                if len(body) > LARGEST:
                    raise BadAnswerError(f"more than {LARGEST:,} bytes")
                if time.monotonic() > deadline:
                    raise requests.Timeout
            return bytes(body)


def search(question: Question, terms: Terms) -> list[Any] | Fault:
    """Ask the server a question and return its results as received, already checked, or why there are none."""

    def work() -> list[Any]:
        found = _client(terms).geocode(
            question.text, exactly_one=False, limit=PAGE, language=question.language, addressdetails=True,
            namedetails=True, country_codes=list(question.countries) or None,
        )  # fmt: skip
        return [one.raw for one in found or ()]

    got = _in_time(work, terms)
    return got if isinstance(got, list | Fault) else Fault(kind="bad answer", detail="an answer without results")


def status(terms: Terms) -> str | Fault:
    """Ask the server how it is: what it says of itself, or what ails it."""

    def work() -> str:
        client = _client(terms)
        url = f"{terms.server}/status?format=json"
        told = read_json(client.adapter.get_text(url, timeout=client.timeout, headers=client.headers).encode())
        if not isinstance(told, dict) or told.get("status") != 0:
            raise BadAnswerError(f"status {str(told)[:120]}")
        return f"version {told.get('software_version', 'unknown')}, data of {told.get('data_updated', 'unknown date')}"

    got = _in_time(work, terms)
    return got if isinstance(got, str | Fault) else Fault(kind="bad answer", detail="a status without words")


def _client(terms: Terms) -> Nominatim:
    """Return a client with its own connection: a server that was restarted must not meet an old one."""
    return Nominatim(
        domain=terms.server.partition("://")[2],
        scheme=terms.config.scheme,
        user_agent=terms.config.user_agent,
        timeout=terms.config.timeout_s,
        proxies=requests.utils.get_environ_proxies(terms.server),  # geopy would overlook NO_PROXY
        adapter_factory=_Adapter,
    )


def _in_time(work: Any, terms: Terms) -> Any:
    """Do the work in a thread of its own and turn whatever goes wrong into a fault.

    Neither a slow name server nor a server that drips its headers is bound by a socket's time limit.
    """
    outcomes: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcomes.put(work())
        except Exception as error:  # noqa: BLE001  # no fault of a server may stop the work
            outcomes.put(_fault_of(error, terms))

    threading.Thread(target=run, daemon=True, name="geocoder").start()
    try:
        return outcomes.get(timeout=terms.config.timeout_s)
    except queue.Empty:
        return _too_slow(terms)


def _fault_of(error: Exception, terms: Terms) -> Fault:
    if isinstance(error, _TroubleError):
        return error.fault
    if isinstance(error, BadAnswerError):
        return Fault(kind="bad answer", detail=f"{terms.host} sent what is no answer: {error}")
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return _too_slow(terms)
    if isinstance(error, requests.ConnectionError):
        return Fault(kind="unreachable", detail=f"{terms.host} cannot be reached: {_innermost(error)}")
    if isinstance(error, requests.RequestException | OSError):
        return Fault(kind="bad answer", detail=f"{terms.host} broke off: {_innermost(error)}")
    what = "cannot be asked" if isinstance(error, GeopyError) else "sent what cannot be read"
    return Fault(kind="bad answer", detail=f"{terms.host} {what}: {type(error).__name__}: {error!s:.120}")


def _too_slow(terms: Terms) -> Fault:
    return Fault(kind="too slow", detail=f"{terms.host} gave no whole answer within {terms.config.timeout_s:g} s")


def _status_fault(response: requests.Response) -> Fault:
    code = response.status_code
    kind = _KINDS.get(code, "server error" if code >= 500 else "bad answer")
    host = urlsplit(response.url).netloc
    detail = f"{host} answered {code} {response.reason or ''}".rstrip()
    if response.is_redirect:
        detail += ", a redirect, which is not followed"
    return Fault(kind=kind, detail=detail, retry_after_s=_retry_after_s(response.headers.get("Retry-After")))


def _retry_after_s(value: str | None) -> float | None:
    """Read a Retry-After header: seconds, or a date."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdecimal():
        return float(value.strip()[:12])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - time.time())


def _innermost(error: BaseException) -> str:
    """Return the first cause of an error in a few words."""
    while (cause := error.__cause__ or error.__context__) is not None and cause is not error:
        error = cause
    return f"{error!s:.120}" or type(error).__name__
