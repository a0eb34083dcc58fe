"""The libraries that only runs over a corpus need."""

from __future__ import annotations

import importlib
from typing import Any

from geomap.errors import UsageError


def library(name: str) -> Any:
    """Import a library of the extra ``dask``.

    Raises
    ------
    UsageError
        It is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        missing = getattr(error, "name", None) or name
        raise UsageError(f"a run over a corpus needs {missing}", hint="pip install 'geomap[dask]'") from error
