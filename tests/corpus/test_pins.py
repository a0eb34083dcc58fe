"""Our own labelled articles as a whole: the share of right pins stays above the floor, wrong ones below the ceiling."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.incidents import score_all

ROOT = Path(__file__).parents[2]


def test_the_pins_keep_their_floors(engine):
    """Floors only rise: benchmarks/floors.json."""
    floors = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["own corpus"]
    score = score_all(engine)
    assert score.articles >= floors["articles"]
    assert score.right / (score.right + score.wrong) >= floors["pins_right"], score.faults
    assert score.missing / score.required <= floors["pins_missing"], score.faults
