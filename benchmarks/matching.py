"""Score matching on our own corpus: one event told by many articles is to become one, and two are to stay two.

Run as ``python -m benchmarks.matching``. B-cubed is given over the gold tellings that geomap found, and over all, where
one that was not found counts as matched with nothing.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations

from benchmarks.clusters import Agreement, agreement
from benchmarks.stories import HALVES, Gold, read_half, run, shuffled
from geomap.archive.matching import choose, group, joined, summarise
from geomap.archive.matching.features import compare
from geomap.archive.matching.grouping import event_id
from geomap.archive.matching.windows import window_of
from geomap.archive.nouns import Event, Telling
from geomap.config import load_config
from geomap.gazetteer.distance import distance_km
from geomap.pipeline import load_engine

Clustering = Mapping[str, str]
Matcher = Callable[[Gold], Clustering]
NEAR_KM, NEAR_DAYS = 50.0, 3
ORDERS = 10


def matched(gold: Gold) -> Clustering:
    """Return the event of each telling."""
    return by_telling(group(gold.tellings))


def by_telling(events: Iterable[Event]) -> Clustering:
    """Return the event of each telling by key."""
    return {telling.key: event.id for event in events for telling in event.tellings}


def alone(gold: Gold) -> Clustering:
    """Merge nothing."""
    return {telling.key: telling.key for telling in gold.tellings}


def same_place_and_day(gold: Gold) -> Clustering:
    """Merge what has one place id and one first day."""
    return {t.key: f"{t.place_id or t.key} {t.date_start or t.date_end}" for t in gold.tellings}


def near(gold: Gold) -> Clustering:
    """Merge everything within 50 km and three days, and what hangs together by that."""
    parent = {t.key: t.key for t in gold.tellings}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    for a, b in combinations(gold.tellings, 2):
        if _is_near(a, b):
            parent[root(a.key)] = root(b.key)
    return {key: root(key) for key in parent}


def _is_near(a: Telling, b: Telling) -> bool:
    one, two = window_of(a), window_of(b)
    if a.point is None or b.point is None or one is None or two is None:
        return False
    return abs(one.last - two.last) <= NEAR_DAYS and distance_km(a.point, b.point) <= NEAR_KM


def in_order(gold: Gold) -> Clustering:
    """Match the tellings one by one in the order they stand in, each with every event so far."""
    events: list[Event] = []
    for telling in gold.tellings:
        choice = choose(telling, events)
        if choice.event is None:
            events.append(summarise(event_id(telling), (telling,), (choice.link,)))
        else:
            events[events.index(choice.event)] = joined(choice.event, telling, choice.link)
    return by_telling(events)


MATCHERS: Mapping[str, Matcher] = {
    "geomap": matched,
    "same place id and day": same_place_and_day,
    "nothing merged": alone,
    "within 50 km and 3 days": near,
}


def over_found(gold: Gold, clustering: Clustering) -> Agreement:
    """Return the agreement over the gold tellings that geomap found."""
    return agreement(
        {item: item[1] for item in gold.found}, {item: clustering[key] for item, key in gold.found.items()}
    )


def over_all(gold: Gold, clustering: Clustering) -> Agreement:
    """Return the agreement over all gold tellings; one that was not found stands alone."""
    predicted = {item: clustering[gold.found[item]] if item in gold.found else str(item) for item in gold.wanted}
    return agreement({item: item[1] for item in gold.wanted}, predicted)


def load_half(half: str) -> Gold:
    """Return one half of the corpus as geomap tells it."""
    with load_engine(load_config()) as engine:
        return run(read_half(half), engine)


def order_sensitivity(gold: Gold) -> tuple[float, float]:
    """Return the mean and the least F1 over shuffled orders of the tellings."""
    chance, scores = random.Random(7), []  # noqa: S311  # orders, not secrets
    for _ in range(ORDERS):
        order = list(range(len(gold.tellings)))
        chance.shuffle(order)
        scores.append(over_found(gold, in_order(shuffled(gold, order))).f1)
    return statistics.mean(scores), min(scores)


def print_faults(gold: Gold) -> None:
    """Print the events that hold several clusters and the clusters that fall apart."""
    clustering = matched(gold)
    tellings = {t.key: t for t in gold.tellings}
    for (one, key), (two, other) in combinations(gold.found.items(), 2):
        together, same = clustering[key] == clustering[other], one[1] == two[1]
        if together != same:
            a, b = tellings[key], tellings[other]
            print("\n" + ("MERGED   " if together else "SEPARATE ") + f"{one[1]} | {two[1]}")
            for t in (a, b):
                print(f"   {t.place_name} {t.date_start} {t.date_end} {t.actors} {t.quotes[0][:150]}")
            print("  ", {name: round(value, 2) for name, value in compare(a, b).items()})


def print_missing(half: str, gold: Gold) -> None:
    """Print the gold tellings that geomap did not find, or placed or dated wrong."""
    articles = read_half(half)
    for number, cluster in gold.wanted:
        if (number, cluster) not in gold.found:
            told = articles[number]
            print(f"  MISSING {cluster}: {told.outlet}, {told.published_on}, {told.title!r}")


def main() -> None:
    """Print the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, action="append", help="only this half of the corpus")
    parser.add_argument("--faults", action="store_true", help="list every pair that is wrong")
    parser.add_argument("--missing", action="store_true", help="list the gold tellings that geomap did not find")
    arguments = parser.parse_args()
    for half in arguments.half or HALVES:
        gold = load_half(half)
        clusters = len({cluster for _, cluster in gold.wanted})
        print(f"{half}: {clusters} clusters, {len(gold.wanted)} gold tellings, {len(gold.found)} found by geomap;")
        print(f"  {len(gold.tellings) - len(gold.found)} further tellings, which count for nothing here")
        for name, matcher in MATCHERS.items():
            clustering = matcher(gold)
            for what, figures in (("found", over_found(gold, clustering)), ("all", over_all(gold, clustering))):
                print(
                    f"  {name:<24} {what:<6} B-cubed P {figures.precision:.3f} R {figures.recall:.3f}"
                    f" F1 {figures.f1:.3f}, over-merges {figures.over}, under-merges {figures.under}"
                )
        mean, least = order_sensitivity(gold)
        print(f"  in {ORDERS} shuffled orders: F1 mean {mean:.3f}, least {least:.3f}")
        if arguments.missing:
            print_missing(half, gold)
        if arguments.faults:
            print_faults(gold)


if __name__ == "__main__":
    main()
