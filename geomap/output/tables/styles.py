"""How QGIS draws a GeoPackage's layers: its own style format (QML) in the table ``layer_styles``.

The colours are the map's own. QGIS takes the row with ``useAsDefault`` when a layer is opened. An event's colour and
shape say what it was, its filling and outline how well its sources support it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

_COLOURS = {"strike": "179,38,30,255", "base": "29,79,140,255", "attack": "138,90,0,255"}
_SHAPES = {"strike": "circle", "base": "square", "attack": "triangle"}
_GREY = "110,110,110,255"
_WHITE = "255,255,255,255"
# By the grade of an event: how much of the colour its marker is filled with, and its outline's colour, width and line.
_GRADES: Mapping[str, tuple[int, str | None, str, str]] = {
    "several": (255, _WHITE, "0.3", "solid"),
    "single": (140, _WHITE, "0.3", "solid"),
    "contested": (255, "60,50,10,255", "0.6", "dot"),
    "denied": (0, None, "0.6", "solid"),
}
_QGIS = "3.22.0"


def layer_styles(layers: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rows of ``layer_styles`` for the layers that are given."""
    styles: dict[str, Callable[[], Element]] = {
        "incidents": lambda: _by_category(_markers()),
        "event": _by_category_and_grade,
        "telling": lambda: _single(_marker("circle", _GREY, "1.2")),
        "areas": lambda: _by_category([_fill(colour) for colour in _COLOURS.values()]),
        "mentions": lambda: _single(_marker("diamond", _GREY, "1.8")),
        "places": lambda: _single(_marker("circle", _GREY, "1.8")),
    }
    return [_row(layer, styles[layer]()) for layer in layers]


def _row(layer: str, renderer: Element) -> dict[str, Any]:
    style = Element("qgis", version=_QGIS, styleCategories="Symbology")
    style.append(renderer)
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer,
        "f_geometry_column": "geom",
        "styleName": "geomap",
        "styleQML": "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        + tostring(style, encoding="unicode"),
        "styleSLD": "",
        "useAsDefault": True,
        "description": "geomap",
        "owner": "",
        "ui": None,
        "update_time": "2000-01-01T00:00:00.000Z",
    }


def _markers() -> list[Element]:
    return [_marker(_SHAPES[name], colour, "3.2") for name, colour in _COLOURS.items()]


def _by_category(symbols: Sequence[Element]) -> Element:
    return _categorized("category", dict(zip(_COLOURS, symbols, strict=True)))


def _by_category_and_grade() -> Element:
    symbols = {
        f"{name}, {grade}": _graded(_SHAPES[name], colour, grade)
        for name, colour in _COLOURS.items()
        for grade in _GRADES
    }
    return _categorized("category || ', ' || grade", symbols)


def _graded(shape: str, colour: str, grade: str) -> Element:
    share, outline, width, line = _GRADES[grade]
    return _marker(
        shape,
        f"{colour.rpartition(',')[0]},{share}",
        "3.2",
        outline_color=outline or colour,
        outline_width=width,
        outline_style=line,
    )


def _categorized(attribute: str, symbols: Mapping[str, Element]) -> Element:
    renderer = Element("renderer-v2", type="categorizedSymbol", attr=attribute, enableorderby="0")
    categories, list_of = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, (name, symbol) in enumerate(symbols.items()):
        SubElement(categories, "category", render="true", symbol=str(number), value=name, label=name)
        symbol.set("name", str(number))
        list_of.append(symbol)
    return renderer


def _single(symbol: Element) -> Element:
    renderer = Element("renderer-v2", type="singleSymbol", enableorderby="0")
    symbol.set("name", "0")
    SubElement(renderer, "symbols").append(symbol)
    return renderer


def _marker(shape: str, colour: str, size_mm: str, **more: str) -> Element:
    options = {"name": shape, "color": colour, "outline_color": _WHITE, "outline_width": "0.3"}
    return _symbol("marker", "SimpleMarker", options | {"size": size_mm, "size_unit": "MM"} | more)


def _fill(colour: str) -> Element:
    faint = colour.rpartition(",")[0] + ",40"
    options = {"color": faint, "style": "solid", "outline_color": colour, "outline_width": "0.26"}
    return _symbol("fill", "SimpleFill", options)


def _symbol(kind: str, layer_class: str, options: dict[str, str]) -> Element:
    symbol = Element("symbol", type=kind, alpha="1", clip_to_extent="1")
    layer = SubElement(symbol, "layer", {"class": layer_class, "enabled": "1", "locked": "0", "pass": "0"})
    held = SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        SubElement(held, "Option", name=name, value=value, type="QString")
    return symbol
