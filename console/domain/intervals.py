"""How far a figure can be trusted: intervals of rates, means and their differences.

Standard library only.  Counts go in, an interval comes out that holds the truth in 95 of 100
shops (``CONFIDENCE``), or ``TooFew`` where no honest figure can be given.  What the rates are
rates of, nobody here knows; see ``statistics``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.domain import student_t
from console.domain.student_t import NORMAL

CONFIDENCE = 0.95
FEWEST = 5
"""Fewer cases than this on either side of a rate (n·p, n·(1−p)) say nothing."""
WIDEST_RATE = 0.20
"""A rate whose interval is wider (±10 points) is not told."""
WIDEST_RATE_DIFFERENCE = 0.15
"""A difference of rates whose interval is wider (±7.5 points) and holds 0 is not told."""
WIDEST_MEAN_DIFFERENCE = 0.8
"""The same for visits a member and month: as wide as the rise that the owner hopes for."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many.  Raises ``ValueError`` when the part is not within the whole."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError("rate")

    @property
    def share(self) -> float:
        """0–1; of nobody it is 0."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known of whole numbers, one for each of ``size`` members: their sum and the sum of
    their squares.
    """

    size: int
    total: int
    squares: int

    @classmethod
    def of(cls, numbers: Iterable[int] | Mapping[int, int]) -> Sample:
        """Of the numbers themselves; a ``Counter`` says how many have each."""
        size = total = squares = 0
        for number, members in Counter(numbers).items():
            size, total = size + members, total + members * number
            squares += members * number * number
        return cls(size, total, squares)

    @property
    def mean(self) -> float:
        """Their mean; 0 of nobody."""
        return self.total / self.size if self.size else 0.0

    @property
    def variance(self) -> float:
        """Their spread with n − 1 below; 0 for fewer than two."""
        if self.size < 2:
            return 0.0
        return (self.squares * self.size - self.total**2) / (self.size * (self.size - 1))


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, both included."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart they are."""
        return self.high - self.low

    def holds(self, value: float) -> bool:
        """Whether the value lies in it."""
        return self.low <= value <= self.high

    def scaled(self, factor: float) -> Interval:
        """In another unit; ``factor`` > 0."""
        return Interval(self.low * factor, self.high * factor)


class Doubt(StrEnum):
    """Why a figure is not given."""

    NOBODY = "nobody"
    """There is nobody to count."""
    TOO_RARE = "too_rare"
    """It happened, or failed to happen, fewer than ``FEWEST`` times."""
    TOO_WIDE = "too_wide"
    """The interval is so wide that the figure would mislead."""
    OUT_OF_REACH = "out_of_reach"
    """No effect, however large, would be noticed in groups of that size."""


@dataclass(frozen=True, slots=True)
class TooFew:
    """Too few to tell; stands where a figure would."""

    why: Doubt


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the interval around it."""

    value: float
    interval: Interval


Told = Estimate | TooFew
"""A figure with its interval, or that it cannot be told."""


def z_of(confidence: float) -> float:
    """How many standard deviations to either side hold that share (0.95: 1.96)."""
    return NORMAL.inv_cdf((1 + confidence) / 2)


# --- rates --------------------------------------------------------------------------------------


def wilson(rate: Rate, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval (1927) of a rate p = k/n:

    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).  Of nobody it is all from 0 to 1.
    """
    if not rate.whole:
        return Interval(0.0, 1.0)
    z, n, p = z_of(confidence), rate.whole, rate.share
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # Where nobody or everybody did, the end is exact: rounding must not lead past it.
    low = 0.0 if rate.part == 0 else max(0.0, middle - half)
    high = 1.0 if rate.part == n else min(1.0, middle + half)
    return Interval(low, high)


def newcombe(first: Rate, second: Rate, confidence: float = CONFIDENCE) -> Interval:
    """Newcombe's hybrid score interval (1998, method 10) of the difference first − second:

    d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²), where l and u are Wilson's ends.
    """
    one, two = wilson(first, confidence), wilson(second, confidence)
    difference = first.share - second.share
    below = math.hypot(first.share - one.low, two.high - second.share)
    above = math.hypot(one.high - first.share, second.share - two.low)
    return Interval(max(-1.0, difference - below), min(1.0, difference + above))


def tell_rate(rate: Rate) -> Told:
    """The rate with Wilson's interval.

    Too few to tell: nobody, fewer than ``FEWEST`` who did or who did not, or wider than
    ``WIDEST_RATE``.
    """
    if not rate.whole:
        return TooFew(Doubt.NOBODY)
    if min(rate.part, rate.whole - rate.part) < FEWEST:
        return TooFew(Doubt.TOO_RARE)
    interval = wilson(rate)
    if interval.width > WIDEST_RATE:
        return TooFew(Doubt.TOO_WIDE)
    return Estimate(rate.share, interval)


def tell_rate_difference(first: Rate, second: Rate) -> Told:
    """By how much the first rate is above the second, with Newcombe's interval.

    Too few to tell: nobody in a group, fewer than ``FEWEST`` to be expected in a group if both
    were alike (n·p with the rate of both together, and n·(1−p)), or wider than
    ``WIDEST_RATE_DIFFERENCE`` while it holds 0.
    """
    if not (first.whole and second.whole):
        return TooFew(Doubt.NOBODY)
    both = Rate(first.part + second.part, first.whole + second.whole)
    rarer = min(both.part, both.whole - both.part)
    if min(first.whole, second.whole) * rarer < FEWEST * both.whole:
        return TooFew(Doubt.TOO_RARE)
    value = first.share - second.share
    return _unless_wide(Estimate(value, newcombe(first, second)), WIDEST_RATE_DIFFERENCE)


# --- means --------------------------------------------------------------------------------------


def welch(first: Sample, second: Sample, confidence: float = CONFIDENCE) -> Interval:
    """Welch's interval (1947) of the difference of means first − second:

    d ± t·√(s₁²/n₁ + s₂²/n₂), t with (s₁²/n₁ + s₂²/n₂)² / Σ (sᵢ²/nᵢ)²/(nᵢ−1) degrees of freedom.

    Raises ``ValueError`` for a group of fewer than two, and where nothing varies in either.
    """
    if min(first.size, second.size) < 2 or not (first.variance or second.variance):
        raise ValueError("sample")
    parts = [(group.variance / group.size, group.size - 1) for group in (first, second)]
    spread = sum(part for part, _ in parts)
    # In shares of the spread, so that the smallest variances do not vanish when squared.
    degrees = 1 / sum((part / spread) ** 2 / rest for part, rest in parts)
    half = student_t.quantile((1 + confidence) / 2, max(1.0, degrees)) * math.sqrt(spread)
    difference = first.mean - second.mean
    return Interval(difference - half, difference + half)


def tell_mean(sample: Sample, scale: float = 1.0, widest: float = WIDEST_MEAN_DIFFERENCE) -> Told:
    """The mean times ``scale``, with Student's interval m ± t·s/√n.

    Too few to tell: nobody, fewer than ``FEWEST`` cases, nothing that varies, or wider than
    ``widest`` (after scaling).
    """
    if not sample.size:
        return TooFew(Doubt.NOBODY)
    if sample.total < FEWEST or not sample.variance:
        return TooFew(Doubt.TOO_RARE)
    middle = sample.mean
    half = student_t.quantile((1 + CONFIDENCE) / 2, sample.size - 1)
    half *= math.sqrt(sample.variance / sample.size)
    interval = Interval(max(0.0, middle - half), middle + half).scaled(scale)
    return TooFew(Doubt.TOO_WIDE) if interval.width > widest else Estimate(middle * scale, interval)


def tell_mean_difference(
    first: Sample, second: Sample, scale: float = 1.0, widest: float = WIDEST_MEAN_DIFFERENCE
) -> Told:
    """By how much the first mean is above the second, times ``scale``, with Welch's interval.

    Too few to tell: nobody in a group, fewer than ``FEWEST`` cases in a group, nothing that
    varies, or wider than ``widest`` (after scaling) while it holds 0.
    """
    if not (first.size and second.size):
        return TooFew(Doubt.NOBODY)
    rare = min(first.total, second.total) < FEWEST or min(first.size, second.size) < 2
    if rare or not (first.variance or second.variance):
        return TooFew(Doubt.TOO_RARE)
    interval = welch(first, second).scaled(scale)
    return _unless_wide(Estimate((first.mean - second.mean) * scale, interval), widest)


def _unless_wide(found: Estimate, widest: float) -> Told:
    """A wide interval without 0 still tells which of the two is ahead."""
    if found.interval.width > widest and found.interval.holds(0.0):
        return TooFew(Doubt.TOO_WIDE)
    return found


# --- counts -------------------------------------------------------------------------------------


def counted(number: int, spread: float = 1.0, confidence: float = CONFIDENCE) -> Interval:
    """The score interval of a count k of independent events: k + z²φ/2 ± z·√(φk + z²φ²/4).

    ``spread`` φ is how many times the variance exceeds that of independent events.
    """
    z = z_of(confidence) * math.sqrt(spread)
    middle, half = number + z * z / 2, z * math.sqrt(number + z * z / 4)
    return Interval(max(0.0, middle - half) if number else 0.0, middle + half)
