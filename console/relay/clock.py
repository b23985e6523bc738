"""The relay's clock as a value that is passed in, so that tests can bend it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Two clocks: one for stamps that people read, one for durations."""

    def now(self) -> datetime:
        """Aware UTC; may jump either way.  Nothing is ever ordered by it."""
        ...

    def monotonic(self) -> float:
        """Seconds that only grow."""
        ...


class SystemClock:
    """This machine's clocks."""

    def now(self) -> datetime:
        """Aware UTC, to the millisecond the database keeps."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        """Seconds since some moment before."""
        return time.monotonic()
