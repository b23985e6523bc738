"""Who looked: which openings of a member are worth a line in the operation log."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from console.store import search
from console.wire.commands import ReportLook

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk

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


class NumberLooks:
    """Members looked up by their numbers on this console."""

    def __init__(self, inbox: InboxDesk) -> None:
        self._inbox, self._looks = inbox, Looks()

    async def met(self, query: str, member_ids: Sequence[int]) -> None:
        """Report a number that led to somebody, once in a while; other words are no look."""
        digits = search.phone_end(query)
        if member_ids and digits and self._looks.begin(int(digits)):
            one = member_ids[0] if len(member_ids) == 1 else 0
            await self._inbox.outgoing.queue(
                ReportLook(what="search", member_id=one), lane="access", scope=""
            )
