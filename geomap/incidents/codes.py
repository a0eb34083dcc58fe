"""Codes and classes: precision from feature codes, ACLED's and UCDP's figures, PLOVER's modes.

ACLED labels and the meaning of its precision figures: ACLED Codebook; ``where_prec``: UCDP GED Codebook; modes: PLOVER
manual. Labels and figures only.
"""

from __future__ import annotations

from geomap.config import RadiusConfig
from geomap.model import Place, Precision

SITES = frozenset(
    "AIRB AIRF AIRP AIRH AIRQ MILB INSM NVB PRT OILF OILR GASF FT CMP CSTL NUCL PS PSN PSH RSTN BDG DAM FCL MFG FCTY"
    " BLDG HSP SCH UNIV MSQE PAL BDLD STNM PMPO OILT TRMO OILJ PIER HBR CRSN BCN MUS MKT RLWY CTRM DPOF GOVL LTHSE"
    " CTRA ITTR MINE MN PRN PRNJ STDM TOWR WHRF REST BTYD CH ASYL PIPE OILP OILW GASP HTL SQR TMPL".split()
)
SEAS = frozenset("SEA GULF STRT BAY OCN SD CHN CHNM LK RSV BNK COVE INLT LGN".split())
DISTRICTS = frozenset("ADM2 ADM3 ADM4 ADM5 ADM2H ADM3H ADM4H ADMD ADMH ADMF".split())
PROVINCES = frozenset("ADM1 ADM1H".split())
AIR, SHELLING = "Air/drone strike", "Shelling/artillery/missile attack"
DISRUPTED, CLASH = "Disrupted weapons use", "Armed clash"
SUB_EVENTS = {
    "air": AIR,
    "drone": AIR,
    "missile": SHELLING,
    "rocket": SHELLING,
    "artillery": SHELLING,
    "mortar": SHELLING,
    "tank": SHELLING,
    "explosive": "Remote explosive/landmine/IED",
    "suicide": "Suicide bomb",
    "grenade": "Grenade",
    "gun": CLASH,
}
MODES = {
    "air": "aerial",
    "drone": "drone",
    "missile": "heavy-weapons",
    "rocket": "heavy-weapons",
    "artillery": "heavy-weapons",
    "mortar": "heavy-weapons",
    "tank": "heavy-weapons",
    "explosive": "explosives",
    "suicide": "suicide-attack",
    "grenade": "explosives",
    "gun": "firearms",
}
RANKS: dict[Precision, int] = {"site": 0, "settlement": 1, "district": 2, "province": 3, "country": 4}
SMALL_KM = 30.0


def precision_of(place: Place) -> Precision:
    """Return how fine a position a place gives, by its feature code; seas and regions by their radius."""
    code = place.feature_code
    if code in SITES:
        return "site"
    if code.startswith("PCL") or code == "TERR":
        return "country"
    if code in PROVINCES:
        return "province"
    if code in DISTRICTS:
        return "district"
    if code.startswith("PPL") or code == "STLMT":
        return "settlement"
    return "district" if place.radius_km <= SMALL_KM else "province"


def rank(place: Place) -> int:
    """Return 0 for a site up to 4 for a country."""
    return RANKS[precision_of(place)]


def contains(outer: Place, inner: Place) -> bool:
    """Tell whether one place is the country, province or district that another lies in, by the gazetteer's facts."""
    if outer.id == inner.id or outer.country_code is None or outer.country_code != inner.country_code:
        return False
    outer_class = precision_of(outer)
    if outer_class == "country":
        return precision_of(inner) != "country"
    if outer_class == "province":
        return rank(inner) < RANKS["province"] and (outer.admin1 or outer.name) == inner.admin1
    if outer_class == "district":
        return rank(inner) < RANKS["district"] and outer.admin2 is not None and outer.admin2 == inner.admin2
    return False


def is_loose(relation: str) -> bool:
    """Tell whether a relation puts the incident beside the place and not in it."""
    return relation in {"near", "between"} or relation.endswith(" of")


def geo_precision(place: Place, relation: str) -> int | None:
    """Return ACLED's figure 1 to 3; None for a whole country, which ACLED does not place."""
    kind = precision_of(place)
    if kind == "country":
        return None
    if kind == "province" or place.feature_code in SEAS or relation == "between":
        return 3
    return 2 if is_loose(relation) or kind == "district" else 1


def where_prec(place: Place, relation: str) -> int:
    """Return UCDP's figure 1 to 7."""
    if place.feature_code in SEAS:
        return 7
    kind = precision_of(place)
    if kind == "country":
        return 6
    if kind == "province":
        return 4 if place.feature_code in PROVINCES else 5
    if is_loose(relation):
        return 5 if relation == "between" else 2
    return 3 if kind == "district" else 1


def radius_km(place: Place, relation: str, radii: RadiusConfig) -> float:
    """Return the radius in kilometres that the incident lies within."""
    own = place.radius_km or float(getattr(radii, precision_of(place)))
    return max(own, radii.near) if is_loose(relation) else own
