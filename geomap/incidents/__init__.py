"""Sentences to incidents: what was struck, where, when, by whom, according to which sentence."""
