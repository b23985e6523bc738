"""Which of a line's points are worth painting: no more than there are pixels to tell them apart.

Numbers only: no widget, no painter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import inf


def one_a_column(moments: Sequence[float], bounds: Sequence[float]) -> list[int]:
    """Of points in order, the first in each column, by where columns begin; also the last before
    them and the first behind the last bound, to which lines lead, and the newest of all.
    """
    if len(moments) <= len(bounds):
        return list(range(len(moments)))
    at = bisect_left(moments, bounds[0])
    kept, last = [at - 1] if at else [], at - 1
    for bound in bounds:
        at = bisect_left(moments, bound, at)
        if at != last:
            kept.append(at)
            last = at
    if last == len(moments):  # the last columns are empty
        kept.pop()
    if not kept or kept[-1] != len(moments) - 1:
        kept.append(len(moments) - 1)
    return kept


def within(xs: Sequence[float], ys: Sequence[float], most: float) -> list[int]:
    """The points of a line from left to right that it cannot do without: straight pieces between
    them pass all others by no more than ``most``, upwards or downwards (Williams 1978).
    """
    if len(xs) < 3:
        return list(range(len(xs)))
    kept, x, y, low, high = [0], xs[0], ys[0], -inf, inf
    for number in range(1, len(xs)):
        across, up = xs[number] - x, ys[number] - y
        if across > 0.0 and not low * across <= up <= high * across:
            kept.append(number - 1)
            x, y, low, high = xs[number - 1], ys[number - 1], -inf, inf
            across, up = xs[number] - x, ys[number] - y
        if across <= 0.0:  # straight up or down
            kept.append(number)
            y, low, high = ys[number], -inf, inf
            continue
        # Comparisons of its own: a live curve has thousands of points.
        below, above = (up - most) / across, (up + most) / across
        if below > low:  # noqa: PLR1730
            low = below
        if above < high:  # noqa: PLR1730
            high = above
    if kept[-1] != len(xs) - 1:
        kept.append(len(xs) - 1)
    return kept
