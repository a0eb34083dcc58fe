"""Says in plain words why an address could not be reached."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.errors import NetworkError

_LATER = "try again later"
_REASONS = (  # the first class found among the causes decides; "{}" is the library's own innermost message
    ("SSLError", "no secure connection: {}", "check the address and the date of this computer"),
    ("ProxyError", "the proxy cannot be used: {}", "check HTTPS_PROXY and NO_PROXY"),
    ("ConnectTimeout", "no connection within {limit:g} s", f"{_LATER}, or raise reading.timeout_s"),
    ("ReadTimeoutError", "no answer within {limit:g} s", f"{_LATER}, or raise reading.timeout_s"),
    ("NameResolutionError", "there is no such host, or no network", "check the address and the network"),
    ("ConnectionRefusedError", "the connection was refused", f"check the address, or {_LATER}"),
    ("DecodeError", "the compressed data is damaged", _LATER),
    ("ConnectionError", "the connection broke: {}", _LATER),
    ("ChunkedEncodingError", "the connection broke: {}", _LATER),
)


def explained(error: Exception, url: str, timeout_s: float) -> NetworkError:
    """Return the error of the HTTP library as one a user understands."""
    causes = list(_causes(error))
    names = {kind.__name__ for cause in causes for kind in type(cause).__mro__}
    for name, reason, hint in _REASONS:
        if name in names:
            return NetworkError(f"{url}: {reason.format(causes[-1], limit=timeout_s)}", hint=hint)
    return NetworkError(f"{url} cannot be read: {error}", hint="check the address")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and all it was made of, innermost last: causes, contexts, arguments and reasons."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
