"""Putting text into a page so that it can be nothing but text."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from geomap.errors import OutputError

# What would end a script element or a line of a script, written so that JSON reads it back as it was.
_ESCAPES = {"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPED = re.compile("[&<>\u2028\u2029]")
_CODE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def json_block(name: str, value: Any) -> str:
    """Return a script element that holds JSON and is never run.

    Raises
    ------
    OutputError
        The value holds a number that is not finite.
    """
    text = _ESCAPED.sub(lambda found: _ESCAPES[found[0]], _json(value))
    return f'<script type="application/json" id="{name}">{text}</script>'


def packed_block(name: str, value: Any) -> str:
    """Return a script element that holds JSON as gzip in base 64, the same bytes for the same value.

    Raises
    ------
    OutputError
        The value holds a number that is not finite.
    """
    packed = gzip.compress(_json(value).encode("utf-8", "surrogatepass"), compresslevel=6, mtime=0)
    return f'<script type="text/plain" id="{name}">{base64.b64encode(packed).decode()}</script>'


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        raise OutputError(f"the map's data holds a number that is not finite: {error}") from error


def text(words: object) -> str:
    """Return words as HTML text that is safe in elements and in quoted attributes."""
    return html.escape(str(words).replace("\0", "\N{REPLACEMENT CHARACTER}"), quote=True)


def fill(template: str, parts: Mapping[str, str]) -> str:
    """Put parts in place of their ``@@NAMES@@`` in one pass: what is put in is not looked at again."""
    names = "|".join(map(re.escape, parts))
    return re.sub(f"@@({names})@@", lambda found: parts[found[1]], template)


def policy(page: str, *, images: Iterable[str] = ()) -> str:
    """Return a content security policy under which only the scripts and styles of this page run.

    The page must not hold anything but geomap's own code yet: whatever stands in it is allowed.
    """
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, code in _CODE.findall(page):
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        hashes[kind].append(f"'sha256-{digest}'")
    rules = {
        "default-src": ["'none'"],
        "script-src": hashes["script"],
        "style-src": hashes["style"],
        "img-src": ["data:", *images],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def is_web_address(address: str | None) -> bool:
    """Tell whether an address is one of http or https: nothing else becomes a link."""
    if not address:
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def link(address: str | None, words: str) -> str:
    """Return a link to a web address, or plain text where the address is none."""
    if not is_web_address(address):
        return text(words)
    return f'<a href="{text(address)}" rel="noopener noreferrer">{text(words)}</a>'
