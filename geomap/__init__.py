"""geomap: from an article to an honest map of the strikes it reports.

>>> import geomap
>>> with geomap.load_engine(geomap.load_config()) as engine:
...     report = geomap.geoparse(geomap.read("article.txt"), engine)
...     [(i.place.name, i.status) for i in report.incidents if i.place]
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.config import Config as Config
    from geomap.config import load_config as load_config
    from geomap.errors import GeomapError as GeomapError
    from geomap.model import Aggregate as Aggregate
    from geomap.model import Article as Article
    from geomap.model import Incident as Incident
    from geomap.model import Place as Place
    from geomap.model import Report as Report
    from geomap.pipeline import Engine as Engine
    from geomap.pipeline import geoparse as geoparse
    from geomap.pipeline import load_engine as load_engine
    from geomap.reading.source import read as read

__version__ = "0.1.0"

_HOMES = {
    "Aggregate": "geomap.model",
    "Article": "geomap.model",
    "Config": "geomap.config",
    "Engine": "geomap.pipeline",
    "GeomapError": "geomap.errors",
    "Incident": "geomap.model",
    "Place": "geomap.model",
    "Report": "geomap.model",
    "geoparse": "geomap.pipeline",
    "load_config": "geomap.config",
    "load_engine": "geomap.pipeline",
    "read": "geomap.reading.source",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605  # the table above is the whole truth


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing geomap stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
