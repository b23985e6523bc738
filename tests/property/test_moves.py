"""Moves between two orders of a list, against any two orders."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.models.moves import moves_between


def moved(rows: list[int], moves: list[tuple[int, int]]) -> list[int]:
    rows = list(rows)
    for source, target in moves:
        rows.insert(target, rows.pop(source))
    return rows


@given(st.lists(st.integers(), unique=True, max_size=40), st.randoms(use_true_random=False))
def test_the_moves_lead_from_any_order_to_any_other(rows: list[int], rng: random.Random) -> None:
    other = list(rows)
    rng.shuffle(other)
    moves = moves_between(rows, other, len(rows))
    assert moves is not None
    assert moved(rows, moves) == other


@pytest.mark.parametrize(("source", "target"), [(4_000, 0), (0, 4_999), (10, 11), (3_000, 1_024)])
def test_what_rises_or_sinks_in_a_long_list_is_one_move(source: int, target: int) -> None:
    rows = list(range(5_000))
    other = moved(rows, [(source, target)])
    moves = moves_between(rows, other, 64)
    assert moves is not None
    assert len(moves) == 1
    assert moved(rows, moves) == other


def test_the_same_order_takes_no_moves_and_another_shop_too_many() -> None:
    rows = list(range(5_000))
    assert moves_between(rows, list(rows), 64) == []
    assert moves_between([], [], 64) == []
    assert moves_between(rows, rows[::-1], 64) is None
