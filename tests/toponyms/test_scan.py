"""Candidates: however a text is spaced, a candidate is what the text says between its first and last token."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.reading.tokens import tokenize
from geomap.toponyms.lines import line_of
from geomap.toponyms.scan import candidate_spans

WORDS = (
    *("The", "New", "York", "Times", "Tal", "Afar", "Al", "al", "Asad", "Deir", "ez", "Zor", "St.", "U.S.", "March"),
    *("3", "K", "1", "of", "and", "in", "near", "Bank", "Airport", "District", "President", "Obama", "'s", "Харків"),
)
GAPS = st.sampled_from((" ", " ", " ", "-", "  ", "\n", " - ", ", ", "'", "\u00a0"))
ROOM = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ROOM
@given(pairs=st.lists(st.tuples(st.sampled_from(WORDS), GAPS), min_size=1, max_size=9))
def test_a_candidate_is_what_the_text_says(pairs, engine):
    """Words put together again tell the same as the stretch cut out of the text, and unknown names stay unknown."""
    text = "".join(word + gap for word, gap in pairs)
    store, tools = engine.store, engine.toponym_tools
    line = line_of(tokenize(text, 0, len(text)), store, tools)
    names = tools.names(store)
    for span in candidate_spans(line, text, store, tools):
        cut = text[line.tokens.starts[span.first] : line.tokens.end_of(span.last)]
        assert span.name == names.whole(cut)
        assert span.run[0] <= span.last <= span.run[1]


@ROOM
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=7))
def test_what_is_known_is_found(words, engine):
    """Capitalised words that the gazetteer knows together are a candidate, whatever stands around them."""
    store, tools = engine.store, engine.toponym_tools
    text = f"{' '.join(words)} Tal Afar {' '.join(words)}"
    line = line_of(tokenize(text, 0, len(text)), store, tools)
    keys = {span.name.key for span in candidate_spans(line, text, store, tools)}
    assert "tal afar" in keys
