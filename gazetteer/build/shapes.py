"""Polygons of first-order divisions: Natural Earth's shapes, cut and joined to GeoNames' units.

Natural Earth's and GeoNames' divisions differ where countries were reformed or where one of them goes finer. The
populated places, which carry GeoNames codes, decide: each polygon belongs to the units whose places lie in it. Where
several units have a fair share of a polygon's places, the polygon is cut along the middle between their places
(Voronoi cells); where a unit has several polygons, they are joined.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overrides import Overrides
from rows import Point, distance_km, fold
from sources import City, Unit

LAYER = "states_provinces"
SIMPLIFY_DEGREES = 0.01
GRID_DEGREES = 0.001
OWN_COUNTRY_SHARE = 0.2
SPLIT_SHARE = 0.15
SPLIT_PLACES = 3
NEIGHBOUR_KM = 100.0
PARTS = re.compile(r"[^()]*[^()\s]")
FEATURE_WORDS = (
    "autonomous governorate province provincie region district department division county state oblast prefecture "
    "municipality parish republic city territory island islands atoll of the de administrative council special"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A polygon of Natural Earth with its names, and the places in it."""

    id: str
    country_code: str
    names: tuple[str, ...]
    geometry: Any
    cities: tuple[City, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A shape, or what was cut from one, that belongs to the unit ``code`` (``None``: to the country only).

    ``agreement`` is the share of the whole shape's places that carry the unit's code.
    """

    code: str | None
    country_code: str
    geometry: Any
    agreement: float
    names: tuple[str, ...] = ()
    was_cut: bool = False


def bare(name: str) -> str:
    """Return a folded name without words such as "province"."""
    words = [word for word in fold(name).split() if word not in FEATURE_WORDS]
    return " ".join(words)


def read_shapes(world_map: Path, cities: Sequence[City], overrides: Overrides) -> list[Shape]:
    """Read Natural Earth's polygons and put every place into the one it lies in."""
    import pyogrio
    import shapely

    frame = pyogrio.read_dataframe(world_map, layer=LAYER)
    inside: dict[int, list[City]] = defaultdict(list)
    tree = shapely.STRtree(frame.geometry.values)
    points = shapely.points([city.point for city in cities])
    for city, shape in sorted(zip(*tree.query(points, predicate="within"), strict=True)):
        inside[int(shape)].append(cities[int(city)])
    return [_shape(i, record, inside[i], overrides) for i, record in enumerate(frame.to_dict("records"))]


def _shape(index: int, record: Mapping[str, Any], cities: Sequence[City], overrides: Overrides) -> Shape:
    shape_id = f"{record['adm0_a3']}:{_text(record['name'])}"
    texts = (_text(record[key]) for key in ("name", "woe_name", "gn_name"))
    names = overrides.values("shapes", shape_id, "name") or tuple(
        part for text in texts for part in PARTS.findall(text) if "aggregation" not in text
    )
    own = overrides.value("shapes", shape_id, "country_code") or _country(_text(record["iso_a2"]), cities)
    return Shape(
        id=f"{shape_id}:{index}", country_code=own, names=names, geometry=record["geometry"], cities=tuple(cities)
    )


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _country(iso: str, cities: Iterable[City]) -> str:
    """Return the country most places of a polygon are in; Natural Earth's own wherever a fifth of them are."""
    counts = Counter(city.country_code for city in cities)
    total = sum(counts.values())
    if iso in counts and counts[iso] >= OWN_COUNTRY_SHARE * total:
        return iso
    return min(counts, key=lambda code: (-counts[code], code)) if counts else iso


def assign(shapes: Iterable[Shape], units: Mapping[str, Unit]) -> list[Piece]:
    """Return the pieces of all shapes, each with the unit it belongs to."""
    by_name: dict[tuple[str, str], str] = {}
    for unit in sorted(units.values(), key=lambda unit: unit.code):
        by_name.setdefault((unit.parent, bare(unit.name)), unit.code)
        by_name.setdefault((unit.parent, bare(unit.ascii_name)), unit.code)
    shapes = list(shapes)
    home = _homes(shapes)
    of_country: dict[str, list[City]] = defaultdict(list)
    for shape in shapes:
        of_country[shape.country_code] += [c for c in shape.cities if c.admin1 in units]
    pieces: list[Piece] = []
    for shape in shapes:
        counts = Counter(c.admin1 for c in shape.cities if c.admin1 in units and _in(c.admin1, shape.country_code))
        if counts:
            pieces += _by_places(shape, counts, home)
        else:
            pieces.append(_by_name(shape, by_name, of_country[shape.country_code]))
    return pieces


def _in(code: str, country_code: str) -> bool:
    return code.startswith(f"{country_code}.")


def _homes(shapes: Iterable[Shape]) -> dict[str, Shape]:
    """Return, for every unit, the shape that holds most of its places."""
    most: dict[str, tuple[int, Shape]] = {}
    for shape in shapes:
        for code, n in Counter(city.admin1 for city in shape.cities).items():
            if code not in most or n > most[code][0]:
                most[code] = (n, shape)
    return {code: shape for code, (_, shape) in most.items()}


def _by_places(shape: Shape, counts: Counter[str], home: Mapping[str, Shape]) -> list[Piece]:
    total = sum(counts.values())
    strong = sorted(
        c for c, n in counts.items() if n >= SPLIT_PLACES and (n >= SPLIT_SHARE * total or home[c] is shape)
    )
    if len(strong) > 1:
        cells = _cells(shape, strong)
        return [
            Piece(
                code=code,
                country_code=shape.country_code,
                geometry=cell,
                agreement=counts[code] / total,
                was_cut=True,
            )
            for code, cell in cells.items()
        ]
    first = min(counts, key=lambda code: (-counts[code], code))
    return [
        Piece(
            code=first,
            country_code=shape.country_code,
            geometry=shape.geometry,
            agreement=counts[first] / total,
            names=shape.names,
        )
    ]


def _cells(shape: Shape, codes: Sequence[str]) -> dict[str, Any]:
    """Cut a shape: every spot goes to the unit of the nearest of the units' places."""
    import shapely

    owner = {city.point: city.admin1 for city in shape.cities if city.admin1 in codes}
    points = shapely.MultiPoint(sorted(owner))
    cells = shapely.voronoi_polygons(points, extend_to=shape.geometry, ordered=True).geoms
    grouped: dict[str, list[Any]] = defaultdict(list)
    for point, cell in zip(sorted(owner), cells, strict=True):
        grouped[owner[point]].append(cell)
    return {code: shapely.intersection(shapely.union_all(grouped[code]), shape.geometry) for code in codes}


def _by_name(shape: Shape, by_name: Mapping[tuple[str, str], str], cities: Iterable[City]) -> Piece:
    """Give a shape without places to the unit of its name, else to that of the nearest place of the country."""
    code = next((by_name[key] for n in shape.names if (key := (shape.country_code, bare(n))) in by_name), None)
    names = shape.names if code else ()
    if code is None:
        spot = shape.geometry.representative_point()
        near = [
            (distance_km(c.point, Point(spot.x, spot.y)), c.admin1) for c in cities if _in(c.admin1, shape.country_code)
        ]
        distance, nearest = min(near, default=(NEIGHBOUR_KM, None))
        code = nearest if distance < NEIGHBOUR_KM else None
    return Piece(code=code, country_code=shape.country_code, geometry=shape.geometry, agreement=0.0, names=names)


def join(pieces: Iterable[Piece]) -> dict[str, Any]:
    """Join the pieces of each unit and simplify all borders alike, so that neighbours still touch."""
    import shapely

    grouped: dict[str, list[Any]] = defaultdict(list)
    for piece in pieces:
        if piece.code:
            grouped[piece.code].append(piece.geometry)
    codes = sorted(grouped)
    joined = [shapely.union_all(grouped[code]) for code in codes]
    simple = shapely.coverage_simplify(joined, SIMPLIFY_DEGREES)
    return {code: _on_grid(g, whole) for code, g, whole in zip(codes, simple, joined, strict=True)}


def _on_grid(geometry: Any, whole: Any) -> Any:
    import shapely

    snapped = shapely.set_precision(geometry, GRID_DEGREES)
    kept = snapped if not snapped.is_empty else shapely.set_precision(whole.envelope.buffer(GRID_DEGREES), GRID_DEGREES)
    areas = [part for part in getattr(kept, "geoms", [kept]) if part.geom_type == "Polygon"]
    return shapely.normalize(shapely.MultiPolygon(areas) if len(areas) > 1 else areas[0])
