"""One row of a world table, and how tables are read and written: same rows, same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import NamedTuple

COLUMNS = (
    "id",
    "name",
    "kind",
    "lon",
    "lat",
    "precision_km",
    "country_code",
    "admin1",
    "admin2",
    "population",
    "aliases",
    "former_names",
    "source",
)
APOSTROPHES = re.compile("['`´ʹʺʻʼʾʿˈ‘’‛′]")
UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
SPACES = re.compile(r"[\s\-‐-―_]+")
XZ_PRESET = 9 | lzma.PRESET_EXTREME


class Point(NamedTuple):
    """A position in degrees."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A place as the tables hold it; the fields stand in the order of ``COLUMNS``.

    ``admin1`` is a GeoNames code such as ``IQ.01``, ``kind`` a GeoNames feature code, ``precision_km`` the radius
    within which the point is right (a site) or which the place covers (an area).
    """

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    precision_km: float
    country_code: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    source: str = ""

    def cells(self) -> list[str]:
        """Return the row as text, one cell a column."""
        return [_cell(value) for value in astuple(self)]


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, float):
        return f"{value:.5f}".rstrip("0").rstrip(".") if value else "0"
    return str(value) if value else ""


def fold(name: str) -> str:
    """Return the key under which spellings count as the same name: no case, marks, apostrophes, hyphens."""
    decomposed = unicodedata.normalize("NFKD", APOSTROPHES.sub("", name))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return SPACES.sub(" ", bare.casefold()).strip()


def distinct(names: Iterable[str], *, besides: str = "") -> tuple[str, ...]:
    """Return the names that differ once folded, in their order, without the one they stand ``besides``."""
    seen = {fold(besides), ""}
    kept = []
    for name in names:
        tidy = " ".join(UNSEEN.sub("", name).replace("|", " ").split())
        if (key := fold(tidy)) not in seen:
            seen.add(key)
            kept.append(tidy)
    return tuple(kept)


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance of two points."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


def mean_point(points: Iterable[Point]) -> Point:
    """Return the middle of the points on the globe (safe across the antimeridian)."""
    x = y = z = 0.0
    for lon, lat in points:
        x += math.cos(math.radians(lat)) * math.cos(math.radians(lon))
        y += math.cos(math.radians(lat)) * math.sin(math.radians(lon))
        z += math.sin(math.radians(lat))
    return Point(round(math.degrees(math.atan2(y, x)), 4), round(math.degrees(math.atan2(z, math.hypot(x, y))), 4))


def table_bytes(rows: Iterable[Row]) -> bytes:
    """Return the table as tab-separated text, sorted by id."""
    ordered = sorted(rows, key=lambda row: row.id)
    lines = ["\t".join(COLUMNS), *("\t".join(row.cells()) for row in ordered)]
    return ("\n".join(lines) + "\n").encode()


def write_bytes(path: Path, data: bytes) -> None:
    """Write the data, compressed where the name ends in ``.xz``."""
    path.write_bytes(lzma.compress(data, preset=XZ_PRESET) if path.suffix == ".xz" else data)


def note_checksums(path: Path, folder: Path, names: Iterable[str]) -> None:
    """Write the SHA-256 of each table into the last section of ``sources.yaml``; what stands before it is kept."""
    head = path.read_text(encoding="utf-8").partition("\nchecksums:")[0].rstrip()
    sums = [f"  {name}: {hashlib.sha256((folder / name).read_bytes()).hexdigest()}" for name in sorted(names)]
    path.write_text("\n".join([head, "", "checksums:", *sums, ""]), encoding="utf-8")


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a hand-written, comma-separated file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
