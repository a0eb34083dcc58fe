"""Writes the small OpenStreetMap file that the tests' own Nominatim is built from.

Two countries with a handful of provinces, villages (mostly invented ones, so that no gazetteer knows them), one air
base, a refinery, a river and a street. Shapes are rough boxes of our own, ids are invented, positions of real places
are rounded facts. Only the standard library is used, and the same bytes come out every time.

Usage: python make_osm.py > world.osm
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

Tags = Mapping[str, str]


class Point(NamedTuple):
    """A named node."""

    id: int
    lat: float
    lon: float
    tags: Tags


class Box(NamedTuple):
    """A named rectangle: a plain way, or the outline of a boundary where it has an ``admin_level``."""

    id: int
    south: float
    west: float
    north: float
    east: float
    tags: Tags


class Line(NamedTuple):
    """A named line of (lat, lon) corners."""

    id: int
    corners: Sequence[tuple[float, float]]
    tags: Tags


def named(arabic: str, english: str, **tags: str) -> Tags:
    """Return the tags of a feature with its names; ``__`` in a key stands for a colon."""
    return {"name": arabic, "name:ar": arabic, "name:en": english, **{k.replace("__", ":"): v for k, v in tags.items()}}


BOUNDARIES = (
    Box(1, 29.0, 38.8, 37.3, 48.5, named("العراق", "Iraq", admin_level="2", ISO3166_1="IQ", ISO3166_1__alpha2="IQ")),
    Box(2, 12.5, 42.5, 18.9, 53.0, named("اليمن", "Yemen", admin_level="2", ISO3166_1="YE", ISO3166_1__alpha2="YE")),
    Box(3, 31.0, 39.0, 34.9, 43.9, named("محافظة الأنبار", "Al Anbar Governorate", admin_level="4", ISO3166_2="IQ-AN")),
    Box(4, 32.1, 44.05, 33.0, 45.1, named("محافظة بابل", "Babil Governorate", admin_level="4", ISO3166_2="IQ-BB")),
    Box(5, 35.4, 41.4, 36.9, 43.6, named("محافظة نينوى", "Nineveh Governorate", admin_level="4", ISO3166_2="IQ-NI")),
    Box(6, 14.6, 44.6, 16.2, 46.2, named("محافظة مأرب", "Marib Governorate", admin_level="4", ISO3166_2="YE-MA")),
    Box(7, 34.0, 40.9, 34.8, 41.6, named("قضاء القائم", "Al-Qa'im District", admin_level="6")),
    Box(8, 33.05, 44.0, 33.7, 44.7, named("محافظة بغداد", "Baghdad", admin_level="4", ISO3166_2="IQ-BG")),
)

PLACES = (
    Point(101, 33.32, 44.37, named("بغداد", "Baghdad", place="city", capital="yes")),
    Point(102, 34.37, 41.09, named("القائم", "Al-Qa'im", place="town", alt_name="Qaim;Al Qaim")),
    # a town that was renamed: the old names must lead to it
    Point(103, 32.86, 44.21, named("جرف النصر", "Jurf al-Nasr", place="town", old_name="جرف الصخر",
                                   old_name__en="Jurf al-Sakhar", alt_name__en="Jurf as-Sakhr;Jurf an-Nasr")),
    # no gazetteer knows these
    Point(104, 33.60, 42.70, named("تل زمرد", "Tall Zumurrud", place="village", alt_name__en="Tell Zumorrod")),
    Point(105, 36.10, 42.40, named("أم خشاب", "Umm Khishab", place="hamlet", old_name__en="Umm Khishab al-Qadima")),
    Point(106, 36.30, 42.00, {"name": "قرية الزبرجدة", "place": "village"}),
    Point(107, 36.55, 42.90, named("كاني بلور", "Kani Bilur", place="village", name__ku="Kanî Bilûr")),
    # one name, three villages: two of a country, one of another
    Point(111, 33.90, 41.90, named("عين لوزة", "Ayn Lawzah", place="village")),
    Point(112, 32.45, 44.60, named("عين لوزة", "Ayn Lawzah", place="village")),
    Point(113, 15.40, 45.10, named("عين لوزة", "Ayn Lawzah", place="village")),
    # known in the other country alone
    Point(114, 15.60, 45.30, named("وادي فيروز", "Wadi Fayruz", place="village")),
    # two of one name in one province: they share everything that is displayed of them
    Point(115, 32.30, 40.20, named("بئر سهال", "Bir Sahhal", place="hamlet")),
    Point(116, 33.10, 43.40, named("بئر سهال", "Bir Sahhal", place="hamlet")),
    # an eatery and a street that bear a village's name
    Point(121, 32.50, 44.42, named("مطعم تل زمرد", "Tall Zumurrud", amenity="restaurant")),
    Point(122, 32.55, 44.50, named("درة البستان", "Durrat al-Bustan", amenity="restaurant")),
    *(
        Point(200 + i, round(31.2 + 0.3 * (i % 9), 2), round(39.4 + 0.5 * (i // 9), 2),
              named("قصر نهران", "Qasr Nahran", place="hamlet"))
        for i in range(45)
    ),
)  # fmt: skip

AREAS = (
    Box(301, 33.55, 42.55, 33.61, 42.63, named("قاعدة تل زمرد الجوية", "Tall Zumurrud Air Base", military="airfield",
                                               aeroway="aerodrome", alt_name__en="Zumurrud Airfield")),
    Box(302, 36.00, 42.30, 36.01, 42.32, named("مصفى خور مرجان", "Khor Marjan Refinery", landuse="industrial")),
)  # fmt: skip

LINES = (
    Line(401, ((34.4, 41.0), (34.1, 42.0), (33.4, 43.3), (32.8, 44.2)), named("نهر سهلان", "Sahlan", waterway="river")),
    Line(402, ((34.3680, 41.0935), (34.3692, 41.0949)), named("شارع البلور", "Bilur Street", highway="residential")),
    Line(403, ((33.33, 44.38), (33.34, 44.39)), named("شارع أم خشاب", "Umm Khishab", highway="residential")),
)


def document() -> Iterator[str]:
    """Yield the file: nodes, then ways, then relations, ids ascending in each, as importers want it."""
    corners: list[Point] = []

    def corner(lat: float, lon: float) -> int:
        corners.append(Point(10_000 + len(corners), lat, lon, {}))
        return corners[-1].id

    ways = [(line.id, [corner(*at) for at in line.corners], line.tags) for line in LINES]
    for box in (*AREAS, *BOUNDARIES):
        ring = [(box.south, box.west), (box.south, box.east), (box.north, box.east), (box.north, box.west)]
        refs = [corner(*at) for at in ring]
        is_boundary = "admin_level" in box.tags
        ways.append((9000 + box.id if is_boundary else box.id, [*refs, refs[0]], {} if is_boundary else box.tags))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="make_osm.py">'
    for point in (*sorted(PLACES), *corners):
        yield f'<node id="{point.id}" lat="{point.lat:.6f}" lon="{point.lon:.6f}">{_tags(point.tags)}</node>'
    for number, refs, tags in sorted(ways, key=lambda way: way[0]):
        yield f'<way id="{number}">{"".join(f"<nd ref={quoteattr(str(r))}/>" for r in refs)}{_tags(tags)}</way>'
    for box in BOUNDARIES:
        tags = {"type": "boundary", "boundary": "administrative", **box.tags}
        member = f'<member type="way" ref="{9000 + box.id}" role="outer"/>'
        yield f'<relation id="{box.id}">{member}{_tags(tags)}</relation>'
    yield "</osm>"


def _tags(tags: Tags) -> str:
    keys = {key.replace("ISO3166_", "ISO3166-"): value for key, value in tags.items()}
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in sorted(keys.items()))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # it is a text stream here
    sys.stdout.writelines(f"{line}\n" for line in document())
