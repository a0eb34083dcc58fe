"""What lies in what, over the real store: units, districts, neighbours, borders, derived extents."""

from __future__ import annotations

import sqlite3

import pytest

from geomap.gazetteer.lookup import lookup
from geomap.gazetteer.regions import border_distance_km, is_approximate, neighbours


def row_of(store, name, country):
    """Return the row of the best answer."""
    return store.row_of(lookup(store, name, country=country, limit=1)[0].place.id)


def test_neighbours_touch_across_borders_and_both_ways(store):
    """Anbar touches Nineveh, and Deir ez-Zor in Syria; it does not touch Basra; touching is mutual."""
    anbar, nineveh, basra = (row_of(store, f"{n} province", "IQ") for n in ("Anbar", "Nineveh", "Basra"))
    deir = row_of(store, "Deir ez-Zor Governorate", "SY")
    around = neighbours(store, anbar)
    assert {nineveh, deir} <= set(around)
    assert basra not in around
    assert all(anbar in neighbours(store, other) for other in around)


def test_a_place_has_no_neighbours(store):
    """Only units with a polygon have neighbours; for all else the list is empty, no error."""
    assert neighbours(store, row_of(store, "Baghdad", "IQ")) == []


def test_the_border_is_near_a_border_town_and_far_from_a_heartland(store):
    """Al-Qaim lies a few kilometres inside Anbar, Rutba far from any border of it; outside is negative."""
    anbar = row_of(store, "Anbar province", "IQ")
    qaim, rutba, mosul = (row_of(store, name, "IQ") for name in ("al-Qaim", "Rutba", "Mosul"))
    assert 0 < border_distance_km(store, qaim) < 20 < border_distance_km(store, rutba)
    assert border_distance_km(store, mosul, anbar) < 0


def test_provinces_without_polygon_have_a_derived_extent(store):
    """Halabja has no polygon: its circle comes from its places, is marked, and holds them."""
    halabja = row_of(store, "Halabja Governorate", "IQ")
    assert is_approximate(store, halabja)
    assert 5 <= store.radius[halabja] < 60
    assert not is_approximate(store, row_of(store, "Anbar province", "IQ"))


@pytest.mark.parametrize(("name", "country", "said"), [("Al-Qaim", "IQ", "Ka'im"), ("Tal Afar", "IQ", "Afar")])
def test_places_are_in_their_district(store, name, country, said):
    """The second level is named where a district is known."""
    assert said in lookup(store, name, country=country, limit=1)[0].place.admin2


def test_the_geopackage_is_whole(store):
    """SQLite, GDAL and the rules of the format agree: indexes complete, both layers readable, editable through GDAL."""
    import pyogrio

    path = store.folder / "places.gpkg"
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    assert database.execute("SELECT rtreecheck('rtree_place_geom')").fetchone() == ("ok",)
    assert database.execute("SELECT rtreecheck('rtree_admin1_geom')").fetchone() == ("ok",)
    assert {str(name) for name, _ in pyogrio.list_layers(path)} == {"place", "admin1"}
    found = pyogrio.read_dataframe(path, layer="place", bbox=(44.3, 33.2, 44.5, 33.4))
    assert "Baghdad" in set(found["name"])
    database.close()


def test_the_geopackage_may_be_edited(store, tmp_path):
    """A row that GDAL appends is found by the spatial index, so the triggers do their work."""
    import geopandas
    import pyogrio
    import shapely

    path = tmp_path / "copy.gpkg"
    path.write_bytes((store.folder / "places.gpkg").read_bytes())
    added = geopandas.GeoDataFrame({"name": ["Added"]}, geometry=[shapely.Point(-30, -50)], crs="EPSG:4326")
    added.to_file(path, layer="place", driver="GPKG", engine="pyogrio", mode="a")
    assert list(pyogrio.read_dataframe(path, layer="place", bbox=(-30.1, -50.1, -29.9, -49.9))["name"]) == ["Added"]
    database = sqlite3.connect(path)
    assert database.execute("SELECT rtreecheck('rtree_place_geom')").fetchone() == ("ok",)
    database.close()
