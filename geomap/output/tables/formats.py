"""The formats that reports are exported to, each by its name and the suffix of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

from geomap.errors import UsageError
from geomap.model import Provenance, Report
from geomap.output.geojson import collection, feature_line
from geomap.output.tables.delimited import write_csv
from geomap.output.tables.frame import write_parquet
from geomap.output.tables.gdal import write_geopackage, write_xlsx
from geomap.output.tables.kml import write_kml
from geomap.output.tables.layers import LAYERS, Feature, Layer, layer_features
from geomap.output.tables.layouts import Layout, in_layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be written of the reports: which layers, under which column names."""

    layers: tuple[Layer, ...] = ("incidents",)
    layout: Layout = "geomap"

    def of(self, reports: Iterable[Report], layer: Layer) -> Iterator[Feature]:
        """Yield the features of one layer."""
        found = layer_features(reports, layer)
        return in_layout(found, self.layout) if layer == "incidents" else found


class TextFormat(NamedTuple):
    """A format of one layer that is written as it comes, to a file or to standard output."""

    suffix: str
    write: Callable[[Iterable[Report], Wanted, TextIO], None]
    says: str


class FileFormat(NamedTuple):
    """A format that only a file can hold, with every layer that is asked for."""

    suffix: str
    write: Callable[[Iterable[Report], Wanted, Path], None]
    says: str


def _geojson(reports: Iterable[Report], wanted: Wanted, file: TextIO) -> None:
    made: list[Provenance] = []

    def noted() -> Iterator[Report]:
        for report in reports:
            made.append(report.provenance)
            yield report

    found = list(wanted.of(noted(), wanted.layers[0]))
    file.write(collection(found, made[0] if len(set(made)) == 1 else None))


def _geojson_lines(reports: Iterable[Report], wanted: Wanted, file: TextIO) -> None:
    file.writelines(feature_line(feature) + "\n" for feature in wanted.of(reports, wanted.layers[0]))


def _csv(reports: Iterable[Report], wanted: Wanted, file: TextIO) -> None:
    write_csv(wanted.of(reports, wanted.layers[0]), file)


def _kml(reports: Iterable[Report], wanted: Wanted, file: TextIO) -> None:
    if wanted.layout != "geomap":
        raise UsageError("KML has names of its own for its columns", hint="leave --layout out")
    write_kml(wanted.of(reports, wanted.layers[0]), file)


def _gpkg(reports: Iterable[Report], wanted: Wanted, path: Path) -> None:
    write_geopackage(_all_layers(reports, wanted), path)


def _xlsx(reports: Iterable[Report], wanted: Wanted, path: Path) -> None:
    write_xlsx(_all_layers(reports, wanted), path)


def _parquet(reports: Iterable[Report], wanted: Wanted, path: Path) -> None:
    write_parquet(list(wanted.of(reports, wanted.layers[0])), path)


def _all_layers(reports: Iterable[Report], wanted: Wanted) -> dict[str, list[Feature]]:
    kept = list(reports)
    return {layer: list(wanted.of(kept, layer)) for layer in wanted.layers}


FORMATS: dict[str, TextFormat | FileFormat] = {
    "geojson": TextFormat(".geojson", _geojson, "GeoJSON (RFC 7946)"),
    "geojsonl": TextFormat(".geojsonl", _geojson_lines, "GeoJSON, a feature a line"),
    "csv": TextFormat(".csv", _csv, "CSV with latitude and longitude"),
    "kml": TextFormat(".kml", _kml, "KML with time spans"),
    "gpkg": FileFormat(".gpkg", _gpkg, "GeoPackage, styled for QGIS"),
    "xlsx": FileFormat(".xlsx", _xlsx, "Excel workbook"),
    "parquet": FileFormat(".parquet", _parquet, "GeoParquet (needs the extra parquet)"),
}
MANY_LAYERS = frozenset({"gpkg", "xlsx"})


def default_layers(name: str) -> tuple[Layer, ...]:
    """Return what a format holds where nothing is asked for: everything it can."""
    return (
        LAYERS if name == "gpkg" else tuple(one for one in LAYERS if one != "areas") if name == "xlsx" else LAYERS[:1]
    )


def format_of(path: Path) -> str:
    """Return the format that belongs to a file's suffix.

    Raises
    ------
    UsageError
        None does.
    """
    for name, one in FORMATS.items():
        if path.suffix.lower() == one.suffix:
            return name
    known = ", ".join(one.suffix for one in FORMATS.values())
    raise UsageError(f"{path.name}: no format has the suffix {path.suffix!r}", hint=f"use --format, or one of {known}")


def export(reports: Iterable[Report], path: Path, name: str, wanted: Wanted | None = None) -> None:
    """Write reports to a file in the format of a name. Replaces nothing in place: see ``geomap.output.files``."""
    chosen = FORMATS[name]
    wanted = wanted or Wanted(layers=default_layers(name))
    if isinstance(chosen, FileFormat):
        chosen.write(reports, wanted, path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        chosen.write(reports, wanted, file)
