"""geomap: from an article to an honest map of the strikes it reports.

>>> import geomap
>>> report = geomap.geoparse(geomap.read("article.txt"))
>>> [(incident.place.name, incident.status) for incident in report.incidents if incident.place]
>>> report.save_map("map.html")

``load_engine(load_config(...))`` gives an engine of one's own, to be passed as the second argument.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.config import Config as Config
    from geomap.config import load_config as load_config
    from geomap.errors import GeomapError as GeomapError
    from geomap.library import Report as Report
    from geomap.library import default_engine as default_engine
    from geomap.library import geoparse as geoparse
    from geomap.model import Aggregate as Aggregate
    from geomap.model import Article as Article
    from geomap.model import Incident as Incident
    from geomap.model import Place as Place
    from geomap.model import Span as Span
    from geomap.pipeline import Engine as Engine
    from geomap.pipeline import load_engine as load_engine
    from geomap.reading.article import make_article as make_article
    from geomap.reading.source import read as read
    from geomap.version import __version__ as __version__

_HOMES = {
    "__version__": "geomap.version",
    "Aggregate": "geomap.model",
    "Article": "geomap.model",
    "Config": "geomap.config",
    "Engine": "geomap.pipeline",
    "GeomapError": "geomap.errors",
    "Incident": "geomap.model",
    "Place": "geomap.model",
    "Report": "geomap.library",
    "Span": "geomap.model",
    "default_engine": "geomap.library",
    "geoparse": "geomap.library",
    "load_config": "geomap.config",
    "load_engine": "geomap.pipeline",
    "make_article": "geomap.reading.article",
    "read": "geomap.reading.source",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605  # the table above is the whole truth


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing geomap stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
