"""Time along a chart: spread, marked, shown in parts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ui.time_axis import HOUR_S, Spread, TimeAxis

LAST = 72 * HOUR_S
MOMENTS = st.floats(0, LAST)
SPREADS = st.sampled_from(("root", "log"))


def axis(spread: Spread) -> TimeAxis:
    made = TimeAxis(LAST)
    made.spread = spread
    return made


@given(spread=SPREADS, ends=st.tuples(MOMENTS, MOMENTS), moment=MOMENTS)
def test_a_place_and_its_moment_belong_together_in_every_part(
    spread: Spread, ends: tuple[float, float], moment: float
) -> None:
    shown = axis(spread)
    shown.show(*ends)
    assert shown.moment(shown.place(moment)) == pytest.approx(moment, abs=0.01)
    assert shown.places([moment]) == pytest.approx([shown.place(moment)])


@given(
    spread=SPREADS,
    moves=st.lists(st.tuples(st.sampled_from(("zoom", "move", "reveal")), st.floats(0, 1),
                             st.floats(0.1, 10)), max_size=8),
)  # fmt: skip
def test_whatever_is_shown_lies_within_the_whole_and_is_marked_without_crowding(
    spread: Spread, moves: list[tuple[str, float, float]]
) -> None:
    shown = axis(spread)
    for what, place, much in moves:
        if what == "zoom":
            before = shown.moment(place)
            shown.zoom(place, much)
            free = shown.first_s > 0 and shown.until_s < LAST
            if free and shown.until_s - shown.first_s > 600:  # no edge was in the way
                assert shown.moment(place) == pytest.approx(before, rel=0.01, abs=1)
        elif what == "move":
            shown.move(place * much - 1)
        else:
            shown.reveal(place * LAST)
            assert -1e-6 <= shown.place(place * LAST) <= 1 + 1e-6
    assert 0 <= shown.first_s < shown.until_s <= LAST
    marks = shown.marks(0.08)
    assert len(marks) >= 2
    assert all(right - left >= 0.08 - 1e-9
               for left, right in pairwise(shown.places(marks)))  # fmt: skip
    shown.whole()
    assert not shown.is_zoomed


def test_the_first_hour_has_more_room_than_it_has_time_and_with_a_logarithm_more_still() -> None:
    assert axis("root").place(HOUR_S) == pytest.approx((1 / 72) ** 0.5)
    assert axis("log").place(HOUR_S) == pytest.approx(0.49, abs=0.01)
    assert [mark / HOUR_S for mark in axis("root").marks(0.07)] == [0, 1, 4, 12, 24, 48, 72]
