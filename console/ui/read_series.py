"""A campaign's read curve: its name, how it is counted, its line of a chart.  Knows no use case."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.intervals import Estimate, Rate, tell_rate
from console.domain.statistics import CurvePoint
from console.ui.i18n import translate
from console.ui.share_series import Series, Spot


def title() -> str:
    """What the curve is called."""
    return translate("Report", "Read curve · after sending")


def formula() -> str:
    """As ``statistics.read_curve`` has it."""
    return translate("Report", "The cumulative read rate by the time since each member's message"
                     " was written. Whoever was written to later counts for as long as she was"
                     " watched, so that the curve never falls. Time is spread by its square root:"
                     " the first hours have the most room.")  # fmt: skip


def series(
    key: str, name: str, curve: Sequence[CurvePoint], table: Sequence[CurvePoint], *,
    open_ended: bool,
) -> Series:  # fmt: skip
    """A line of points; at the first one everybody is watched."""
    written = max((point.watched for point in (*curve, *table)), default=0)
    return Series(
        key, name, tuple(_spot(point, written) for point in curve), open_ended=open_ended,
        rows=tuple(_spot(point, written) for point in table),
    )  # fmt: skip


def _spot(point: CurvePoint, written: int) -> Spot:
    """With its interval where everybody was watched for so long: else it is no simple rate."""
    low = high = None
    if point.watched == written:
        told = tell_rate(Rate(point.readers, point.watched))
        if isinstance(told, Estimate):
            low, high = told.interval.low, told.interval.high
    return Spot(point.elapsed.total_seconds(), point.share, point.readers, low, high,
                point.watched)  # fmt: skip
