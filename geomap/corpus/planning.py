"""What a run will do, written down before it begins: the input cut into pieces, and what they are worked on with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from geomap.corpus.formats import FORMATS
from geomap.corpus.nouns import Cut, InputFile, Piece, Stretch
from geomap.errors import OutputError, UsageError

SCHEMA = "geomap.corpus/1"
NAME = "_plan.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What decides the bytes of a result besides the input."""

    geomap: str
    gazetteer: str
    config_sha256: str
    pyarrow: str
    articles_a_piece: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The files of the input, each cut, and what they are worked on with."""

    making: Making
    files: tuple[InputFile, ...]
    cuts: tuple[Cut, ...]

    @property
    def pieces(self) -> list[Piece]:
        """Every piece, numbered in the order of the input."""
        pairs = [(file, one) for file, cut in zip(self.files, self.cuts, strict=True) for one in cut.stretches]
        return [Piece(number=number, file=file, stretch=one) for number, (file, one) in enumerate(pairs)]

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return sum(one.articles for cut in self.cuts for one in cut.stretches)

    @property
    def passed_over(self) -> int:
        """How many records of the files are no articles."""
        return sum(cut.passed_over for cut in self.cuts)

    def to_json(self) -> bytes:
        """Return the plan as JSON, a file a line."""
        lines = [json.dumps({**asdict(file), "cut": cut}) for file, cut in zip(self.files, self.cuts, strict=True)]
        head = json.dumps({"schema": SCHEMA, "made_with": asdict(self.making)})
        return (head[:-1] + ', "files": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def cut_file(file: InputFile, size: int) -> Cut:
    """Cut one file into stretches of a number of articles.

    Raises
    ------
    ArticleError
        The file cannot be read as what its suffix says.
    """
    return FORMATS[file.kind].cut(file, size)


def read_plan(content: bytes, name: str) -> Plan:
    """Read a plan back.

    Raises
    ------
    OutputError
        It is none.
    """
    try:
        data = json.loads(content)
        if data["schema"] != SCHEMA:
            raise ValueError(f"its schema is {data['schema']}")
        rows: list[dict[str, Any]] = data["files"]
        cuts = [_read_cut(row.pop("cut")) for row in rows]
        files = [InputFile(**row) for row in rows]
        return Plan(making=Making(**data["made_with"]), files=tuple(files), cuts=tuple(cuts))
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{name} is no plan of a run: {error}", hint="use --overwrite to begin again") from error


def _read_cut(data: Any) -> Cut:
    return Cut(tuple(Stretch(*one) for one in data[0]), data[1])


def check_same(plan: Plan, making: Making, files: Iterable[InputFile], name: str) -> None:
    """Make sure that an interrupted run can be gone on with.

    Raises
    ------
    UsageError
        It was of another input, or with other settings, another gazetteer or another version.
    """
    hint = "use what the interrupted run used, or --overwrite to begin again"
    then, now = asdict(plan.making), asdict(making)
    for key, value in now.items():
        if then[key] != value:
            raise UsageError(f"{name} was begun with {key} {then[key]}, this run has {value}", hint=hint)
    known = {file.name: (file.size, file.stamp) for file in plan.files}
    given = {file.name: (file.size, file.stamp) for file in files}
    changed = sorted(one for one in known.keys() | given.keys() if known.get(one) != given.get(one))
    if changed:
        raise UsageError(f"{changed[0]} is not the file that {name} was begun with", hint=hint)
