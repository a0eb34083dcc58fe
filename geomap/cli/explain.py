"""``geomap explain``: why one mention was placed where it was, candidate by candidate, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from geomap.cli.options import article_options, config_option, configuration, json_option, quiet_option, say
from geomap.cli.reading import Told, read_article
from geomap.errors import UsageError
from geomap.model import Article, Mention, Place, Resolution
from geomap.resolution.explain import Considered

SHOWN = 5  # candidates, unless all are asked for
PARTS_SHOWN = 8


@click.command("explain")
@click.argument("article")
@click.option("--mention", type=int, metavar="N", help="Which mention, as numbered in the list; without it the list.")
@click.option("--all", "everything", is_flag=True, help="Every candidate and every feature, not only the first.")
@article_options
@config_option
@json_option
@quiet_option
def command(
    article: str,
    mention: int | None,
    config_file: Path | None,
    *,
    everything: bool,
    as_json: bool,
    quiet: bool,
    **told: str | None,
) -> None:
    """Say why a place name of ARTICLE was placed where it was.

    Mentions are numbered from 0 in text order, as in the report. A feature's number is what it adds to a candidate's
    total; one more point makes a candidate 2.7 times as likely as before.
    """
    from geomap.pipeline import load_engine
    from geomap.reading.tokens import tokenize
    from geomap.resolution.explain import explain
    from geomap.resolution.resolve import resolve
    from geomap.toponyms.find import find

    config = configuration(config_file)
    read = read_article(article, config, Told.of(told), say(quiet=quiet))
    with load_engine(config, progress=say(quiet=quiet)) as engine:
        words = [tokenize(read.text, s.start, s.end) for s in read.sentences]
        found = find(read, words, engine.store, tools=engine.toponym_tools, config=config.toponyms)
        tools = engine.resolution_model
        resolved = resolve(words, found, engine.store, model=tools, config=config.resolution)
        if mention is None:
            click.echo("\n".join(_listed(resolved)) or "no place names found")
            return
        if not 0 <= mention < len(found):
            raise UsageError(f"there is no mention {mention}", hint=f"this article has {len(found)}, counted from 0")
        considered = explain(words, found, mention, engine.store, tools)
    if as_json:
        click.echo(json.dumps(_as_data(found[mention], considered), ensure_ascii=False))
        return
    click.echo("\n".join(_told(read, resolved[mention], considered, everything=everything)))


def _listed(resolved: Sequence[Resolution]) -> Iterator[str]:
    for number, one in enumerate(resolved):
        yield f"{number:>4}  {one.mention.text:<28} {_where(one.place) if one.place else one.why_not}"


def _told(article: Article, one: Resolution, considered: Sequence[Considered], *, everything: bool) -> Iterator[str]:
    mention = one.mention
    yield f"“{mention.text}” in: {_quoted(article, mention)}"
    yield f"A place name ({mention.kind}), {mention.score:.0%} sure:"
    yield from _parts(list(mention.reasons.items()))
    if one.place:
        yield f"Placed at {_where(one.place)}, {one.score:.0%} sure."
    else:
        yield f"Not placed: {one.why_not}."
    shown = considered if everything else _first(considered)
    for number, candidate in enumerate(shown, 1):
        name = "none of these is meant" if candidate.place is None else _where(candidate.place)
        kind = f", by its {candidate.name_kind}" if candidate.name_kind else ""
        yield f"{number:>3}. {candidate.share:6.1%}  {name}{kind}; total {candidate.total:+.2f}"
        yield from _parts(candidate.parts if everything else candidate.parts[:PARTS_SHOWN])


def _first(considered: Sequence[Considered]) -> list[Considered]:
    return [*considered[: min(SHOWN, len(considered) - 1)], *considered[-1:]]


def _parts(parts: Sequence[tuple[str, float]]) -> Iterator[str]:
    for name, weight in parts:
        yield f"        {weight:+6.2f}  {name}"


def _quoted(article: Article, mention: Mention) -> str:
    sentence = article.sentences[mention.sentence]
    before = article.text[max(sentence.start, mention.start - 60) : mention.start]
    after = article.text[mention.end : min(sentence.end, mention.end + 60)]
    return f"…{before}[{mention.text}]{after}…".replace("\n", " ")


def _where(place: Place) -> str:
    parts = [place.name, place.admin1 or "", place.country_code or ""]
    return f"{', '.join(p for p in parts if p)} ({place.feature_code}, {place.id})"


def _as_data(mention: Mention, considered: Sequence[Considered]) -> dict[str, Any]:
    return {
        "mention": {"start": mention.start, "end": mention.end, "text": mention.text, "score": mention.score},
        "candidates": [
            {
                "place": None if c.place is None else c.place.id,
                "name": None if c.place is None else c.place.name,
                "score": round(c.share, 4),
                "total": round(c.total, 3),
                "features": dict(c.parts),
            }
            for c in considered
        ],
    }
