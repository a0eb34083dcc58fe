"""Every rule fires where it must and keeps still on its twin: the minimal pairs of ``pairs/*.yaml``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent / "pairs"
LEAST_PAIRS = 300
PUBLISHED = dt.date(2024, 1, 24)  # a Wednesday; a sample may name another day


def load() -> list[tuple[str, str, dict[str, Any]]]:
    """Return (name, rule, sample) of every sample of every file."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, pair in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            found += [(f"{path.stem}-{number}-{side}", pair["rule"], pair[side]) for side in ("fires", "twin")]
    return found


SAMPLES = load()


def seen_incident(incident: Any) -> dict[str, Any]:
    """Return an incident as the pairs write it."""

    def people(count: Any) -> Any:
        return None if count is None else [count.low, count.best, count.high]

    return {
        "place": incident.place.name if incident.place else None,
        "relation": incident.relation,
        "kind": incident.kind,
        "base": incident.attacked_base,
        "type": incident.sub_event_type,
        "status": incident.status,
        "attribution": incident.attribution,
        "actors": list(incident.actors),
        "targets": list(incident.targets),
        "weapons": list(incident.weapons),
        "killed": people(incident.killed),
        "injured": people(incident.injured),
        "scope": incident.casualty_scope,
        "start": incident.date_start,
        "end": incident.date_end,
        "time_precision": incident.time_precision,
        "when": incident.date_as_written,
        "geo_precision": incident.geo_precision,
        "where_prec": incident.where_prec,
        "precision": incident.precision,
        "radius_km": incident.radius_km,
        "by": incident.attributed_to,
        "sentences": len({e.sentence for e in incident.evidence}),
        "caused": incident.caused_by is not None,
    }


@pytest.mark.parametrize(("rule", "sample"), [pytest.param(r, s, id=n) for n, r, s in SAMPLES])
def test_pair(rule: str, sample: dict[str, Any], read_text) -> None:
    """A sample gives exactly the incidents, aggregates and roles it says, in any order."""
    article, resolved, findings = read_text(sample["text"], sample.get("published", PUBLISHED))
    seen = [seen_incident(i) for i in findings.incidents]
    wanted = sample["incidents"]
    key = lambda row: str(row.get("place"))  # noqa: E731
    assert [i["place"] for i in sorted(seen, key=key)] == [w["place"] for w in sorted(wanted, key=key)], rule
    for have, want in zip(sorted(seen, key=key), sorted(wanted, key=key), strict=True):
        assert {name: have[name] for name in want} == want, rule
    if "groups" in sample:
        assert len({i.group for i in findings.incidents}) == sample["groups"], rule
    assert len(findings.aggregates) == len(sample.get("aggregates", [])), rule
    for have_sum, want_sum in zip(findings.aggregates, sample.get("aggregates", []), strict=True):
        told = {
            "count": have_sum.count,
            "written": have_sum.count_as_written,
            "regions": list(have_sum.regions),
            "since": have_sum.since,
        }
        assert {name: told[name] for name in want_sum} == want_sum, rule
    roles = {r.mention.text: role for r, role in zip(resolved, findings.roles, strict=True)}
    assert {name: roles[name] for name in sample.get("roles", {})} == sample.get("roles", {}), rule
    for incident in findings.incidents:
        for evidence in incident.evidence:
            sentence = article.sentences[evidence.sentence]
            assert (
                evidence.trigger is None
                or sentence.start <= evidence.trigger.start < evidence.trigger.end <= sentence.end
            )


def test_there_are_pairs_enough() -> None:
    """The rules stand on at least three hundred pairs of our own sentences, no sentence twice."""
    texts = [sample["text"] for _, _, sample in SAMPLES]
    assert len(SAMPLES) >= 2 * LEAST_PAIRS
    assert len(set(texts)) == len(texts)
