"""GeoNames' country dumps (``NL.txt``, ``allCountries.txt``) and its file of alternate names.

Columns: https://download.geonames.org/export/dump/readme.txt. Tab-separated, UTF-8, no header, no quoting.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from geomap.gazetteer.tables import Row

COLUMNS = 19
ALTERNATE_COLUMNS = (8, 10)  # the old file, and version 2 with from and to
PEOPLE_PER_KM2 = 3000.0
LICENCE = "GeoNames, CC BY 4.0"
# spots of a kind that news names; hotels, farms and shops would only be mistaken for something else
SPOTS = frozenset(
    "ADMF AIRB AIRF AIRP AIRQ AIRT ASTR BDG BDGQ BRKS CMP CMPO CMPQ CMPRF CSTL CSWY CTRA CTRM DAM DAMQ DAMSB DIP DPOF"
    " FCL FT GATE GOSP GOVL HSP HSPC INSM ITTR LDNG MAR MFG MFGB MFGC MFGM MFGN MFGPH MILB MKT ML MN MNA MNAU MNC MNCU"
    " MNFE MNMT MNQ MSQE MSTY MTRO NOV NUCL OBPT OILJ OILQ OILR OILT OILW PAL PIER PMPO PO PP PPQ PRN PRNJ PS PSH PSN"
    " PSTB PSTC PSTP PYR RDIN RSTN RUIN SHPF SHRN SPLY SQR STDM STNB STNC STNE STNM STNR TMB TNKD TOWR TRANT UNIV WHRF"
    " WTRW".split()
)
UNWANTED_CLASSES = frozenset("RUV")  # roads, the sea floor, woods
WANTED_ROADS = frozenset(("TNL", "OILP"))
IGNORED_LANGUAGES = frozenset("link post icao iata faac fr_1793 abbr unlc wkdt phon piny tcid".split())


def is_dump_line(line: str) -> bool:
    """Tell whether a line is of a country dump."""
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) == COLUMNS and cells[0].isdigit() and _is_number(cells[4]) and _is_number(cells[5])


def is_alternate_line(line: str) -> bool:
    """Tell whether a line is of the file of alternate names."""
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) in ALTERNATE_COLUMNS and cells[0].isdigit() and cells[1].isdigit() and len(cells[2]) <= 7


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def district_names(lines: Iterable[str]) -> dict[str, str]:
    """Return the names of the second-level units of a dump by their full code, such as ``IQ.01.92137``."""
    found = {}
    for line in lines:
        if "\tADM2\t" in line:
            cells = line.split("\t")
            found[f"{cells[8]}.{cells[10]}.{cells[11]}"] = cells[1]
    return found


def read_dump(lines: Iterable[str], districts: dict[str, str]) -> Iterator[Row | None]:
    """Yield a row for every line of a dump, None for what is left out.

    Raises
    ------
    ValueError
        A line has not 19 columns or no coordinates; the message names it.
    """
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != COLUMNS:
            raise ValueError(f"line {number}: {len(cells)} columns instead of {COLUMNS}")
        try:
            yield _row(cells, districts) if _is_wanted(cells[6], cells[7]) else None
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error


def _is_wanted(feature_class: str, code: str) -> bool:
    if code.endswith("H") and feature_class in "AP":
        return False  # historical
    if feature_class == "S":
        return code in SPOTS
    return feature_class not in UNWANTED_CLASSES or code in WANTED_ROADS


def _row(cells: list[str], districts: dict[str, str]) -> Row:
    lon, lat = float(cells[5]), float(cells[4])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"no such point: {lon}, {lat}")
    population = max(0, int(cells[14] or 0))
    kind, country = cells[7] or "LCTY", cells[8]
    names = dict.fromkeys((cells[2], *cells[3].split(",")))
    return Row(
        f"geonames:{int(cells[0])}",
        cells[1],
        kind,
        lon,
        lat,
        radius_km(population) if kind.startswith("PPL") else 0.0,
        country,
        f"{country}.{cells[10]}" if cells[10] else "",
        "" if kind == "ADM2" else districts.get(f"{country}.{cells[10]}.{cells[11]}", ""),
        min(population, 2**32 - 1),
        tuple(name for name in names if name and name != cells[1] and "|" not in name),
        (),
    )


def radius_km(population: int) -> float:
    """Return how far a settlement reaches: its people at 3,000 to the square kilometre, 1 to 25 km."""
    return round(min(25.0, max(1.0, math.sqrt(population / PEOPLE_PER_KM2 / math.pi))), 1)


def read_alternates(lines: Iterable[str]) -> Iterator[tuple[str, str, str] | None]:
    """Yield id, name and kind ("alias" or "former") of every alternate name; None for links, codes and the like.

    Raises
    ------
    ValueError
        A line has too few columns; the message names it.
    """
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) not in ALTERNATE_COLUMNS:
            raise ValueError(f"line {number}: {len(cells)} columns instead of 8 or 10")
        is_former = cells[7] == "1"
        wanted = cells[2] not in IGNORED_LANGUAGES and cells[3]
        yield (f"geonames:{cells[1]}", cells[3], "former" if is_former else "alias") if wanted else None
