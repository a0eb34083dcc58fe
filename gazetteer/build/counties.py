"""Which second-order division a populated place lies in, by name."""

from __future__ import annotations

from collections.abc import Mapping

from overrides import Overrides
from sources import City

Located = Mapping[tuple[str, float, float], Mapping[str, str]]


def county_of(city: City, located: Located, overrides: Overrides) -> str:
    """Return the name of the county or district at the place's coordinates; empty where it is not known."""
    name = located.get((city.country_code, *city.point), {}).get("county", "")
    return overrides.value("counties", f"{city.admin1}:{name}", "name") or name
