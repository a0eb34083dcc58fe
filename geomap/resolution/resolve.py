"""The stage: mentions to places, or to an honest abstention.

Two passes. The first scores every candidate by itself and by what contains what; the second adds how near the
candidates lie to what the other names were taken to mean. All mentions of one name get one sense.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files

from geomap.config import ResolutionConfig
from geomap.gazetteer.names import bare_key, key
from geomap.gazetteer.store import KINDS, Store
from geomap.model import Candidate, Mention, Resolution, Token
from geomap.resolution.candidates import Option, options
from geomap.resolution.context import Group, Surroundings, containers, observe
from geomap.resolution.ranking import class_of, describe, proximity
from geomap.scoring import Model, parse_model, reasons, shares, total

NEAR_DUPLICATE_KM = 25.0


def load_model() -> Model:
    """Load the weights that came with geomap."""
    return parse_model((files("geomap.resolution") / "model.json").read_text(encoding="utf-8"))


def resolve(
    words: Sequence[Sequence[Token]],
    mentions: Sequence[Mention],
    store: Store,
    *,
    model: Model,
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
        The probability below which a mention stays ambiguous, and how many alternatives are kept.

    Returns
    -------
    One resolution a mention, in the same order.
    """
    groups = group(mentions, store)
    spoken = demonyms(words, store.meta["demonyms"])
    around = observe(groups, containers(words, mentions), spoken, store)
    ranked = rank(groups, around, store, model)
    found: list[Resolution | None] = [None] * len(mentions)
    for one, scored in zip(groups, ranked, strict=True):
        for number in one.mentions:
            found[number] = _decide(mentions[number], scored, store, model, config)
    return [r for r in found if r is not None]


def group(mentions: Sequence[Mention], store: Store) -> list[Group]:
    """Put the mentions of one name together and find its candidates."""
    numbers: dict[str, list[int]] = {}
    for i, mention in enumerate(mentions):
        numbers.setdefault(bare_key(key(mention.text)), []).append(i)
    return [
        Group(
            key=name,
            mentions=tuple(own),
            options=tuple(_all_options([mentions[i] for i in own], store)),
            feature_words=frozenset(w for i in own if (w := mentions[i].feature_word)),
        )
        for name, own in numbers.items()
    ]


def _all_options(mentions: Sequence[Mention], store: Store) -> list[Option]:
    spelled = {(m.text, m.feature_word): m for m in mentions}
    found: dict[int, Option] = {}
    for mention in spelled.values():
        for option in options(mention, store):
            found.setdefault(option.row, option)
    return list(found.values())


def demonyms(words: Sequence[Sequence[Token]], known: Mapping[str, str]) -> Counter[str]:
    """Count the country codes whose demonyms occur."""
    return Counter(
        known[w] for tokens in words for t in tokens if t.text[0].isupper() and (w := t.text.casefold()) in known
    )


Scored = list[tuple[float, Option, dict[str, float]]]


def rank(groups: Sequence[Group], around: Surroundings, store: Store, model: Model) -> list[Scored]:
    """Score every candidate of every name, the best first."""
    first: list[Scored] = []
    for one in groups:
        top = max((store.population[o.row] for o in one.options), default=0)
        described = [(describe(o, one, top, store, around, groups), o) for o in one.options]
        first.append(_sorted([(total(f, model), o, f) for f, o in described]))
    chosen = [scored[0][1].row if scored else None for scored in first]
    second: list[Scored] = []
    for number, scored in enumerate(first):
        others = [row for n, row in enumerate(chosen) if n != number and row is not None and _is_local(row, store)]
        second.append(
            _sorted([(score + total(near, model) - model.bias, o, f | near)
                     for score, o, f in scored for near in (proximity(o, others, store),)])
        )  # fmt: skip
    return second


def _sorted(scored: Scored) -> Scored:
    return sorted(scored, key=lambda s: (-s[0], s[1].row))


def _is_local(row: int, store: Store) -> bool:
    return class_of(store.codes[store.code[row]]) != "a country"


def _decide(mention: Mention, scored: Scored, store: Store, model: Model, config: ResolutionConfig) -> Resolution:
    if not scored:
        return Resolution(mention=mention, status="unresolved", why_not="not in the gazetteer")
    rivals = shares([score for score, _, _ in scored], model)
    merged = _merge_duplicates(scored, rivals, store)
    alternatives = tuple(
        Candidate(place=store.place(o.row), name_kind=KINDS[o.kind], score=round(p, 3))
        for p, (_, o, _) in merged[1 : 1 + config.alternatives]
    )
    share, (_, best, features) = merged[0]
    why = reasons(features, model)
    if share < config.min_score:
        return Resolution(
            mention=mention,
            status="ambiguous",
            score=round(share, 3),
            reasons=why,
            alternatives=(
                Candidate(place=store.place(best.row), name_kind=KINDS[best.kind], score=round(share, 3)),
                *alternatives,
            ),
            why_not=f"{len(scored)} places of that name fit about as well",
        )
    return Resolution(
        mention=mention,
        status="resolved",
        place=store.place(best.row),
        score=round(share, 3),
        reasons=why,
        alternatives=alternatives,
    )


def _merge_duplicates(
    scored: Scored, rivals: Sequence[float], store: Store
) -> list[tuple[float, tuple[float, Option, dict[str, float]]]]:
    """Give the best candidate the shares of rivals that are the same place under another row (a city, its district)."""
    best = scored[0][1].row
    share, rest = rivals[0], []
    for probability, one in zip(rivals[1:], scored[1:], strict=True):
        row = one[1].row
        near = abs(store.lon[row] - store.lon[best]) < 0.3 and abs(store.lat[row] - store.lat[best]) < 0.25
        if near:
            share += probability
        else:
            rest.append((probability, one))
    return [(share, scored[0]), *rest]
