"""The shop's own time: screens show local wall-clock time, data carries UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def _now() -> datetime:
    return datetime.now(UTC)


class ShopClock:
    """Turns UTC into the shop's time and says what time it is there."""

    def __init__(self, timezone: str, now: Callable[[], datetime] = _now) -> None:
        try:
            self._zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError):
            self._zone = ZoneInfo("UTC")
        self._now = now

    def now(self) -> datetime:
        """The present moment, in the shop's zone."""
        return self._now().astimezone(self._zone)

    def today(self) -> date:
        """The shop's calendar day."""
        return self.now().date()

    def local(self, moment: datetime) -> datetime:
        """A moment in the shop's zone; one at the very end of time stays in its own."""
        try:
            return moment.astimezone(self._zone)
        except OverflowError:
            return moment

    def since_s(self, moment: datetime) -> float:
        """Seconds that passed since a moment, never negative."""
        return max(0.0, (self._now() - moment).total_seconds())
