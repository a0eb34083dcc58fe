"""Article to report: calls the stages in order and has no rules of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from geomap import __version__
from geomap.config import Config, config_sha256
from geomap.gazetteer.locate import open_store
from geomap.gazetteer.store import Store
from geomap.incidents.find import find as find_incidents
from geomap.incidents.lexicons import Lexicons, load_lexicons
from geomap.model import Article, Provenance, Report, Span
from geomap.reading.tokens import tokenize
from geomap.resolution.resolve import load_model, resolve
from geomap.resolution.tools import ResolutionTools
from geomap.toponyms.find import find as find_toponyms
from geomap.toponyms.find import given_mentions, with_given
from geomap.toponyms.tools import ToponymTools, load_tools


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Everything the stages need besides the article: loaded once, shared by threads, never changed."""

    config: Config
    store: Store
    toponym_tools: ToponymTools
    resolution_model: ResolutionTools
    lexicons: Lexicons
    provenance: Provenance

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
    """
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
    findings = find_incidents(article, words, resolutions, config=engine.config.incidents, tools=engine.lexicons)
    return Report(
        article=article,
        resolutions=tuple(resolutions),
        roles=findings.roles,
        incidents=findings.incidents,
        aggregates=findings.aggregates,
        provenance=engine.provenance,
    )
