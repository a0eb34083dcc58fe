"""Tellings know where their quotation says what happened and where."""

from __future__ import annotations

import pytest

import geomap
from geomap.archive.tellings import tellings
from geomap.output.report import to_dict

STORY = "A missile struck the depot in Mosul on Monday. A drone hit Tal Afar airport, too, officials said."


@pytest.mark.parametrize("before", ["", "📡 "])
def test_marks_count_in_the_quotation(before: str) -> None:
    """Trigger and place are cut out of the first quotation by their spans, also behind letters of two units."""
    found = tellings(to_dict(geomap.geoparse(geomap.make_article(before + STORY))))
    assert found
    for one in found:
        quote = one.quotes[0]
        assert one.mention is not None
        assert one.trigger is not None
        assert quote[slice(*one.mention)] in {"Mosul", "Tal Afar airport", "Tal Afar"}
        assert quote[slice(*one.trigger)] in {"struck", "hit"}
