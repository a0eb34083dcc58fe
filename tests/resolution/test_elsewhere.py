"""Where the other names lie: the sums give what counting the other names one by one gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.resolution.candidates import CELLS
from geomap.resolution.elsewhere import Sums, cells_beside, others, shared
from geomap.resolution.ladders import ladders_of
from geomap.scoring import Clue

SITES = {
    row: (row, 1 + row % 3, 100 + row % 6 if row % 5 else -1, (row % 4) * CELLS + row % 7 - 3) for row in range(24)
}
NAMES = st.lists(
    st.lists(
        st.tuples(st.sampled_from(sorted(SITES)), st.sampled_from((0.0, 0.1, 0.25, 0.5, 1.0))),
        max_size=6,
        unique_by=lambda pair: pair[0],
    ),
    max_size=6,
)


def one_by_one(names, number, row):
    """Count the weights of the candidates of the other names that are not the row itself."""
    _, country, unit, cell = SITES[row]
    found = [0.0, 0.0, 0.0]
    for other, candidates in enumerate(names):
        for its_row, weight in candidates:
            if other != number and its_row != row:
                _, its_country, its_unit, its_cell = SITES[its_row]
                apart = [divmod(c + CELLS // 2, CELLS) for c in (cell, its_cell)]
                touch = all(abs(a - b) <= 1 for a, b in zip(*apart, strict=True))
                found[0] += weight * (its_country == country)
                found[1] += weight * touch
                found[2] += weight * (its_unit == unit)
    return tuple(found)


@given(NAMES)
def test_sums_are_those_of_the_other_names(names):
    """A name's own candidates count nothing, nor does another name of the very row; unknown units are told apart."""
    sites = [[SITES[row] for row, _ in candidates] for candidates in names]
    located = [[(SITES[row], weight) for row, weight in candidates if weight] for candidates in names]
    twice = shared([row for own in sites for row, _, _, _ in own])
    near = cells_beside([cell for own in sites for _, _, _, cell in own])
    every = Sums([pair for own in located for pair in own], twice)
    for number, own in enumerate(located):
        found = others(every, Sums(own, twice), sites[number], near)
        for (row, _), weights in zip(names[number], found, strict=True):
            wanted = one_by_one(names, number, row)
            assert weights[:2] == pytest.approx(wanted[:2], abs=1e-9)
            assert weights[2] == pytest.approx(wanted[2], abs=1e-9) if SITES[row][2] >= 0 else weights[2] < 0


def named(*words):
    """Return a clue that has its words as its one feature, weighing something of its own."""
    name = ": ".join(words)
    return Clue(float(sum(map(ord, name)) % 97) / 8, ((name, 1.0),))


@given(st.integers(1, 30), st.tuples(*[st.floats(0, 30)] * 3), st.floats(-9, 9))
def test_totals_are_those_of_the_clues(number, weights, before):
    """The total comes by numbers, the clues are only looked up when asked for: both say the same."""
    ladders = ladders_of(number, named, named)
    clues = ladders.clues(weights)
    assert ladders.totals([before], [weights])[0] == pytest.approx(before + sum(clue.total for clue in clues))
    assert len([name for clue in clues for name, _ in clue.parts]) == 5


@pytest.mark.parametrize(
    ("weight", "degree"),
    [
        (0.0, "none"),
        (1e-12, "none"),
        (0.45, "few"),
        (1.2, "some"),
        (1.2 + 1e-12, "some"),
        (1.21, "many"),
        (3.0, "most"),
    ],
)
def test_a_share_is_told_by_its_size(weight, degree):
    """Of three names, 1.2 are 0.4 of them, which is still "some"; what rounding adds changes nothing."""
    clue = ladders_of(3, named, named).in_country.clue(weight)
    assert clue.parts[0][0] == f"share of places in its country: {degree}"


@pytest.mark.parametrize(("weight", "degree"), [(3.0, "2"), (3.0000000000000004, "2"), (3.01, "3 or more")])
def test_rounding_decides_no_sum(weight, degree):
    """Three names that are sure sum to 3, whichever way they were added."""
    names = [name for name, _ in ladders_of(9, named, named).in_unit.clue(weight).parts]
    assert f"places in its province: {degree}" in names


def test_an_article_of_one_name_says_so():
    """Where nothing else is named that lies somewhere, that is the clue, and the only one."""
    ladders = ladders_of(0, named, named)
    assert [name for clue in ladders.clues((0.0, 0.0, 0.0)) for name, _ in clue.parts] == ["no other place named"]


def test_a_province_that_is_not_known_tells_nothing():
    """Then only the country and what is near count."""
    ladders = ladders_of(4, named, named)
    assert not ladders.clues((1.0, 1.0, -1.0))[2].parts
    assert ladders.clues((1.0, 1.0, 0.0))[2].parts
