"""Answers to a decision: which result is meant, if any. Better no place than a wrong one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from geomap.config import ResolutionConfig
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.features import agrees
from geomap.gazetteer.lookup import unit_row
from geomap.gazetteer.store import Store
from geomap.model import Candidate, MentionStatus, NameKind, Place, Resolution
from geomap.resolution.geocoder_answers import Answer, Hit
from geomap.resolution.geocoder_places import is_coarse, name_kind, to_place
from geomap.resolution.geocoder_questions import Setting, Unknown
from geomap.scoring import Features, Model, parse_model, reasons, shares, total

MIN_SCORE = 0.6  # a place that only a stranger vouches for must be surer than one of the gazetteer
NEAR_DUPLICATE_KM = 25.0  # a town and the district around it


class Decision(NamedTuple):
    """What became of a name: a place with its score and reasons, or why there is none."""

    status: MentionStatus
    place: Place | None = None
    score: float = 0.0
    reasons: Features = MappingProxyType({})
    alternatives: tuple[Candidate, ...] = ()
    why_not: str | None = None

    def applied(self, resolution: Resolution) -> Resolution:
        """Return a mention's resolution with this decision."""
        return Resolution(
            mention=resolution.mention,
            status=self.status,
            place=self.place,
            score=self.score,
            reasons=dict(self.reasons),
            alternatives=self.alternatives,
            why_not=self.why_not,
        )


class Rival(NamedTuple):
    """A result that bears the name."""

    place: Place
    kind: NameKind
    features: dict[str, float]
    total: float


class Bearers(NamedTuple):
    """Results with the kind of name they bear, and whether there may be more than the server sent."""

    hits: Sequence[tuple[Hit, NameKind]]
    maybe_more: bool

    def __bool__(self) -> bool:
        return bool(self.hits)


def load_model() -> Model:
    """Load the weights; they were set by hand, for no labelled answers exist to fit them."""
    return parse_model((files("geomap.resolution") / "geocoder.json").read_text(encoding="utf-8"))


def bearers(name: str, answer: Answer) -> Bearers:
    """Return the results that bear the name asked for."""
    found = [(hit, kind) for hit in answer.hits if (kind := name_kind(name, hit)) is not None]
    return Bearers(found, answer.is_full)


def decide(
    unknown: Unknown, found: Bearers, setting: Setting, store: Store, *, model: Model, config: ResolutionConfig
) -> Decision:
    """Choose among the results that a server has for a name in the countries of the article.

    Parameters
    ----------
    unknown
        The name.
    found
        The results that bear it, at least one.
    setting
        What else the article speaks of.
    store
        The gazetteer, for the names of provinces.
    model
        Weights; its feature "none of these" is what a result must be better than.
    config
        How many alternatives are kept, and the least score of a place.
    """
    fine = [(hit, kind) for hit, kind in found.hits if not is_coarse(hit)]
    if not fine:
        return _told(found, store, config, "known to the geocoder only as something too large for a pin")
    rivals = sorted((_rival(h, k, unknown, setting, store, model) for h, k in fine), key=lambda r: -r.total)
    chances = shares([*(r.total for r in rivals), model.weights["none of these"]], model)[:-1]
    best = rivals[0]
    near = [distance_km(best.place.point, r.place.point) <= NEAR_DUPLICATE_KM for r in rivals]
    score = round(sum(p for p, same in zip(chances, near, strict=True) if same), 3)
    others = tuple(
        Candidate(place=r.place, name_kind=r.kind, score=round(p, 3))
        for r, p, same in zip(rivals, chances, near, strict=True) if not same
    )  # fmt: skip
    why = reasons(best.features, model)
    if score >= max(MIN_SCORE, config.min_score) and not found.maybe_more:
        return Decision("resolved", best.place, score, why, others[: config.alternatives])
    first = Candidate(place=best.place, name_kind=best.kind, score=score)
    close = 1 + sum(other.score > score / 3 for other in others)
    number = f"at least {len(fine)}" if found.maybe_more else str(close)
    why_not = f"the geocoder knows {number} places of that name" if close > 1 else _doubt(best)
    status: MentionStatus = "ambiguous" if close > 1 else "unresolved"
    return Decision(status, None, score, why, (first, *others)[: 1 + config.alternatives], why_not)


def elsewhere(found: Bearers, setting: Setting, store: Store, config: ResolutionConfig) -> Decision:
    """Tell where else a name is known that no country of the article has; that is never a place for a pin."""
    if not found:
        return unplaced("neither in the gazetteer nor known to the geocoder")
    codes = sorted({h.address.get("country_code", "").upper() for h, _ in found.hits} - {""})
    where = f"known to the geocoder only in {', '.join(codes) or 'no country'}"
    lacking = "which the article does not speak of" if setting.countries else "and the article names no country"
    return _told(found, store, config, f"{where}, {lacking}")


def _told(found: Bearers, store: Store, config: ResolutionConfig, why_not: str) -> Decision:
    """Return a decision against all results, which are kept as alternatives."""
    kept = tuple(
        Candidate(place=to_place(h, store), name_kind=kind) for h, kind in found.hits[: 1 + config.alternatives]
    )
    return Decision("unresolved", alternatives=kept, why_not=why_not)


def unplaced(why_not: str) -> Decision:
    """Return that there is no place for a name, and why."""
    return Decision("unresolved", why_not=why_not)


def _doubt(best: Rival) -> str:
    for feature, why in (
        ("not in the container named", "lies elsewhere than the article says"),
        ("does not fit the word beside it", "is another kind of place than the article says"),
        ("another country", "lies in a country that the article does not speak of"),
        ("seldom in the news", "is a street, a shop or the like"),
    ):
        if feature in best.features:
            return f"what the geocoder knows by that name {why}"
    return "the geocoder's answer is not sure enough"


def _rival(hit: Hit, kind: NameKind, unknown: Unknown, setting: Setting, store: Store, model: Model) -> Rival:
    place = to_place(hit, store)
    features = {f"by its {kind}": 1.0, **dict(_kind_features(hit, place, unknown))}
    features.update(_setting_features(place, unknown, setting, store))
    return Rival(place, kind, features, total(features, model))


def _kind_features(hit: Hit, place: Place, unknown: Unknown) -> Iterator[tuple[str, float]]:
    """Yield what kind of thing it is, and whether that is what the article says."""
    fits = [agrees(word, place.feature_code) for word in unknown.feature_words]
    if place.feature_code.startswith(("PPL", "ADM")):
        yield "a settlement", 1.0
    elif place.feature_code in {"RD", "BLDG"} or hit.category in {"amenity", "shop", "tourism", "office", "leisure"}:
        yield "seldom in the news", 1.0
    if any(fits):
        yield "fits the word beside it", 1.0
    elif False in fits:
        yield "does not fit the word beside it", 1.0


def _setting_features(place: Place, unknown: Unknown, setting: Setting, store: Store) -> Iterator[tuple[str, float]]:
    """Yield how well it fits what else the article says."""
    share = setting.countries.get(place.country_code or "", 0.0)
    yield ("share of its country", share) if share else ("another country", 1.0)
    if unknown.inside:
        inside = all(lies_in(place, container, store) for container in unknown.inside)
        yield ("in the container named" if inside else "not in the container named"), 1.0
    apart = [distance_km(place.point, other.point) for other in setting.places]
    if apart:
        yield "distance to the nearest other place", math.log10(1 + min(apart)) / 4
    else:
        yield "no other place in the article", 1.0


def lies_in(place: Place, container: Place, store: Store) -> bool:
    """Tell whether a place lies in another: by country, by province where the gazetteer knows its, else by distance."""
    if place.country_code != container.country_code:
        return False
    if container.feature_code.startswith(("PCL", "TERR")):
        return True
    unit = unit_row(store, place.admin1, place.country_code) if place.admin1 else None
    if container.feature_code == "ADM1" and unit is not None:
        return store.id(unit) == container.id
    return distance_km(place.point, container.point) <= max(30.0, container.radius_km)
