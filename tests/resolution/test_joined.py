"""Rows of one place count together: joining them quickly gives what comparing all pairs gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.resolution.candidates import Option
from geomap.resolution.decide import Weighed, is_same_place, joined

OPTIONS = st.builds(
    Option,
    row=st.integers(0, 9999),
    country=st.just(1),
    unit=st.sampled_from((-1, 7, 8)),
    cell=st.just(0),
    kind=st.just(0),
    loss=st.just(0.0),
    lon=st.floats(-3, 3),
    lat=st.floats(-3, 3),
    population=st.sampled_from((0, 2_000, 900_000)),
    sort=st.sampled_from(("a province", "a district", "a settlement", "a capital")),
    is_curated=st.just(False),
    code=st.just("PPL"),
    total=st.just(0.0),
    clues=st.just(()),
)


def by_all_pairs(rated):
    """Join each with the first that is the same place, comparing with every one."""
    found = []
    for option, share in rated:
        same = next((i for i, (other, _) in enumerate(found) if is_same_place(option, other)), None)
        if same is None:
            found.append((option, share))
        else:
            found[same] = (found[same][0], found[same][1] + share)
    return sorted(found, key=lambda pair: -pair[1])


@given(st.lists(st.builds(Weighed, OPTIONS, st.floats(0.01, 1)), max_size=8))
def test_joining_is_comparing_all_pairs(rated):
    """However the rows lie: near, far, in one unit or in none."""
    rated = sorted(rated, key=lambda one: -one.share)
    assert joined(rated) == by_all_pairs(rated)


def test_a_city_counts_for_the_province_of_its_name_far_from_its_middle():
    """A province may stretch far; the same distance outside it is another place."""
    plain = {"country": 1, "cell": 0, "kind": 0, "loss": 0.0, "is_curated": False, "total": 0.0, "clues": ()}
    province = Option(row=1, unit=1, lon=30.0, lat=30.0, population=0, sort="a province", code="ADM1", **plain)
    city = Option(row=2, unit=1, lon=33.0, lat=33.0, population=900_000, sort="a settlement", code="PPL", **plain)
    elsewhere = city._replace(unit=2)
    assert joined([Weighed(province, 0.5), Weighed(city, 0.3)]) == [(province, pytest.approx(0.8))]
    assert joined([Weighed(province, 0.5), Weighed(elsewhere, 0.3)]) == [(province, 0.5), (elsewhere, 0.3)]
