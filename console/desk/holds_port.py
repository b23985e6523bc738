"""What the screens may call about holds.  ``desk.holds.HoldsDesk`` is the real thing."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class HoldsPort(Protocol):
    """Units kept for a member."""

    async def keep(self, hold: str) -> datetime | None:
        """Keep what was asked for; until when, ``None``: the relay has not answered yet.

        Raises ``Refusal`` (``stock.none``) and ``Offline``, which change nothing.
        """
        ...

    async def let_go(self, hold: str) -> None:
        """Say no to what was asked for, or keep it no longer; waits for the line.

        Raises ``Refusal``.
        """
        ...
