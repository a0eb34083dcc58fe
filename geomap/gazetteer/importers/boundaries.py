"""Boundary files: polygons of provinces and districts in any format that geopandas reads.

Column names of geoBoundaries (``shapeName``, ``shapeISO``, ``shapeGroup``, ``shapeType``), Natural Earth (``name``,
``iso_a2``, ``gn_id``, ``name_alt``, ``featurecla``), OCHA's common datasets (``ADM2_EN``, ``ADM0_PCODE``) and GADM
(``NAME_1``, ``GID_0``). Points in such a file are places of the user's own.
"""

from __future__ import annotations

import json
import lzma
import math
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.importers.own import HEADINGS, make_row
from geomap.gazetteer.names import key
from geomap.gazetteer.tables import Row

SIMPLIFY_DEG = 0.002
KM_PER_DEGREE = 111.195
LICENCE = "as its publisher says"
_LEVEL = re.compile(r"(?:adm|admin|level|lvl)[-_ ]?([0-5])", re.IGNORECASE)
_COUNTRY_COLUMNS = "iso_a2 country_code shapegroup gid_0 adm0_pcode adm0_a3 sov_a3 iso3 iso country".split()


class Drawn(NamedTuple):
    """A unit with its polygon."""

    row: Row
    shape: Any


def read_shapes(path: Path, layer: str, country: str | None, level: int | None) -> Iterator[Drawn | Row]:
    """Yield units with their polygons, and places for points.

    Parameters
    ----------
    path
        The file.
    layer
        Goes into the ids.
    country
        Code of the country where the file does not tell it.
    level
        1 for provinces, 2 for districts and so on where the file does not tell it.

    Raises
    ------
    GazetteerError
        It cannot be read, or does not tell names, countries or levels.
    """
    for record, shape in _features(path):
        if shape is None or shape.is_empty:
            continue
        if shape.geom_type == "Point":
            yield _point(record, shape, layer, country, path)
        elif shape.geom_type in {"Polygon", "MultiPolygon"}:
            yield _unit(record, shape, layer, _where(record, country, path), _level(record, level, path))


def _features(path: Path) -> Iterator[tuple[dict[str, str], Any]]:
    import geopandas

    try:
        frame = geopandas.read_file(path)
    except Exception as error:  # GDAL raises many kinds
        remedy = "give GeoPackage, GeoJSON or Shapefile"
        raise GazetteerError(f"cannot read {path} as boundaries: {error}", hint=remedy) from error
    if frame.crs is not None:
        frame = frame.to_crs(4326)
    elif frame.total_bounds[0] < -181 or frame.total_bounds[2] > 181:
        raise GazetteerError(f"{path} does not tell its coordinate system", hint="save it in WGS 84 degrees")
    columns = [name for name in frame.columns if name != frame.geometry.name]
    for cells, shape in zip(frame[columns].itertuples(index=False, name=None), frame.geometry, strict=True):
        texts = ("" if value is None or value != value else str(value).strip() for value in cells)  # noqa: PLR0124  # NaN
        yield {name.casefold(): text for name, text in zip(columns, texts, strict=True)}, shape


def _level(record: Mapping[str, str], given: int | None, path: Path) -> int:
    """Return the level that the record, the caller or the file's name tells."""
    told = _LEVEL.search(record.get("shapetype", "")) or _LEVEL.search(path.stem)
    deepest = max((int(name[3]) for name in record if re.fullmatch(r"adm[1-5]_(en|pcode)", name)), default=0)
    gadm = max((int(name[5:]) for name in record if re.fullmatch(r"name_[1-5]", name)), default=0)
    is_first = record.get("featurecla", "").casefold().startswith("admin-1")
    level = given or deepest or gadm or (int(told[1]) if told else 1 if is_first else 0)
    if not 1 <= level <= 5:
        remedy = "give --level 1 for provinces, 2 for districts"
        raise GazetteerError(f"{path} does not tell which level its areas are of", hint=remedy)
    return level


def _where(record: Mapping[str, str], given: str | None, path: Path) -> str:
    """Return the country of two letters."""
    codes = _codes()
    for column in _COUNTRY_COLUMNS:
        text = record.get(column, "").upper()
        if len(text) == 2 and text.isalpha():
            return text
        if text in codes:
            return codes[text]
    if given:
        return given
    remedy = "give --country, a code of two letters"
    raise GazetteerError(f"{path} does not tell the countries of its areas", hint=remedy)


def _codes() -> dict[str, str]:
    lines = (files("geomap.gazetteer.importers") / "iso3.txt").read_text(encoding="utf-8").splitlines()
    pairs = (pair.partition("=") for line in lines if not line.startswith("#") for pair in line.split())
    return {three: two for three, _, two in pairs}


def _names(record: Mapping[str, str], level: int) -> list[str]:
    """Return the names of an area, the first one its own."""
    columns = (
        "shapename", f"adm{level}_en", f"name_{level}", "name_en", "name", f"adm{level}_ar", f"adm{level}_ref",
        f"varname_{level}", f"nl_name_{level}", "name_local", "name_alt", "woe_name", "gn_name", "name_ar", "name_ru",
        "name_uk", "name_fa", "name_he", "name_tr",
    )  # fmt: skip
    cells = (record.get(column, "") for column in columns)
    return list(dict.fromkeys(name.strip() for cell in cells for name in cell.split("|") if key(name)))


def _unit(record: Mapping[str, str], shape: Any, layer: str, country: str, level: int) -> Drawn:
    names = _names(record, level) or ["unnamed"]
    number = record.get("gn_id", "").removesuffix(".0").lstrip("-")
    codes = (record.get(column) for column in ("shapeid", f"adm{level}_pcode", f"gid_{level}"))
    own = next(filter(None, codes), key(names[0]).replace(" ", "-"))
    middle = shape.representative_point()
    row = Row(
        f"geonames:{number}" if number.isdigit() and int(number) else f"user:{layer}:{country.lower()}-{own}",
        names[0], f"ADM{level}", round(middle.x, 5), round(middle.y, 5), _radius_km(shape), country,
        _parent(record, level), "", 0, tuple(names[1:]), (),
    )  # fmt: skip
    return Drawn(row, shape.simplify(SIMPLIFY_DEG))


def _parent(record: Mapping[str, str], level: int) -> str:
    return "" if level == 1 else record.get("adm1_en") or record.get("name_1", "")


def _radius_km(shape: Any) -> float:
    """Return the radius of a circle of the same area."""
    km2 = shape.area * KM_PER_DEGREE**2 * math.cos(math.radians(shape.centroid.y))
    return round(max(0.5, math.sqrt(km2 / math.pi)), 1)


def _point(record: Mapping[str, str], shape: Any, layer: str, country: str | None, path: Path) -> Row:
    cells = {ours: next((record[t] for t in theirs if record.get(t)), "") for ours, theirs in HEADINGS.items()}
    cells |= {"lon": str(shape.x), "lat": str(shape.y), "country_code": cells["country_code"] or country or ""}
    try:
        return make_row(cells, layer)
    except ValueError as error:
        raise GazetteerError(f"{path}: {error}", hint="correct that point") from error


def write_polygons(path: Path, drawn: list[Drawn]) -> None:
    """Write polygons as a store's compiler reads them: compressed GeoJSON, the id first among the properties."""
    import shapely

    features = [
        f'{{"type":"Feature","properties":{{"id":{json.dumps(row.id)}}},"geometry":{shapely.to_geojson(shape)}}}'
        for row, shape in drawn
    ]
    text = '{"type":"FeatureCollection","features":[' + ",\n".join(features) + "]}\n"
    path.write_bytes(lzma.compress(text.encode(), preset=1))
