"""admin1.tsv.xz and admin1.geojson.xz: provinces, governorates, oblasts, states."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from measures import middle, radius_km
from rows import Point, Row, distance_km, distinct, mean_point
from shapes import Piece, bare
from sources import City, Unit

LEAST_RADIUS_KM = 5.0
SURE = 0.9


def admin1_rows(
    units: Mapping[str, Unit],
    polygons: Mapping[str, Any],
    cities: Iterable[City],
    aliases: Mapping[str, Sequence[str]],
    by_hand: Mapping[str, Mapping[str, str]],
) -> list[Row]:
    """Return a row for every unit that has a polygon or at least one populated place.

    ``by_hand`` is ``admin1_names.csv`` by code: the name news uses, more names, former
    names; and the country where it is not the one of the code.
    """
    members: dict[str, list[Point]] = defaultdict(list)
    for city in cities:
        members[city.admin1].append(city.point)
    rows = []
    for code, unit in sorted(units.items()):
        place = _extent(polygons.get(code), members[code])
        if place:
            rows.append(_row(unit, *place, aliases.get(code, ()), by_hand.get(code, {})))
    return rows


def _extent(polygon: Any, members: Sequence[Point]) -> tuple[Point, float] | None:
    """Return point and radius: of the polygon, else of the places that belong to the unit."""
    if polygon is not None:
        return middle(polygon), radius_km(polygon)
    if not members:
        return None
    centre = mean_point(members)
    return centre, round(max(LEAST_RADIUS_KM, *(distance_km(centre, p) for p in members)), 1)


def _row(unit: Unit, point: Point, radius: float, aliases: Sequence[str], hand: Mapping[str, str]) -> Row:
    name = hand.get("name") or unit.name
    spoken = [unit.name, unit.ascii_name, *hand.get("aliases", "").split("|"), *aliases]
    former = tuple(name for name in hand.get("former_names", "").split("|") if name)
    return Row(
        id=unit.id,
        name=name,
        kind="ADM1",
        lon=point.lon,
        lat=point.lat,
        precision_km=radius,
        country_code=hand.get("country_code") or unit.parent,
        admin1=unit.code,
        aliases=distinct((alias for alias in spoken if alias not in former), besides=name),
        former_names=former,
        source="GeoNames; Natural Earth; CLDR",
    )


def shape_names(pieces: Iterable[Piece], units: Mapping[str, Unit]) -> dict[str, list[str]]:
    """Return, by unit, the names Natural Earth has for it.

    Only where one whole polygon stands for the unit beyond doubt: a name that two polygons of the country bear, or
    that GeoNames gives to another unit, is left out.
    """
    pieces = [piece for piece in pieces if piece.code]
    per_unit = Counter(piece.code for piece in pieces)
    bearers = Counter((p.country_code, key) for p in pieces for key in {bare(name) for name in p.names})
    owner = {(unit.parent, bare(unit.name)): unit.code for unit in units.values()}
    found: dict[str, list[str]] = defaultdict(list)
    for piece in pieces:
        code = str(piece.code)
        if per_unit[code] > 1 or piece.was_cut or 0 < piece.agreement < SURE:
            continue
        for name in piece.names:
            key = (piece.country_code, bare(name))
            if bearers[key] == 1 and owner.get(key, code) == code:
                found[code].append(name)
    return found


def agreements(pieces: Iterable[Piece]) -> dict[str, float]:
    """Return, by unit, the lowest share with which one of its polygons was found to belong to it."""
    lowest: dict[str, float] = {}
    for piece in pieces:
        if piece.code:
            lowest[piece.code] = min(piece.agreement, lowest.get(piece.code, 1.0))
    return lowest


def geojson(rows: Iterable[Row], polygons: Mapping[str, Any], pieces: Sequence[Piece]) -> bytes:
    """Return the polygons as GeoJSON, sorted by id; ``was_cut`` marks borders drawn between places."""
    shares = agreements(pieces)
    cut = {piece.code for piece in pieces if piece.was_cut}
    features = []
    for row in sorted(rows, key=lambda row: row.id):
        if row.admin1 not in polygons:
            continue
        properties = {
            "id": row.id,
            "name": row.name,
            "country_code": row.country_code,
            "admin1": row.admin1,
            "agreement": round(shares[row.admin1], 2),
            "was_cut": row.admin1 in cut,
        }
        features.append({"type": "Feature", "properties": properties, "geometry": _geometry(polygons[row.admin1])})
    collection = {"type": "FeatureCollection", "features": features}
    return (json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _geometry(geometry: Any) -> dict[str, Any]:
    from shapely.geometry import mapping

    shape = mapping(geometry)
    return {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])}


def _rounded(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else [_rounded(v) for v in value]
