"""Puts this folder's own helpers on the path, and gives its tests a real browser with the network off."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages import browser, open_page

__all__ = ["browser", "open_page"]
