"""What the screens may call at the counter.  ``desk.counter.CounterDesk`` is the real thing."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from console.desk.find import FoundMember
from console.desk.types import Value


class CheckedIn(Value, frozen=True, kw_only=True):
    """What became of a check-in.

    Attributes:
        visit: names the visit that was recorded; "": none was.
        counted: when she came already, where this would be the same visit.
    """

    member_id: int
    visit: str = ""
    counted: datetime | None = None


class CounterPort(Protocol):
    """Who stands at the counter."""

    async def find(self, query: str) -> tuple[FoundMember, ...]:
        """Members that a name, pinyin or the end of a number may mean; also offline.

        A member's code that was scanned needs the line: raises ``Offline`` and ``Refusal``
        (``code.unknown``, ``code.expired``).
        """
        ...

    async def check_in(self, member_id: int, *, again: bool = False) -> CheckedIn:
        """She came; waits for the line where there is none.

        Within two hours of a visit nothing is recorded unless it is said ``again``.
        """
        ...

    async def take_back(self, checked_in: CheckedIn) -> None:
        """She did not come.  Raises ``Refusal`` (``visit.too_late``)."""
        ...
