"""The nouns of a run over a corpus: its files, the pieces they are cut into, what became of a piece."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, NamedTuple, Self

Kind = Literal["jsonl", "parquet", "warc"]
Existing = Literal["refuse", "resume", "overwrite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file of the input.

    ``url`` says where it is, for every worker; ``name`` is its path below the folder that all files share; ``stamp`` is
    what its store calls this version of it.
    """

    url: str
    name: str
    kind: Kind
    size: int | None = None
    stamp: str = ""


class Stretch(NamedTuple):
    """A stretch of a file, as its reader cuts it.

    ``first`` is the number of its first record, from 1, and ``articles`` how many it holds. What ``start`` and
    ``stop`` count is the reader's own: bytes (of JSON Lines after decompression), or rows of the row group ``group``.
    """

    start: int
    stop: int
    first: int
    articles: int
    group: int = 0


class Cut(NamedTuple):
    """A file cut into stretches, and how many of its records are no articles (in a WARC: images, requests)."""

    stretches: tuple[Stretch, ...]
    passed_over: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The unit of work: a stretch of a file, which becomes one partition of every table."""

    number: int
    file: InputFile
    stretch: Stretch

    @property
    def part(self) -> str:
        """The name of its partition."""
        return f"part-{self.number:06d}"


class Given(NamedTuple):
    """A record as it lies in a file: its number there (of line, row or page), and what its reader makes fields of."""

    number: int
    raw: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why an article has no report."""

    id: str | None
    kind: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of what was done."""

    articles: int = 0
    reports: int = 0
    errors: int = 0
    incidents: int = 0
    pins: int = 0
    unplaced: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)})

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """Read the counts back from a note."""
        return cls(**{one.name: int(data[one.name]) for one in fields(cls)})

    def to_dict(self) -> dict[str, int]:
        """Return the counts as plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did: its counts, in how many pieces, and how many of those an earlier run had finished."""

    tally: Tally
    pieces: int
    pieces_before: int
    passed_over: int
