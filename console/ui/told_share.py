"""What is said of a share: the figure with its interval, or that there are too few to tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.domain.intervals import Doubt, Estimate, Rate, Told
from console.ui.i18n import translate
from console.ui.share_series import percent

_POINTS: Final = 100


def value(told: Told) -> str:
    """The figure itself, or that it cannot be told."""
    if isinstance(told, Estimate):
        return percent(told.value)
    return translate("Report", "Too few to tell")


def beside(rate: Rate, told: Told, nobody: str, counts: str = "") -> str:
    """How many of how many, and how far that can be trusted; ``nobody``: said of none at all.

    ``counts``: words for things that are no members, with ``{n}`` and ``{all}``.
    """
    words = counts or translate("Report", "{n} of {all}")
    counts = words.format(n=f"{rate.part:,}", all=f"{rate.whole:,}")
    if isinstance(told, Estimate):
        words = translate("Report", "95 % interval {low}–{high}")
        found = told.interval
        why = words.format(low=f"{found.low * 100:.1f}", high=percent(found.high))
    else:
        why = _doubts(nobody)[told.why]
    return f"{counts} · {why}"


def points(told: Told) -> str:
    """By how many points one share is above another, or that it cannot be told."""
    if not isinstance(told, Estimate):
        return value(told)
    return translate("Report", "{n} points").format(n=signed(told.value))


def points_interval(found: Estimate) -> str:
    """How far the difference of two shares can be trusted."""
    words = translate("Report", "95 % interval {low} to {high} points")
    return words.format(low=signed(found.interval.low), high=signed(found.interval.high))


def signed(share: float) -> str:
    """A difference of shares in points, with its sign."""
    return f"{share * _POINTS:+.1f}".replace("-", "−")


def _doubts(nobody: str) -> Mapping[Doubt, str]:
    rare = translate("Report", "it happened, or failed to, fewer than 5 times")
    return {
        Doubt.NOBODY: nobody, Doubt.TOO_RARE: rare, Doubt.OUT_OF_REACH: rare,
        Doubt.TOO_WIDE: translate("Report", "the interval is wider than 20 points"),
    }  # fmt: skip
