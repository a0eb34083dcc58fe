"""One frozen configuration, passed down; nothing reads settings from anywhere else.

Precedence: flag > environment > project file > user file > default. An unknown key or a value of the wrong type is a
``ConfigError`` that names the file, the key and what is allowed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from geomap.errors import ConfigError
from geomap.settings import flatten, merge, nested, suggest

SCHEMA = "geomap.config/1"
PREFIX = "GEOMAP_"


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerConfig:
    """Where the gazetteer's tables and compiled stores are, and where more places may be fetched from."""

    folder: str | None = None
    tables: str | None = None
    dumps_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingConfig:
    """Limits for reading files and pages."""

    timeout_s: float = 20.0
    total_timeout_s: float = 60.0
    max_megabytes: float = 20.0
    max_redirects: int = 5
    user_agent: str = "geomap"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToponymsConfig:
    """What counts as a place name."""

    min_score: float = 0.5
    demonyms: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionConfig:
    """When a mention is placed, and by which conventions."""

    min_score: float = 0.5
    alternatives: int = 3
    city_or_district: Literal["city", "district"] = "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class RadiusConfig:
    """Radii in kilometres by precision class."""

    site: float = 1.5
    settlement: float = 5.0
    district: float = 25.0
    province: float = 75.0
    country: float = 300.0
    near: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsConfig:
    """What counts as news, and how large the circles are."""

    historical_after_days: int = 60
    radius_km: RadiusConfig = field(default_factory=RadiusConfig)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapConfig:
    """How the page looks."""

    language: Literal["en", "ar"] = "en"
    tiles_url: str = ""
    tiles_attribution: str = ""
    max_dom_pins: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreConfig:
    """Where the incident store is: a file, or the address of a PostgreSQL database."""

    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NominatimConfig:
    """The fallback geocoder; off unless its operator switches it on."""

    enabled: bool = False
    domain: str = ""
    scheme: Literal["https", "http"] = "https"
    user_agent: str = ""
    language: str = "en"
    country: str = ""
    never_send: str | None = None
    timeout_s: float = 10.0
    min_interval_s: float = 1.1
    cool_down_s: float = 60.0
    max_wait_s: float = 60.0
    max_requests: int = 100
    cache_file: str | None = None
    ttl_days: float = 30.0
    negative_ttl_days: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting."""

    gazetteer: GazetteerConfig = field(default_factory=GazetteerConfig)
    reading: ReadingConfig = field(default_factory=ReadingConfig)
    toponyms: ToponymsConfig = field(default_factory=ToponymsConfig)
    resolution: ResolutionConfig = field(default_factory=ResolutionConfig)
    incidents: IncidentsConfig = field(default_factory=IncidentsConfig)
    map: MapConfig = field(default_factory=MapConfig)
    store: StoreConfig = field(default_factory=StoreConfig)
    nominatim: NominatimConfig = field(default_factory=NominatimConfig)


def load_config(
    *,
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
    folder: Path | None = None,
) -> Config:
    """Load the configuration by the order of precedence.

    Parameters
    ----------
    file
        Project file; without it ``GEOMAP_CONFIG``, then a ``config.yaml`` with geomap's schema line in the folder.
    environment
        Environment to read ``GEOMAP_*`` from; the process's own without it.
    overrides
        Dotted keys and values of command-line flags.
    folder
        Where a project's ``config.yaml`` is looked for; the working folder without it.

    Raises
    ------
    ConfigError
        A file cannot be read, a key is unknown or a value has the wrong type.
    """
    config = Config()
    for origin, data in _sources(file, environment, overrides, folder):
        config = merge(config, data, origin)
    return config


def origins(*, file: Path | None = None, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return for every setting as ``section.key`` where its value comes from: a file, the environment, the default."""
    found = dict.fromkeys(dotted_keys(), "default")
    for origin, data in _sources(file, environment, None, None):
        found |= {key: origin for key, _ in flatten(data)}
    return found


def _sources(
    file: Path | None,
    environment: Mapping[str, str] | None,
    overrides: Mapping[str, Any] | None,
    folder: Path | None,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what settings are given where, the stronger source later."""
    variables = os.environ if environment is None else environment
    for path in _files(file, variables, folder or Path.cwd()):
        yield str(path), _read(path)
    yield "the environment", nested(_from_environment(variables))
    yield "the command line", nested(overrides or {})


def config_sha256(config: Config) -> str:
    """Return a hash of every setting that can change a result."""
    data = dataclasses.asdict(config)
    del data["gazetteer"]["folder"], data["gazetteer"]["dumps_url"], data["nominatim"]["cache_file"], data["store"]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def user_config_file() -> Path:
    """Return where the user's own settings are looked for."""
    import platformdirs

    return Path(platformdirs.user_config_dir("geomap", appauthor=False)) / "config.yaml"


def dotted_keys(config: Config | None = None) -> dict[str, Any]:
    """Return every setting as ``section.key`` with its value."""
    return dict(flatten(dataclasses.asdict(config or Config())))


def _files(file: Path | None, variables: Mapping[str, str], folder: Path) -> Iterator[Path]:
    if (user := user_config_file()).is_file():
        yield user
    named = file or (Path(variables[f"{PREFIX}CONFIG"]) if variables.get(f"{PREFIX}CONFIG") else None)
    if named is not None:
        yield named
    elif (project := folder / "config.yaml").is_file() and _is_ours(project):
        yield project


def _is_ours(path: Path) -> bool:
    """Tell whether a file called config.yaml is geomap's: other tools use the name too."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return any(line.startswith("schema:") and SCHEMA in line for line in lines)


def _loader() -> Any:
    """Return the loader of plain data: the C library's where PyYAML was built with it, for it is ten times as fast."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _read(path: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _loader())  # noqa: S506  # a safe one
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the configuration {path}: {error}", hint="check the path") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} is not valid YAML: {error}", hint="compare it with geomap's config.yaml") from error
    if not isinstance(data or {}, dict):
        raise ConfigError(f"{path} holds no settings", hint="compare it with geomap's config.yaml")
    found = dict(data or {})
    if (schema := found.pop("schema", SCHEMA)) != SCHEMA:
        raise ConfigError(f"{path} has schema {schema!r}", hint=f"this version reads {SCHEMA!r}")
    return found


def _from_environment(variables: Mapping[str, str]) -> dict[str, Any]:
    import yaml

    known = {PREFIX + key.replace(".", "_").upper(): key for key in dotted_keys()}
    found: dict[str, Any] = {}
    for name in sorted(variables):
        if not name.startswith(PREFIX) or name == f"{PREFIX}CONFIG":
            continue
        if name not in known:
            raise ConfigError(f"unknown setting {name} in the environment", hint=suggest(name, known))
        text = variables[name]
        found[known[name]] = yaml.load(text, _loader()) if text else ""  # noqa: S506
    return found
