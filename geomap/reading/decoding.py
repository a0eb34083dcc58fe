"""Bytes to text: which encoding they are in, whether they are a page, and whether they are text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from geomap.errors import ArticleError
from geomap.reading.raw import Raw

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"RIFF", "an image, sound or video"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00\x20ftyp", "a video"),
    (b"ID3", "a sound file (MP3)"),
    (b"OggS", "a sound or video file (Ogg)"),
    (b"\x1f\x8b", "compressed data (gzip)"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database (SQLite)"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}  # WHATWG Encoding, labels
_PLAUSIBLE = ["cp1256", "cp1252", "cp1251", "cp1255", "cp1254", "koi8_r", "iso8859_6", "gb18030", "shift_jis", "euc_kr"]
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,60}encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,4000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:html|body|p|div|article|br|h1)\b[^>]*>", re.IGNORECASE)
_HEAD = 4096
_SOUND_TO_DAMAGED = 4


def refuse_binary(raw: Raw) -> None:
    """Raise for data that is no text.

    Raises
    ------
    ArticleError
        The data is empty, of a known binary kind, or holds NUL bytes.
    """
    if not raw.data.strip():
        raise ArticleError(f"{raw.name} is empty", hint="give a file or page with text in it")
    for signature, kind in _SIGNATURES:
        if raw.data.startswith(signature):
            raise ArticleError(f"{raw.name} is {kind}, not text", hint="save the article as text or HTML and give that")
    if not raw.data.startswith(tuple(bom for bom, _ in _BOMS)) and (place := raw.data.find(b"\0")) >= 0:
        raise ArticleError(
            f"{raw.name} is binary data: there is a NUL byte at position {place}",
            hint="give a text file or an HTML page",
        )


def is_page(raw: Raw) -> bool:
    """Tell whether the data is an HTML page.

    Raises
    ------
    ArticleError
        It is XML, but no page.
    """
    head = (
        raw.data[:_HEAD].lstrip(b"\xef\xbb\xbf\xfe\xff").replace(b"\0", b"")
    )  # UTF-16 without its NUL bytes reads like ASCII
    if raw.is_html is not False and _PAGE.match(head):
        return True
    if head.lstrip().startswith(b"<?xml") and b"<html" not in head.lower():
        raise ArticleError(f"{raw.name} is an XML document, not a page", hint="give the article's own page")
    return bool(raw.is_html) and (raw.url is not None or _TAG.search(raw.data) is not None)


def decode(raw: Raw, *, page: bool, notify: Callable[[str], None]) -> str:
    """Decode a source: by its byte-order mark, as UTF-8, as declared, or by a guess, which is told.

    Raises
    ------
    ArticleError
        No encoding fits; the message names the first wrong byte.
    """
    for bom, encoding in _BOMS:
        if raw.data.startswith(bom):
            return _strictly(raw, encoding)
    declared = _declared(raw, page=page)
    try:
        text = raw.data.decode()
    except UnicodeDecodeError as error:
        return _decode_other(raw, declared, error, page=page, notify=notify)
    if declared not in (None, "utf-8") and not raw.data.isascii():
        notify(f"{raw.name} declares {declared} but is UTF-8: read as UTF-8")
    return text


def _strictly(raw: Raw, encoding: str) -> str:
    try:
        return raw.data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(raw, encoding.removesuffix("-sig").upper(), error) from error


def _declared(raw: Raw, *, page: bool) -> str | None:
    """Return the declared encoding by Python's name for it, as browsers understand it."""
    label = raw.charset
    if label is None and page and (meta := _META_CHARSET.search(raw.data, 0, _HEAD)):
        label = (meta[1] or meta[2]).decode("ascii", "ignore")
    try:
        name = codecs.lookup(label).name if label else None
    except LookupError:
        return None
    return _AS_BROWSERS_DO.get(name, name) if name else None


def _decode_other(
    raw: Raw, declared: str | None, error: UnicodeDecodeError, *, page: bool, notify: Callable[[str], None]
) -> str:
    if declared not in (None, "utf-8"):
        try:
            return raw.data.decode(str(declared))
        except (UnicodeDecodeError, LookupError):
            notify(f"{raw.name} declares {declared} but is not in it")
    if _is_damaged_utf8(raw.data):
        if not page:
            raise _undecodable(raw, "UTF-8", error) from error
        notify(f"{raw.name} has wrong bytes in its UTF-8 from position {error.start} on: shown as U+FFFD")
        return raw.data.decode(errors="replace")
    if (guess := _guess(raw.data)) is None:
        raise _undecodable(raw, "UTF-8", error) from error
    notify(f"{raw.name} is not UTF-8 and does not say what it is: read as {guess}")
    return raw.data.decode(guess)


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell whether data is UTF-8 but for a few bytes; any other encoding would garble all the rest."""
    text = data.decode(errors="replace")
    damaged = text.count("\ufffd")
    sound = sum(not character.isascii() for character in text) - damaged
    return sound >= _SOUND_TO_DAMAGED * damaged


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_PLAUSIBLE).best()
    return best.encoding if best is not None else None


def _undecodable(raw: Raw, encoding: str, error: UnicodeDecodeError) -> ArticleError:
    return ArticleError(
        f"{raw.name} is not {encoding}: byte 0x{raw.data[error.start]:02x} at position {error.start}",
        hint="convert it to UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8",
    )
