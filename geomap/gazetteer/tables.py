"""The gazetteer's tables as files: where they are, how a row is read. ``gazetteer/README.md`` tells their columns."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from geomap.errors import GazetteerError

WORLD_TABLES = ("countries.tsv", "admin1.tsv.xz", "districts.tsv.xz", "places.tsv.xz", "airports.tsv.xz", "world.csv")
CURATED_TABLES = ("sites.csv", "regions.csv", "disputed.csv")
ALIAS_TABLE = "aliases.csv"
POLYGON_TABLE = "admin1.geojson.xz"
DEMONYM_TABLE = "demonyms.tsv"
csv.field_size_limit(sys.maxsize)


class Row(NamedTuple):
    """One place as a table tells it.

    ``admin1`` is a GeoNames code ("IQ.01") or a name; ``curated`` says that somebody entered it by hand.
    """

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    radius_km: float
    country_code: str
    admin1: str
    admin2: str
    population: int
    aliases: tuple[str, ...]
    former_names: tuple[str, ...]
    curated: bool = False


class Alias(NamedTuple):
    """One more spelling of a place that another table has."""

    place: str
    alias: str
    kind: str


def default_folder() -> Path:
    """Return the folder of the tables that came with geomap, in a checkout or in an installed package."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "gazetteer", package / "tables"):
        if (folder / "sources.yaml").is_file():
            return folder
    raise GazetteerError(
        f"the gazetteer's tables are missing beside {package}",
        hint="install geomap again, or name their folder by gazetteer.tables",
    )


def table_files(folder: Path) -> list[Path]:
    """Return the tables that a folder has, in a fixed order.

    Raises
    ------
    GazetteerError
        The folder is missing or holds no table at all.
    """
    names = (*WORLD_TABLES, *CURATED_TABLES, ALIAS_TABLE, POLYGON_TABLE, DEMONYM_TABLE)
    files = [folder / name for name in names if (folder / name).is_file()]
    if not files:
        raise GazetteerError(f"no gazetteer tables in {folder}", hint="run `make gazetteer`, or check gazetteer.tables")
    return files


def open_table(path: Path) -> Iterator[dict[str, int] | list[str]]:
    """Yield the rows of a table as lists of strings after one dictionary of column positions.

    Raises
    ------
    GazetteerError
        The file is damaged or is not UTF-8.
    """
    import lzma

    try:
        with (
            lzma.open(path) if path.suffix == ".xz" else path.open("rb") as binary,
            io.TextIOWrapper(binary, encoding="utf-8", newline="") as text,
        ):
            reader = _reader(text, comma=".csv" in path.suffixes)
            yield {name: i for i, name in enumerate(next(reader, []))}
            yield from reader
    except (lzma.LZMAError, EOFError, UnicodeDecodeError, OSError) as error:
        raise GazetteerError(f"the table {path.name} is damaged: {error}", hint="run `make gazetteer`") from error


def _reader(text: TextIO, *, comma: bool) -> Iterator[list[str]]:
    if comma:
        return csv.reader(text)
    return csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the places of a table.

    Raises
    ------
    GazetteerError
        A column is missing or a number cannot be read; the message names the line.
    """
    lines = open_table(path)
    columns = next(lines)
    assert isinstance(columns, dict)
    missing = {"id", "name", "lon", "lat"} - columns.keys()
    if missing:
        raise GazetteerError(f"{path.name} has no column {', '.join(sorted(missing))}", hint="see gazetteer/README.md")
    order = [columns.get(name, -1) for name in _COLUMNS]
    for number, line in enumerate(lines, 2):
        assert isinstance(line, list)
        try:
            if len(line) != len(columns):
                raise ValueError(f"{len(line)} cells instead of {len(columns)}")
            yield _row([line[i] if i >= 0 else "" for i in order])
        except (ValueError, IndexError) as error:
            raise GazetteerError(f"{path.name}, line {number}: {error}", hint="correct that line") from error


_COLUMNS = (
    "id", "name", "kind", "lon", "lat", "precision_km", "country_code",
    "admin1", "admin2", "population", "aliases", "former_names",
)  # fmt: skip


def _row(cells: list[str]) -> Row:
    lon, lat = float(cells[3]), float(cells[4])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"no such point: {lon}, {lat}")
    return Row(
        cells[0],
        cells[1],
        cells[2] or "LCTY",
        lon,
        lat,
        float(cells[5] or 0),
        cells[6],
        cells[7],
        cells[8],
        int(cells[9] or 0),
        _names(cells[10]),
        _names(cells[11]),
    )


def _names(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part) if cell else ()


def read_aliases(path: Path) -> Iterator[Alias]:
    """Yield the extra spellings of ``aliases.csv``."""
    lines = open_table(path)
    columns = next(lines)
    assert isinstance(columns, dict)
    place, alias, kind = (columns[name] for name in ("place", "alias", "kind"))
    for line in lines:
        assert isinstance(line, list)
        yield Alias(line[place], line[alias], line[kind] or "alias")
