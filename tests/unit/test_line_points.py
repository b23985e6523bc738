"""Points of a line that are painted: enough to tell it from the whole of it by no eye."""

from __future__ import annotations

from bisect import bisect_right

from hypothesis import given
from hypothesis import strategies as st

from console.ui.line_points import one_a_column, within

ORDERED = st.lists(st.floats(0, 900), min_size=1, max_size=80).map(sorted)
HEIGHTS = st.floats(0, 400)


@given(xs=ORDERED, data=st.data(), most=st.sampled_from((0.1, 0.25, 2.0)))
def test_what_is_left_out_lies_beside_the_line_by_less_than_can_be_seen(
    xs: list[float], data: st.DataObject, most: float
) -> None:
    ys = data.draw(st.lists(HEIGHTS, min_size=len(xs), max_size=len(xs)))
    kept = within(xs, ys, most)
    assert kept == sorted(set(kept))
    assert (kept[0], kept[-1]) == (0, len(xs) - 1)
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        place = bisect_right(kept, number) - 1
        left = kept[place]
        if left != number:
            right = kept[place + 1]
            part = (x - xs[left]) / (xs[right] - xs[left])
            assert abs(ys[left] + (ys[right] - ys[left]) * part - y) <= most + 1e-6


def test_a_straight_line_is_two_points_and_a_step_stays_one() -> None:
    assert within(range(500), [2.0 * n for n in range(500)], 0.25) == [0, 499]
    assert within(range(6), [0, 0, 0, 9, 9, 9], 0.25) == [0, 2, 3, 5]
    assert within([1.0, 1.0, 1.0], [0.0, 5.0, 2.0], 0.25) == [0, 1, 2]


@given(moments=ORDERED, first=st.integers(0, 800), columns=st.integers(2, 30))
def test_every_column_has_its_first_point_and_lines_lead_to_it_and_on(
    moments: list[float], first: int, columns: int
) -> None:
    bounds = [first + 5.0 * n for n in range(columns)]
    kept = one_a_column(moments, bounds)
    assert kept == sorted(set(kept))
    assert kept[-1] == len(moments) - 1
    if len(moments) <= columns:
        assert kept == list(range(len(moments)))
        return
    assert len(kept) <= columns + 2
    for bound in bounds:
        right = [number for number, moment in enumerate(moments) if moment >= bound]
        assert not right or right[0] in kept
    before = [number for number, moment in enumerate(moments) if moment < first]
    assert not before or before[-1] in kept
