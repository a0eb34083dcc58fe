"""Two tellings to named features: what speaks for one event and what against."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.archive.matching import tolls
from geomap.archive.matching.blocking import reach_km
from geomap.archive.matching.parties import agreement
from geomap.archive.matching.traits import Traits, traits_of
from geomap.archive.matching.windows import Window, gap_days
from geomap.archive.nouns import Telling
from geomap.gazetteer.distance import distance_km

FINE = frozenset({"site", "settlement"})
NEIGHBOURS_KM = 3.0  # two fine places this far apart are two places
NAMED_KM = 7.5  # a wider circle than this is "near" a town, not the town
FEW_WORDS = 4  # in so few words there is nothing to be shared
Feature = tuple[str, float]


def compare(a: Telling, b: Telling) -> dict[str, float]:
    """Return the features of two tellings that no veto keeps apart; the order of the two does not matter."""
    one, two = traits_of(a), traits_of(b)
    found = dict(_place(a, b, one, two))
    found.update(_time(a, b, one, two))
    found.update(_event(a, b, one, two))
    found.update(_parties(a, b))
    found.update(_toll(a, b))
    found.update(_words(one, two))
    if a.source.outlet is not None and a.source.outlet == b.source.outlet:
        found["same outlet"] = 1.0
        found.pop("shared quotation", None)  # an outlet repeats its own formulas
    return found


def _place(a: Telling, b: Telling, one: Traits, two: Traits) -> Iterator[Feature]:
    fine = {a.precision, b.precision} <= FINE
    if a.place_id is not None and a.place_id == b.place_id:
        yield ("same fine place" if fine else "same region"), 1.0
        return
    assert a.point is not None
    assert b.point is not None
    far = distance_km(a.point, b.point)
    alike = one.name <= two.name or two.name <= one.name
    if alike:
        yield ("names alike" if fine else "names alike of town and region"), 1.0
    elif a.precision == b.precision and far > NEIGHBOURS_KM:
        vague = max(a.radius_km, b.radius_km)
        yield ("another name nearby" if far <= vague > NAMED_KM else "another place"), 1.0
    elif fine:
        yield "a site by a town", 1.0
    else:
        inside = far <= max(a.radius_km, b.radius_km)
        region = "province" if "province" in {a.precision, b.precision} else "district"
        yield f"{'inside' if inside else 'outside'} the {region}", 1.0
    if fine:
        yield "far for its precision", min(1.0, far / (reach_km(a) + reach_km(b)))


def _time(a: Telling, b: Telling, one: Traits, two: Traits) -> Iterator[Feature]:
    yield from _days(one.window, two.window)
    if a.source.published_on is not None and b.source.published_on is not None:
        late = abs((a.source.published_on - b.source.published_on).days)
        if late > 1:
            yield "told days later", min(1.0, late / 7)


def _days(a: Window | None, b: Window | None) -> Iterator[Feature]:
    if a is None or b is None:
        yield "no date at all", 1.0
    elif not (a.dated and b.dated):
        yield ("a day apart, not named" if gap_days(a, b) else "day not named"), 1.0
        if a.dated != b.dated and _days_before(a, b) > 1:
            yield "days before its article", 1.0
    elif gap_days(a, b):
        yield "another day", 1.0
    elif a[:2] == b[:2]:
        yield "same day", 1.0
    elif _is_night(a) and _is_night(b):
        yield "another night", 1.0
    elif (_is_night(a) and a.first == b.last) or (_is_night(b) and b.first == a.last):
        yield "eve of the night", 1.0


def _days_before(a: Window, b: Window) -> int:
    """Return how many days the day that one names lies before the article of the other."""
    named, open_end = (a, b) if a.dated else (b, a)
    return open_end.last - named.last


def _is_night(window: Window) -> bool:
    return window.last == window.first + 1


def _event(a: Telling, b: Telling, one: Traits, two: Traits) -> Iterator[Feature]:
    yield ("same kind" if a.kind == b.kind else "another kind"), 1.0
    if a.attacked_base and b.attacked_base:
        yield "a base in both", 1.0
    if a.sub_event_type == b.sub_event_type:
        yield "same way", 1.0
    elif not one.weapons & two.weapons:
        yield "another way", 1.0
    if one.weapons and two.weapons:
        yield ("same weapon" if one.weapons & two.weapons else "another weapon"), 1.0
    if a.status != b.status:
        yield ("denied beside told" if "denied" in {a.status, b.status} else "told with less certainty"), 1.0


def _parties(a: Telling, b: Telling) -> Iterator[Feature]:
    actors = agreement(a.actors, b.actors)
    if actors != "unsaid":
        yield f"{actors} actor", 1.0
    targets = agreement(a.targets, b.targets)
    if targets != "unsaid":
        yield f"{targets} target", 1.0
    swapped = agreement(a.actors, b.targets) == "same" or agreement(a.targets, b.actors) == "same"
    if swapped and actors != "same":
        yield "attacker was attacked", 1.0


def _toll(a: Telling, b: Telling) -> Iterator[Feature]:
    for name, x, y in (("killed", a.killed, b.killed), ("injured", a.injured, b.injured)):
        if x is None or y is None:
            continue
        if tolls.best(x) == tolls.best(y):
            yield f"same number {name}", tolls.rarity(x)
        elif not tolls.meets(x, y):
            yield f"{name} differ", min(2.0, tolls.ratio(x, y))


def _words(one: Traits, two: Traits) -> Iterator[Feature]:
    if one.grams and two.grams:
        shared = len(one.grams & two.grams) / min(len(one.grams), len(two.grams))
        if shared > 0.0:
            yield "shared quotation", min(1.0, 3 * shared)
    common = len(one.words & two.words)
    if common:
        yield "shared words", common / ((len(one.words) * len(two.words)) ** 0.5 + FEW_WORDS)
    elif min(len(one.words), len(two.words)) >= FEW_WORDS:
        yield "no word shared", 1.0
    if one.things and two.things:
        yield ("same thing hit" if one.things & two.things else "another thing hit"), 1.0
