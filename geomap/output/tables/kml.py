"""KML for Google Earth: a placemark an incident, with its time span for the slider and its quotation in the balloon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TextIO
from xml.etree.ElementTree import Element, SubElement, tostring

from geomap.output.tables.layers import Feature

# Characters that XML 1.0 cannot hold, even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
_TAIL = "</Document>\n</kml>\n"
_COLOURS = {"strike": "ff1e26b3", "base": "ff8c4f1d", "attack": "ff005a8a"}  # alpha, blue, green, red


def write_kml(features: Iterable[Feature], file: TextIO) -> None:
    """Write features as one KML document in UTF-8; what is not located is listed without a point."""
    file.write(_HEAD)
    for name, colour in _COLOURS.items():
        style = Element("Style", id=name)
        _text(SubElement(style, "IconStyle"), "color", colour)
        _text(SubElement(style, "LineStyle"), "color", colour)
        _text(SubElement(style, "PolyStyle"), "color", f"40{colour[2:]}")
        file.write(_dump(style))
    file.writelines(_dump(_placemark(feature)) for feature in features)
    file.write(_TAIL)


def _placemark(feature: Feature) -> Element:
    row = feature["properties"]
    mark = Element("Placemark", id=_name_of(feature["id"]))
    _text(mark, "name", row["title"])
    _text(mark, "description", row.get("description"))
    _time(mark, row.get("date_start"), row.get("date_end"))
    if row.get("category"):
        _text(mark, "styleUrl", f"#{row['category']}")
    data = SubElement(mark, "ExtendedData")
    for name, value in row.items():
        if value is not None and not name.startswith("marker-"):
            _text(SubElement(data, "Data", name=name), "value", str(value).lower() if value in (True, False) else value)
    if feature["geometry"]:
        _geometry(mark, feature["geometry"])
    return mark


def _time(mark: Element, start: str | None, end: str | None) -> None:
    if start or end:
        span = SubElement(mark, "TimeSpan")
        _text(span, "begin", start)
        _text(span, "end", end)


def _geometry(parent: Element, geometry: dict[str, Any]) -> None:
    if geometry["type"] == "Point":
        _text(SubElement(parent, "Point"), "coordinates", _corner(geometry["coordinates"]))
        return
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    group = SubElement(parent, "MultiGeometry") if len(parts) > 1 else parent
    for rings in parts:
        ring = SubElement(SubElement(SubElement(group, "Polygon"), "outerBoundaryIs"), "LinearRing")
        _text(ring, "coordinates", " ".join(_corner(point) for point in rings[0]))


def _corner(point: Iterable[float]) -> str:
    return ",".join(f"{number:g}" if number == round(number) else repr(number) for number in point)


def _text(parent: Element, tag: str, value: Any) -> None:
    if value is not None:
        SubElement(parent, tag).text = _NOT_XML.sub("\ufffd", str(value))


def _name_of(feature_id: str) -> str:
    """Return an id as XML wants names: no colon or blank, a letter first."""
    return "i" + re.sub(r"[^\w.-]", "_", feature_id)


def _dump(element: Element) -> str:
    return tostring(element, encoding="unicode") + "\n"
