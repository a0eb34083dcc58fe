"""Mentions to places."""
