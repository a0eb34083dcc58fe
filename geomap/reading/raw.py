"""The bytes of a source and what is known about them before they are decoded."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.errors import ArticleError

BYTES_A_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A source as received.

    ``name`` is what messages call it; ``is_html`` is None where only the content can tell; ``charset`` is the encoding
    that the server declared; ``url`` is where the bytes came from in the end. ``etag`` and ``modified`` are what the
    server calls this version of them; ``unchanged`` says that there is no newer one, and then there are no bytes.
    """

    name: str
    data: bytes
    is_html: bool | None = None
    charset: str | None = None
    url: str | None = None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


def too_large(name: str, max_megabytes: float, size: int | None = None) -> ArticleError:
    """Return the error for a source above the limit; ``size`` in bytes where it is known."""
    how_large = f"{size / BYTES_A_MEGABYTE:.1f} MB" if size else "more"
    return ArticleError(
        f"{name} is too large: {how_large}, the limit is {max_megabytes:g} MB",
        hint="give the article alone, or raise reading.max_megabytes",
    )
