"""Remembering what functions give."""

from hypothesis import given
from hypothesis import strategies as st

from geomap.memo import remembered


@given(st.lists(st.integers(0, 9)), st.integers(1, 5))
def test_a_remembered_function_is_the_function(arguments, most):
    """Whatever it has to forget, it gives what the function gives, and asks it once where it need not forget."""
    asked = []

    def square(n):
        asked.append(n)
        return n * n

    known = remembered(square, most)
    assert [known(n) for n in arguments] == [n * n for n in arguments]
    assert len(set(arguments)) > most or len(asked) == len(set(arguments))
