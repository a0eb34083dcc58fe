"""How well a clustering agrees with the gold one: B-cubed, over-merges, under-merges."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import NamedTuple


class Agreement(NamedTuple):
    """B-cubed over items, and how many clusters are wrong.

    ``over`` counts the gold clusters that stand in one predicted cluster with another, less one for each such cluster;
    ``under`` counts the parts that gold clusters fall into, less one each.
    """

    items: int
    precision: float
    recall: float
    over: int
    under: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def agreement(gold: Mapping[Hashable, Hashable], predicted: Mapping[Hashable, Hashable]) -> Agreement:
    """Compare two clusterings of the same items, each from item to cluster.

    Source of the measure: A. Bagga and B. Baldwin, Algorithms for scoring coreference chains, 1998.
    """
    sizes, told = Counter(gold.values()), Counter(predicted[item] for item in gold)
    both = Counter((gold[item], predicted[item]) for item in gold)
    shared = {item: both[gold[item], predicted[item]] for item in gold}
    parts: dict[Hashable, set[Hashable]] = defaultdict(set)
    wholes: dict[Hashable, set[Hashable]] = defaultdict(set)
    for one, other in both:
        parts[one].add(other)
        wholes[other].add(one)
    return Agreement(
        items=len(gold),
        precision=sum(shared[item] / told[predicted[item]] for item in gold) / len(gold),
        recall=sum(shared[item] / sizes[gold[item]] for item in gold) / len(gold),
        over=sum(len(several) - 1 for several in wholes.values()),
        under=sum(len(several) - 1 for several in parts.values()),
    )
