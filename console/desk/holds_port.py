"""What the screens may call about holds.  ``desk.holds.HoldsDesk`` is the real thing."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from console.desk.hold_list import HoldItem
from console.domain.holds import DEFAULT_HOURS


class HoldsPort(Protocol):
    """Units kept for a member."""

    async def keep(self, hold: str, hours: float = DEFAULT_HOURS) -> datetime | None:
        """Keep what was asked for so long; until when, ``None``: the relay has not answered yet.

        Raises ``Refusal`` (``stock.none``) and ``Offline``, which change nothing.
        """
        ...

    async def all_of_shop(self) -> list[HoldItem]:
        """What is asked for, kept, or ran out in the last days, with what waits here laid over."""
        ...

    async def extend(self, hold: str, until: datetime) -> None:
        """Keep it until another time, still to come; waits for the line.  Raises ``Refusal``."""
        ...

    async def collect(self, hold: str) -> None:
        """She took it; waits for the line.  Raises ``Refusal``."""
        ...

    async def let_go(self, hold: str) -> None:
        """Say no to what was asked for, or keep it no longer; waits for the line.

        Raises ``Refusal``.
        """
        ...
