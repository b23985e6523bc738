"""Seeded shops: how often intervals hold the truth, verdicts err and differences are noticed."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator

import pytest

from console.domain.experiments import POWER, Verdict, smallest_rise, verdict
from console.domain.intervals import (
    FEWEST,
    Estimate,
    Rate,
    Sample,
    counted,
    newcombe,
    welch,
    wilson,
)
from console.domain.statistics import MONTH_DAYS, compare_visits

SHOPS = 1_000


def binomial(chance: random.Random, whole: int, p: float) -> int:
    """How many of ``whole`` succeed: from one success to the next by geometric gaps, so that it
    takes as many steps as there are successes (Devroye 1986, X.4).
    """
    if p > 0.5:
        return whole - binomial(chance, whole, 1 - p)
    if not p:
        return 0
    part, place, scale = -1, 0, math.log1p(-p)
    while place <= whole:
        part += 1
        place += int(math.log(1 - chance.random()) / scale) + 1
    return part


def groups(chance: random.Random) -> Iterator[tuple[int, float]]:
    """Shops of all sizes and rates with n·p and n·(1−p) not below ``FEWEST``."""
    while True:
        whole, p = int(math.exp(chance.uniform(math.log(20), math.log(2_000)))), chance.random()
        # Rare things (opt-outs, purchases) are as frequent here as common ones.
        p = p**3 if chance.random() < 0.5 else p
        if min(p, 1 - p) * whole >= FEWEST:
            yield whole, p


def share_of(holds: Callable[[], bool]) -> float:
    return sum(holds() for _ in range(SHOPS)) / SHOPS


def test_the_sampler_has_the_mean_and_variance_of_the_binomial() -> None:
    chance = random.Random(1)
    for whole, p in ((40, 0.2), (40, 0.9), (2_000, 0.004)):
        found = Sample.of(binomial(chance, whole, p) for _ in range(4_000))
        variance = whole * p * (1 - p)
        assert found.mean == pytest.approx(whole * p, abs=4 * math.sqrt(variance / 4_000))
        assert found.variance == pytest.approx(variance, rel=0.1)
    assert binomial(chance, 40, 0) == 0
    assert binomial(chance, 40, 1) == 40


def test_wilson_holds_the_rate_in_95_of_100_shops() -> None:
    chance = random.Random(20261129)
    drawn = groups(chance)

    def holds() -> bool:
        whole, p = next(drawn)
        return wilson(Rate(binomial(chance, whole, p), whole)).holds(p)

    assert 0.93 <= share_of(holds) <= 0.97


def test_newcombe_holds_the_difference_in_95_of_100_shops() -> None:
    chance = random.Random(1998)
    drawn = groups(chance)

    def holds() -> bool:
        (n, p), (m, q) = next(drawn), next(drawn)
        found = newcombe(Rate(binomial(chance, n, p), n), Rate(binomial(chance, m, q), m))
        return found.holds(p - q)

    assert 0.93 <= share_of(holds) <= 0.97


@pytest.mark.parametrize("held_out", [30, 100])
def test_welch_holds_the_rise_of_visits_in_95_of_100_shops(held_out: int) -> None:
    chance = random.Random(1947)

    def holds() -> bool:
        # Visits of a month are few and uneven: so many chances, each taken or not.
        first = Sample.of(binomial(chance, 6, 0.35) for _ in range(held_out * 3))
        second = Sample.of(binomial(chance, 4, 0.3) for _ in range(held_out))
        return welch(first, second).holds(6 * 0.35 - 4 * 0.3)

    assert 0.93 <= share_of(holds) <= 0.97


def test_visits_of_a_month_beside_the_holdout_hold_the_rise_in_95_of_100_shops() -> None:
    """Shops of all sizes with a known rise, where 5 visits or more are to be expected of the
    holdout; also of those alone to which a figure is told.
    """
    chance = random.Random(1948)
    held, told = [], []
    while len(held) < SHOPS:
        size, often = int(math.exp(chance.uniform(3, 5.7))), math.exp(chance.uniform(-5, -1.4))
        rise, days = often * chance.uniform(0, 0.6), chance.choice((15, 28, 30, 31))
        if size * often * 8 < FEWEST:
            continue
        first = Sample.of(binomial(chance, 8, often + rise) for _ in range(size * 9))
        second = Sample.of(binomial(chance, 8, often) for _ in range(size))
        truth, found = 8 * rise * MONTH_DAYS / days, compare_visits(first, second, days).rise
        held.append(welch(first, second).scaled(MONTH_DAYS / days).holds(truth))
        if isinstance(found, Estimate):
            told.append(found.interval.holds(truth))
    assert len(told) > SHOPS / 2
    for each in (held, told):
        assert 0.93 <= sum(each) / len(each) <= 0.97


def test_the_interval_of_a_count_holds_its_mean_in_95_of_100_shops() -> None:
    chance = random.Random(168)

    def holds() -> bool:
        mean = chance.uniform(FEWEST, 60)
        return counted(binomial(chance, 20_000, mean / 20_000)).holds(mean)

    assert 0.93 <= share_of(holds) <= 0.97


@pytest.mark.parametrize(("baseline", "first", "second"), [(0.35, 888, 888), (0.08, 1_204, 134)])
def test_a_verdict_errs_in_5_of_100_and_notices_what_it_promised(
    baseline: float, first: int, second: int
) -> None:
    chance = random.Random(80)
    rise = smallest_rise(baseline, first, second)
    assert isinstance(rise, float)

    def says(risen: float) -> Verdict:
        return verdict(Rate(binomial(chance, first, risen), first),
                       Rate(binomial(chance, second, baseline), second))  # fmt: skip

    assert share_of(lambda: says(baseline) is not Verdict.CANNOT_TELL) <= 0.07
    assert share_of(lambda: says(baseline + rise) is Verdict.BETTER) == pytest.approx(
        POWER, abs=0.04
    )
