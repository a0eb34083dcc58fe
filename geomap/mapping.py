"""Maps together with what the gazetteer adds to them: shapes of provinces, names around, whom to credit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from geomap.config import MapConfig
from geomap.gazetteer.store import Store
from geomap.model import BBox, Place, Report

MARGIN_DEG = 2.0
WORLD = BBox(-180, -60, 180, 75)
# whom a map names for the places on it, by Place.source; the towns around them are GeoNames' always
CREDITS = {
    "geonames": "GeoNames (CC BY 4.0)",
    "ourairports": "OurAirports",
    "curated": "geomap's own places, with Wikipedia and OCHA",
    "nominatim": "© OpenStreetMap contributors (ODbL)",
}
ARCHIVE_CREDITS = tuple(CREDITS[source] for source in ("geonames", "ourairports", "curated"))


def map_page(report: Report, store: Store, config: MapConfig) -> str:
    """Return the map of a report as one HTML page; the same bytes for the same input.

    Raises
    ------
    OutputError
        A quotation is not the article's own text.
    ConfigError
        The tile address is no web address.
    """
    from geomap.gazetteer.geopackage import read_areas
    from geomap.output.map.page import render_map

    package = store.folder / "places.gpkg"
    areas = read_areas(package, [one.place.id for one in report.incidents if one.place])
    labels = _labels(package, surroundings(report))
    return render_map(report, config=config, areas=areas, labels=labels, made_with=credits_of(report.places))


def archive_page(reports: Iterable[Report], store: Store, config: MapConfig, *, title: str | None = None) -> str:
    """Return one page for the incidents of many reports, which are taken one at a time.

    Raises
    ------
    OutputError
        There is no report, or a quotation is not its article's own text.
    """
    from geomap.output.map.combine import combine

    return combine(reports, config=config, title=title, labels=world_labels(store), made_with=ARCHIVE_CREDITS)


def world_labels(store: Store) -> list[Place]:
    """Return the countries, provinces and larger towns that a map of everywhere names."""
    return _labels(store.folder / "places.gpkg", WORLD)


def surroundings(report: Report) -> BBox:
    """Return the box of an article's places and two degrees around it; the world where it has none."""
    places = [one.place for one in report.incidents if one.place] or list(report.places)
    if not places:
        return WORLD
    lons, lats = [p.lon for p in places], [p.lat for p in places]
    return BBox(min(lons) - MARGIN_DEG, min(lats) - MARGIN_DEG, max(lons) + MARGIN_DEG, max(lats) + MARGIN_DEG)


def credits_of(places: Sequence[Place]) -> list[str]:
    """Return whom a map names for its places, in a fixed order."""
    used = {place.source for place in places} | {"geonames"}
    return [credit for source, credit in CREDITS.items() if source in used]


def _labels(package: Path, box: BBox) -> list[Place]:
    from geomap.gazetteer.geopackage import towns_in, units_in

    return [*units_in(package, box), *towns_in(package, box)]
