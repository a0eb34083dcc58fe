"""Gives the views' tests their samples, and a real browser with the network off."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "output")]

from pages import browser, open_page  # noqa: E402  # the path is set above

__all__ = ["browser", "open_page"]
