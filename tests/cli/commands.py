"""Runs geomap as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STORY = ROOT / "examples" / "01-airbase-and-depot.txt"


def geomap(*arguments: Any, stdin: str | None = None, cwd: Path | None = None, **environment: str) -> Any:
    """Run a command and return its exit code and what it wrote."""
    return subprocess.run(
        [sys.executable, "-m", "geomap", *map(str, arguments)],
        input=stdin, capture_output=True, text=True, check=False, cwd=cwd or ROOT / "tests",
        env={**os.environ, **environment},
    )  # fmt: skip
