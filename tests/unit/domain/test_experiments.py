"""What a comparison can notice before sending, and what it says after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.experiments import (
    POWER,
    Verdict,
    power_of_rise,
    smallest_mean_difference,
    smallest_rise,
    verdict,
)
from console.domain.intervals import Doubt, Rate, TooFew, newcombe

sizes = st.integers(20, 5_000)
baselines = st.floats(0, 0.95)


@pytest.mark.parametrize(
    ("baseline", "each", "rise"), [(0.10, 686, 0.05), (0.20, 294, 0.10), (0.50, 388, 0.10)]
)
def test_groups_of_the_textbooks_size_notice_the_textbooks_rise(
    baseline: float, each: int, rise: float
) -> None:
    """Sizes by Fleiss's formula without correction, rounded up, for 5 % and 80 %."""
    assert smallest_rise(baseline, each, each) == pytest.approx(rise, abs=2e-4)
    assert power_of_rise(baseline, rise, each, each) == pytest.approx(POWER, abs=2e-3)
    assert power_of_rise(baseline, rise, each - 2, each - 2) < POWER


@pytest.mark.parametrize(("each", "effect"), [(393, 0.2), (64, 0.5), (26, 0.8)])
def test_groups_of_cohens_size_notice_his_effects(each: int, effect: float) -> None:
    """J. Cohen, A Power Primer (1992), table 2: small, medium and large differences of means."""
    found = smallest_mean_difference(1.0, each, each)
    assert found == pytest.approx(effect, rel=0.01)
    assert smallest_mean_difference(9.0, each, each) == pytest.approx(3 * effect, rel=0.01)


def test_what_this_shop_can_notice() -> None:
    # 2,000 members of whom 200 are held out, visits vary about as much as their mean of 1.3.
    visits = smallest_mean_difference(1.3, 1_800, 200)
    assert visits == pytest.approx(0.24, abs=0.005)
    # 7-day purchases of 1,204 recipients beside the 134 of them held out.
    assert smallest_rise(0.08, 1_204, 134) == pytest.approx(0.087, abs=0.002)
    # Two halves of 1,776: reading rises from 35 % to 41 % or more.
    assert smallest_rise(0.35, 888, 888) == pytest.approx(0.064, abs=0.002)


@given(baseline=baselines, first=sizes, second=sizes)
def test_the_smallest_rise_is_noticed_with_just_that_power(
    baseline: float, first: int, second: int
) -> None:
    found = smallest_rise(baseline, first, second)
    if isinstance(found, TooFew):
        assert found.why is Doubt.OUT_OF_REACH
        assert power_of_rise(baseline, 1 - baseline, first, second) <= POWER
    else:
        assert power_of_rise(baseline, found, first, second) == pytest.approx(POWER, abs=1e-6)


@given(baseline=baselines, first=sizes, second=sizes, more=st.integers(1, 1_000))
def test_larger_groups_notice_smaller_effects(
    baseline: float, first: int, second: int, more: int
) -> None:
    small, large = (smallest_rise(baseline, first, second),
                    smallest_rise(baseline, first + more, second + more))  # fmt: skip
    if not isinstance(small, TooFew):
        assert not isinstance(large, TooFew)
        assert large < small
    few = smallest_mean_difference(2.0, first, second)
    many = smallest_mean_difference(2.0, first + more, second + more)
    assert isinstance(few, float)
    assert isinstance(many, float)
    assert many < few


@pytest.mark.parametrize(
    ("first", "second", "doubt"),
    [(0, 9, Doubt.NOBODY), (3, 3, Doubt.OUT_OF_REACH), (1, 1, Doubt.OUT_OF_REACH)],
)
def test_groups_too_small_notice_nothing(first: int, second: int, doubt: Doubt) -> None:
    assert smallest_rise(0.5, first, second) == TooFew(doubt)
    assert smallest_rise(1.0, 900, 900) == TooFew(Doubt.OUT_OF_REACH)


def test_means_of_nobody_or_of_one_each_cannot_be_compared() -> None:
    assert smallest_mean_difference(1.0, 0, 9) == TooFew(Doubt.NOBODY)
    assert smallest_mean_difference(1.0, 1, 1) == TooFew(Doubt.OUT_OF_REACH)


@pytest.mark.parametrize(("baseline", "rise"), [(-0.1, 0.2), (0.9, 0.2), (0.5, -0.1)])
def test_rates_beyond_all_or_nobody_are_refused(baseline: float, rise: float) -> None:
    with pytest.raises(ValueError, match="baseline"):
        power_of_rise(baseline, rise, 10, 10)


def test_a_certain_rise_is_surely_noticed_once_it_is_large_enough() -> None:
    assert power_of_rise(0, 1, 10, 10) == 1
    assert power_of_rise(0, 1, 1, 1) == 0


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (Rate(420, 888), Rate(310, 888), Verdict.BETTER),
        (Rate(310, 888), Rate(420, 888), Verdict.WORSE),
        (Rate(320, 888), Rate(310, 888), Verdict.CANNOT_TELL),
        (Rate(4, 20), Rate(0, 20), Verdict.CANNOT_TELL),
        (Rate(0, 0), Rate(310, 888), Verdict.CANNOT_TELL),
    ],
)
def test_a_version_is_better_worse_or_nobody_can_tell(
    first: Rate, second: Rate, said: Verdict
) -> None:
    assert verdict(first, second) is said


@given(
    whole=st.integers(1, 2_000), other=st.integers(1, 2_000),
    one=st.floats(0, 1), two=st.floats(0, 1),
)  # fmt: skip
def test_a_verdict_has_an_opposite_and_an_interval_behind_it(
    whole: int, other: int, one: float, two: float
) -> None:
    first, second = Rate(int(one * whole), whole), Rate(int(two * other), other)
    said = verdict(first, second)
    opposite = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
    assert verdict(second, first) is opposite.get(said, said)
    if said is not Verdict.CANNOT_TELL:
        assert not newcombe(first, second).holds(0)
