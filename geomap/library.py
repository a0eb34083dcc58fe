"""geomap in Python: ``geoparse`` for scripts and notebooks, and a report that knows how to show and save itself."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from geomap import model, pipeline
from geomap.config import load_config
from geomap.errors import ArticleError
from geomap.model import Article, Span
from geomap.pipeline import Engine, load_engine

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geomap.output.tables.layers import Layer

FRAME_HEIGHT_PX = 620


@cache
def default_engine() -> Engine:
    """Return the engine that is used where none is given: loaded once a process, with the configuration then in force.

    It is read-only and may be used by many threads.
    """
    return load_engine(load_config())


def geoparse(article: Article, engine: Engine | None = None, *, spans: Sequence[Span] | None = None) -> Report:
    """Find, resolve and link everything in one article.

    Parameters
    ----------
    article
        What ``read`` or ``make_article`` returned.
    engine
        What ``load_engine`` returned; without it ``default_engine()``.
    spans
        Where the toponyms are known already, their spans: they are taken as they are and only resolved.

    Raises
    ------
    GazetteerError
        The gazetteer is missing or damaged.
    """
    return Report.of(pipeline.geoparse(article, engine or default_engine(), spans=spans))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(model.Report):
    """Everything geomap has to say about one article, and the ways to look at it.

    In a notebook a report shows itself as its map.
    """

    @classmethod
    def of(cls, report: model.Report) -> Self:
        """Give a report of the pipeline these methods."""
        return cls(**{one.name: getattr(report, one.name) for one in fields(report)})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a report back from its JSON.

        Raises
        ------
        ArticleError
            The text is not a report.
        """
        from geomap.output.report import from_dict

        try:
            data = json.loads(text)
        except ValueError as error:
            raise ArticleError(f"the report is not JSON: {error}", hint="make it with geomap report") from error
        return cls.of(from_dict(data))

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data, as ``docs/report.md`` has it."""
        from geomap.output.report import to_dict

        return to_dict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the report as one JSON text."""
        from geomap.output.report import to_json

        return to_json(self, indent=indent)

    def to_geojson(self) -> str:
        """Return the incidents as a GeoJSON FeatureCollection (RFC 7946)."""
        from geomap.output.geojson import to_geojson

        return to_geojson(self)

    def to_geodataframe(self, layer: Layer = "incidents") -> GeoDataFrame:
        """Return a layer (incidents, mentions, places or areas) as a GeoDataFrame in EPSG:4326."""
        from geomap.output.tables.frame import to_frame
        from geomap.output.tables.layers import layer_features

        return to_frame(list(layer_features([self], layer)))

    def to_html(self, engine: Engine | None = None) -> str:
        """Return the map as one self-contained HTML page."""
        from geomap.mapping import map_page

        used = engine or default_engine()
        return map_page(self, used.store, used.config.map)

    def save_map(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the map as one HTML file and return its path.

        Raises
        ------
        OutputError
            The file exists and is not to be replaced, or it cannot be written.
        """
        from geomap.output.files import write_text

        write_text(Path(path), self.to_html(), overwrite=overwrite)
        return Path(path)

    def export(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the tables in the format of the path's suffix (``docs/exports.md``) and return the path.

        Raises
        ------
        OutputError
            The file exists and is not to be replaced, or it cannot be written.
        UsageError
            No format has this suffix.
        """
        from geomap.output.files import new_file
        from geomap.output.tables.formats import export, format_of

        name = format_of(Path(path))
        with new_file(Path(path), overwrite=overwrite) as part:
            export([self], part, name)
        return Path(path)

    def _repr_html_(self) -> str:
        """Return the map in a frame that keeps its scripts apart from the notebook's."""
        return (
            f'<iframe srcdoc="{html.escape(self.to_html())}" sandbox="allow-scripts allow-popups allow-downloads"'
            f' style="width:100%;height:{FRAME_HEIGHT_PX}px;border:1px solid #ccc" title="Map"></iframe>'
        )
