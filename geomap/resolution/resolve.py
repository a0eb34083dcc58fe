"""The stage: mentions to places, or to an honest abstention.

Every candidate is scored by itself and by what contains what, then by where the other names were taken to lie. All
mentions of one name get one sense. That none of the candidates is meant is a candidate too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geomap.config import ResolutionConfig
from geomap.gazetteer.store import Store
from geomap.model import Mention, Resolution
from geomap.reading.tokens import Tokens
from geomap.resolution.candidates import Option
from geomap.resolution.context import Group, counted, surroundings
from geomap.resolution.decide import Judge, decide, weigh
from geomap.resolution.inferred import at_coordinates, like_antecedent
from geomap.resolution.ranking import rank
from geomap.resolution.tools import ResolutionTools, load_tools

__all__ = ["load_model", "resolve"]

load_model = load_tools


def resolve(
    words: Sequence[Tokens],
    mentions: Sequence[Mention],
    store: Store,
    *,
    model: ResolutionTools,
    config: ResolutionConfig,
) -> list[Resolution]:
    """Resolve the mentions of an article.

    Parameters
    ----------
    words
        The tokens of the article's sentences.
    mentions
        Its mentions in text order.
    store
        The gazetteer.
    model
        Weights of the candidates' features.
    config
        The probability below which a mention stays ambiguous, how many alternatives are kept, and whether a name that
        a city and its district share means the city or the district.

    Returns
    -------
    One resolution a mention, in the same order.
    """
    groups = group(mentions, store, model)
    around = surroundings(words, mentions, groups, store)
    found = {i: at_coordinates(m) for i, m in enumerate(mentions) if m.kind == "coordinates"}
    judge = Judge(store, model, config)
    for one, ranked in zip(groups, rank(groups, around, store, model), strict=True):
        weighed = weigh(one, ranked, model)
        decided: dict[str | None, Resolution] = {}
        for number in one.mentions:
            mention = mentions[number]
            before = decided.get(mention.feature_word)
            if before is None:
                found[number] = decided[mention.feature_word] = decide(mention, weighed, ranked, judge)
            else:
                found[number] = replace(before, mention=mention)
    for i, mention in enumerate(mentions):
        if mention.kind == "coreference":
            found[i] = like_antecedent(mention, found)
    return [found[i] for i in range(len(mentions))]


def group(mentions: Sequence[Mention], store: Store, tools: ResolutionTools) -> list[Group]:
    """Put the mentions of one name together and find its candidates."""
    numbers: dict[str, list[int]] = {}
    for i, mention in enumerate(mentions):
        if mention.kind in {"name", "demonym"}:
            numbers.setdefault(tools.key(mention.text), []).append(i)
    return [_group(name, own, mentions, store, tools) for name, own in numbers.items()]


def _group(name: str, own: Sequence[int], mentions: Sequence[Mention], store: Store, tools: ResolutionTools) -> Group:
    spelled = {(mentions[i].feature_word or "", mentions[i].text) for i in own}
    lists = [tools.options(text, word or None, store) for word, text in sorted(spelled, reverse=True)]
    options = lists[0]
    if len(lists) > 1:
        merged: dict[int, Option] = {o.row: o for found in reversed(lists) for o in found}
        options = tuple([merged[row] for row in dict.fromkeys([o.row for found in lists for o in found])])
    countries, units = counted(options, len(own))
    return Group(
        key=name,
        mentions=tuple(own),
        options=options,
        score=max([mentions[i].score for i in own]),
        countries=countries,
        units=units,
    )
