"""Article to report: calls the stages in order and has no rules of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from geomap.config import Config, config_sha256
from geomap.gazetteer.locate import open_store
from geomap.gazetteer.store import Store
from geomap.incidents.find import find as find_incidents
from geomap.incidents.lexicons import Lexicons, load_lexicons
from geomap.model import Article, Provenance, Report, Resolution, Span
from geomap.reading.tokens import tokenize
from geomap.resolution.resolve import load_model, resolve
from geomap.resolution.tools import ResolutionTools
from geomap.toponyms.find import find as find_toponyms
from geomap.toponyms.find import given_mentions, with_given
from geomap.toponyms.tools import ToponymTools, load_tools
from geomap.version import __version__

if TYPE_CHECKING:
    from geomap.resolution.geocoder_fallback import Geocoder


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Everything the stages need besides the article: loaded once, shared by threads, never changed."""

    config: Config
    store: Store
    toponym_tools: ToponymTools
    resolution_model: ResolutionTools
    lexicons: Lexicons
    provenance: Provenance
    geocoder: Geocoder | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()


def load_engine(config: Config, *, progress: Callable[[str], None] | None = None) -> Engine:
    """Open the gazetteer (compiling it on first use) and load the weights and word lists.

    Raises
    ------
    GazetteerError
        The gazetteer is missing or damaged.
    ConfigError
        The geocoder is switched on without all that it needs.
    """
    geocoder = None
    if config.nominatim.enabled:
        from geomap.resolution.geocoder_fallback import open_geocoder

        geocoder = open_geocoder(config.nominatim)
    store = open_store(config.gazetteer, progress=progress)
    return Engine(
        config=config,
        store=store,
        toponym_tools=load_tools(store.meta["demonyms"]),
        resolution_model=load_model(),
        lexicons=load_lexicons(),
        provenance=Provenance(
            geomap=__version__,
            gazetteer=f"{store.meta['tables_sha256'][:16]} ({store.meta['places']} places)",
            config_sha256=config_sha256(config),
        ),
        geocoder=geocoder,
    )


def geoparse(article: Article, engine: Engine, *, spans: Sequence[Span] | None = None) -> Report:
    """Find, resolve and link everything in one article.

    Parameters
    ----------
    article
        The article.
    engine
        What ``load_engine`` returned.
    spans
        Where the toponyms are known already, their spans: they are taken as they are and only resolved.
    """
    words = [tokenize(article.text, s.start, s.end) for s in article.sentences]
    found = find_toponyms(article, words, engine.store, tools=engine.toponym_tools, config=engine.config.toponyms)
    mentions = found if spans is None else with_given(found, given_mentions(article, words, spans))
    resolutions = resolve(words, mentions, engine.store, model=engine.resolution_model, config=engine.config.resolution)
    if spans is not None:  # what was found besides the given spans was only there to tell about them
        resolutions = [r for r in resolutions if (r.mention.start, r.mention.end) in set(spans)]
    warnings: tuple[str, ...] = ()
    if engine.geocoder is not None:
        resolutions, warnings = engine.geocoder.fill(words, resolutions, engine.store, engine.config.resolution)
    findings = find_incidents(article, words, resolutions, config=engine.config.incidents, tools=engine.lexicons)
    return Report(
        article=article,
        resolutions=tuple(resolutions),
        roles=findings.roles,
        incidents=findings.incidents,
        aggregates=findings.aggregates,
        provenance=_provenance(engine, resolutions),
        warnings=warnings,
    )


def _provenance(engine: Engine, resolutions: Sequence[Resolution]) -> Provenance:
    """Return what a report was made with; places of a geocoder carry its attribution into every output."""
    used = any(r.place is not None and r.place.source == "nominatim" for r in resolutions)
    if engine.geocoder is None or not used:
        return engine.provenance
    return replace(engine.provenance, gazetteer=f"{engine.provenance.gazetteer}; {engine.geocoder.attribution}")
