"""Two tellings to named features: what speaks for one event and what against."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from geomap.archive.matching import tolls
from geomap.archive.matching.blocking import reach_km
from geomap.archive.matching.parties import agreement
from geomap.archive.matching.traits import REMEMBERED, Traits, traits_of
from geomap.archive.matching.windows import Window, gap_days
from geomap.archive.nouns import Telling
from geomap.gazetteer.distance import distance_km
from geomap.model import Casualties

FINE = frozenset({"site", "settlement"})
NEIGHBOURS_KM = 3.0  # two fine places this far apart are two places
NAMED_KM = 7.5  # a wider circle than this is "near" a town, not the town
FEW_WORDS = 4  # in so few words there is nothing to be shared
Found = dict[str, float]


def compare(a: Telling, b: Telling) -> Found:
    """Return the features of two tellings that no veto keeps apart; the order of the two does not matter."""
    one, two = traits_of(a), traits_of(b)
    found: Found = {}
    _place(found, a, b, one, two)
    _time(found, a, b, one, two)
    _event(found, a, b, one, two)
    found.update(_parties(a.actors, a.targets, b.actors, b.targets))
    _toll(found, "killed", a.killed, b.killed)
    _toll(found, "injured", a.injured, b.injured)
    _words(found, one, two)
    if a.source.outlet is not None and a.source.outlet == b.source.outlet:
        found["same outlet"] = 1.0
        found.pop("shared quotation", None)  # an outlet repeats its own formulas
    return found


def _place(found: Found, a: Telling, b: Telling, one: Traits, two: Traits) -> None:
    fine = a.precision in FINE and b.precision in FINE
    if a.place_id is not None and a.place_id == b.place_id:
        found["same fine place" if fine else "same region"] = 1.0
        return
    assert a.point is not None
    assert b.point is not None
    far = distance_km(a.point, b.point)
    if one.name <= two.name or two.name <= one.name:
        found["names alike" if fine else "names alike of town and region"] = 1.0
    elif a.precision == b.precision and far > NEIGHBOURS_KM:
        vague = max(a.radius_km, b.radius_km)
        found["another name nearby" if far <= vague > NAMED_KM else "another place"] = 1.0
    elif fine:
        found["a site by a town"] = 1.0
    else:
        inside = far <= max(a.radius_km, b.radius_km)
        region = "province" if "province" in {a.precision, b.precision} else "district"
        found[f"{'inside' if inside else 'outside'} the {region}"] = 1.0
    if fine:
        found["far for its precision"] = min(1.0, far / (reach_km(a) + reach_km(b)))


def _time(found: Found, a: Telling, b: Telling, one: Traits, two: Traits) -> None:
    found.update(_days(one.window, two.window))
    if a.source.published_on is not None and b.source.published_on is not None:
        late = abs((a.source.published_on - b.source.published_on).days)
        if late > 1:
            found["told days later"] = min(1.0, late / 7)


@lru_cache(maxsize=REMEMBERED)
def _days(a: Window | None, b: Window | None) -> tuple[tuple[str, float], ...]:
    return tuple((name, 1.0) for name in _named_days(a, b))


def _named_days(a: Window | None, b: Window | None) -> Iterator[str]:
    if a is None or b is None:
        yield "no date at all"
    elif not (a.dated and b.dated):
        yield "a day apart, not named" if gap_days(a, b) else "day not named"
        if a.dated != b.dated and _days_before(a, b) > 1:
            yield "days before its article"
    elif gap_days(a, b):
        yield "another day"
    elif a[:2] == b[:2]:
        yield "same day"
    elif _is_night(a) and _is_night(b):
        yield "another night"
    elif (_is_night(a) and a.first == b.last) or (_is_night(b) and b.first == a.last):
        yield "eve of the night"


def _days_before(a: Window, b: Window) -> int:
    """Return how many days the day that one names lies before the article of the other."""
    named, open_end = (a, b) if a.dated else (b, a)
    return open_end.last - named.last


def _is_night(window: Window) -> bool:
    return window.last == window.first + 1


def _event(found: Found, a: Telling, b: Telling, one: Traits, two: Traits) -> None:
    found["same kind" if a.kind == b.kind else "another kind"] = 1.0
    if a.attacked_base and b.attacked_base:
        found["a base in both"] = 1.0
    shared = not one.weapons.isdisjoint(two.weapons)
    if a.sub_event_type == b.sub_event_type:
        found["same way"] = 1.0
    elif not shared:
        found["another way"] = 1.0
    if one.weapons and two.weapons:
        found["same weapon" if shared else "another weapon"] = 1.0
    if a.status != b.status:
        denied = "denied" in {a.status, b.status}
        found["denied beside told" if denied else "told with less certainty"] = 1.0


_Names = tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def _parties(actors_a: _Names, targets_a: _Names, actors_b: _Names, targets_b: _Names) -> tuple[tuple[str, float], ...]:
    actors, targets = agreement(actors_a, actors_b), agreement(targets_a, targets_b)
    names = [f"{one} {role}" for one, role in ((actors, "actor"), (targets, "target")) if one != "unsaid"]
    swapped = agreement(actors_a, targets_b) == "same" or agreement(targets_a, actors_b) == "same"
    if swapped and actors != "same":
        names.append("attacker was attacked")
    return tuple((name, 1.0) for name in names)


def _toll(found: Found, name: str, x: Casualties | None, y: Casualties | None) -> None:
    if x is None or y is None:
        return
    if tolls.best(x) == tolls.best(y):
        found[f"same number {name}"] = tolls.rarity(x)
    elif not tolls.meets(x, y):
        found[f"{name} differ"] = min(2.0, tolls.ratio(x, y))


def _words(found: Found, one: Traits, two: Traits) -> None:
    if not one.grams.isdisjoint(two.grams):
        shared = len(one.grams & two.grams) / min(len(one.grams), len(two.grams))
        found["shared quotation"] = min(1.0, 3 * shared)
    common = len(one.words & two.words)
    if common:
        found["shared words"] = common / ((len(one.words) * len(two.words)) ** 0.5 + FEW_WORDS)
    elif min(len(one.words), len(two.words)) >= FEW_WORDS:
        found["no word shared"] = 1.0
    if one.things and two.things:
        found["another thing hit" if one.things.isdisjoint(two.things) else "same thing hit"] = 1.0
