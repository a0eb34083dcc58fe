"""districts.tsv.xz: second-order divisions (counties, districts, raions), placed by the settlements in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from counties import Located, county_of
from overrides import Overrides
from rows import Point, Row, distance_km, distinct, fold, mean_point
from sources import City, Unit

LEAST_RADIUS_KM = 5.0
WITHIN = 0.9
PREFIX = re.compile(
    r"^(?:Qaḑā[’'] |Qada'? |Qeza-î |Shahrestān-e |Muḩāfaz̧at |Muhafazat |Mudīrīyat |Minţaqat |Liwā[’'] |Raionul )",
    re.IGNORECASE,
)
RAYON = re.compile(r"^(.+) (?:Raion|Rayon)$")
ADJECTIVE = re.compile(r"k(?:yi|yy|iy|ij|yj)$")


def district_rows(
    cities: Iterable[City],
    located: Located,
    units: Mapping[str, Unit],
    overrides: Overrides,
) -> list[Row]:
    """Return a row for every division that at least one populated place is known to lie in.

    The id is GeoNames' where its table has the name under the same first-order division.
    """
    members: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        if county := county_of(city, located, overrides):
            members[city.admin1 or f"{city.country_code}.", county].append(city)
    ids = _ids(units)
    rows: dict[str, Row] = {}
    for (admin1, county), group in sorted(members.items()):
        row = _row(admin1, county, group, ids.get((admin1, county), ""))
        rows.setdefault(row.id, row)
    return list(rows.values())


def _ids(units: Mapping[str, Unit]) -> dict[tuple[str, str], str]:
    ids: dict[tuple[str, str], str] = {}
    for _, unit in sorted(units.items()):
        ids.setdefault((unit.parent, unit.name), unit.id)
        ids.setdefault((unit.parent, unit.ascii_name), unit.id)
    return ids


def _row(admin1: str, county: str, group: list[City], row_id: str) -> Row:
    country = admin1.partition(".")[0]
    slug = re.sub(r"[^a-z0-9]+", "-", fold(county)).strip("-")
    row_id = row_id or f"derived:{admin1.strip('.').replace('.', '-')}-{slug}"
    points = [city.point for city in group]
    centre = mean_point(points)
    return Row(
        id=row_id,
        name=county,
        kind="ADM2",
        lon=centre.lon,
        lat=centre.lat,
        precision_km=_radius_km(centre, points),
        country_code=country,
        admin1="" if admin1.endswith(".") else admin1,
        aliases=distinct((*_spoken(county, country), *_namesake(county, group)), besides=county),
        source="GeoNames",
    )


def _radius_km(centre: Point, points: list[Point]) -> float:
    """Return within what distance of the centre nine of ten of the points lie, at least five kilometres."""
    distances = sorted(distance_km(centre, point) for point in points)
    return round(max(LEAST_RADIUS_KM, distances[int(WITHIN * (len(distances) - 1))]), 1)


def _spoken(name: str, country: str) -> list[str]:
    """Return the forms English news gives the name: "X District" for "Qada X", "X Co." for "X County"."""
    rest = PREFIX.sub("", name)
    spoken = [f"{rest} District"] if rest != name else []
    if country == "US" and name.endswith(" County"):
        spoken.append(f"{name.removesuffix(' County')} Co.")
    if rayon := RAYON.match(name):
        spoken.append(f"{rayon[1]} District")
    return spoken


def _namesake(name: str, group: list[City]) -> list[str]:
    """Return the forms with the town a raion is named after: "Kherson District" for "Khersonskyi Raion"."""
    rayon = RAYON.match(name)
    if rayon is None or not ADJECTIVE.search(rayon[1]):
        return []
    towns = [city for city in group if _shared(rayon[1], city.name) >= max(4, len(city.name) - 2)]
    town = max(towns, key=lambda city: (city.population, city.name), default=None)
    return [f"{town.name} District", f"{town.name} Raion"] if town else []


def _shared(a: str, b: str) -> int:
    """Return how many letters two names have in common from the start."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
