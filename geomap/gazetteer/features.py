"""Feature words and feature codes: what kind of place a word or a code speaks of. Codes are GeoNames'."""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType

# group: the words that name it, and the first letters of the codes that it accepts
_GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "airbase": (
        "air base|airbase|air force base|military airport|military airfield|afb|air station|military airbase",
        ("AIRB", "AIRF", "AIRP", "MILB", "AIRQ"),
    ),
    "airport": ("airport|international airport|airfield|airstrip|aerodrome|runway", ("AIRP", "AIRF", "AIRB", "AIRQ")),
    "base": (
        "base|military base|army base|barracks|garrison|outpost|headquarters|hq|compound|fort|facility|site"
        "|training camp|landing zone|naval base|naval station|training ground|post",
        ("MILB", "INSM", "NVB", "AIR", "MILR", "FT", "BLDG", "LCTY", "CTRA", "ITTR"),
    ),
    "camp": ("camp|refugee camp|idp camp|displacement camp", ("CMPRF", "CMP", "MILB", "PPL", "PPLX", "INSM", "LCTY")),
    "port": (
        "port|seaport|harbour|harbor|oil terminal|terminal|naval port",
        ("PRT", "HBR", "NVB", "OIL", "PPL", "ANCH"),
    ),
    "field": (
        "oil field|oilfield|gas field|gasfield|oil refinery|refinery|gas plant|oil depot|depot|pipeline|oil facility"
        "|gas facility|power plant|power station|nuclear plant|nuclear power plant|nuclear facility|factory|plant|mine"
        "|reactor|nuclear reactor|heavy water reactor|nuclear site|nuclear complex|enrichment plant|enrichment facility"
        "|uranium enrichment plant|uranium enrichment facility",
        ("OIL", "GAS", "PS", "INSM", "MFG", "MN", "PPQ", "CTRA", "ITTR"),
    ),
    "dam": ("dam|bridge|barrage|causeway", ("DAM", "BDG", "CSWY", "LK", "RSV")),
    "crossing": ("crossing|border crossing|border post|checkpoint|gate", ("PSTB", "PST", "GATE", "PPL", "TOLL")),
    "hospital": (
        "hospital|medical center|medical centre|university|prison|market|mosque|church|school",
        ("HSP", "S", "BLDG", "UNIV", "PRN", "MSQE"),
    ),
    "district": (
        "district|raion|rayon|county|subdistrict|sub district|department|municipality|nahiya|qadha|muderiah"
        "|mudiriyah|township|parish|prefecture|co",
        ("ADM2", "ADM3", "ADM4", "ADMD", "PPL", "ADM1"),
    ),
    "province": (
        "province|governorate|oblast|state|region|krai|wilayat|wilaya|muhafazah|muhafazat|territory|republic"
        "|autonomous region|voivodeship|canton|emirate",
        ("ADM1", "ADMD", "RGN", "PCL", "TERR", "ADM2", "AREA"),
    ),
    "city": ("city|town|village|hamlet|settlement|capital|suburb|municipality of|township", ("PPL", "STLMT")),
    "neighbourhood": (
        "neighbourhood|neighborhood|quarter|suburb|area|ward|street|square|road|avenue|drive|lane|boulevard|highway"
        "|parkway|park",
        ("PPLX", "PPL", "LCTY", "AREA", "SQR", "ADM"),
    ),
    "island": ("island|islands|isle|archipelago|atoll", ("ISL", "ISLS", "ISLF", "ATOL", "ADM", "TERR", "PCL")),
    "water": (
        "sea|ocean|gulf|strait|straits|river|lake|bay|canal|channel|waterway|reservoir",
        ("SEA", "OCN", "GULF", "STRT", "STM", "LK", "BAY", "CNL", "CHN", "RSV", "H"),
    ),
    "height": (
        "mountain|mountains|mount|hills|hill|heights|range|valley|desert|plain|plains|peninsula|cape|coast|pass|forest",
        ("MT", "HLL", "VAL", "DSRT", "PLN", "PEN", "CAPE", "PASS", "RGN", "AREA", "UPLD", "CST", "FRST"),
    ),
}  # fmt: skip

GROUP_OF_WORD: Mapping[str, str] = MappingProxyType(
    {word: group for group, (words, _) in reversed(_GROUPS.items()) for word in words.split("|")}
)
CODES_OF_GROUP: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {group: codes for group, (_, codes) in _GROUPS.items()}
)
# left out before a second try in the index; words that make another name of what is left ("Kansas City") are not here
STRIPPABLE = frozenset(GROUP_OF_WORD) - frozenset(
    "city state capital area street square road avenue drive lane boulevard highway parkway park university sea ocean"
    " gulf river bay channel mount hill hills fort market mosque church school co gate hq post site plant mine terminal"
    " republic lake cape coast pass forest".split()
)


def agrees(feature_word: str, feature_code: str) -> bool | None:
    """Tell whether a feature code fits a feature word; None where the word says nothing."""
    group = GROUP_OF_WORD.get(feature_word.lower())
    return None if group is None else feature_code.startswith(CODES_OF_GROUP[group])


def strip_feature(strict: str, words: Container[str] = STRIPPABLE) -> tuple[str, str] | None:
    """Take one feature word off the end or the front of a strict key.

    Returns
    -------
    The rest and the feature word, or None where there is no such word or nothing else.
    """
    parts = strict.split(" ")
    for count in (3, 2, 1):
        if len(parts) > count:
            tail, head = " ".join(parts[-count:]), " ".join(parts[:count])
            if tail in words:
                return " ".join(parts[:-count]), tail
            if head in words:
                rest = parts[count:]
                return " ".join(rest[1:] if rest[0] == "of" and len(rest) > 1 else rest), head
    return None
