"""The spaCy component finds what geomap finds; skipped where the extra is not installed."""

from __future__ import annotations

import importlib

import pytest

import geomap

spacy = pytest.importorskip("spacy", reason="the extra spacy is not installed")


def test_a_document_carries_its_report() -> None:
    """Offsets of the report are the document's own; a blank text has none."""
    importlib.import_module("geomap.spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap")
    text = "Two rockets hit Balad airbase on Friday, police said."
    doc = nlp(text)
    mention = doc._.geomap.resolutions[0].mention
    assert doc.char_span(mention.start, mention.end).text == mention.text
    assert doc._.geomap.to_json() == geomap.geoparse(geomap.make_article(text)).to_json()
    assert nlp(" ")._.geomap is None
