"""Downloads country dumps: one after the other, resumed where a download broke off, checked before they count.

A dump is ``BASE/CC.zip`` as GeoNames has them. A part lies beside its goal with a note of the ETag it belongs to, so
that bytes of two versions are never joined. Where the server has ``CC.zip.sha256`` the file must match it; else the
length that the server announced must be reached, and the archive must be whole.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geomap.errors import NetworkError, UsageError

if TYPE_CHECKING:
    import requests

PAUSE_S = 1.0  # between two files
TRIES = 4
LONGEST_WAIT_S = 60.0
BLOCK = 1 << 16
_COUNTRY = re.compile(r"[A-Z]{2}|allCountries")
_BUSY = frozenset((429, 502, 503, 504))


def dump_url(base: str, country: str) -> str:
    """Return the address of a country's dump.

    Raises
    ------
    UsageError
        The base is missing or no address, or the country is no code of two letters.
    """
    if not base:
        raise UsageError(
            "no server to fetch dumps from is configured",
            hint="give --from, or set gazetteer.dumps_url to where GeoNames' country dumps are",
        )
    if urlsplit(base).scheme not in {"http", "https"}:
        raise UsageError(f"{base!r} is no web address", hint="it must begin with https:// or http://")
    if not _COUNTRY.fullmatch(country):
        raise UsageError(f"{country!r} is no country code", hint="give codes of two letters, such as IQ SY")
    return f"{base.rstrip('/')}/{country}.zip"


def fetch_dump(
    url: str,
    folder: Path,
    *,
    timeout_s: float,
    user_agent: str,
    backoff_s: float = 1.0,
    progress: Callable[[str], None] = lambda _: None,
) -> Path:
    """Download one dump into a folder and return its path; a file that did not change since is not loaded again.

    Parameters
    ----------
    url, folder, user_agent
        Of the dump, where it goes, and how geomap introduces itself.
    timeout_s
        Longest wait for the server to connect or to send the next bytes.
    backoff_s
        Pause before the second try, doubled before each further one.
    progress
        Is told the share done.

    Raises
    ------
    NetworkError
        The server cannot be reached, refuses, or what it sends is not what it announced.
    """
    import requests

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / url.rpartition("/")[2]
    with requests.Session() as session:
        session.headers["User-Agent"] = user_agent
        try:
            wanted = _announced_sha256(session, url, timeout_s)
            for attempt in range(TRIES):
                time.sleep(min(LONGEST_WAIT_S, backoff_s * 2.0 ** (attempt - 1)) if attempt else 0)
                if _load(session, url, target, timeout_s, progress):
                    break
            else:
                raise NetworkError(f"{url} broke off {TRIES} times", hint="run it again: it goes on where it stopped")
        except requests.RequestException as error:
            raise NetworkError(f"cannot fetch {url}: {error}", hint="check the address, then run it again") from error
    _verify(target, wanted, url)
    return target


def _announced_sha256(session: requests.Session, url: str, timeout_s: float) -> str | None:
    """Return the checksum that stands beside the file on the server, None where there is none."""
    answer = session.get(f"{url}.sha256", timeout=timeout_s)
    found = re.match(r"\s*([0-9a-fA-F]{64})\b", answer.text) if answer.status_code == 200 else None
    return found[1].lower() if found else None


def _load(session: requests.Session, url: str, target: Path, timeout_s: float, tell: Callable[[str], None]) -> bool:
    """Go on with a download; return whether the file is whole now."""
    part, note = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.json")
    known = _noted(note)
    headers = _asking(part, target, known)
    with session.get(url, headers=headers, stream=True, timeout=timeout_s) as answer:
        if answer.status_code == 304 and target.exists():
            tell(f"{target.name} has not changed")
            return True
        if answer.status_code in _BUSY:
            time.sleep(_wait_s(answer))
            return False
        if answer.status_code == 416:  # the part is longer than the file: start anew
            part.unlink(missing_ok=True)
            return False
        if answer.status_code not in {200, 206}:
            raise NetworkError(f"{url} answered {answer.status_code} {answer.reason}", hint="check gazetteer.dumps_url")
        start = part.stat().st_size if answer.status_code == 206 else 0
        total = start + int(answer.headers.get("Content-Length") or 0)
        note.write_text(json.dumps({"etag": answer.headers.get("ETag", ""), "total": total}), encoding="utf-8")
        _append(part, _blocks(answer), start=start, total=total, tell=tell)
    if total > start and part.stat().st_size != total:
        return False
    part.replace(target)
    return True


def _asking(part: Path, target: Path, known: dict[str, Any]) -> dict[str, str]:
    """Return the headers that ask for the rest of a part, or only for what is newer than the file."""
    etag = str(known.get("etag", ""))
    headers = {"Accept-Encoding": "identity"}
    if part.exists() and part.stat().st_size and etag and not etag.startswith("W/"):
        return headers | {"Range": f"bytes={part.stat().st_size}-", "If-Range": etag}
    if target.exists() and etag:
        return headers | {"If-None-Match": etag}
    return headers


def _blocks(answer: requests.Response) -> Iterator[bytes]:
    """Yield what the server sends until it ends or breaks off."""
    import requests

    try:
        yield from answer.iter_content(BLOCK)
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
        return


def _append(part: Path, blocks: Iterator[bytes], *, start: int, total: int, tell: Callable[[str], None]) -> None:
    name, done = part.stem, start
    with part.open("ab" if start else "wb") as file:
        for block in blocks:
            file.write(block)
            done += len(block)
            if total:
                tell(f"fetching {name} {min(99, done * 100 // total)} %")


def _noted(note: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(note.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return {}


def _wait_s(answer: requests.Response) -> float:
    """Return how long the server asks to wait, within reason."""
    told = answer.headers.get("Retry-After", "")
    return min(LONGEST_WAIT_S, float(told)) if told.isdigit() else 0.0


def _verify(path: Path, sha256: str | None, url: str) -> None:
    """Prove that a file is what the server has; remove it where it is not."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 not in {None, digest}:
        path.unlink()
        raise NetworkError(f"{url} does not match its checksum", hint="run it again; if it stays so, tell its operator")
    if not zipfile.is_zipfile(path):
        path.unlink()
        raise NetworkError(f"{url} is no zip archive", hint="check gazetteer.dumps_url")
