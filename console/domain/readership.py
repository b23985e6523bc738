"""Into which sums a read goes: how soon after writing, in which hour and month of the shop.

Standard library only.  What is counted here once per read, ``statistics`` and ``heat_map`` would
count anew from all of them; both give the same figures.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from console.domain import spans
from console.domain.statistics import CURVE, CurvePoint

DRAWN: Final = tuple(CURVE[-1] * (place / 120) ** 2 for place in range(121))
"""Where a read curve is drawn: evenly on an axis of square roots."""
_MILLISECOND: Final = timedelta(milliseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_QUARTER_MS: Final = 15 * 60 * 1_000
"""All clocks of the world differ by multiples of it."""

BOUNDS_MS: Final = tuple(sorted({each // _MILLISECOND for each in (*CURVE, *DRAWN)}))
"""Ends of the buckets that reading times fall into, the last of three days: wherever the curve
has a point."""


def bucket_of(elapsed_ms: int) -> int:
    """The bucket of a reading time; ``len(BOUNDS_MS)`` for one beyond the last."""
    return bisect_left(BOUNDS_MS, max(elapsed_ms, 0))


def curve_of(
    read_within: Sequence[int], written: int, points: Sequence[timedelta]
) -> tuple[CurvePoint, ...]:
    """``statistics.read_curve`` of readers by bucket, where everybody was watched for long enough.

    Points must be ends of buckets.
    """
    if not written:
        return ()
    upto = list(accumulate(read_within, initial=0))
    return tuple(
        CurvePoint(point, readers / written, written, readers)
        for point in sorted(points)
        for readers in (upto[min(bucket_of(point // _MILLISECOND) + 1, len(upto) - 1)],)
    )


class ClockSpans(NamedTuple):
    """The hour and the month of the shop's clock in which a moment lies.

    ``hour`` reads ``2026-11-20T07`` and ``month`` ``2026-11``; both begin and end (excluded) at
    milliseconds since 1970.  An hour that comes twice when clocks are set back is one of two.
    """

    hour: str
    hour_begin: int
    hour_end: int
    month: str
    month_begin: int
    month_end: int


def clock_spans(at_ms: int, timezone: str) -> ClockSpans:
    """Those of a moment."""
    return _of_quarter(at_ms // _QUARTER_MS, timezone)


@lru_cache(maxsize=65_536)
def _of_quarter(quarter: int, timezone: str) -> ClockSpans:
    zone = ZoneInfo(timezone)
    name = _hour(quarter, zone)
    begin = end = quarter
    while _hour(begin - 1, zone) == name:
        begin -= 1
    while _hour(end + 1, zone) == name:
        end += 1
    first, last = spans.month_of(date.fromisoformat(name[:10]))
    month = [(spans.midnight(day, zone) - _EPOCH) // _MILLISECOND
             for day in (first, last + timedelta(days=1))]  # fmt: skip
    return ClockSpans(name, begin * _QUARTER_MS, (end + 1) * _QUARTER_MS, name[:7], *month)


def _hour(quarter: int, zone: ZoneInfo) -> str:
    at = _EPOCH + timedelta(milliseconds=quarter * _QUARTER_MS)
    return at.astimezone(zone).strftime("%Y-%m-%dT%H")
