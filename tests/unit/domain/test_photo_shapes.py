"""Turning a photo carries its frame along; a frame never leaves the picture nor its ratio."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.photo_cropping import HANDLES, Frame
from console.domain.photo_shapes import Part, Shape

PARTS = st.builds(
    lambda left, top, width, height: Part(left, top, width * (1 - left), height * (1 - top)),
    st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.1, 1), st.floats(0.1, 1),
)  # fmt: skip


def test_a_quarter_turn_right_brings_the_left_edge_to_the_top() -> None:
    left_third = Part(0.0, 0.2, 0.3, 0.5)
    turned = Shape(0, left_third).turned(1)
    assert turned.quarters == 1
    assert near(turned.part, Part(0.3, 0.0, 0.5, 0.3))


@given(PARTS, st.integers(-8, 8))
def test_a_turn_and_back_is_no_turn(part: Part, quarters: int) -> None:
    again = Shape(1, part).turned(quarters).turned(-quarters)
    assert again.quarters == 1
    assert near(again.part, part)


def test_four_turns_make_the_photo_plain_again() -> None:
    shape = Shape()
    for _ in range(4):
        shape = shape.turned(1)
    assert shape.is_plain


@given(PARTS, st.integers(1, 5000), st.integers(1, 5000))
def test_a_part_is_never_empty_and_never_outside(part: Part, width: int, height: int) -> None:
    left, top, right, bottom = part.pixels(width, height)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height


@given(
    PARTS, st.sampled_from(HANDLES), st.floats(-500, 2000), st.floats(-500, 2000),
    st.sampled_from((0.0, 1.0, 3 / 4, 4 / 3)),
)  # fmt: skip
def test_a_dragged_frame_stays_inside_and_keeps_its_ratio(
    part: Part, handle: tuple[int, int], x: float, y: float, ratio: float
) -> None:
    before = Frame.around(part, 1200, 900, 60).fitted(ratio)
    frame = before.dragged(handle, x, y, ratio)
    assert frame.left >= -1e-6
    assert frame.top >= -1e-6
    assert frame.left + frame.width <= 1200 + 1e-6
    assert frame.top + frame.height <= 900 + 1e-6
    assert min(frame.width, frame.height) >= 60 - 1e-6
    if ratio:
        assert frame.width == pytest.approx(frame.height * ratio)
    along, below = handle
    if along:
        assert opposite(frame.left, frame.width, along) == pytest.approx(
            opposite(before.left, before.width, along)
        )
    if below:
        assert opposite(frame.top, frame.height, below) == pytest.approx(
            opposite(before.top, before.height, below)
        )


@given(PARTS, st.floats(-3000, 3000), st.floats(-3000, 3000))
def test_a_carried_frame_keeps_its_size_and_stays_inside(
    part: Part, right: float, down: float
) -> None:
    before = Frame.around(part, 1200, 900, 60)
    frame = before.moved(right, down)
    assert (frame.width, frame.height) == (before.width, before.height)
    assert -1e-6 <= frame.left <= 1200 - frame.width + 1e-6
    assert -1e-6 <= frame.top <= 900 - frame.height + 1e-6


def opposite(start: float, length: float, held: int) -> float:
    return start if held > 0 else start + length


def near(one: Part, other: Part) -> bool:
    pairs = zip(
        (one.left, one.top, one.width, one.height),
        (other.left, other.top, other.width, other.height), strict=True,
    )  # fmt: skip
    return all(abs(a - b) < 1e-9 for a, b in pairs)
