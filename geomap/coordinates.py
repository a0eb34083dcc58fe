"""Explicit coordinates in the text: decimal degrees, degrees with minutes and seconds, and MGRS references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from geomap.model import LonLat

_DEGREE = "[°º˚]"
_MINUTE, _SECOND = "['′’ʹ]", "(?:[\"″”ʺ]|''|′′)"
_ANGLE = (
    rf"(?P<d{{0}}>\d{{{{1,3}}}}(?:\.\d+)?)\s?{_DEGREE}"
    rf"(?:\s?(?P<m{{0}}>\d{{{{1,2}}}}(?:\.\d+)?)\s?{_MINUTE}(?:\s?(?P<s{{0}}>\d{{{{1,2}}}}(?:\.\d+)?)\s?{_SECOND})?)?"
)
_MARKED = re.compile(_ANGLE.format(1) + r"\s?(?P<h1>[NnSs])\b[\s,;/]{1,3}" + _ANGLE.format(2) + r"\s?(?P<h2>[EeWw])\b")
_PLAIN = re.compile(
    r"(?<![\w.,])(?P<h1>[NS]\s?)?(?P<lat>[-−]?\d{1,2}\.\d{3,8})(?:\s?[°º])?(?:\s?(?P<h3>[NS]))?\s?[,;/]?\s{1,2}"
    r"(?P<h2>[EW]\s?)?(?P<lon>[-−]?\d{1,3}\.\d{3,8})(?:\s?[°º])?(?:\s?(?P<h4>[EW]))?(?![\w])"
)
_MGRS = re.compile(
    r"(?<!\w)(?P<zone>\d{1,2}[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z]{2})\s?(?P<digits>\d{2,5}\s?\d{2,5})(?!\w)"
)
_DECIMALS = re.compile(r"\.\d{3}")  # these two are quick to search for and nearly never there
_ZONE = re.compile(r"[C-HJ-NP-X](?<=\d.)")  # capitals are looked for twice as fast as digits
_KM_OF_DIGITS = {1: 10.0, 2: 1.0, 3: 0.1, 4: 0.01, 5: 0.001}


class Coordinates(NamedTuple):
    """A pair of coordinates as written: where in the text, the point, and within what radius it can be right."""

    start: int
    end: int
    point: LonLat
    radius_km: float


def coordinates_in(text: str) -> list[Coordinates]:
    """Return the coordinates written in a text, in order; numbers that are no point on the globe are left alone."""
    found: list[Coordinates] = []
    if "°" in text or "º" in text or "˚" in text:
        found += _marked(text)
    if _DECIMALS.search(text):
        found += _plain(text)
    if _ZONE.search(text):
        found += _mgrs(text)
    kept: list[Coordinates] = []
    for one in sorted(found):
        if -90 <= one.point.lat <= 90 and -180 <= one.point.lon <= 180 and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return kept


def _marked(text: str) -> Iterator[Coordinates]:
    for match in _MARKED.finditer(text):
        lat, lon = (_angle(match[f"d{i}"], match[f"m{i}"], match[f"s{i}"]) for i in (1, 2))
        lat = -lat if match["h1"] in "Ss" else lat
        lon = -lon if match["h2"] in "Ww" else lon
        fine = 0.03 if match["s1"] else 1.9 if match["m1"] and "." not in match["m1"] else _radius(match["d1"])
        yield Coordinates(*match.span(), LonLat(round(lon, 6), round(lat, 6)), fine)


def _angle(degrees: str, minutes: str | None, seconds: str | None) -> float:
    return float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600


def _plain(text: str) -> Iterator[Coordinates]:
    for match in _PLAIN.finditer(text):
        south, west = (match["h1"] or match["h3"] or "").strip(), (match["h2"] or match["h4"] or "").strip()
        lat, lon = (float(match[name].replace("−", "-")) for name in ("lat", "lon"))
        point = LonLat(-lon if west == "W" else lon, -lat if south == "S" else lat)
        yield Coordinates(*match.span(), point, _radius(match["lat"]))


def _radius(number: str) -> float:
    """Return half the last decimal of a number of degrees in kilometres."""
    decimals = len(number.partition(".")[2])
    return round(max(0.001, 111.0 * 0.1**decimals), 3)


def _mgrs(text: str) -> Iterator[Coordinates]:
    for match in _MGRS.finditer(text):
        digits = match["digits"].replace(" ", "")
        if len(digits) % 2 or not 4 <= len(digits) <= 10:
            continue
        if (point := _from_mgrs(f"{match['zone']}{match['square']}{digits}")) is not None:
            yield Coordinates(*match.span(), point, _KM_OF_DIGITS[len(digits) // 2])


def _from_mgrs(reference: str) -> LonLat | None:
    import mgrs

    try:
        lat, lon = mgrs.MGRS().toLatLon(reference)
    except mgrs.core.MGRSError:
        return None
    return LonLat(round(lon, 6), round(lat, 6))
