"""Who made the data and under which licence: of the packaged tables, and of the layers added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geomap.gazetteer.layers import Layer

SOURCES = "sources.yaml"


def read_licences(tables: Path, layers: Iterable[Layer]) -> list[dict[str, str]]:
    """Return name, licence and version of every source, in the order of ``sources.yaml``, then the layers'."""
    import yaml

    path = tables / SOURCES
    listed = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
    sources = listed.get("sources", listed) if isinstance(listed, Mapping) else listed
    pairs = sources.items() if isinstance(sources, Mapping) else enumerate(sources or [])
    found = [_told(str(name), source) for name, source in pairs if isinstance(source, Mapping)]
    return found + [
        {"name": f"layer {layer.name}", "licence": layer.licence, "version": layer.added} for layer in layers
    ]


def _told(name: str, source: Mapping[str, Any]) -> dict[str, str]:
    return {
        "name": str(source.get("name", name)),
        "licence": str(source.get("licence", source.get("license", "not told"))),
        "version": str(source.get("version", "")),
    }
