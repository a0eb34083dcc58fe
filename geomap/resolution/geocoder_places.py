"""A result as a place: its feature code in GeoNames' terms, and how far its point may be off."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.features import strip_feature
from geomap.gazetteer.folding import family_of, folded
from geomap.gazetteer.lookup import unit_row
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import Store
from geomap.model import LonLat, NameKind, Place
from geomap.resolution.geocoder_answers import Hit

COARSE_RANK = 8  # a state or larger
COARSE_KM = 75.0  # larger than this is no place for a pin, whatever its rank (a river, a desert)
# radius in km of what is known by a point alone, by place rank: up to which rank, how far
_RADII = ((16, 8.0), (18, 5.0), (19, 3.0), (20, 2.0), (27, 1.5), (30, 1.0))
_SETTLED = dict.fromkeys("city town village hamlet isolated_dwelling farm municipality".split(), "PPL")
_CODES = {
    "place": _SETTLED | dict.fromkeys("suburb quarter neighbourhood borough city_block".split(), "PPLX")
    | {"island": "ISL", "islet": "ISL", "locality": "LCTY", "country": "PCLI", "state": "ADM1", "province": "ADM1",
       "county": "ADM2", "district": "ADM2", "region": "RGN", "sea": "SEA", "ocean": "OCN"},
    "military": {"airfield": "AIRB", "naval_base": "NVB", "base": "MILB", "barracks": "MILB", "": "INSM"},
    "aeroway": {"aerodrome": "AIRP", "airstrip": "AIRF", "helipad": "AIRH", "heliport": "AIRH", "": "AIRF"},
    "natural": {"water": "LK", "bay": "BAY", "strait": "STRT", "peak": "MT", "valley": "VAL", "desert": "DSRT",
                "": "AREA"},
    "waterway": {"dam": "DAM", "canal": "CNL", "": "STM"},
    "landuse": {"military": "MILB", "industrial": "MFG", "": "LCTY"},
    "industrial": {"refinery": "OILR", "oil": "OILF", "": "MFG"},
    "man_made": {"bridge": "BDG", "pier": "PIER", "petroleum_well": "OILW", "works": "MFG", "": "FCL"},
    "power": {"": "PS"}, "barrier": {"border_control": "PSTB", "": "BLDG"}, "harbour": {"": "HBR"},
    "amenity": {"hospital": "HSP", "school": "SCH", "university": "UNIV", "prison": "PRN", "refugee_site": "CMPRF",
                "marketplace": "MKT", "": "BLDG"},
    "railway": {"station": "RSTN", "": "BLDG"}, "highway": {"": "RD"}, "bridge": {"": "BDG"},
}  # fmt: skip


def feature_code(hit: Hit) -> str:
    """Return what kind of place a result is."""
    if hit.category == "boundary":
        return _boundary_code(hit)
    codes = _CODES.get(hit.category, {})
    return codes.get(hit.type) or codes.get("") or ("LCTY" if hit.place_rank < 28 else "BLDG")


def _boundary_code(hit: Hit) -> str:
    if hit.place_rank <= 4:
        return "PCLI"
    if settled := _CODES["place"].get(hit.address_type, ""):
        return settled
    ranks = ((COARSE_RANK, "ADM1"), (12, "ADM2"), (15, "ADM3"))
    return next((code for most, code in ranks if hit.place_rank <= most), "ADM4")


def radius_km(hit: Hit) -> float:
    """Return within what radius of its point a result lies: half its extent, or by its rank where it is a point.

    The box that the server gives a point is made up, so it is not used.
    """
    by_rank = next(radius for rank, radius in _RADII if hit.place_rank <= rank)
    if hit.osm_type == "node" or hit.box is None:
        return by_rank
    corners = (LonLat(hit.box.west, hit.box.south), LonLat(hit.box.east, hit.box.north))
    return max(1.0, round(distance_km(*corners) / 2, 1))


def is_coarse(hit: Hit) -> bool:
    """Tell whether a result is too large or too vague for a pin: a country, a province, a river, a postcode."""
    return hit.place_rank <= COARSE_RANK or hit.osm_id is None or radius_km(hit) > COARSE_KM


def to_place(hit: Hit, store: Store) -> Place:
    """Return a result as a place; its province is called as the gazetteer calls it, where that knows it."""
    country = hit.address.get("country_code", "").upper() or None
    state = next((hit.address[k] for k in ("state", "province", "region") if k in hit.address), None)
    unit = unit_row(store, state, country) if state and country else None
    return Place(
        id=hit.id,
        name=hit.name,
        lon=hit.lon,
        lat=hit.lat,
        feature_code=feature_code(hit),
        country_code=country,
        admin1=state if unit is None else store.name(unit),
        admin2=hit.address.get("county"),
        source="nominatim",
        radius_km=radius_km(hit),
    )


def name_kind(asked: str, hit: Hit) -> NameKind | None:
    """Return by which kind of its names a result answers to the name asked for, None where it does not.

    A server also returns what merely has all the words somewhere in its name or address.
    """
    names = list(_names(hit))
    strict = key(asked)
    for form in (lambda k: k, bare_key, _stripped):
        wanted = form(strict)
        for name, kind in names:
            if form(key(name)) == wanted:
                return "stripped" if form is _stripped else kind
    family = family_of(hit.address.get("country_code", "").upper())
    fold = folded(bare_key(strict), family)
    return "approximate" if fold and any(folded(bare_key(key(n)), family) == fold for n, _ in names) else None


def _names(hit: Hit) -> Iterator[tuple[str, NameKind]]:
    """Yield the names of a result, its own before others."""
    kinds: dict[str, NameKind] = {"name": "name", "official_name": "name", "old_name": "former", "short_name": "alias"}
    rest: list[tuple[str, NameKind]] = []
    for label, text in hit.names.items():
        kind = kinds.get(label.partition(":")[0], "alias")
        for part in text.split(";"):
            if kind == "name":
                yield part, kind
            else:
                rest.append((part, kind))
    yield from rest


def _stripped(strict: str) -> str:
    taken = strip_feature(strict)
    return bare_key(taken[0] if taken else strict)
