"""Whether a server may be asked at all, and on which terms: nothing is sent unless its operator allowed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from geomap.config import NominatimConfig
from geomap.errors import ConfigError
from geomap.gazetteer.names import bare_key, key

# https://operations.osmfoundation.org/policies/nominatim/: one request a second for all users of an application
PUBLIC_HOST = "nominatim.openstreetmap.org"
PUBLIC_INTERVAL_S = 1.1
PUBLIC_COOL_DOWN_S = 60.0
_DOMAIN = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:/[\w./~-]*)?", re.ASCII)
_STOCK = re.compile(r"\W*(geopy|python|requests|curl|wget|mozilla|my[-_ ]?\w+)\b", re.IGNORECASE)
_LANGUAGES = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*(,[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)*")
_HINT = "see docs/self-hosting-nominatim.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How one server is asked.

    ``server`` is its address, ``host`` what users are told; ``withheld`` holds the keys of names that are never sent.
    """

    server: str
    host: str
    config: NominatimConfig
    interval_s: float
    cool_down_s: float
    withheld: frozenset[str] = frozenset()


def terms_of(config: NominatimConfig) -> Terms:
    """Return the terms on which the configured server may be asked.

    Raises
    ------
    ConfigError
        No server or no operator is named, or a setting would break the server's rules.
    """
    domain = config.domain.strip().rstrip("/")
    if not domain:
        raise ConfigError(
            "the geocoder is on, but nominatim.domain names no server", hint=f"there is no default; {_HINT}"
        )
    if not _DOMAIN.fullmatch(domain):
        raise ConfigError(f"nominatim.domain is {config.domain!r}", hint="give host, host:port or host/path, no scheme")
    host = re.sub(r":\d+$", "", domain.partition("/")[0]).lower().rstrip(".")
    public = host == PUBLIC_HOST
    if public and config.scheme != "https":
        raise ConfigError(f"nominatim.scheme is {config.scheme!r} for {host}", hint="use https")
    _check_operator(config.user_agent)
    _check_numbers(config)
    return Terms(
        server=f"{config.scheme}://{domain}",
        host=domain.partition("/")[0],
        config=config,
        interval_s=max(config.min_interval_s, PUBLIC_INTERVAL_S if public else 0.0),
        cool_down_s=max(config.cool_down_s, PUBLIC_COOL_DOWN_S if public else 0.0),
        withheld=_withheld(config.never_send),
    )


def _check_operator(user_agent: str) -> None:
    hint = "for example: Example Desk geomap (maps@example.org)"
    if not user_agent.strip():
        raise ConfigError("the geocoder is on, but nominatim.user_agent does not say who asks", hint=hint)
    reachable = "@" in user_agent or "://" in user_agent
    if not reachable or _STOCK.match(user_agent) or not (user_agent.isascii() and user_agent.isprintable()):
        raise ConfigError(f"nominatim.user_agent {user_agent!r} does not say who asks and how to reach them", hint=hint)


def _check_numbers(config: NominatimConfig) -> None:
    for name, value, least in (
        ("timeout_s", config.timeout_s, 0.05),
        ("min_interval_s", config.min_interval_s, 0.0),
        ("cool_down_s", config.cool_down_s, 0.0),
        ("max_wait_s", config.max_wait_s, 0.0),
        ("max_requests", config.max_requests, 0),
        ("ttl_days", config.ttl_days, 0.0),
        ("negative_ttl_days", config.negative_ttl_days, 0.0),
    ):
        if not least <= value < 1e9:
            raise ConfigError(f"nominatim.{name} is {value:g}", hint=f"it must be at least {least:g}")
    if config.country and not re.fullmatch(r"[A-Za-z]{2}", config.country):
        raise ConfigError(f"nominatim.country is {config.country!r}", hint="give an ISO code of two letters, or none")
    if not _LANGUAGES.fullmatch(config.language):
        raise ConfigError(f"nominatim.language is {config.language!r}", hint='give a language code such as "en"')


def _withheld(path: str | None) -> frozenset[str]:
    """Read the names that are never sent: one a line, # for remarks."""
    if not path:
        return frozenset()
    try:
        lines = Path(path).expanduser().read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read nominatim.never_send {path}: {error}", hint="give a text file") from error
    return frozenset(k for line in lines if (k := bare_key(key(line.partition("#")[0].strip()))))
