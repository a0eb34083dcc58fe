"""geomap beside flashgeotext and geotext on the same articles: what is found, where it is put, how fast.

Both peers know names only, so each of their names gets the most populous place of that name in geomap's gazetteer.
*F1* is recognition with exact spans; *placed* is the share of the names labelled with a position that were found and
put within 161 km of it (100 miles, the usual measure of geoparsing). ``pip install 'geomap[bench]'`` brings the peers.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from geomap.config import load_config
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.lookup import lookup
from geomap.gazetteer.store import Store
from geomap.model import LonLat, Span
from geomap.pipeline import Engine, geoparse, load_engine
from geomap.reading.article import make_article

ROOT = Path(__file__).parents[1]
TOPONYMS = ROOT.parent / "shared" / "data" / "toponyms"
NEAR_KM = 161.0


class Found(NamedTuple):
    """A name that was recognised, and where it was put."""

    span: Span
    point: LonLat | None


Finder = Callable[[str], list[Found]]


@dataclass(slots=True)
class Tally:
    """Counts over articles."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    located: int = 0
    placed: int = 0
    seconds: float = 0.0
    articles: int = 0

    def row(self) -> str:
        """Return the figures."""
        share, part = self.exact / max(1, self.found), self.exact / max(1, self.gold)
        f1 = 2 * share * part / max(1e-9, share + part)
        rate = self.articles / self.seconds
        return f"F1 {f1:.3f}  placed {self.placed / max(1, self.located):.3f}  {rate:7.0f} articles/s"


def ours(engine: Engine) -> Finder:
    """Return the whole of geomap, incidents included."""

    def find(text: str) -> list[Found]:
        resolved = geoparse(make_article(text), engine).resolutions
        return [Found(Span(r.mention.start, r.mention.end), r.place.point if r.place else None) for r in resolved]

    return find


def by_population(names: Callable[[str], Iterator[Span]], store: Store) -> Finder:
    """Return a peer whose names are put at the most populous place of that name."""
    known: dict[str, LonLat | None] = {}

    def point(name: str) -> LonLat | None:
        if name not in known:
            places = [c.place for c in lookup(store, name, limit=100)]
            known[name] = max(places, key=lambda p: p.population).point if places else None
        return known[name]

    return lambda text: [Found(span, point(text[span.start : span.end])) for span in names(text)]


def flashgeotext() -> Callable[[str], Iterator[Span]]:
    """Return flashgeotext with the names it comes with."""
    from flashgeotext.geotext import GeoText

    peer = GeoText()

    def find(text: str) -> Iterator[Span]:
        for kind in peer.extract(input_text=text, span_info=True).values():
            for one in kind.values():
                yield from (Span(*span) for span in one["span_info"])

    return find


def geotext() -> Callable[[str], Iterator[Span]]:
    """Return geotext; it tells names without their places in the text, which are then looked for."""
    from geotext import GeoText

    def find(text: str) -> Iterator[Span]:
        found = GeoText(text)
        for name in {*found.cities, *found.countries}:
            for match in re.finditer(rf"\b{re.escape(name)}\b", text):
                yield Span(*match.span())

    return find


def measure(find: Finder, articles: Sequence[dict[str, Any]]) -> Tally:
    """Run one of them over labelled articles."""
    tally = Tally(articles=len(articles))
    for article in articles:
        began = time.process_time()
        found = {one.span: one.point for one in find(article["text"])}
        tally.seconds += time.process_time() - began
        tally.found += len(found)
        for label in article["toponyms"]:
            span = Span(label["start"], label["end"])
            tally.gold += 1
            tally.exact += span in found
            point = found.get(span)
            truth = LonLat(label["lon"], label["lat"]) if label.get("lon") is not None else None
            tally.located += truth is not None
            tally.placed += bool(point and truth and distance_km(point, truth) <= NEAR_KM)
    return tally


def main() -> None:
    """Print the table, on whatever labelled sets lie beside the checkout."""
    with load_engine(load_config()) as engine:
        finders = {
            "geomap": ours(engine),
            "flashgeotext": by_population(flashgeotext(), engine.store),
            "geotext": by_population(geotext(), engine.store),
        }
        for name in ("lgl", "geovirus"):
            path = TOPONYMS / f"{name}.jsonl"
            if not path.is_file():
                print(f"{name}: not beside the checkout ({path.name})")
                continue
            articles = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
            for peer, find in finders.items():
                find(articles[0]["text"])  # tables that load on first use are loaded
                print(f"{name:<10} {peer:<14} {measure(find, articles).row()}")


if __name__ == "__main__":
    main()
