"""places.tsv.xz: populated places with their alternate names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from counties import Located, county_of
from names import alternates, plain
from overrides import Overrides
from rows import Row, fold
from sources import City

PEOPLE_PER_KM2 = 3000.0


def radius_km(population: int) -> float:
    """Return how far a settlement reaches from its point: its people at 3,000 to the square kilometre, 1 to 25 km."""
    return round(min(25.0, max(1.0, math.sqrt(population / PEOPLE_PER_KM2 / math.pi))), 1)


def capitals(cities: Iterable[City], countries: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Return the ids of the capitals: the most populous place of the country that bears the capital's name."""
    wanted = {code: fold(record["capital"]) for code, record in countries.items() if record["capital"]}
    best: dict[str, City] = {}
    for city in cities:
        capital = wanted.get(city.country_code)
        if capital and any(fold(name) == capital for name in (city.name, *city.alternates)):
            held = best.get(city.country_code)
            if held is None or city.population > held.population:
                best[city.country_code] = city
    return frozenset(city.id for city in best.values())


def place_rows(
    cities: Iterable[City],
    located: Located,
    capital_ids: frozenset[str],
    overrides: Overrides,
) -> list[Row]:
    """Return a row for every populated place."""
    return [_row(city, located, city.id in capital_ids, overrides) for city in cities]


def _row(
    city: City,
    located: Located,
    is_capital: bool,  # noqa: FBT001
    overrides: Overrides,
) -> Row:
    dropped = frozenset(overrides.values("places", city.id, "drop_alias"))
    return Row(
        id=city.id,
        name=overrides.value("places", city.id, "name") or plain(city.name, city.country_code),
        kind=overrides.value("places", city.id, "kind") or ("PPLC" if is_capital else "PPL"),
        lon=city.point.lon,
        lat=city.point.lat,
        precision_km=radius_km(city.population),
        country_code=city.country_code,
        admin1=city.admin1,
        admin2=county_of(city, located, overrides),
        population=city.population,
        aliases=alternates((city.name, *city.alternates), besides=city.name, dropped=dropped),
        source="GeoNames",
    )
