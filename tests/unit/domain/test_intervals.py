"""Intervals against published values, their rules, and when a figure is not told."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.intervals import (
    FEWEST,
    WIDEST_MEAN_DIFFERENCE,
    WIDEST_RATE,
    WIDEST_RATE_DIFFERENCE,
    Doubt,
    Estimate,
    Interval,
    Rate,
    Sample,
    Told,
    TooFew,
    counted,
    newcombe,
    tell_mean_difference,
    tell_rate,
    tell_rate_difference,
    welch,
    wilson,
)

rates = st.integers(1, 3_000).flatmap(
    lambda whole: st.builds(Rate, st.integers(0, whole), st.just(whole))
)
samples = st.lists(st.integers(0, 20), min_size=2, max_size=60)


def rounded(interval: Interval) -> tuple[float, float]:
    return round(interval.low, 4), round(interval.high, 4)


# --- published values ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_meets_newcombes_table_of_single_proportions(
    part: int, whole: int, low: float, high: float
) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3."""
    assert rounded(wilson(Rate(part, whole))) == (low, high)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        (Rate(56, 70), Rate(48, 80), 0.0524, 0.3339),
        (Rate(9, 10), Rate(3, 10), 0.1705, 0.8090),
        (Rate(6, 7), Rate(2, 7), 0.0582, 0.8062),
        (Rate(5, 56), Rate(0, 29), -0.0381, 0.1926),
        (Rate(0, 10), Rate(0, 20), -0.1611, 0.2775),
        (Rate(0, 10), Rate(0, 10), -0.2775, 0.2775),
        (Rate(10, 10), Rate(0, 20), 0.6791, 1),
        (Rate(10, 10), Rate(0, 10), 0.6075, 1),
    ],
)
def test_the_hybrid_meets_newcombes_table_of_differences(
    first: Rate, second: Rate, low: float, high: float
) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10."""
    assert rounded(newcombe(first, second)) == (low, high)


def test_welch_meets_students_hours_of_sleep() -> None:
    """Student, Biometrika 6 (1908), as R's ``t.test(extra ~ group, data = sleep)`` prints it."""
    first = Sample.of([7, -16, -2, -12, -1, 34, 37, 8, 0, 20])
    second = Sample.of([19, 8, 11, 1, -1, 44, 55, 16, 46, 34])
    found = welch(first, second).scaled(0.1)
    assert found.low == pytest.approx(-3.3654832, abs=1e-7)
    assert found.high == pytest.approx(0.2054832, abs=1e-7)


# --- what holds of all --------------------------------------------------------------------------


@given(rate=rates)
def test_wilsons_ends_are_where_the_score_test_just_turns(rate: Rate) -> None:
    found, z = wilson(rate), 1.959963984540054
    assert 0 <= found.low <= rate.share <= found.high <= 1
    for end in (found.low, found.high):
        if 0 < end < 1:
            error = math.sqrt(end * (1 - end) / rate.whole)
            assert abs(rate.share - end) / error == pytest.approx(z, rel=1e-6)


@given(rate=rates)
def test_those_who_did_and_those_who_did_not_mirror_each_other(rate: Rate) -> None:
    found, other = wilson(rate), wilson(Rate(rate.whole - rate.part, rate.whole))
    assert other.low == pytest.approx(1 - found.high, abs=1e-12)
    assert other.high == pytest.approx(1 - found.low, abs=1e-12)


@given(rate=rates, times=st.integers(2, 9))
def test_the_same_share_of_more_members_is_known_better(rate: Rate, times: int) -> None:
    assert wilson(Rate(rate.part * times, rate.whole * times)).width < wilson(rate).width


@given(first=rates, second=rates)
def test_a_difference_turned_round_changes_its_sign_alone(first: Rate, second: Rate) -> None:
    found, back = newcombe(first, second), newcombe(second, first)
    assert back.low == pytest.approx(-found.high, abs=1e-12)
    assert back.high == pytest.approx(-found.low, abs=1e-12)
    assert -1 <= found.low <= first.share - second.share <= found.high <= 1


@given(numbers=samples)
def test_a_sample_knows_mean_and_variance_of_its_numbers(numbers: list[int]) -> None:
    sample = Sample.of(numbers)
    assert sample.mean == pytest.approx(statistics.fmean(numbers))
    assert sample.variance == pytest.approx(statistics.variance(numbers))


@given(first=samples, second=samples)
def test_welch_lies_around_the_difference_and_turns_with_it(
    first: list[int], second: list[int]
) -> None:
    one, two = Sample.of(first), Sample.of(second)
    if not (one.variance or two.variance):
        with pytest.raises(ValueError, match="sample"):
            welch(one, two)
        return
    found, back = welch(one, two), welch(two, one)
    assert (found.low + found.high) / 2 == pytest.approx(one.mean - two.mean, abs=1e-9)
    assert (back.low, back.high) == pytest.approx((-found.high, -found.low))


@given(number=st.integers(0, 5_000), spread=st.floats(1, 20))
def test_a_count_lies_in_its_interval_and_unsteady_ones_in_a_wider(
    number: int, spread: float
) -> None:
    found = counted(number, spread)
    assert 0 <= found.low <= number <= found.high
    assert found.width >= counted(number).width
    if number:
        error = math.sqrt(spread * found.high)
        assert (found.high - number) / error == pytest.approx(1.959963984540054)


def test_of_nobody_everything_is_possible() -> None:
    assert wilson(Rate(0, 0)) == Interval(0, 1)


@pytest.mark.parametrize(("part", "whole"), [(-1, 5), (6, 5), (0, -1)])
def test_a_part_is_never_more_than_the_whole(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="rate"):
        Rate(part, whole)


# --- too few to tell ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (Rate(0, 0), TooFew(Doubt.NOBODY)),
        (Rate(4, 1_000), TooFew(Doubt.TOO_RARE)),
        (Rate(996, 1_000), TooFew(Doubt.TOO_RARE)),
        (Rate(10, 40), TooFew(Doubt.TOO_WIDE)),
        (Rate(5, 1_000), 0.005),
        (Rate(995, 1_000), 0.995),
        (Rate(628, 1_204), 628 / 1_204),
    ],
)
def test_a_rate_is_told_or_it_is_said_why_not(rate: Rate, told: float | TooFew) -> None:
    assert figure(tell_rate(rate)) == told


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (Rate(0, 0), Rate(1, 2), TooFew(Doubt.NOBODY)),
        (Rate(9, 1_800), Rate(0, 200), TooFew(Doubt.TOO_RARE)),
        (Rate(1_791, 1_800), Rate(200, 200), TooFew(Doubt.TOO_RARE)),
        (Rate(5, 100), Rate(4, 100), TooFew(Doubt.TOO_RARE)),
        (Rate(5, 100), Rate(5, 100), 0.0),
        # A holdout of 57 beside 511 members: about nine points either way.
        (Rate(70, 511), Rate(7, 57), TooFew(Doubt.TOO_WIDE)),
        # Nobody of 200 beside 60 of 400 is no accident, though 0 is fewer than five.
        (Rate(60, 400), Rate(0, 200), 0.15),
        # Wide, but on one side of 0.
        (Rate(60, 100), Rate(30, 100), 0.3),
        (Rate(240, 1_200), Rate(165, 1_200), 0.0625),
    ],
)
def test_a_difference_of_rates_is_told_or_it_is_said_why_not(
    first: Rate, second: Rate, told: float | TooFew
) -> None:
    found = figure(tell_rate_difference(first, second))
    assert found == (told if isinstance(told, TooFew) else pytest.approx(told))


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ([], [1, 2], TooFew(Doubt.NOBODY)),
        ([4], [1, 9], TooFew(Doubt.TOO_RARE)),
        ([0, 1, 2] * 40, [0, 0, 1] * 4, TooFew(Doubt.TOO_RARE)),
        ([1] * 40, [1] * 40, TooFew(Doubt.TOO_RARE)),
        ([0, 1, 9] * 10, [1, 0, 8] * 3, TooFew(Doubt.TOO_WIDE)),
        ([1, 2, 3] * 100, [0, 1, 2] * 30, 1.0),
        ([6, 2, 7] * 4, [0, 1, 2] * 4, 4.0),
    ],
)
def test_a_difference_of_means_is_told_or_it_is_said_why_not(
    first: list[int], second: list[int], told: float | TooFew
) -> None:
    assert figure(tell_mean_difference(Sample.of(first), Sample.of(second))) == told


@given(rate=rates)
def test_what_is_told_of_a_rate_rests_on_enough(rate: Rate) -> None:
    found = tell_rate(rate)
    enough = min(rate.part, rate.whole - rate.part) >= FEWEST
    narrow = wilson(rate).width <= WIDEST_RATE
    assert isinstance(found, Estimate) == (enough and narrow)


@given(first=rates, second=rates)
def test_a_difference_that_is_told_is_narrow_or_on_one_side(first: Rate, second: Rate) -> None:
    found = tell_rate_difference(first, second)
    if isinstance(found, Estimate):
        narrow = found.interval.width <= WIDEST_RATE_DIFFERENCE
        assert narrow or not found.interval.holds(0)


@given(first=samples, second=samples, scale=st.floats(0.1, 10))
def test_means_are_told_in_the_unit_asked_for(
    first: list[int], second: list[int], scale: float
) -> None:
    one, two = Sample.of(first), Sample.of(second)
    found = tell_mean_difference(one, two, scale)
    if isinstance(found, Estimate):
        assert found.value == pytest.approx((one.mean - two.mean) * scale)
        assert found.interval == welch(one, two).scaled(scale)
        narrow = found.interval.width <= WIDEST_MEAN_DIFFERENCE
        assert narrow or not found.interval.holds(0)


def figure(told: Told) -> float | TooFew:
    return told.value if isinstance(told, Estimate) else told
