"""The corpus of one event told by many: read, run through geomap, and its gold laid beside what geomap found.

``tests/archive/corpus/README.md`` describes the files.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from geomap.archive.matching.windows import Window, gap_days, window_of
from geomap.archive.nouns import Telling
from geomap.archive.tellings import tellings
from geomap.gazetteer.distance import distance_km
from geomap.model import LonLat
from geomap.output.report import to_dict
from geomap.pipeline import Engine, geoparse
from geomap.reading.article import make_article

CORPUS = Path(__file__).parents[1] / "tests" / "archive" / "corpus"
HALVES = ("dev", "heldout")
HEADER = re.compile(r"^= *([^|]+)\|([^|]+)\|(.+)$")


class Cluster(NamedTuple):
    """A real event of the corpus: where it was, how far off it may be told, its days."""

    id: str
    point: LonLat
    km: float
    days: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article of the corpus and the clusters it tells."""

    story: str
    outlet: str
    published_on: dt.date
    title: str
    text: str
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The tellings of all articles, and which of them tells which gold cluster of its article, by key.

    ``wanted`` are all (article, cluster) of the gold; ``found`` has those that geomap tells right.
    """

    tellings: tuple[Telling, ...]
    wanted: tuple[tuple[int, str], ...]
    found: dict[tuple[int, str], str]


def read_half(half: str) -> list[Told]:
    """Read the articles of one half of the corpus, files in the order of their names."""
    return [told for path in sorted((CORPUS / half).glob("*.txt")) for told in _read(path)]


def _read(path: Path) -> Iterator[Told]:
    head, *articles = re.split(r"^(?==)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    clusters = {c.id: c for line in head.splitlines() if line.startswith("@") for c in [_cluster(line, path.stem)]}
    for article in articles:
        header, told, body = article.split("\n", 2)
        match = HEADER.match(header)
        assert match, f"{path}: {header}"
        outlet, day, title = (part.strip() for part in match.groups())
        ids = [f"{path.stem}/{name.strip()}" for name in told.removeprefix(">").split(",") if name.strip()]
        yield Told(
            story=path.stem,
            outlet=outlet,
            published_on=dt.date.fromisoformat(day),
            title=title,
            text=f"{title}\n{body.strip()}\n",
            clusters=tuple(clusters[one] for one in ids),
        )


def _cluster(line: str, story: str) -> Cluster:
    name, point, km, days = (part.strip() for part in line.removeprefix("@").split("|"))
    lat, lon = (float(number) for number in point.split(","))
    first, _, last = days.partition("..")
    start, end = (dt.date.fromisoformat(day).toordinal() for day in (first, last or first))
    return Cluster(f"{story}/{name}", LonLat(lon, lat), float(km), Window(start, end, dated=True))


def run(articles: Sequence[Told], engine: Engine) -> Gold:
    """Send the articles through geomap and lay their gold beside what it tells."""
    every: list[Telling] = []
    found: dict[tuple[int, str], str] = {}
    for number, told in enumerate(articles):
        own = _tellings(told, engine)
        every += own
        found |= {(number, cluster): key for cluster, key in _assigned(told.clusters, own)}
    wanted = tuple((number, cluster.id) for number, told in enumerate(articles) for cluster in told.clusters)
    return Gold(tellings=tuple(every), wanted=wanted, found=found)


def _tellings(told: Told, engine: Engine) -> tuple[Telling, ...]:
    slug = re.sub(r"\W+", "-", told.title.casefold()).strip("-")
    article = make_article(
        told.text, title=told.title, url=f"https://{told.outlet}.example/{slug}", published_on=told.published_on
    )
    return tellings(to_dict(geoparse(article, engine)))


def _assigned(clusters: Sequence[Cluster], own: Sequence[Telling]) -> Iterator[tuple[str, str]]:
    """Yield each cluster with the telling that is right about its place and day, the nearest first."""
    pairs = sorted(
        (gap or 0, distance_km(one.point, cluster.point), cluster.id, one.key)
        for cluster in clusters
        for one in own
        if one.point is not None and distance_km(one.point, cluster.point) <= max(cluster.km, _slack(one))
        for gap in [gap_days(window_of(one), cluster.days)]
        if gap is None or gap <= 1
    )
    taken: set[str] = set()
    for _, _, cluster, key in pairs:
        if cluster not in taken and key not in taken:
            taken |= {cluster, key}
            yield cluster, key


def _slack(telling: Telling) -> float:
    """Return how far off a telling may lie that knows no more than a district or a province."""
    return telling.radius_km if telling.precision in {"district", "province"} else 0.0


def shuffled(gold: Gold, order: Sequence[int]) -> Gold:
    """Return the same tellings in another order."""
    return replace(gold, tellings=tuple(gold.tellings[n] for n in order))
