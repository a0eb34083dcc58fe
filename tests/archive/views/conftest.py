"""Puts the views' samples, the helpers of the output's tests and the benchmarks' events on the path."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(Path(__file__).parent), str(_ROOT / "tests" / "output"), str(_ROOT / "benchmarks")]
