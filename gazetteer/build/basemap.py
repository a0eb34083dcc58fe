"""Packs the map's vector basemap: ``python gazetteer/build/basemap.py world_map.gpkg geomap/output/map/basemap.zip``.

Source: Natural Earth 1:10m cultural vectors 4.1 (public domain), as Debian's qgis-common carries them in
``world_map.gpkg`` (layers states_provinces and disputed_borders, generalised with shared edges kept).

What is drawn: land without country colours, its rings stroked as coasts except along the cuts between cells; borders
as lines, an edge that two areas share drawn once; contested borders dashed. The archive has one member for the coarse
world and one for each cell of five degrees, so that a map unpacks only the cells it shows. Lines are packed by
`geomap.output.map.packing` in units of 1/scale degree.
"""

from __future__ import annotations

import argparse
import itertools
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.output.map.packing import pack_line

SCALE = 200  # fine cells: 1/200 degree is about 500 m
WORLD_SCALE = 10
CELL = 5
SEAM = 0.02  # land of neighbouring cells overlaps this far, so that no hairline shows between them
WORLD_TOLERANCE = 0.2
SMALLEST_ISLAND = 0.1  # square degrees, on the coarse world

# Units whose border with the rest of the named country is contested: drawn dashed, whoever holds the ground.
CONTESTED = {
    ("West Bank", "Israel"),
    ("West Bank", "Jordan"),
    ("Gaza Strip", "Israel"),
    ("Northern Cyprus", "Cyprus"),
    ("Kosovo", "Republic of Serbia"),
    ("Somaliland", "Somalia"),
    ("Western Sahara", "Morocco"),
    ("Siachen Glacier", "India"),
    ("Siachen Glacier", "Pakistan"),
    ("Siachen Glacier", "China"),
    ("Crimea", "Ukraine"),
    ("Israel", "Syria"),  # the Golan Heights: both the ceasefire line and the line of the claim are dashed
}
OWN_UNIT = {"Crimea": "Crimea", "Sevastopol": "Crimea"}
# Lines of the disputed layer that are no claims to a border today: Soviet-era districts, the ceasefire lines of 1994
# and the Donbas line of contact of 2015. A front line is news, not a basemap.
OUTDATED = {"Former USSR oblast in 1991", "Ceasefire Line 1994", "Ukrainian claim"}

Point = tuple[float, float]
Edge = tuple[Point, Point]


def main() -> None:
    """Build the archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    layers = read_layers(arguments.source)
    write(arguments.target, members(layers))
    print(f"{arguments.target}: {arguments.target.stat().st_size / 1000:.0f} kB")


def read_layers(source: Path) -> dict[str, BaseGeometry]:
    """Return land, borders, contested borders and province lines."""
    states = pyogrio.read_dataframe(source, layer="states_provinces")
    claims = pyogrio.read_dataframe(source, layer="disputed_borders")
    disputed = shapely.union_all(
        [shape for name, shape in zip(claims.name, claims.geometry, strict=True) if name not in OUTDATED]
    )
    edges = sort_edges(states)
    near_claim = disputed.buffer(0.05)
    border = chain(edges["border"])
    contested = chain(edges["contested"])
    return {
        "land": shapely.union_all(shapely.set_precision(states.geometry.values, 1e-5)),
        "border": border.difference(near_claim).difference(contested.buffer(0.01)),
        "disputed": shapely.union_all([disputed, contested]),
        "province": chain(edges["province"]).difference(near_claim),
    }


def sort_edges(states: gpd.GeoDataFrame) -> dict[str, list[Edge]]:
    """Return every edge once, by what lies on its two sides."""
    sides: dict[Edge, set[int]] = defaultdict(set)
    for number, shape in enumerate(states.geometry):
        for edge in edges_of(shape):
            sides[edge].add(number)
    units = [OWN_UNIT.get(name, admin) for name, admin in zip(states.name, states.admin, strict=True)]
    sorted_edges: dict[str, list[Edge]] = defaultdict(list)
    for edge, owners in sides.items():
        sorted_edges[class_of({units[number] for number in owners}, len(owners))].append(edge)
    return sorted_edges


def class_of(units: set[str], owners: int) -> str:
    """Return the class of an edge between these units."""
    if owners == 1:
        return "coast"
    if len(units) == 1 or units == {"Crimea", "Russia"}:
        return "province"
    contested = any({unit, other} <= units for unit, other in CONTESTED)
    return "contested" if contested else "border"


def edges_of(shape: BaseGeometry) -> Iterator[Edge]:
    """Yield a polygon's edges, each with its lesser end first."""
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        corners = [(round(x, 5), round(y, 5)) for x, y in shapely.get_coordinates(ring).tolist()]
        for start, end in itertools.pairwise(corners):
            if start != end:
                yield (start, end) if start < end else (end, start)


def chain(edges: Sequence[Edge]) -> BaseGeometry:
    """Join edges end to end into long lines, in the same order every time."""
    lines = shapely.linestrings(sorted(edges))
    merged: BaseGeometry = shapely.normalize(shapely.line_merge(shapely.multilinestrings(lines)))
    return merged


def members(layers: Mapping[str, BaseGeometry]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the archive's members: about, world, cells."""
    yield "about.json", {"source": "Natural Earth", "licence": "public domain", "cell": CELL}
    yield "world.json", world(layers)
    for west in range(-180, 180, CELL):
        for south in range(-90, 90, CELL):
            if packed := cell(layers, west, south):
                yield f"cells/{west}_{south}.json", packed


def world(layers: Mapping[str, BaseGeometry]) -> dict[str, Any]:
    """Return the coarse world."""
    land = shapely.simplify(layers["land"], WORLD_TOLERANCE)
    islands = [part for part in shapely.get_parts(land) if part.area >= SMALLEST_ISLAND]
    coarse = {
        "land": shapely.multipolygons(islands),
        "border": shapely.simplify(layers["border"], WORLD_TOLERANCE),
        "disputed": shapely.simplify(layers["disputed"], WORLD_TOLERANCE),
    }
    return {"scale": WORLD_SCALE, **{name: pack(shape, WORLD_SCALE) for name, shape in coarse.items()}}


def cell(layers: Mapping[str, BaseGeometry], west: int, south: int) -> dict[str, Any] | None:
    """Return one cell, or None where there is only sea."""
    frame = (west, south, west + CELL, south + CELL)
    packed: dict[str, Any] = {"frame": frame, "seam": SEAM, "scale": SCALE}
    for name, shape in layers.items():
        seam = SEAM if name == "land" else 0
        part = shapely.clip_by_rect(shape, west - seam, south - seam, west + CELL + seam, south + CELL + seam)
        packed[name] = pack(part, SCALE)
    return packed if packed["land"] else None


def pack(shape: BaseGeometry, scale: int) -> list[str]:
    """Return the rings or lines of a shape as strings of differences."""
    if shapely.get_dimensions(shape) == 2:
        shape = shapely.orient_polygons(shape)  # holes turn the other way: land of all cells is filled at once
        rings = shapely.get_rings(shapely.get_parts(shape))
        least = 4
    else:
        rings = [part for part in flat(shape) if part.geom_type == "LineString"]
        least = 2
    found = (path(shapely.get_coordinates(ring).tolist(), scale) for ring in rings)
    return sorted(pack_line(steps) for steps in found if len(steps) >= least)


def flat(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the lines of a shape, joined where pieces meet."""
    lines = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]
    return list(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))) if lines else []


def path(corners: Iterable[Sequence[float]], scale: int) -> list[tuple[int, int]]:
    """Return a line as whole units, without corners that fall on their neighbour or between two on a straight line."""
    steps: list[tuple[int, int]] = []
    for x, y in corners:
        point = (round(x * scale), round(y * scale))
        if steps and steps[-1] == point:
            continue
        if len(steps) > 1 and straight(steps[-2], steps[-1], point):
            steps.pop()
        steps.append(point)
    return steps


def straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    """Tell whether b lies on the way from a to c."""
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0
    return ahead and (b[0] - a[0]) * (c[1] - a[1]) == (b[1] - a[1]) * (c[0] - a[0])


def write(target: Path, found: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Write the archive: the same bytes for the same members."""
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in found:
            text = json.dumps(content, separators=(",", ":"))
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text, compresslevel=9)


if __name__ == "__main__":
    main()
