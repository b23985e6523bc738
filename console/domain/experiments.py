"""Comparing two groups: what can be noticed before sending, and what was after.

Standard library only.  A difference counts when it would come about by chance in fewer than 5
of 100 campaigns without one (``intervals.CONFIDENCE``); groups are large enough for an effect
when it would be noticed in 80 of 100 (``POWER``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

from console.domain import student_t
from console.domain.intervals import (
    CONFIDENCE,
    Doubt,
    Estimate,
    Rate,
    TooFew,
    tell_rate_difference,
    z_of,
)
from console.domain.student_t import NORMAL

POWER = 0.80
OVER = timedelta(hours=72)
"""So long after the last member got her version one looks, once."""
_FINE = 1e-12


class Verdict(StrEnum):
    """How the first of two versions did against the second."""

    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"


def verdict(first: Rate, second: Rate) -> Verdict:
    """Better or worse when Newcombe's interval of the difference lies on one side of 0.

    Too few to tell (``intervals.tell_rate_difference``) is ``CANNOT_TELL`` too.  Asked once,
    when the campaign is over: who looks every hour and stops at the first difference finds one
    far more often than in 5 of 100 campaigns.
    """
    found = tell_rate_difference(first, second)
    if not isinstance(found, Estimate) or found.interval.holds(0.0):
        return Verdict.CANNOT_TELL
    return Verdict.BETTER if found.value > 0 else Verdict.WORSE


def power_of_rise(baseline: float, rise: float, first: int, second: int) -> float:
    """The chance to notice that a rate of ``baseline`` is higher by ``rise`` in the first group.

    Φ((rise − z·√(p̄(1−p̄)(1/n₁+1/n₂))) / √(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂)), p̄ the rate of both
    together.  Raises ``ValueError`` where the rates do not lie within 0–1 or a group is empty.
    """
    if not (0 <= baseline <= baseline + rise <= 1 and min(first, second) > 0):
        raise ValueError("baseline")
    alike, apart = _deviations(baseline, rise, first, second)
    beyond = rise - z_of(CONFIDENCE) * alike
    if not apart:
        return 1.0 if beyond > 0 else 0.0
    return NORMAL.cdf(beyond / apart)


def smallest_rise(baseline: float, first: int, second: int) -> float | TooFew:
    """The smallest rise of a rate that groups of these sizes notice with ``POWER``.

    A share (0.05 is five points).  ``OUT_OF_REACH``: not even a rise to 100 % is noticed so
    surely.  Raises ``ValueError`` for a baseline outside 0–1.
    """
    if not 0 <= baseline <= 1:
        raise ValueError("baseline")
    if min(first, second) < 1:
        return TooFew(Doubt.NOBODY)

    def missing(rise: float) -> float:
        """Falls, then crosses 0 once: what chance may do is a concave function of the rise."""
        alike, apart = _deviations(baseline, rise, first, second)
        return z_of(CONFIDENCE) * alike + NORMAL.inv_cdf(POWER) * apart - rise

    if missing(1 - baseline) >= 0:
        return TooFew(Doubt.OUT_OF_REACH)
    return _crossing(missing, 1 - baseline)


def smallest_mean_difference(variance: float, first: int, second: int) -> float | TooFew:
    """The smallest difference of means that groups of these sizes notice with ``POWER``:

    (t₀.₉₇₅ + t₀.₈)·√(variance·(1/n₁+1/n₂)) with n₁+n₂−2 degrees of freedom, in the unit of the
    mean; ``variance`` is that of one member (``intervals.Sample.variance`` of an earlier month).
    """
    if min(first, second) < 1:
        return TooFew(Doubt.NOBODY)
    degrees = first + second - 2
    if not degrees:
        return TooFew(Doubt.OUT_OF_REACH)
    noticed = student_t.quantile((1 + CONFIDENCE) / 2, degrees)
    sure = student_t.quantile(POWER, degrees)
    return (noticed + sure) * math.sqrt(variance * (1 / first + 1 / second))


def _deviations(baseline: float, rise: float, first: int, second: int) -> tuple[float, float]:
    """Standard deviations of the difference: if both rates were alike, and as they are."""
    risen = min(1.0, baseline + rise)
    both = (first * risen + second * baseline) / (first + second)
    alike = math.sqrt(both * (1 - both) * (1 / first + 1 / second))
    apart = math.sqrt(risen * (1 - risen) / first + baseline * (1 - baseline) / second)
    return alike, apart


def _crossing(missing: Callable[[float], float], most: float) -> float:
    """Where the function crosses 0 from above, between 0 and ``most``."""
    low, high = 0.0, most
    while high - low > _FINE:
        middle = (low + high) / 2
        low, high = (middle, high) if missing(middle) > 0 else (low, middle)
    return high
