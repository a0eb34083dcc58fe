"""The map: one self-contained HTML page."""
