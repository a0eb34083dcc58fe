"""Score the pins on our own labelled articles: how many are right, wrong, missing.

A pin is right within the tolerance of a labelled incident that no other pin of the article has taken; as many pairs
are made as can be, required incidents and near pairs first. Notices (known only to a country), threats and denials are
no pins.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geomap.config import load_config
from geomap.gazetteer.lookup import distance_km
from geomap.model import Incident, LonLat, Report
from geomap.pipeline import Engine, geoparse, load_engine
from geomap.reading.article import make_article

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "examples", ROOT / "tests" / "corpus")
NO_PIN = frozenset({"denied", "threatened"})


@dataclass(slots=True)
class Score:
    """Counts over articles, and a line for every fault."""

    required: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    articles: int = 0
    exact: int = 0
    bases: Counter[tuple[bool, bool]] = field(default_factory=Counter)  # said to be an attacked base, labelled as one
    faults: list[str] = field(default_factory=list)


def labelled(folders: tuple[Path, ...] = FOLDERS) -> list[tuple[dict[str, Any], str]]:
    """Return every gold with its article's text."""
    golds = sorted(path for folder in folders for path in folder.glob("*.gold.json"))
    texts = [path.with_name(path.name.replace(".gold.json", ".txt")) for path in golds]
    return [
        (json.loads(gold.read_text(encoding="utf-8")), text.read_bytes().decode("utf-8"))
        for gold, text in zip(golds, texts, strict=True)
    ]


def report_of(gold: dict[str, Any], text: str, engine: Engine) -> Report:
    """Return what geomap says of a labelled article."""
    published = dt.date.fromisoformat(gold["published_on"]) if gold.get("published_on") else None
    return geoparse(make_article(text, id=gold["id"], published_on=published), engine)


def pins(report: Report) -> list[Incident]:
    """Return the incidents that a map would pin."""
    return [i for i in report.incidents if i.place and i.precision != "country" and i.status not in NO_PIN]


def matched(wanted: list[dict[str, Any]], found: list[Incident]) -> dict[int, int]:
    """Return the label of every pin that has one: one to one, as many as possible (Kuhn), required and near first."""
    holder: dict[int, int] = {}

    def settle(g: int, tried: set[int]) -> bool:
        label = wanted[g]
        point = LonLat(label["lon"], label["lat"])
        away = sorted((distance_km(pin.place.point, point), p) for p, pin in enumerate(found) if pin.place)
        for p in [p for km, p in away if km <= label["km"] and p not in tried]:
            tried.add(p)
            if p not in holder or settle(holder[p], tried):
                holder[p] = g
                return True
        return False

    for g in sorted(range(len(wanted)), key=lambda g: bool(wanted[g].get("optional"))):
        settle(g, set())
    return holder


def add(score: Score, gold: dict[str, Any], found: list[Incident]) -> None:
    """Add one article to the score."""
    wanted = gold["incidents"]
    holder = matched(wanted, found)
    lost = [label for g, label in enumerate(wanted) if g not in holder.values() and not label.get("optional")]
    extra = [pin for p, pin in enumerate(found) if p not in holder]
    score.articles += 1
    score.exact += not lost and not extra
    score.required += sum(not label.get("optional") for label in wanted)
    score.right += len(holder)
    score.wrong += len(extra)
    score.missing += len(lost)
    score.faults += [f"{gold['id']}: wrong pin {pin.place.name!r}" for pin in extra if pin.place]
    score.faults += [f"{gold['id']}: missing {label['name']!r}" for label in lost]
    for pin, label in ((found[p], wanted[g]) for p, g in holder.items()):
        score.bases[pin.attacked_base, bool(label["attacked_base"])] += 1
        if pin.attacked_base != label["attacked_base"]:
            score.faults.append(f"{gold['id']}: {label['name']!r} is {'no' * pin.attacked_base or 'an'} attacked base")


def score_all(engine: Engine) -> Score:
    """Score every labelled article of our own."""
    score = Score()
    for gold, text in labelled():
        add(score, gold, pins(report_of(gold, text, engine)))
    return score


def main() -> None:
    """Print the counts and every fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true", help="list every wrong and missing pin")
    arguments = parser.parse_args()
    with load_engine(load_config()) as engine:
        score = score_all(engine)
    print(f"articles {score.articles}, exact {score.exact}; pins required {score.required}")
    print(f"right {score.right}, wrong {score.wrong}, missing {score.missing}")
    share = score.right / max(1, score.right + score.wrong)
    print(f"share of pins right {share:.3f}, of required pins found {1 - score.missing / score.required:.3f}")
    bases = score.bases
    counts = f"right {bases[True, True]}, wrong {bases[True, False]}, missing {bases[False, True]}"
    print(f"attacked bases among the pins that are right: {counts}")
    if arguments.faults:
        print("\n".join(score.faults))


if __name__ == "__main__":
    main()
