"""Who looked: which openings of a member are worth a line in the operation log."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

AGAIN_AFTER_S: Final = 600.0
"""Opening the same member within this time is one look."""


class Looks:
    """What was opened lately on this console; a restart forgets."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[int, float] = {}

    def begin(self, member_id: int) -> bool:
        """She is opened now; whether that is to be reported."""
        now = self._clock()
        if now - self._last.get(member_id, -AGAIN_AFTER_S) < AGAIN_AFTER_S:
            return False
        self._last = {m: at for m, at in self._last.items() if now - at < AGAIN_AFTER_S}
        self._last[member_id] = now
        return True
