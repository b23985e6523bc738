"""Student's t distribution: the share below a value, and its quantile.  Standard library only.

Exact to nine decimal places for shares of 0.001 to 0.999 and every number of degrees of freedom
from 1, whole or not (Welch's are not): the incomplete beta function by its continued fraction
(Lentz's method), inverted by Newton's; beyond ``_NEARLY_NORMAL`` degrees the first terms of its
expansion around the normal distribution are more exact than that.
"""

from __future__ import annotations

import math
from statistics import NormalDist

NORMAL = NormalDist()
_NEARLY_NORMAL = 20_000.0
_MOST_STEPS = 1_000
_TINY = 1e-300
_CLOSE = 1e-15


def cumulative(t: float, degrees: float) -> float:
    """The share of the distribution below ``t``.  Raises ``ValueError`` unless degrees ≥ 1."""
    _check(degrees)
    if degrees > _NEARLY_NORMAL:
        return NORMAL.cdf(_as_normal(t, degrees))
    tail = _beta_share(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2
    return 1 - tail if t > 0 else tail


def quantile(share: float, degrees: float) -> float:
    """The ``t`` below which that share lies (0.975 and 10 degrees: 2.228).

    Raises ``ValueError`` unless 0 < share < 1 and degrees ≥ 1.
    """
    _check(degrees)
    if not 0 < share < 1:
        raise ValueError("share")
    if share < 0.5:
        return -quantile(1 - share, degrees)
    if degrees > _NEARLY_NORMAL:
        return _from_normal(NORMAL.inv_cdf(share), degrees)
    # The share is concave right of 0 and the tails are heavier than the normal ones: from there
    # Newton's steps lead up to the quantile and never past it.
    t = NORMAL.inv_cdf(share)
    for _ in range(_MOST_STEPS):
        step = (share - cumulative(t, degrees)) / _density(t, degrees)
        t += step
        if step <= _CLOSE * t:
            break
    return t


def _check(degrees: float) -> None:
    if not degrees >= 1:
        raise ValueError("degrees")


def _density(t: float, degrees: float) -> float:
    log_front = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)
    log_rest = (degrees + 1) / 2 * math.log1p(t * t / degrees)
    return math.exp(log_front - log_rest) / math.sqrt(degrees * math.pi)


def _from_normal(z: float, degrees: float) -> float:
    """Cornish and Fisher's expansion; what is left out is smaller than 1/degrees³."""
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / degrees + second / degrees**2


def _as_normal(t: float, degrees: float) -> float:
    """The normal quantile with the same share below it (Wallace's approximation)."""
    size = math.sqrt(degrees * math.log1p(t * t / degrees))
    return math.copysign(size * (8 * degrees + 1) / (8 * degrees + 3), t)


def _beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(b, a, 1 - x)
    log_front = (
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    return math.exp(log_front) / (a * _fraction(a, b, x))


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction below the front factor, until a step changes nothing."""
    value, c, d = 1.0, 1.0, 0.0
    for step in range(1, _MOST_STEPS):
        term = _term(a, b, x, step)
        d = 1 / _not_zero(1 + term * d)
        c = _not_zero(1 + term / c)
        value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _term(a: float, b: float, x: float, step: int) -> float:
    half, odd = divmod(step, 2)
    if odd:
        return -(a + half) * (a + b + half) * x / ((a + step - 1) * (a + step))
    return half * (b - half) * x / ((a + step - 1) * (a + step))


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
