"""Text to mentions: which words are place names."""
