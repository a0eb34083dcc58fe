"""The training kit: committed weights hold their floors on our own sentences; fits repeat and refuse loss."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))
pytest.importorskip("sklearn", reason="the extra `training` is not installed")

import data as reading  # noqa: E402
import resolution  # noqa: E402
import toponyms  # noqa: E402
import train  # noqa: E402

from geomap.scoring import Learning, Model  # noqa: E402
from geomap.toponyms.tools import load_tools  # noqa: E402


@pytest.fixture(scope="module")
def own():
    """Return our own labelled sentences."""
    return list(reading.read_own())


@pytest.mark.slow
def test_committed_weights_hold_their_floors(config, engine):
    """What is committed scores on our own sentences at least what ``benchmarks/floors.json`` says."""
    floors = train.Floors()
    figures = train.committed_on_own(engine.store, config, engine.toponym_tools, engine.resolution_model)
    floors.hold("committed on own", figures)
    assert floors.broken == []


def test_own_sentences_are_many_and_marked(own):
    """Hundreds of sentences with toponyms, hundreds of toponyms, and many without any."""
    assert len(own) > 700
    assert sum(len(one.toponyms) for one in own) > 1000
    assert sum(not one.toponyms for one in own) > 100
    for one in own:
        for toponym in one.toponyms:
            assert one.article.text[toponym["start"] : toponym["end"]] == toponym["text"]


def test_marks_are_read():
    """Brackets go, spans and meanings stay."""
    text, toponyms_ = reading.unmark("In [Tripoli|LB] and [Homs].")
    assert text == "In Tripoli and Homs."
    assert [(t["start"], t["end"], t["meant"]) for t in toponyms_] == [(3, 10, "LB"), (15, 19, None)]


def test_fits_are_deterministic(own, engine):
    """The same data give the same weights, to the digit."""
    tools = load_tools(engine.store.meta["demonyms"], Model(weights=Learning()))
    found = toponyms.collect(own[:150], engine.store, tools)
    rows = range(len(found.labels))
    assert toponyms.fit(found, rows) == toponyms.fit(found, rows)
    choices = resolution.collect(own[:150], engine.store, engine.resolution_model, engine.toponym_tools)
    assert resolution.fit(choices) == resolution.fit(choices)


def test_totals_are_the_sums_of_their_features(own, engine):
    """What is worked out once for a word or name is what its features weigh: no weight is lost on the way."""
    from geomap.scoring import merged
    from geomap.toponyms.find import judge, observe, scan

    for one in own[:60]:
        scanned = scan(one.article, one.words, engine.store, engine.toponym_tools)
        setting = observe([(s.line, s.spans) for s in scanned])
        for sentence in scanned:
            for judged in judge(sentence, setting, engine.toponym_tools):
                weights = engine.toponym_tools.model.weights
                whole = sum(weights.get(n, 0.0) * v for n, v in merged(judged.clues).items())
                assert sum(c.total for c in judged.clues) == pytest.approx(whole)


def test_a_lower_figure_is_refused(tmp_path):
    """A floor that is not reached is named with both numbers."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"finding": {"lgl": 0.8}}), encoding="utf-8")
    floors = train.Floors(path)
    assert floors.hold("finding", {"lgl": 0.81})
    assert not floors.hold("finding", {"lgl": 0.79})
    assert floors.broken == ["finding: lgl 0.790 is below its floor 0.8"]
