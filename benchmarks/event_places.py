"""Events and their places in whole labelled documents: detection, location, and the counted causes of what goes wrong.

    python benchmarks/event_places.py            MUC-4 and WikiEvents in ../shared/data/events

Labels are names, not points: two names are equal if one is a whole-word part of the other. A document is seen if geomap
tells of any incident in it that is neither denied nor threatened. Most labelled events are shootings, killings and
bombs that somebody laid, which geomap leaves out by its conventions: the causes say how many.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from geomap.config import load_config
from geomap.gazetteer.names import bare_key, key
from geomap.incidents import factuality
from geomap.incidents.drafts import Draft, read_line
from geomap.incidents.lines import make_line, wording_of
from geomap.incidents.news import is_bygone
from geomap.model import Incident, Report
from geomap.pipeline import Engine, geoparse, load_engine
from geomap.reading.article import make_article
from geomap.reading.tokens import tokenize

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "events"
SETS = {"MUC-4": "muc4_dev.jsonl", "WikiEvents": "wikievents_dev.jsonl"}
READINGS = {
    "bombing": ("BOMBING", "Conflict.Attack.DetonateExplode"),
    "bombing or attack": ("BOMBING", "ATTACK", "Conflict.Attack"),
}
NO_PIN = frozenset({"denied", "threatened"})
LAID = re.compile(
    r"bomb|dynamite|explosive|grenade|charge|molotov|mine\b|ied\b|blew up|blown up|detonat", re.IGNORECASE
)
SHOT = re.compile(
    r"kill|murder|assassin|shot|shoot|gun|ambush|clash|attack|died|dead|death|fighting|fought|guerrilla|massacre|stab"
    r"|burn|fire\b|kidnap|abduct|captur|tortur",
    re.IGNORECASE,
)
FACTS = {
    factuality.NEGATED: "read as denied",
    factuality.THREAT: "read as planned, threatened, feared or conditional",
    factuality.POSSIBLE: "read as planned, threatened, feared or conditional",
    factuality.DRILL: "read as a drill",
    factuality.TALLY: "read as a sum over a period",
    factuality.GENERIC: "read as a plural of no event in particular",
    factuality.REACTION: "read as a reaction only",
}


class Labelled(NamedTuple):
    """A labelled event: its type, its finest places, and all its places, containers included."""

    kind: str
    finest: frozenset[str]
    everywhere: frozenset[str]


def plain(name: str) -> str:
    """Normalise a name for comparison."""
    return bare_key(key(name))


def labelled(row: dict[str, Any]) -> list[Labelled]:
    """Return the labelled events of a document; optional templates are left out."""
    if "templates" not in row:
        attacks = [e for e in row["events"] if e["type"].startswith("Conflict.Attack")]
        names = [frozenset(plain(a["text"]) for a in e["args"] if a["role"] == "Place") for e in attacks]
        return [Labelled(e["type"], own, own) for e, own in zip(attacks, names, strict=True)]
    found = []
    for template in row["templates"]:
        if "OPTIONAL" not in template["template"]:
            kind = " / ".join(entry["value"] or "" for entry in template["type"])
            parts = [[plain(part["name"]) for part in place["parts"]] for place in template["location"]]
            finest = frozenset(own[-1] for own in parts if own)
            found.append(Labelled(kind, finest, frozenset(name for own in parts for name in own)))
    return found


def same(name: str, names: frozenset[str]) -> bool:
    """Tell whether a name equals one of some names or is a whole-word part of it, or the other way round."""
    return any(f" {name} " in f" {other} " or f" {other} " in f" {name} " for other in names if name and other)


def pinned_names(report: Report, incident: Incident) -> set[str]:
    """Return the names that an incident's place is told by."""
    numbers = [e.mention for e in incident.evidence if e.mention is not None]
    return {plain(report.resolutions[n].mention.text) for n in numbers}


def pins(report: Report) -> list[Incident]:
    """Return the incidents that a map would show or list with a place."""
    return [i for i in report.incidents if i.place is not None and i.status not in NO_PIN]


def drafts_of(report: Report, sentence: int, engine: Engine) -> Iterator[tuple[Draft, bool]]:
    """Yield what one sentence tells, with whether that is too long ago to be news."""
    article, span = report.article, report.article.sentences[sentence]
    own = [(n, r) for n, r in enumerate(report.resolutions) if r.mention.sentence == sentence]
    line = make_line(sentence, article, wording_of(tokenize(article.text, span.start, span.end)), own)
    reading = read_line(line, engine.lexicons, article.published_on)
    for draft in reading.drafts if reading is not None else ():
        yield draft, is_bygone(draft, article, [reading], engine.config.incidents) if reading else False


def cause_of_miss(event: Labelled, report: Report, engine: Engine) -> str:
    """Return why a labelled event has no pin on its place: where on the way it was lost."""
    own = [n for n, r in enumerate(report.resolutions) if same(plain(r.mention.text), event.finest)]
    sentences = {report.resolutions[n].mention.sentence for n in own}
    if not own:
        return "the place is not found as a name"
    told = [pair for sentence in sorted(sentences) for pair in drafts_of(report, sentence, engine)]
    if not told:
        text = " ".join(
            report.article.text[s.start : s.end] for s in (report.article.sentences[n] for n in sorted(sentences))
        )
        return _unread(text)
    if all(report.resolutions[n].place is None for n in own):
        return "the place is in no gazetteer or stays doubtful"
    return _read_otherwise([d for d, old in told if not old])


def _read_otherwise(told: list[Draft]) -> str:
    """Return how geomap understood the sentences of a missed event."""
    real = [d for d in told if d.fact == factuality.ACTUAL]
    if not told:
        return "read as history"
    if not real:
        return FACTS.get(told[0].fact, "other")
    if all(d.frame in {"attack", "anaphor", "bare"} for d in real):
        return "an attack on foot or of unknown weapon, on no base"
    return "a strike is seen in the sentence, the place is judged not to be its scene"


def _unread(text: str) -> str:
    if LAID.search(text):
        return "beside the place: bombs that were laid, carried or thrown"
    if SHOT.search(text):
        return "beside the place: shootings, killings, clashes, arson, kidnapping"
    return "beside the place: no word of violence (the event is told elsewhere)"


def cause_of_false(incident: Incident, report: Report, events: list[Labelled]) -> str:
    """Return what is wrong with a pin on a place that no labelled event has."""
    everywhere = frozenset(name for event in events for name in event.everywhere)
    if not events:
        return "pin in a document without a labelled event"
    sentences = {e.sentence for e in incident.evidence}
    beside = [r for r in report.resolutions if r.mention.sentence in sentences]
    if any(same(plain(r.mention.text), everywhere) for r in beside):
        return "pin on another place than the labelled one of its sentence"
    if any(rule.startswith("placed") for e in incident.evidence for rule in e.rules):
        return "pin on what is known to hold an unknown place"
    return "pin of an event that is not labelled"


class Tally:
    """Figures of one set."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.causes: Counter[str] = Counter()

    def add(self, row: dict[str, Any], report: Report, engine: Engine) -> None:
        """Count one document."""
        events, found = labelled(row), pins(report)
        names = frozenset(name for pin in found for name in pinned_names(report, pin))
        seen = any(i.status not in NO_PIN for i in report.incidents)
        for reading, kinds in READINGS.items():
            asked = [e for e in events if any(kind in e.kind for kind in kinds)]
            placed = [e for e in asked if e.finest]
            hits = [e for e in placed if any(same(name, e.finest) for name in names)]
            for what, number in {
                "predicted": seen, "positive": bool(asked), "right": seen and bool(asked), "placed": len(placed),
                "hit": len(hits),
            }.items():  # fmt: skip
                self.counts[reading, what] += number
            if kinds == READINGS["bombing or attack"]:
                self.causes.update(cause_of_miss(e, report, engine) for e in placed if e not in hits)
        everywhere = frozenset(name for event in events for name in event.everywhere)
        wrong = [p for p in found if not any(same(n, everywhere) for n in pinned_names(report, p))]
        self.counts["pins", "all"] += len(found)
        self.counts["pins", "right"] += len(found) - len(wrong)
        self.causes.update(cause_of_false(p, report, events) for p in wrong)

    def show(self, title: str) -> None:
        """Print the figures."""
        print(f"\n{title}")
        for reading in READINGS:
            n = {what: self.counts[reading, what] for what in ("predicted", "positive", "right", "placed", "hit")}
            p, r = n["right"] / max(1, n["predicted"]), n["right"] / max(1, n["positive"])
            f1 = 2 * p * r / max(p + r, 0.001)
            print(f"  {reading}: documents with one {n['positive']}, seen p {p:.3f} r {r:.3f} f1 {f1:.3f};"
                  f" events with a place {n['placed']}, pinned on it {n['hit'] / max(1, n['placed']):.3f}")  # fmt: skip
        right, number = self.counts["pins", "right"], self.counts["pins", "all"]
        print(f"  pins {number}, on a labelled place {right / max(1, number):.3f}")


def main() -> None:
    """Print detection, location and the counted causes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the labelled documents")
    arguments = parser.parse_args()
    causes: dict[str, Counter[str]] = {}
    with load_engine(load_config()) as engine:
        for title, name in SETS.items():
            tally = Tally()
            for text in (arguments.data / name).read_text(encoding="utf-8").splitlines():
                row = json.loads(text)
                tally.add(row, geoparse(make_article(row["text"], id=str(row["id"])), engine), engine)
            tally.show(title)
            causes[title] = tally.causes
    print("\ncauses of missed events and false pins" + "".join(f"{title:>12}" for title in causes))
    for cause, _ in sum(causes.values(), Counter[str]()).most_common():
        print(f"  {cause:75}" + "".join(f"{own[cause]:6}" for own in causes.values()))


if __name__ == "__main__":
    main()
