"""Word lists for finding place names: words, no logic."""
